"""No flow goes through a shape that it does not belong to."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import warning
from engine.check.geometry import Places, passes_through
from engine.check.layout import Drawing
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.diagram import Flow
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for diagram in policy.diagrams.values():
        drawing = Drawing(diagram=diagram)
        places = Places((shape.bounds, shape) for shape in drawing.solid() if shape.element_id in drawing.elements)
        for flow in drawing.flows.values():
            edge = diagram.edges.get(flow.id)
            if edge is None:
                continue
            across = [x for x, _ in edge.waypoints]
            for bounds, shape in places.between(min(across), max(across)):
                if shape.plane != edge.plane or _belongs(shape.element_id, flow, drawing):
                    continue
                if passes_through(edge.waypoints, bounds):
                    yield warning(
                        drawing.place(flow.id),
                        f"{drawing.flow_called(flow)} goes through {drawing.called(shape.element_id)}. Lead it around.",
                    )


def _belongs(element_id: str, flow: Flow, drawing: Drawing) -> bool:
    """Whether it is an end of the flow, sits on the border of one, or is a sub-process around one."""
    ends = (flow.source, flow.target)
    if element_id in ends or drawing.elements[element_id].attached_to in ends:
        return True
    return any(end in drawing.elements and element_id in drawing.around(drawing.elements[end]) for end in ends)


RULE = Rule(name="crossings", summary="No flow goes through a shape that it does not belong to.", look=look)
