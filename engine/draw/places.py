"""Finds a place for the note of each step, where it covers nothing, and makes room for it where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.diagram import Bounds, Diagram, Element, Shape
from engine.draw.lines import edge_label
from engine.draw.notes import StepNote, note_of
from engine.draw.policy_words import Said
from engine.draw.shapes import holds_others, outside_label
from engine.draw.stretch import stretched
from engine.draw.text import height_of, wrap

_GAP = 4.0  #: between a note and whatever else
_BAND = 30.0  #: of a pool or lane, with its name
_FURTHEST = 24.0  #: how far below its step a note may begin before room is made
_STEP = 6.0
_WIDTHS = (140.0, 110.0, 85.0)  #: of a note, the best first
_ROOM_STEP = 12
_STEP_WIDTH = 60.0  #: an event or gateway is less wide
_TALL = 600.0
_MOST_ROOM = 120.0  #: besides the height of the note

#: By element, its note and the place that it takes.
Placed = Mapping[str, tuple[StepNote, Bounds]]


def with_notes(diagram: Diagram, said: Mapping[str, Said]) -> tuple[Diagram, Placed]:
    """The diagram with room under its steps, and by element its note with the place that it takes."""
    elements = {each.id: each for process in diagram.processes.values() for each in process.elements.values()}
    hosts = sorted(
        (shape for shape in diagram.shapes.values() if said.get(shape.element_id) and shape.element_id in elements),
        key=lambda shape: (shape.bounds.y, shape.bounds.x),
    )
    placed: Placed = {}
    for host in hosts:
        element = elements[host.element_id]
        diagram, placed = _settled(diagram, element, said[element.id], placed)
    return diagram, placed


def _settled(diagram: Diagram, element: Element, said: Said, placed: Placed) -> tuple[Diagram, Placed]:
    """With one note more, and the diagram stretched as little as need be. The note goes under its step; above it where
    lines lead down from it so close to one another that nothing fits between them; at the top of what holds others."""
    notes = [note_of(said, width=width) for width in _WIDTHS]
    plane = diagram.shapes[element.id].plane
    for side in _sides(diagram, element):
        cut = _start(element, diagram.shapes[element.id], notes[0], side).cut
        for room in range(0, int(notes[-1].height + _MOST_ROOM), _ROOM_STEP):
            wider = stretched(diagram, plane, below=cut, by=room) if room else diagram
            moved = {each: (note, _moved(place, cut, room)) for each, (note, place) in placed.items()}
            on_sheet = (place for each, (_, place) in moved.items() if wider.shapes[each].plane == plane)
            taken = [*_taken(wider, plane), *on_sheet]
            for note in notes:
                start = _start(element, wider.shapes[element.id], note, side)
                place = _free(start, taken, furthest=_FURTHEST + room)
                if place is not None:
                    return wider, {**moved, element.id: (note, place)}
    return diagram, {**placed, element.id: (notes[0], _start(element, diagram.shapes[element.id], notes[0], 1).best)}


def _sides(diagram: Diagram, element: Element) -> tuple[int, ...]:
    """Where a note may go, the best first: under (1) or above (-1) its step, or inside (0)."""
    shape = diagram.shapes[element.id]
    host = diagram.shapes.get(element.attached_to or "")
    if host is not None:
        is_on_top = shape.bounds.y + shape.bounds.height / 2 < host.bounds.y + host.bounds.height / 2
        return (-1,) if is_on_top else (1,)
    if holds_others(element, shape):
        return (0, 1)
    return (1, -1) if shape.bounds.width >= _STEP_WIDTH else (1,)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Start:
    """Where the search for a place begins, and how far it goes."""

    best: Bounds
    first: float  #: how far to the left
    last: float  #: how far to the right
    across: tuple[float, ...]  #: what is tried before all that lies between
    down: int  #: 1, or -1 where it goes up
    cut: float  #: below which the drawing is stretched to make room


def _start(element: Element, shape: Shape, note: StepNote, side: int) -> _Start:
    bounds = shape.bounds
    right, bottom = bounds.x + bounds.width, bounds.y + bounds.height
    if side == 0:
        top = bounds.y + _name_of_frame(shape, element).height
        best = Bounds(x=bounds.x + 2 * _GAP, y=top + _GAP, width=note.width, height=note.height)
        return _Start(best=best, first=best.x, last=right - note.width - 2 * _GAP, across=(), down=1, cut=top)
    label = outside_label(element, shape)[1] or bounds
    head, foot = min(bounds.y, label.y), max(bottom, label.y + label.height)
    is_wide = bounds.width >= _STEP_WIDTH
    y = foot + _GAP if side > 0 else head - _GAP - note.height
    best = Bounds(x=bounds.x if is_wide else bounds.x - 20, y=y, width=note.width, height=note.height)
    least = min(40.0, bounds.width / 3) if is_wide else 0.0  # of a wide step a part of the note is right under it
    beside = bounds.x + bounds.width / 2 + _GAP + 1  # a line that leads away from the middle
    return _Start(
        best=best,
        first=bounds.x + least - note.width,
        last=right - least,
        across=(beside, beside - 2 * (_GAP + 1) - note.width),
        down=side,
        cut=foot + 1 if side > 0 else head - 1,
    )


def _free(start: _Start, taken: list[Bounds], *, furthest: float) -> Bounds | None:
    """The nearest place at which nothing is covered."""
    best = start.best
    near = [each for each in taken if each.height > _TALL or abs(each.y - best.y) < _TALL]
    steps = range(max(0, int((start.last - start.first) // _STEP) + 1))
    across = [best.x, *start.across, *(start.first + _STEP * step for step in steps)]
    tries = [
        (_STEP * down + abs(x - best.x) / 2, x, best.y + start.down * _STEP * down)
        for down in range(int(furthest // _STEP) + 1)
        for x in across
    ]
    for _, x, y in sorted(tries):
        place = replace(best, x=x, y=y)
        if not any(_meet(place, other) for other in near):
            return place
    return None


def _moved(place: Bounds, cut: float, by: float) -> Bounds:
    """What was put somewhere before stays where it is among the others."""
    return replace(place, y=place.y + by) if place.y > cut else place


def _taken(diagram: Diagram, plane: str) -> Iterator[Bounds]:
    """Whatever else is drawn on a sheet: steps, words, flows, and the borders of what holds others."""
    elements = {each.id: each for process in diagram.processes.values() for each in process.elements.values()}
    frames = {pool.id for pool in diagram.participants}
    frames |= {lane.id for process in diagram.processes.values() for lane in process.lanes}
    frames |= {note.id for note in diagram.annotations if note.tag == "group"}
    for shape in diagram.shapes.values():
        if shape.plane != plane:
            continue
        element = elements.get(shape.element_id)
        if shape.element_id in frames or (element is not None and holds_others(element, shape)):
            yield from _borders(shape.bounds)
            yield _name_of_frame(shape, element)
            continue
        yield shape.bounds
        label = outside_label(element, shape)[1] if element is not None else None
        if label is not None:
            yield label
    for edge in diagram.edges.values():
        if edge.plane != plane:
            continue
        for (x1, y1), (x2, y2) in zip(edge.waypoints, edge.waypoints[1:], strict=False):
            yield Bounds(x=min(x1, x2), y=min(y1, y2), width=abs(x2 - x1), height=abs(y2 - y1))
        words = edge_label(edge, diagram)[1]
        if words is not None:
            yield words


def _borders(bounds: Bounds) -> Iterator[Bounds]:
    right, bottom = bounds.x + bounds.width, bounds.y + bounds.height
    yield replace(bounds, height=0)
    yield replace(bounds, y=bottom, height=0)
    yield replace(bounds, width=0)
    yield replace(bounds, x=right, width=0)


def _name_of_frame(shape: Shape, element: Element | None) -> Bounds:
    if element is not None:
        return replace(shape.bounds, height=7 + height_of(wrap(element.name, shape.bounds.width - 20)))
    return replace(shape.bounds, width=_BAND) if shape.is_horizontal else replace(shape.bounds, height=_BAND)


def _meet(one: Bounds, other: Bounds) -> bool:
    return (
        one.x - _GAP < other.x + other.width
        and other.x < one.x + one.width + _GAP
        and one.y - _GAP < other.y + other.height + 0.01
        and other.y < one.y + one.height + _GAP
    )
