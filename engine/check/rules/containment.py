"""What belongs into a lane, a pool or a sub-process is drawn inside it, and a boundary event on its border."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import warning
from engine.check.geometry import contains, on_border, touches
from engine.check.layout import Drawing
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.diagram import Bounds, Diagram, Shape
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for diagram in policy.diagrams.values():
        drawing = Drawing(diagram=diagram)
        yield from _of_lanes(drawing, diagram)
        for element in drawing.elements.values():
            shape = diagram.shapes.get(element.id)
            parent = diagram.shapes.get(element.parent or "")
            host = diagram.shapes.get(element.attached_to or "")
            if shape is None:
                continue
            if (
                parent is not None
                and parent.plane == shape.plane
                and parent.is_expanded
                and not contains(parent.bounds, shape.bounds)
            ):
                yield warning(
                    drawing.place(element.id),
                    f"{drawing.called(element.id)} belongs to {drawing.called(parent.element_id)} and is drawn outside"
                    " it. Move it in, or make that larger.",
                )
            if host is not None and not on_border(host.bounds, shape.bounds):
                yield warning(
                    drawing.place(element.id),
                    f"{drawing.called(element.id)} belongs to {drawing.called(host.element_id)} and is not drawn on its"
                    " border. Move it there.",
                )
            yield from _strangers(drawing, diagram, shape)


def _of_lanes(drawing: Drawing, diagram: Diagram) -> Iterator[Problem]:
    for lane in drawing.lanes.values():
        area = diagram.shapes.get(lane.id)
        if area is None:
            yield warning(
                drawing.place(lane.id),
                f"The lane “{lane.name or lane.id}” is not drawn. Draw it in the modeller, or delete it.",
            )
            continue
        for element_id in lane.element_ids:
            shape = diagram.shapes.get(element_id)
            if (
                shape is not None
                and element_id in drawing.elements
                and not touches(area.bounds, _middle(shape.bounds), slack=1.0)
            ):
                yield warning(
                    drawing.place(element_id),
                    f"{drawing.called(element_id)} belongs to the lane “{lane.name}” and is drawn outside it. Move it"
                    " into its lane.",
                )


def _strangers(drawing: Drawing, diagram: Diagram, shape: Shape) -> Iterator[Problem]:
    """A pool around everything of its process."""
    element = drawing.elements[shape.element_id]
    for pool in diagram.participants:
        area = diagram.shapes.get(pool.id)
        if (
            pool.process_id == element.process_id
            and area is not None
            and area.plane == shape.plane
            and not touches(area.bounds, _middle(shape.bounds), slack=1.0)
        ):
            yield warning(
                drawing.place(element.id),
                f"{drawing.called(element.id)} belongs to the pool “{pool.name}” and is drawn outside it. Move it in,"
                " or make the pool larger.",
            )


def _middle(bounds: Bounds) -> tuple[float, float]:
    return bounds.x + bounds.width / 2, bounds.y + bounds.height / 2


RULE = Rule(name="containment", summary="What belongs into a lane, pool or sub-process is drawn inside it.", look=look)
