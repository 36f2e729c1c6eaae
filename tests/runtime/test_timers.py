"""Timers: when they fire, and how often."""

from __future__ import annotations

import pytest

from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    catch,
    end,
    start,
    user,
    wire,
)


@pytest.mark.parametrize(
    ("written", "before", "after"),
    [
        ("P2D", {"days": 1, "hours": 23}, {"hours": 2}),
        ('=duration("PT36H")', {"hours": 35}, {"hours": 2}),
        ('=date and time("2026-03-04T12:00:00Z")', {"days": 2, "hours": 1}, {"hours": 1}),
        # a day means the end of that day: it fires as 5 March begins in London
        ('=date("2026-03-04")', {"days": 2, "hours": 13, "minutes": 44}, {"minutes": 2}),
    ],
)
def test_a_timer_in_the_flow_waits_and_goes_on_by_itself(written: str, before: dict, after: dict) -> None:
    tag = "timeDuration" if "duration" in written or written.startswith("P") else "timeDate"
    waiting = catch("wait", "timer", written).replace("timeDate>", f"{tag}>")
    case = Case(start() + waiting + user("after") + end() + wire("start wait after end"))
    case.wait(**before)
    assert case.open() == []
    case.wait(**after)
    assert case.open() == ["after"]


def test_a_timer_that_is_due_already_fires_at_once() -> None:
    case = Case(
        start() + catch("wait", "timer", '=date("2020-01-01")') + user("after") + end() + wire("start wait after end")
    )
    assert case.open() == ["after"]


def _ladder(kind: str) -> Case:
    return Case(
        start()
        + user("act")
        + boundary("late", "act", "timer", kind, interrupting=False)
        + user("chase")
        + end()
        + end("e2")
        + wire("start act end", "late chase e2")
    )


def test_a_cycle_fires_as_often_as_it_says() -> None:
    case = _ladder("R3/P7D")
    for round in range(1, 6):
        case.wait(days=7)
        assert case.open() == ["act", *["chase"] * min(round, 3)]


def test_a_cycle_fires_once_after_a_long_sleep_and_then_goes_on_in_its_rhythm() -> None:
    case = _ladder("R3/P7D")
    case.wait(days=17)
    assert case.open() == ["act", "chase"]
    case.wait(days=3)
    assert case.open() == ["act", "chase"]
    case.wait(days=1)  # day 21
    assert case.open() == ["act", "chase", "chase"]
    case.wait(days=7)
    case.wait(days=70)
    assert case.open() == ["act", "chase", "chase", "chase"]


def test_a_cycle_without_a_number_repeats_as_long_as_its_activity_waits() -> None:
    case = _ladder("R/P7D")
    for round in range(1, 6):
        case.wait(days=7)
        assert len(case.open()) == 1 + round
    case.complete("act")
    case.wait(days=70)
    assert len(case.open()) == 5


def test_a_timer_boundary_that_does_not_interrupt_fires_once() -> None:
    case = _ladder("P7D")
    case.wait(days=7)
    case.wait(days=70)
    assert case.open() == ["act", "chase"]
    case.complete("act")
    case.complete("chase")
    assert case.is_closed


def test_a_timer_boundary_that_interrupts_cancels_its_activity() -> None:
    case = Case(
        start()
        + user("act")
        + boundary("late", "act", "timer", "P7D")
        + user("chase")
        + end()
        + end("e2")
        + wire("start act end", "late chase e2")
    )
    case.wait(days=7)
    assert case.open() == ["chase"]
    assert [each["element_id"] for each in case.told("task cancelled")] == ["act"]
