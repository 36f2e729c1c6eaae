from __future__ import annotations

from engine.check.rules.overlaps import RULE
from tests.check.builders import Drawing, about, alone, plain

_TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"


def test_shapes_beside_each_other_are_left_alone() -> None:
    assert alone(RULE, plain()) == []


def test_a_shape_that_lies_on_another_is_pointed_out() -> None:
    drawing = plain()
    drawing.moved = {"closed": (-180, 10)}
    (finding,) = alone(RULE, drawing)
    assert about([finding]) == [("closed", "warning")]
    assert finding.sentence == "“Closed” lies on “Acknowledge”. Move one of them."


def test_shapes_that_only_touch_are_left_alone() -> None:
    drawing = plain()
    drawing.moved = {"closed": (-100, 0)}
    assert alone(RULE, drawing) == []


def test_a_boundary_event_and_what_a_sub_process_holds_lie_on_it_by_right() -> None:
    drawing = Drawing().start().subprocess("review").start("begin", within="review").user("look", within="review")
    drawing.end("done", within="review").end().boundary("late", "look", _TIMER).boundary("over", "review", _TIMER)
    assert alone(RULE, drawing) == []


def test_a_stranger_in_a_sub_process_is_pointed_out() -> None:
    drawing = Drawing().start().subprocess("review").start("begin", within="review").end("done", within="review").end()
    drawing.moved = {"closed": (-400, 0)}
    assert ("closed", "warning") in about(alone(RULE, drawing))


def test_a_note_on_a_task_is_pointed_out() -> None:
    drawing = plain()
    drawing.raw = '<bpmn:textAnnotation id="note"><bpmn:text>See H5.1</bpmn:text></bpmn:textAnnotation>'
    drawing.extra_shapes = (
        '<bpmndi:BPMNShape id="n" bpmnElement="note"><dc:Bounds x="210" y="110" width="60"'
        ' height="30"/></bpmndi:BPMNShape>'
    )
    (finding,) = alone(RULE, drawing)
    assert about([finding]) == [("note", "warning")]
    assert "The note “See H5.1” lies on “Acknowledge”" in finding.sentence
