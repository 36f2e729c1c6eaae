"""No label lies on a shape, so that each can be read."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import warning
from engine.check.geometry import Places, overlap
from engine.check.layout import Drawing
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.diagram import Bounds, ElementKind, Shape
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for diagram in policy.diagrams.values():
        drawing = Drawing(diagram=diagram)
        places = Places((shape.bounds, shape) for shape in drawing.solid() if _can_be_hidden(shape, drawing))
        for owner, plane, label in _labels(drawing):
            for bounds, shape in places.between(label.x, label.x + label.width):
                if shape.element_id != owner and shape.plane == plane and overlap(label, bounds, slack=4.0):
                    words = f"The label of {drawing.called(owner)} lies on {drawing.called(shape.element_id)}. Move it."
                    yield warning(drawing.place(owner), words)


def _can_be_hidden(shape: Shape, drawing: Drawing) -> bool:
    """Whether a label on it would hide it; one inside an open sub-process hides nothing."""
    element = drawing.elements.get(shape.element_id)
    return element is not None and not (element.kind is ElementKind.SUBPROCESS and shape.is_expanded)


def _labels(drawing: Drawing) -> Iterator[tuple[str, str, Bounds]]:
    """Whose label, on which sheet, and where; of what has no name, nothing is written there."""
    for drawn_id, shape in drawing.diagram.shapes.items():
        if shape.label is not None and drawn_id in drawing.elements and drawing.elements[drawn_id].name:
            yield drawn_id, shape.plane, shape.label
    for drawn_id, edge in drawing.diagram.edges.items():
        if edge.label is not None and drawn_id in drawing.flows and drawing.flows[drawn_id].name:
            yield drawn_id, edge.plane, edge.label


RULE = Rule(name="labels", summary="No label lies on a shape.", look=look)
