"""Draws what stands around and beside the flow: pools, lanes, annotations, groups, data."""

from __future__ import annotations

from engine.diagram import Annotation, Bounds, Lane, Participant, Shape
from engine.draw.lines import label_in
from engine.draw.svg import INK, box, moved, path, tag
from engine.draw.text import below, centred, fit, height_of, width_of, wrap

_BAND = 30.0


def draw_pool(participant: Participant, shape: Shape) -> str:
    """A pool with its name in the band; one whose inside is not shown has its name in the middle."""
    bounds = shape.bounds
    frame = box(bounds.x, bounds.y, bounds.width, bounds.height)
    if participant.process_id is None:
        lines, size = fit(participant.name, bounds.width - 20, bounds.height - 8)
        middle = (bounds.x + bounds.width / 2, bounds.y + bounds.height / 2)
        return frame + centred(lines, *middle, size=size, bold=True)
    return frame + _band(shape, fill="#ededed") + _band_name(participant.name, shape, bold=True)


def draw_lane(lane: Lane, shape: Shape) -> str:
    bounds = shape.bounds
    return (
        box(bounds.x, bounds.y, bounds.width, bounds.height)
        + _band(shape, fill="#f8f8f8")
        + _band_name(lane.name, shape, bold=False)
    )


def draw_annotation(annotation: Annotation, shape: Shape) -> tuple[str, Bounds | None]:
    """A text annotation, group or data symbol, and the room a label outside it takes."""
    bounds = shape.bounds
    if annotation.tag == "textAnnotation":
        x, y, height = bounds.x, bounds.y, bounds.height
        bracket = path(f"M{x + 10} {y} L{x} {y} L{x} {y + height} L{x + 10} {y + height}")
        lines, size = fit(annotation.text, bounds.width - 10, height - 4)
        return bracket + below(lines, x + 6, y + 3, size=size, anchor="start"), None
    if annotation.tag == "group":
        frame = box(bounds.x, bounds.y, bounds.width, bounds.height, radius=10, fill="none", dash="10 5 2 5")
    elif annotation.tag == "dataStoreReference":
        frame = moved(bounds.x, bounds.y, _drum(bounds.width, bounds.height))
    else:
        frame = moved(bounds.x, bounds.y, _page(bounds.width, bounds.height))
    if not annotation.text:
        return frame, None
    label, room = label_in(shape.label or _default_label(annotation, bounds), annotation.text)
    return frame + label, room


def _default_label(annotation: Annotation, bounds: Bounds) -> Bounds:
    lines = wrap(annotation.text, 90)
    width = max(width_of(line) for line in lines)
    top = bounds.y + 4 if annotation.tag == "group" else bounds.y + bounds.height + 5
    return Bounds(x=bounds.x + (bounds.width - width) / 2, y=top, width=width, height=height_of(lines))


def _band(shape: Shape, *, fill: str) -> str:
    bounds = shape.bounds
    if shape.is_horizontal:
        return box(bounds.x, bounds.y, min(_BAND, bounds.width), bounds.height, fill=fill)
    return box(bounds.x, bounds.y, bounds.width, min(_BAND, bounds.height), fill=fill)


def _band_name(name: str, shape: Shape, *, bold: bool) -> str:
    bounds = shape.bounds
    if not shape.is_horizontal:
        lines, size = fit(name, bounds.width - 10, _BAND)
        return centred(lines, bounds.x + bounds.width / 2, bounds.y + _BAND / 2, size=size, bold=bold)
    lines, size = fit(name, bounds.height - 10, _BAND)
    words = centred(lines, 0, 0, size=size, bold=bold)
    place = f"translate({bounds.x + _BAND / 2:.2f} {bounds.y + bounds.height / 2:.2f}) rotate(-90)"
    return tag("g", {"transform": place}, words)


def _page(width: float, height: float) -> str:
    fold = min(width, height) * 0.3
    sheet = f"M0 0 L{width - fold} 0 L{width} {fold} L{width} {height} L0 {height} Z"
    return path(sheet, fill="white") + path(f"M{width - fold} 0 L{width - fold} {fold} L{width} {fold}")


def _drum(width: float, height: float) -> str:
    rim = height * 0.14
    body = f"M0 {rim} L0 {height - rim} A{width / 2} {rim} 0 0 0 {width} {height - rim} L{width} {rim}"
    lid = f"M0 {rim} A{width / 2} {rim} 0 0 1 {width} {rim} A{width / 2} {rim} 0 0 1 0 {rim} Z"
    ring = f"M0 {rim * 2} A{width / 2} {rim} 0 0 0 {width} {rim * 2}"
    return path(body, fill="white") + path(lid, fill="white") + path(ring, stroke=INK)
