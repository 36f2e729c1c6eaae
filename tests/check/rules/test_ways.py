from __future__ import annotations

from engine.check.rules.ways import RULE
from tests.check.builders import Drawing, about, alone, plain


def _split(gateway: str = "", join: str = "exclusive") -> Drawing:
    drawing = Drawing().start().user("check")
    if gateway:
        drawing.gateway("decide", gateway)
    drawing.user("one").user("two").gateway("join", join).end()
    if gateway:
        drawing.flow("check", "decide")
    source = "decide" if gateway else "check"
    return drawing.flow("received", "check").flow(source, "one", "join", "closed").flow(source, "two", "join")


def test_one_way_in_and_one_way_out_is_left_alone() -> None:
    assert alone(RULE, plain()) == []


def test_gateways_may_part_and_join() -> None:
    assert alone(RULE, _split("parallel", "parallel")) == []


def test_of_two_ways_out_of_a_task_it_is_said_that_both_are_taken() -> None:
    (finding,) = alone(RULE, _split())
    assert about([finding]) == [("check", "warning")]
    assert "so all are taken. Draw a parallel gateway" in finding.sentence


def test_of_ways_out_on_a_condition_it_is_said_which_are_taken() -> None:
    finding, _ = alone(RULE, _split().flow("check", "one", condition="=late", id="third"))
    assert about([finding]) == [("check", "warning")]
    assert "taken whose condition is true. Draw an inclusive gateway" in finding.sentence


def test_of_two_ways_into_a_task_it_is_said_that_it_is_done_for_each() -> None:
    drawing = plain().user("again").flow("received", "again", "acknowledge")
    found = dict(about(alone(RULE, drawing)))
    assert found == {"received": "warning", "acknowledge": "warning"}


def test_of_what_begins_or_ends_by_itself_it_is_said() -> None:
    drawing = Drawing().user("check").user("tell").user("note").flow("check", "tell")
    said = {finding.element_id: finding.sentence for finding in alone(RULE, drawing)}
    assert "the process begins with it. Draw a start event" in said["check"]
    assert "its way ends there" in said["tell"]
    assert [each for each in about(alone(RULE, drawing)) if each[1] == "error"] == []


def test_beside_a_start_event_nothing_else_begins() -> None:
    assert "left" not in dict(about(alone(RULE, plain().user("left").flow("left", "closed"))))


def test_a_gateway_that_no_flow_leaves_is_refused() -> None:
    drawing = Drawing().start().gateway("met").flow("received", "met")
    assert about(alone(RULE, drawing)) == [("met", "error")]


def test_a_task_without_a_way_on_is_refused() -> None:
    drawing = Drawing().start().user("check").flow("received", "check")
    (finding,) = alone(RULE, drawing)
    assert "No flow leaves “Check”" in finding.sentence


def test_a_flow_into_a_start_and_out_of_an_end_are_refused() -> None:
    drawing = plain().flow("closed", "received")
    assert set(about(alone(RULE, drawing))) == {("received", "error"), ("closed", "error")}


def test_a_gateway_that_decides_nothing_is_pointed_out() -> None:
    drawing = Drawing().start().gateway("idle").end().flow("received", "idle", "closed")
    assert about(alone(RULE, drawing)) == [("idle", "warning")]


def _event_gateway(tag: str, inner: str) -> Drawing:
    drawing = Drawing().message("m", "answer").start().gateway("wait", "event")
    drawing.add("intermediateCatchEvent", "answered", inner='<bpmn:messageEventDefinition messageRef="m"/>')
    drawing.add(tag, "other", inner=inner).gateway("join").end()
    return drawing.flow("received", "wait", "answered", "join", "closed").flow("wait", "other", "join")


def test_events_behind_an_event_based_gateway_are_left_alone() -> None:
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"
    assert alone(RULE, _event_gateway("intermediateCatchEvent", timer)) == []


def test_a_task_behind_an_event_based_gateway_is_refused() -> None:
    (finding,) = alone(RULE, _event_gateway("userTask", ""))
    assert about([finding]) == [("other", "error")]
    assert "event-based gateway" in finding.sentence
