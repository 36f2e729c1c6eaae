from __future__ import annotations

import pytest

from engine.check import tokens
from engine.check.rules.sound import RULE
from tests.check.builders import Drawing, about, alone, plain

_TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"


def _two_ways(split: str, join: str) -> Drawing:
    drawing = (
        Drawing().start().gateway("split", split).user("one").user("two").gateway("join", join).user("after").end()
    )
    drawing.flow("received", "split", "one", "join", "after", "closed")
    return drawing.flow("split", "two", "join")


@pytest.mark.parametrize("kind", ["exclusive", "parallel", "inclusive"])
def test_ways_that_part_and_join_at_gateways_of_one_kind_are_left_alone(kind: str) -> None:
    assert alone(RULE, _two_ways(kind, kind)) == []


def test_an_inclusive_join_takes_whatever_comes() -> None:
    assert alone(RULE, _two_ways("exclusive", "inclusive")) == []
    assert alone(RULE, _two_ways("parallel", "inclusive")) == []


@pytest.mark.parametrize("split", ["exclusive", "inclusive"])
def test_a_parallel_join_of_ways_that_are_not_all_taken_waits_for_ever(split: str) -> None:
    (finding,) = alone(RULE, _two_ways(split, "parallel"))
    assert about([finding]) == [("join", "error")]
    assert "“One” and “Two”" in finding.sentence
    assert "exclusive gateway" in finding.sentence


@pytest.mark.parametrize("split", ["parallel", "inclusive"])
def test_an_exclusive_join_of_ways_that_run_at_once_does_what_follows_twice(split: str) -> None:
    (finding,) = alone(RULE, _two_ways(split, "exclusive"))
    assert about([finding]) == [("after", "error")]
    assert "done twice" in finding.sentence


def test_parallel_ways_that_end_each_for_itself_are_left_alone() -> None:
    drawing = Drawing().start().gateway("split", "parallel").user("one").user("two").end().end("closed_too")
    assert alone(RULE, drawing.flow("received", "split", "one", "closed").flow("split", "two", "closed_too")) == []


def test_parallel_ways_that_come_to_one_plain_end_are_left_alone() -> None:
    drawing = Drawing().start().gateway("split", "parallel").user("one").user("two").gateway("join").end()
    assert alone(RULE, drawing.flow("received", "split", "one", "join", "closed").flow("split", "two", "join")) == []


def test_parallel_ways_that_come_to_one_end_that_sends_something_send_it_twice() -> None:
    drawing = Drawing().message("m", "done").start().gateway("split", "parallel").user("one").user("two")
    drawing.gateway("join").end(inner='<bpmn:messageEventDefinition messageRef="m"/>')
    drawing.flow("received", "split", "one", "join", "closed").flow("split", "two", "join")
    assert about(alone(RULE, drawing)) == [("closed", "error")]


def test_a_loop_back_over_an_exclusive_gateway_is_left_alone() -> None:
    drawing = Drawing().start().gateway("again").user("try").gateway("reached").end()
    assert alone(RULE, drawing.flow("received", "again", "try", "reached", "closed").flow("reached", "again")) == []


def test_a_loop_back_out_of_one_parallel_way_is_refused() -> None:
    drawing = Drawing().start().gateway("again").gateway("split", "parallel").user("one").user("two")
    drawing.gateway("choose").gateway("join", "parallel").end()
    drawing.flow("received", "again", "split", "one", "choose", "join", "closed").flow("split", "two", "join")
    assert alone(RULE, drawing.flow("choose", "again")) != []


def test_a_terminate_end_ends_the_other_ways() -> None:
    drawing = Drawing().start().gateway("split", "parallel").user("one").user("two").gateway("join", "parallel").end()
    drawing.gateway("choose").end("stop", inner="<bpmn:terminateEventDefinition/>")
    drawing.flow("received", "split", "one", "choose", "join", "closed").flow("split", "two", "join")
    assert alone(RULE, drawing.flow("choose", "stop")) == []


def test_an_end_before_a_parallel_join_leaves_the_join_waiting() -> None:
    drawing = Drawing().start().gateway("split", "parallel").user("one").user("two").gateway("join", "parallel").end()
    drawing.gateway("choose").end("stop")
    drawing.flow("received", "split", "one", "choose", "join", "closed").flow("split", "two", "join")
    assert about(alone(RULE, drawing.flow("choose", "stop"))) == [("join", "error")]


def _late(target: str, *, interrupts: bool, join: str = "exclusive") -> Drawing:
    """A boundary timer whose way leads to `target`: a join before the last task, or an end of its own."""
    drawing = Drawing().start().user("ask").gateway("join", join).user("decide").end().end("reminded")
    drawing.boundary("late", "ask", _TIMER, interrupts=interrupts).user("remind")
    return drawing.flow("received", "ask", "join", "decide", "closed").flow("late", "remind", target)


def test_an_interrupting_event_may_lead_into_the_main_way() -> None:
    assert alone(RULE, _late("join", interrupts=True)) == []


def test_a_way_beside_the_main_way_may_end_for_itself() -> None:
    assert alone(RULE, _late("reminded", interrupts=False)) == []


def test_a_way_beside_the_main_way_that_leads_into_it_is_refused() -> None:
    (finding,) = alone(RULE, _late("join", interrupts=False))
    assert about([finding]) == [("late", "error")]
    assert "“Decide”" in finding.sentence


def test_a_timer_beside_the_main_way_that_an_inclusive_gateway_joins_is_left_alone() -> None:
    assert alone(RULE, _late("join", interrupts=False, join="inclusive")) == []


def test_two_timers_that_come_to_an_inclusive_gateway_by_one_way_are_refused() -> None:
    drawing = _late("join", interrupts=False, join="inclusive").boundary("later", "ask", _TIMER, interrupts=False)
    assert about(alone(RULE, drawing.flow("later", "remind"))) == [("late", "error"), ("later", "error")]


def test_a_message_that_an_inclusive_gateway_joins_with_the_main_way_can_come_again() -> None:
    message = '<bpmn:messageEventDefinition messageRef="m"/>'
    drawing = Drawing().message("m", "more").start().user("ask").gateway("join", "inclusive").user("decide").end()
    drawing.boundary("told", "ask", message, interrupts=False)
    (finding,) = alone(RULE, drawing.flow("received", "ask", "join", "decide", "closed").flow("told", "join"))
    assert about([finding]) == [("told", "error")]
    assert "done again for each further time" in finding.sentence


def test_an_interrupting_event_at_a_parallel_join_leaves_it_waiting() -> None:
    assert about(alone(RULE, _late("join", interrupts=True, join="parallel"))) == [("join", "error")]


def test_three_rungs_of_a_ladder_may_share_their_way() -> None:
    drawing = Drawing().start().user("act").end().gateway("rung").send("tell").end("told")
    drawing.flow("received", "act", "closed").flow("rung", "tell", "told")
    for number in "123":
        drawing.boundary(f"rung_{number}", "act", _TIMER, interrupts=False).flow(f"rung_{number}", "rung")
    assert alone(RULE, drawing) == []


def test_an_event_based_gateway_takes_one_of_its_ways() -> None:
    drawing = Drawing().message("m", "answer").start().gateway("wait", "event")
    drawing.add("intermediateCatchEvent", "answered", inner='<bpmn:messageEventDefinition messageRef="m"/>')
    drawing.add("intermediateCatchEvent", "over", inner=_TIMER).gateway("join", "parallel").end()
    drawing.flow("received", "wait", "answered", "join", "closed").flow("wait", "over", "join")
    assert about(alone(RULE, drawing)) == [("join", "error")]


def _subprocess(inner_end: str) -> Drawing:
    drawing = Drawing().message("e", "E", "error", 'errorCode="E1"').start().subprocess("review").end()
    drawing.start("begin", within="review").end("done", within="review", inner=inner_end).flow("begin", "done")
    drawing.boundary("failed", "review", '<bpmn:errorEventDefinition errorRef="e"/>').end("gave_up")
    return drawing.flow("received", "review", "closed").flow("failed", "gave_up")


def test_a_sub_process_that_ends_goes_on() -> None:
    assert alone(RULE, _subprocess("")) == []
    assert alone(RULE, _subprocess("<bpmn:terminateEventDefinition/>")) == []


def test_what_follows_a_sub_process_that_only_fails_can_never_be_reached() -> None:
    (finding,) = alone(RULE, _subprocess('<bpmn:errorEventDefinition errorRef="e"/>'))
    assert about([finding]) == [("closed", "error")]
    assert "“Review” before it never ends" in finding.sentence


def test_a_deadlock_inside_a_sub_process_is_found() -> None:
    drawing = Drawing().start().subprocess("review").start("begin", within="review")
    drawing.gateway("split", within="review").user("one", within="review").user("two", within="review")
    drawing.gateway("join", "parallel", within="review").end("done", within="review").end()
    drawing.flow("begin", "split", "one", "join", "done").flow("split", "two", "join")
    assert ("join", "error") in about(alone(RULE, drawing.flow("received", "review", "closed")))


def test_two_inclusive_joins_that_wait_for_each_other_are_refused() -> None:
    drawing = Drawing().start().gateway("split", "parallel").gateway("left", "inclusive").gateway("right", "inclusive")
    drawing.gateway("left_out").gateway("right_out").end().end("closed_too")
    drawing.flow("received", "split", "left", "left_out", "closed").flow("split", "right", "right_out", "closed_too")
    drawing.flow("left_out", "right").flow("right_out", "left")
    assert {finding.element_id for finding in alone(RULE, drawing)} >= {"left", "right"}


def test_too_many_ways_at_once_are_given_up_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_STATES", 10)
    drawing = Drawing().start().gateway("split", "parallel").gateway("join", "parallel").end()
    drawing.flow("received", "split").flow("join", "closed")
    for number in range(4):
        drawing.gateway(f"choose_{number}").user(f"one_{number}").user(f"two_{number}").gateway(f"meet_{number}")
        drawing.flow("split", f"choose_{number}", f"one_{number}", f"meet_{number}", "join")
        drawing.flow(f"choose_{number}", f"two_{number}", f"meet_{number}")
    assert [severity for _, severity in about(alone(RULE, drawing))] == ["warning"]


def test_a_diagram_whose_flows_lead_nowhere_is_left_to_the_allow_list() -> None:
    drawing = plain()
    drawing.raw = '<bpmn:sequenceFlow id="x" sourceRef="acknowledge" targetRef="nowhere"/>'
    assert alone(RULE, drawing) == []
