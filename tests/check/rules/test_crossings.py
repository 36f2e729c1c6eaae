from __future__ import annotations

from engine.check.rules.crossings import RULE
from tests.check.builders import Drawing, alone, plain


def test_flows_that_go_around_are_left_alone() -> None:
    assert alone(RULE, plain()) == []


def test_a_flow_through_a_shape_is_refused() -> None:
    drawing = Drawing().start().user("check").user("decide").end().flow("received", "check", "decide", "closed")
    # the flows run below the shapes; this one is put into the way of the last
    drawing.moved = {"received": (420, 300)}
    (finding,) = [f for f in alone(RULE, drawing) if f.element_id == "decide_to_closed"]
    assert finding.sentence == "The flow from “Decide” to “Closed” goes through “Received”. Lead it around."


def test_a_flow_along_the_border_of_a_shape_is_left_alone() -> None:
    drawing = Drawing().start().user("check").end().user("aside").flow("received", "check", "closed")
    drawing.moved = {"aside": (-390, 310)}  # its upper border on the line at y = 410
    assert alone(RULE, drawing) == []


def test_a_flow_out_of_a_sub_processs_element_may_stay_in_the_sub_process() -> None:
    drawing = Drawing().start().subprocess("review").start("begin", within="review").end("done", within="review").end()
    assert alone(RULE, drawing.flow("begin", "done").flow("received", "review", "closed")) == []
