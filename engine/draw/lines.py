"""Draws what connects: sequence flows, message flows and the dotted lines to annotations."""

from __future__ import annotations

import math

from engine.diagram import Bounds, Diagram, Edge
from engine.draw.svg import INK, circle, number, path, tag
from engine.draw.text import below, height_of, width_of, wrap

_ARROW, _HALF = 10.0, 4.2
_CORNER = 6.0
_LABEL_WIDTH = 90.0

Point = tuple[float, float]


def flow_line(edge: Edge, *, is_default: bool, is_conditional: bool) -> str:
    """A sequence flow with its arrowhead, a slash where it is the default, a diamond where an activity decides it."""
    points = edge.waypoints
    tip, back = points[-1], _toward(points[-1], points[-2], _ARROW)
    parts = [path(_rounded((*points[:-1], back)), width=1.5), _arrow(tip, points[-2], fill=INK)]
    if is_default:
        parts.append(_slash(points[0], points[1]))
    if is_conditional:
        parts.append(_diamond(points[0], points[1]))
    return "".join(parts)


def line_along(edge: Edge, *, stroke: str, dash: str) -> str:
    """A thick line over a flow, to mark it."""
    return path(_rounded(edge.waypoints), width=3, stroke=stroke, dash=dash)


def middle_of(edge: Edge) -> Point:
    """The point half way along a line."""
    stretches = list(zip(edge.waypoints, edge.waypoints[1:], strict=False))
    left = sum(math.dist(*stretch) for stretch in stretches) / 2
    for start, end in stretches:
        length = math.dist(start, end)
        if length >= left and length > 0:
            return _toward(start, end, left)
        left -= length
    return edge.waypoints[0]


def message_line(edge: Edge) -> str:
    points = edge.waypoints
    back = _toward(points[-1], points[-2], _ARROW)
    line = path(_rounded((*points[:-1], back)), dash="8 5")
    return line + circle(*points[0], 3.5) + _arrow(points[-1], points[-2], fill="white")


def association_line(edge: Edge) -> str:
    return path(_rounded(edge.waypoints), dash="1 5", width=1.7)


def edge_label(edge: Edge, diagram: Diagram) -> tuple[str, Bounds | None]:
    """The words of a flow or message flow, and the room that they take."""
    for process in diagram.processes.values():
        flow = process.flows.get(edge.element_id)
        if flow is not None:  # a way out that nobody named still says when it is taken
            return line_label(edge, flow.name or flow.condition or "")
    return line_label(edge, next((line.name for line in diagram.associations if line.id == edge.element_id), ""))


def line_label(edge: Edge, text: str) -> tuple[str, Bounds | None]:
    """The label of a line and the room it takes: where the file puts it, else beside its first stretch."""
    if not text:
        return "", None
    if edge.label is not None:
        return label_in(edge.label, text)
    (x1, y1), (x2, y2) = edge.waypoints[0], edge.waypoints[1]
    lines = wrap(text, _LABEL_WIDTH)
    width = max(width_of(line) for line in lines)
    if abs(x2 - x1) >= abs(y2 - y1):
        start = x1 + (8 if x2 >= x1 else -8 - width)
        return label_in(Bounds(x=start, y=y1 - height_of(lines) - 3, width=width, height=height_of(lines)), text)
    start = y1 + (6 if y2 >= y1 else -6 - height_of(lines))
    return label_in(Bounds(x=x1 + 6, y=start, width=width, height=height_of(lines)), text)


def label_in(bounds: Bounds, text: str) -> tuple[str, Bounds]:
    """A label outside its shape, centred on its bounds; wrapped at 90 as in bpmn.io, or at what is wider."""
    longest = max((width_of(word) for word in text.split()), default=0.0)
    lines = wrap(text, max(_LABEL_WIDTH, bounds.width + 1, min(longest, 2 * _LABEL_WIDTH)))
    middle = bounds.x + bounds.width / 2
    width = max((width_of(line) for line in lines), default=0.0)
    taken = Bounds(x=middle - width / 2, y=bounds.y, width=width, height=height_of(lines))
    return below(lines, middle, bounds.y, halo=True), taken


def _rounded(points: tuple[Point, ...]) -> str:
    """A line through `points` whose corners are rounded a little."""
    parts = [f"M{_at(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        cut = min(_CORNER, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        parts.append(f"L{_at(_toward(corner, before, cut))} Q{_at(corner)} {_at(_toward(corner, after, cut))}")
    return " ".join([*parts, f"L{_at(points[-1])}"])


def _toward(point: Point, other: Point, distance: float) -> Point:
    """The point `distance` away from `point` on the way to `other`."""
    length = math.dist(point, other)
    if length == 0:
        return point
    share = min(1.0, distance / length)
    return point[0] + (other[0] - point[0]) * share, point[1] + (other[1] - point[1]) * share


def _arrow(tip: Point, before: Point, *, fill: str) -> str:
    length = math.dist(tip, before)
    if length == 0:
        return ""
    dx, dy = (before[0] - tip[0]) / length, (before[1] - tip[1]) / length
    foot = (tip[0] + dx * _ARROW, tip[1] + dy * _ARROW)
    left = (foot[0] - dy * _HALF, foot[1] + dx * _HALF)
    right = (foot[0] + dy * _HALF, foot[1] - dx * _HALF)
    points = " ".join(f"{number(x)},{number(y)}" for x, y in (tip, left, right))
    return tag("polygon", {"points": points, "fill": fill, "stroke": INK, "stroke-linejoin": "round"})


def _slash(start: Point, after: Point) -> str:
    x, y = _toward(start, after, 11)
    length = math.dist(start, after) or 1.0
    dx, dy = (after[0] - start[0]) / length, (after[1] - start[1]) / length
    # Sixty degrees across the line, leaning back to the gateway.
    across_x, across_y = 0.5 * dx - 0.87 * dy, 0.5 * dy + 0.87 * dx
    return path(f"M{_at((x - 6 * across_x, y - 6 * across_y))} L{_at((x + 6 * across_x, y + 6 * across_y))}", width=1.7)


def _diamond(start: Point, after: Point) -> str:
    far, middle = _toward(start, after, 16), _toward(start, after, 8)
    length = math.dist(start, after) or 1.0
    dx, dy = (after[0] - start[0]) / length, (after[1] - start[1]) / length
    left, right = (middle[0] - 5 * dy, middle[1] + 5 * dx), (middle[0] + 5 * dy, middle[1] - 5 * dx)
    return path(f"M{_at(start)} L{_at(left)} L{_at(far)} L{_at(right)} Z", fill="white", width=1.3)


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
