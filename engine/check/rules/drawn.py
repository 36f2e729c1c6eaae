"""Everything that runs is drawn, and drawn where it belongs: each flow from its source to its target."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, error, warning
from engine.check.geometry import touches
from engine.check.layout import Drawing
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem

#: How far from a shape a flow's end may lie, in the diagram's units; a task is 100 wide.
NEAR = 10.0


def look(policy: Policy) -> Iterator[Problem]:
    for diagram in policy.diagrams.values():
        drawing = Drawing(diagram=diagram)
        if not diagram.processes:
            yield error(Place(file=diagram.file), "This file holds no process. Draw one, or take the file away.")
        if not drawing.elements:
            continue
        if not drawing.is_drawn:
            yield warning(
                Place(file=diagram.file),
                "Nothing in this file is drawn. Open it in the modeller, lay it out and save it.",
            )
            continue
        for element in drawing.elements.values():
            if element.id not in diagram.shapes:
                yield warning(
                    drawing.place(element.id),
                    f"“{element.label}” runs and is not drawn. Draw it in the modeller, or delete it.",
                )
        for flow in drawing.flows.values():
            edge = diagram.edges.get(flow.id)
            if edge is None:
                yield warning(
                    drawing.place(flow.id),
                    f"{drawing.flow_called(flow)} runs and is not drawn. Draw it in the modeller, or delete it.",
                )
                continue
            for end, point in ((flow.source, edge.waypoints[0]), (flow.target, edge.waypoints[-1])):
                shape = diagram.shapes.get(end)
                if shape is not None and not touches(shape.bounds, point, slack=NEAR):
                    yield warning(
                        drawing.place(flow.id),
                        f"{drawing.flow_called(flow)} is drawn beside {drawing.called(end)}. Pull its end onto that.",
                    )


RULE = Rule(
    name="drawn", summary="Everything that runs is drawn, and each flow from its source to its target.", look=look
)
