from __future__ import annotations

import pytest

from engine.check.rules.timers import RULE
from tests.check.builders import Drawing, about, alone


def _timer(kind: str, text: str, *, interrupts: bool = True) -> Drawing:
    inner = f"<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"
    drawing = Drawing().start().user("host").boundary("event", "host", inner, interrupts=interrupts).end().end("late")
    return drawing.flow("received", "host", "closed").flow("event", "late")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDate", "2026-05-05"),
        ("timeDate", "2026-05-05T10:00:00"),
        ("timeDate", '=due("x")'),
        ("timeDuration", "P14D"),
        ("timeDuration", "P1M"),
        ("timeDuration", "PT2H"),
    ],
)
def test_a_time_that_can_be_read_is_left_alone(kind: str, text: str) -> None:
    assert alone(RULE, _timer(kind, text)) == []


def test_a_cycle_on_a_boundary_event_that_does_not_interrupt_is_left_alone() -> None:
    assert alone(RULE, _timer("timeCycle", "R3/P7D", interrupts=False)) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDate", "5 May 2026"),
        ("timeDate", "P14D"),
        ("timeDuration", "14 days"),
        ("timeDuration", "2026-05-05"),
        ("timeDuration", '" + secret + "'),
    ],
)
def test_a_time_that_cannot_be_read_is_named_with_one_that_can(kind: str, text: str) -> None:
    (finding,) = alone(RULE, _timer(kind, text))
    assert about([finding]) == [("event", "error")]
    assert "Write one like" in finding.sentence


def test_a_cycle_where_the_timer_interrupts_is_refused() -> None:
    (finding,) = alone(RULE, _timer("timeCycle", "R3/P7D"))
    assert "does not interrupt" in finding.sentence


def test_a_cycle_without_a_period_is_refused() -> None:
    (finding,) = alone(RULE, _timer("timeCycle", "every week", interrupts=False))
    assert "R3/P7D" in finding.sentence


@pytest.mark.parametrize("text", ["R4/PT10S", "R3/P0D", "R/PT59S", "R3/-P1D"])
def test_a_cycle_faster_than_a_minute_is_refused(text: str) -> None:
    (finding,) = alone(RULE, _timer("timeCycle", text, interrupts=False))
    assert about([finding]) == [("event", "error")]
    assert "faster than once a minute" in finding.sentence


def test_a_cycle_that_repeats_no_time_is_named() -> None:
    (finding,) = alone(RULE, _timer("timeCycle", "R0/P1D", interrupts=False))
    assert about([finding]) == [("event", "error")]
    assert "never happens" in finding.sentence
