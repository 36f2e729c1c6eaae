"""Makes room in a drawing: what stands below a line moves down, what goes through it grows, and flows stay straight."""

from __future__ import annotations

from dataclasses import replace

from engine.diagram import Bounds, Diagram, Edge, Element, Shape
from engine.draw.shapes import holds_others

Point = tuple[float, float]


def stretched(diagram: Diagram, plane: str, *, below: float, by: float) -> Diagram:
    """The diagram with the sheet `plane` wider apart by `by` under the height `below`.

    A step keeps its size and moves if its middle is below; a boundary event goes with the step on which it sits. Lanes,
    pools and what else holds steps grow where they reach across. Flows keep their ends at their steps.
    """
    moves = _Moves(diagram, below=below, by=by)
    return replace(
        diagram,
        shapes={
            each.element_id: moves.shape(each) if each.plane == plane else each for each in diagram.shapes.values()
        },
        edges={each.element_id: moves.edge(each) if each.plane == plane else each for each in diagram.edges.values()},
    )


class _Moves:
    def __init__(self, diagram: Diagram, *, below: float, by: float) -> None:
        self._below, self._by = below, by
        self._shapes = diagram.shapes
        self._elements: dict[str, Element] = {}
        self._ends: dict[str, tuple[str, str]] = {line.id: (line.source, line.target) for line in diagram.associations}
        for process in diagram.processes.values():
            self._elements.update(process.elements)
            self._ends.update({flow.id: (flow.source, flow.target) for flow in process.flows.values()})
        self._frames = {pool.id for pool in diagram.participants}
        self._frames |= {lane.id for process in diagram.processes.values() for lane in process.lanes}
        self._frames |= {note.id for note in diagram.annotations if note.tag == "group"}

    def shape(self, shape: Shape) -> Shape:
        bounds = shape.bounds
        if not self._is_frame(shape):
            by = self._step(shape)
            return replace(shape, bounds=_down(bounds, by), label=_down(shape.label, by) if shape.label else None)
        top, bottom = self._at(bounds.y), self._at(bounds.y + bounds.height)
        grown = replace(bounds, y=bounds.y + top, height=bounds.height + bottom - top)
        return replace(shape, bounds=grown, label=_down(shape.label, self._at(shape.label.y)) if shape.label else None)

    def edge(self, edge: Edge) -> Edge:
        old = edge.waypoints
        source, target = self._ends.get(edge.element_id, ("", ""))
        moves = [self._at(y) for _, y in old]
        moves[0], moves[-1] = self._end(source, moves[0]), self._end(target, moves[-1])
        for order in (range(1, len(old) - 1), range(len(old) - 2, 0, -1)):
            back = -1 if order.step > 0 else 1
            for place in order:  # what was level with an end of the flow stays so
                if old[place][1] != old[place + back][1]:
                    break
                moves[place] = moves[place + back]
        points = [(x, y + by) for (x, y), by in zip(old, moves, strict=True)]
        label = edge.label
        return replace(
            edge,
            waypoints=tuple(_stepped(old, points)),
            label=_down(label, self._at(label.y + label.height / 2)) if label else None,
        )

    def _end(self, element_id: str, otherwise: float) -> float:
        shape = self._shapes.get(element_id)
        return otherwise if shape is None or self._is_frame(shape) else self._step(shape)

    def _step(self, shape: Shape) -> float:
        element = self._elements.get(shape.element_id)
        host = self._shapes.get(element.attached_to or "") if element is not None else None
        if host is not None and not self._is_frame(host):
            shape = host
        return self._at(shape.bounds.y + shape.bounds.height / 2)

    def _at(self, y: float) -> float:
        return self._by if y > self._below else 0.0

    def _is_frame(self, shape: Shape) -> bool:
        element = self._elements.get(shape.element_id)
        return shape.element_id in self._frames or (element is not None and holds_others(element, shape))


def _stepped(old: tuple[Point, ...], new: list[Point]) -> list[Point]:
    """`new` with a step in each stretch that was level and is no longer."""
    found = [new[0]]
    for (_, was), (_, is_now), start, end in zip(old, old[1:], new, new[1:], strict=False):
        if was == is_now and start[1] != end[1]:
            middle = (start[0] + end[0]) / 2
            found += [(middle, start[1]), (middle, end[1])]
        found.append(end)
    return found


def _down(bounds: Bounds, by: float) -> Bounds:
    return replace(bounds, y=bounds.y + by)
