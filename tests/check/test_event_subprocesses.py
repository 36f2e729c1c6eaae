"""Event sub-processes are judged by the rules on starts, events, ways, faults, soundness and all else they meet."""

from __future__ import annotations

import pytest

from engine.check.finding import Finding
from engine.check.rules import (
    RULES,
    boundary_events,
    events,
    faults,
    messages,
    properties,
    reachable,
    sound,
    starts,
    timers,
    ways,
)
from tests.check.builders import Drawing, about, alone, folder, plain, together

NEWS = '<bpmn:messageEventDefinition messageRef="news"/>'
ERROR = '<bpmn:errorEventDefinition errorRef="lost"/>'
ESCALATION = '<bpmn:escalationEventDefinition escalationRef="late"/>'
WEEK = "<bpmn:timerEventDefinition><bpmn:timeDuration>P7D</bpmn:timeDuration></bpmn:timerEventDefinition>"
WEEKLY = "<bpmn:timerEventDefinition><bpmn:timeCycle>R3/P7D</bpmn:timeCycle></bpmn:timerEventDefinition>"


def _with(inner: str = NEWS, *, n: str = "", drawing: Drawing | None = None, interrupts: bool = True) -> Drawing:
    """A sound process with an event sub-process beside its main way."""
    drawing = drawing or plain().message("news", "news")
    drawing.event_subprocess(f"withdrawal{n}").event_start(f"told{n}", f"withdrawal{n}", inner, interrupts=interrupts)
    drawing.user(f"confirm{n}", form="application", within=f"withdrawal{n}").end(
        f"withdrawn{n}", within=f"withdrawal{n}"
    )
    return drawing.flow(f"told{n}", f"confirm{n}", f"withdrawn{n}")


@pytest.mark.parametrize("inner", [NEWS, WEEK])
@pytest.mark.parametrize("interrupts", [True, False])
def test_one_that_is_drawn_as_it_should_be_is_left_alone(inner: str, interrupts: bool) -> None:
    drawing = _with(inner, interrupts=interrupts)
    said = [finding for rule in RULES for finding in together(rule, folder(drawing))]
    before = [finding for rule in RULES for finding in together(rule, folder(plain().message("news", "news")))]
    new = [each for each in said if each not in before and each.rule != "lanes"]  # neither task stands in one
    assert [(each.rule, each.element_id) for each in new] == []


def _sentence(findings: list[Finding], element: str) -> str:
    assert about(findings) == [(element, "error")]
    return findings[0].sentence


def test_a_plain_start_in_one_is_refused() -> None:
    drawing = _with("")
    assert "waits for nothing" in _sentence(alone(starts.RULE, drawing), "told")
    assert alone(events.RULE, drawing) == [], "it is said once"


def test_one_without_a_start_is_refused() -> None:
    drawing = plain().event_subprocess("withdrawal").user("confirm", within="withdrawal")
    drawing.end("withdrawn", within="withdrawal").flow("confirm", "withdrawn")
    assert "no start event" in _sentence(alone(starts.RULE, drawing), "withdrawal")


def test_an_error_that_does_not_interrupt_is_refused() -> None:
    drawing = _with(ERROR, drawing=plain().message("lost", "lost", "error", 'errorCode="lost"'), interrupts=False)
    assert "Make it interrupting" in _sentence(alone(starts.RULE, drawing), "told")


@pytest.mark.parametrize("inner", [NEWS, ERROR, ESCALATION])
def test_two_that_wait_for_the_same_are_refused(inner: str) -> None:
    drawing = plain().message("news", "news").message("lost", "lost", "error", 'errorCode="lost"')
    drawing.message("late", "late", "escalation", 'escalationCode="late"')
    drawing = _with(inner, n="_2", drawing=_with(inner, drawing=drawing))
    assert "waits for the same" in _sentence(alone(starts.RULE, drawing), "told_2")


def test_two_timers_beside_each_other_are_left_alone() -> None:
    assert alone(starts.RULE, _with(WEEK, n="_2", drawing=_with(WEEK))) == []


def test_a_way_into_one_is_refused() -> None:
    assert dict(about(alone(ways.RULE, _with().flow("acknowledge", "withdrawal"))))["withdrawal"] == "error"


def test_an_event_on_its_border_is_refused() -> None:
    drawing = _with().boundary("on_it", "withdrawal", WEEK)
    assert "embedded sub-process" in _sentence(alone(boundary_events.RULE, drawing), "on_it")


def test_a_cycle_may_begin_one_that_does_not_interrupt() -> None:
    assert alone(timers.RULE, _with(WEEKLY, interrupts=False)) == []
    assert "start of an event sub-process" in _sentence(alone(timers.RULE, _with(WEEKLY)), "told")


def test_a_start_that_waits_for_what_nothing_throws_is_refused() -> None:
    drawing = _with(ERROR, drawing=plain().message("lost", "lost", "error", 'errorCode="lost"'))
    assert "nothing throws on the level" in _sentence(alone(faults.RULE, drawing), "told")


def _failing(*, inside: str | None = None) -> Drawing:
    """An error that the main way ends in; the event sub-process for it stands beside, or in a sub-process."""
    drawing = Drawing().message("lost", "lost", "error", 'errorCode="lost"').start(form="application")
    drawing.subprocess("stage").start("begun", within="stage").end("failed", within="stage", inner=ERROR)
    drawing.flow("begun", "failed").end().flow("received", "stage", "closed")
    drawing.event_subprocess("mend", within=inside).event_start("caught", "mend", ERROR)
    return drawing.user("repair", within="mend").end("mended", within="mend").flow("caught", "repair", "mended")


@pytest.mark.parametrize("inside", [None, "stage"])
def test_an_error_that_an_event_sub_process_catches_is_left_alone(inside: str | None) -> None:
    assert together(faults.RULE, folder(_failing(inside=inside))) == []


def test_what_comes_behind_a_sub_process_that_only_its_event_sub_process_can_end_is_reached() -> None:
    drawing = _failing(inside="stage")
    assert alone(sound.RULE, drawing) == []
    assert alone(reachable.RULE, drawing) == []


def test_a_circle_that_only_an_event_sub_process_ends_is_no_circle() -> None:
    drawing = Drawing().message("news", "news").start(form="application").gateway("again").user("review")
    drawing.flow("received", "again", "review", "again")
    assert [each.severity.value for each in alone(sound.RULE, drawing)] == ["error", "error"]
    assert alone(sound.RULE, _with(drawing=drawing)) == []


def test_a_join_that_waits_for_ever_inside_one_is_refused() -> None:
    drawing = plain().message("news", "news").event_subprocess("withdrawal").event_start("told", "withdrawal", NEWS)
    drawing.gateway("part", within="withdrawal").gateway("join", "parallel", within="withdrawal")
    drawing.user("a", within="withdrawal").user("b", within="withdrawal").end("withdrawn", within="withdrawal")
    drawing.flow("told", "part", "a", "join", "withdrawn").flow("part", "b", "join")
    assert about(alone(sound.RULE, drawing)) == [("join", "error")]


def test_what_cannot_be_reached_inside_one_is_said() -> None:
    drawing = _with().user("forgotten", within="withdrawal")
    assert ("forgotten", "error") in about(alone(reachable.RULE, drawing))


def test_a_condition_on_its_message_may_be_drawn_and_what_makes_an_item_may_not() -> None:
    drawing = plain().message("news", "news").event_subprocess("withdrawal")
    drawing.event_start("told", "withdrawal", NEWS, properties={"allowed_when": "=true", "item": "reports"})
    drawing.end("withdrawn", within="withdrawal").flow("told", "withdrawn")
    assert "“item”" in _sentence(alone(properties.RULE, drawing), "told")


def test_its_end_may_say_how_the_case_ended() -> None:
    drawing = plain().message("news", "news").event_subprocess("withdrawal").event_start("told", "withdrawal", NEWS)
    drawing.end("withdrawn", within="withdrawal", properties={"closes_as": "Withdrawn"}).flow("told", "withdrawn")
    assert alone(properties.RULE, drawing) == []


def test_what_waits_for_another_deadline_needs_one() -> None:
    changed = '<bpmn:messageEventDefinition messageRef="changed"/>'
    drawing = _with(changed, drawing=plain().message("changed", "deadline_changed"), interrupts=False)
    assert "property due_date" in _sentence(together(messages.RULE, folder(drawing)), "told")
