from __future__ import annotations

from engine.check.rules.reachable import RULE
from tests.check.builders import Drawing, about, alone, plain


def test_what_hangs_together_is_left_alone() -> None:
    assert alone(RULE, plain()) == []


def test_a_task_to_which_no_way_leads_is_named_and_what_follows_is_not() -> None:
    drawing = plain().user("forgotten").user("after").end("over").flow("forgotten", "after", "over")
    (finding,) = alone(RULE, drawing)
    assert about([finding]) == [("forgotten", "error")]


def test_a_circle_that_nothing_enters_is_named_once() -> None:
    drawing = plain().user("here").user("there").flow("here", "there", "here")
    assert about(alone(RULE, drawing)) == [("here", "error")]


def test_what_a_boundary_event_leads_to_can_be_reached() -> None:
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"
    drawing = plain().boundary("late", "acknowledge", timer).user("remind").end("over").flow("late", "remind", "over")
    assert alone(RULE, drawing) == []


def test_a_circle_without_a_way_out_is_refused() -> None:
    drawing = Drawing().start().gateway("join").user("again").end()
    findings = alone(RULE, drawing.flow("received", "join", "again", "join"))
    # nothing leads to the end, and nothing else leads to an end
    assert {finding.element_id for finding in findings} == {"received", "join", "again", "closed"}


def test_a_level_in_which_nothing_ends_is_refused() -> None:
    assert alone(RULE, Drawing().start().user("check").flow("received", "check")) == []
    circle = Drawing().start().user("check").user("again").flow("received", "check", "again", "check")
    assert about(alone(RULE, circle)) == [("main", "error")]


def test_a_sub_process_in_which_nothing_ends_is_refused() -> None:
    drawing = Drawing().start().subprocess("review").start("begin", within="review").user("look", within="review").end()
    drawing.user("again", within="review").flow("begin", "look", "again", "look").flow("received", "review", "closed")
    assert ("review", "error") in about(alone(RULE, drawing))


def test_what_nothing_leads_to_beside_a_start_event_is_never_reached() -> None:
    """BPMN lets a level without a start event begin with it; where there is one, only that begins."""
    drawing = Drawing().start().user("check").user("left").end().flow("received", "check", "closed")
    assert about(alone(RULE, drawing.flow("left", "closed"))) == [("left", "error")]
    assert alone(RULE, Drawing().user("check").user("left").end().flow("check", "closed").flow("left", "closed")) == []
