from __future__ import annotations

from engine.check.rules.labels import RULE
from tests.check.builders import about, alone, plain


def test_labels_beside_the_shapes_are_left_alone() -> None:
    drawing = plain()
    drawing.labels = {"received": (0, 140), "closed": (400, 140)}
    assert alone(RULE, drawing) == []


def test_a_label_on_a_shape_is_pointed_out() -> None:
    drawing = plain()
    drawing.labels = {"received": (190, 120)}
    (finding,) = alone(RULE, drawing)
    assert about([finding]) == [("received", "warning")]
    assert finding.sentence == "The label of “Received” lies on “Acknowledge”. Move it."


def test_the_label_of_a_flow_is_looked_at_too() -> None:
    drawing = plain().flow("received", "acknowledge", name="Yes", id="yes")
    drawing.labels = {"yes": (210, 120)}
    assert about(alone(RULE, drawing)) == [("yes", "warning")]


def test_where_nothing_is_written_nothing_lies_on_anything() -> None:
    drawing = plain().flow("received", "acknowledge", id="unnamed")
    drawing.labels = {"unnamed": (210, 120)}
    assert alone(RULE, drawing) == []
