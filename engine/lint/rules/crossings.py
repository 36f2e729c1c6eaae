"""No flow goes through a shape that it does not belong to."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram import Flow
from engine.lint.drawing import Drawing
from engine.lint.finding import Remark, error
from engine.lint.geometry import passes_through
from engine.lint.policy import Policy
from engine.lint.rule import Rule


def look(policy: Policy) -> Iterator[Remark]:
    for diagram in policy.diagrams.values():
        drawing = Drawing(diagram=diagram)
        shapes = [shape for shape in drawing.solid() if shape.element_id in drawing.elements]
        for flow in drawing.flows.values():
            edge = diagram.edges.get(flow.id)
            if edge is None:
                continue
            own = frozenset(_own(flow, drawing))
            for shape in shapes:
                if shape.element_id in own or shape.plane != edge.plane:
                    continue
                if passes_through(edge.waypoints, shape.bounds):
                    yield error(
                        drawing.place(flow.id),
                        f"{drawing.flow_called(flow)} goes through {drawing.called(shape.element_id)}. Lead it around.",
                    )


def _own(flow: Flow, drawing: Drawing) -> Iterator[str]:
    """Its ends, the sub-processes around it, and what sits on its ends' borders."""
    yield flow.source
    yield flow.target
    for element in drawing.elements.values():
        if element.attached_to in (flow.source, flow.target):
            yield element.id
    for end in (flow.source, flow.target):
        if end in drawing.elements:
            yield from drawing.around(drawing.elements[end])


RULE = Rule(name="crossings", summary="No flow goes through a shape that it does not belong to.", look=look)
