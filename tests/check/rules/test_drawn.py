from __future__ import annotations

from engine.check.rules.drawn import RULE
from tests.check.builders import about, alone, plain


def test_what_is_drawn_is_left_alone() -> None:
    assert alone(RULE, plain()) == []


def test_an_element_that_is_not_drawn_is_pointed_out() -> None:
    drawing = plain()
    drawing.hidden = {"acknowledge"}
    assert about(alone(RULE, drawing)) == [("acknowledge", "warning")]


def test_a_flow_that_is_not_drawn_is_pointed_out() -> None:
    drawing = plain()
    drawing.hidden = {"received_to_acknowledge"}
    (finding,) = alone(RULE, drawing)
    assert about([finding]) == [("received_to_acknowledge", "warning")]
    assert "from “Received” to “Acknowledge”" in finding.sentence


def test_a_flow_that_is_drawn_to_something_else_is_pointed_out() -> None:
    drawing = plain()
    drawing.moved = {"acknowledge": (0, 500)}
    assert about(alone(RULE, drawing)) == [
        ("received_to_acknowledge", "warning"),
        ("acknowledge_to_closed", "warning"),
    ]


def test_a_file_in_which_nothing_is_drawn_is_told_once() -> None:
    drawing = plain()
    drawing.hidden = {"received", "acknowledge", "closed", "received_to_acknowledge", "acknowledge_to_closed"}
    (finding,) = alone(RULE, drawing)
    assert "Nothing in this file is drawn" in finding.sentence
