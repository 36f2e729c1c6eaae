from __future__ import annotations

from engine.check.machine import run_rules
from engine.check.policy import Policy
from engine.check.rules.containment import RULE
from engine.diagram import read_diagram
from tests.check.builders import Drawing, about, alone

_TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"


def _lanes() -> Drawing:
    return Drawing().start(lane="Officers").user("decide", lane="Panel").end(lane="Officers")


def _subprocess() -> Drawing:
    drawing = Drawing().start().subprocess("review").start("begin", within="review").end("done", within="review").end()
    return drawing.boundary("over", "review", _TIMER)


def test_what_is_drawn_where_it_belongs_is_left_alone() -> None:
    assert alone(RULE, _lanes()) == []
    assert alone(RULE, _subprocess()) == []


def test_a_task_that_is_drawn_in_another_lane_is_pointed_out() -> None:
    drawing = _lanes()
    drawing.moved = {"decide": (0, -1000)}
    (finding,) = alone(RULE, drawing)
    assert about([finding]) == [("decide", "warning")]
    assert "belongs to the lane “Panel”" in finding.sentence


def test_a_lane_that_is_not_drawn_is_pointed_out() -> None:
    xml = _lanes().xml().replace(b'bpmnElement="lane_1"', b'bpmnElement="lane_x"')
    diagram = read_diagram(xml, file="main.bpmn")
    assert about(run_rules(Policy(diagrams={"main.bpmn": diagram}), [RULE])) == [("lane_1", "warning")]


def test_an_element_outside_its_sub_process_is_pointed_out() -> None:
    drawing = _subprocess()
    drawing.moved = {"begin": (0, 300)}
    assert about(alone(RULE, drawing)) == [("begin", "warning")]


def test_a_boundary_event_off_its_border_is_pointed_out() -> None:
    drawing = _subprocess()
    drawing.moved = {"over": (0, -90)}
    assert about(alone(RULE, drawing)) == [("over", "warning")]
