"""No label lies on a shape, so that each can be read."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram import Bounds, ElementKind
from engine.lint.drawing import Drawing
from engine.lint.finding import Remark, warning
from engine.lint.geometry import overlap
from engine.lint.policy import Policy
from engine.lint.rule import Rule


def look(policy: Policy) -> Iterator[Remark]:
    for diagram in policy.diagrams.values():
        drawing = Drawing(diagram=diagram)
        shapes = [s for s in drawing.solid() if s.element_id in drawing.elements]
        for owner, plane, label in _labels(drawing):
            for shape in shapes:
                element = drawing.elements[shape.element_id]
                is_around = element.kind is ElementKind.SUBPROCESS and shape.is_expanded
                if shape.element_id == owner or shape.plane != plane or is_around:
                    continue
                if overlap(label, shape.bounds, slack=4.0):
                    yield warning(
                        drawing.place(owner),
                        f"The label of {drawing.called(owner)} lies on {drawing.called(shape.element_id)}. Move it.",
                    )


def _labels(drawing: Drawing) -> Iterator[tuple[str, str, Bounds]]:
    """Whose label, on which sheet, and where; of what has no name, nothing is written there."""
    for drawn_id, shape in drawing.diagram.shapes.items():
        if shape.label is not None and drawn_id in drawing.elements and drawing.elements[drawn_id].name:
            yield drawn_id, shape.plane, shape.label
    for drawn_id, edge in drawing.diagram.edges.items():
        if edge.label is not None and drawn_id in drawing.flows and drawing.flows[drawn_id].name:
            yield drawn_id, edge.plane, edge.label


RULE = Rule(name="labels", summary="No label lies on a shape.", look=look)
