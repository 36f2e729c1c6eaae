"""Marks elements of a running case, or of a policy under test: never by colour alone, always with a word as well."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from engine.diagram import Bounds, Edge, Shape
from engine.draw.lines import line_along, middle_of
from engine.draw.svg import box, circle, path, tag
from engine.draw.text import below, width_of
from engine.errors import DrawError


class Mark(StrEnum):
    NOW = "now"  #: the case stands here
    DONE = "done"
    LATE = "late"  #: the case stands here, and its deadline has passed
    UNTAKEN = "untaken"  #: no scenario takes it
    FINDING = "finding"  #: the check has something to say of it
    ADDED = "added"  #: what it is compared with has it not
    CHANGED = "changed"  #: what it is compared with has it otherwise
    MOVED = "moved"  #: what it is compared with has it elsewhere
    GONE = "gone"  #: what it is compared with has it no longer


# Each with white text on it at 5:1 or better.
_COLOURS = {
    Mark.NOW: "#1d4f8f",
    Mark.DONE: "#00603a",
    Mark.LATE: "#b10e1e",
    Mark.UNTAKEN: "#7a3e00",
    Mark.FINDING: "#8a1262",
    Mark.ADDED: "#00603a",
    Mark.CHANGED: "#1d4f8f",
    Mark.MOVED: "#5c5c5c",
    Mark.GONE: "#b10e1e",
}
_DASHES = {Mark.LATE: "9 4", Mark.UNTAKEN: "2 5", Mark.FINDING: "6 3", Mark.CHANGED: "9 4", Mark.GONE: "2 5"}
_HEIGHT = 18.0
_LISTED = f"{', '.join(list(Mark)[:-1])} or {list(Mark)[-1]}"


def mark_named(word: str) -> Mark:
    """The mark called `word`. Raises DrawError for any other word."""
    try:
        return Mark(word)
    except ValueError:
        raise DrawError(f"There is no mark “{word}”. Use {_LISTED}.") from None


def draw_frame(mark: Mark, shape: Shape, *, is_round: bool) -> str:
    """A frame around a shape; broken where it is late or untaken."""
    around = _around(shape)
    radius = around.width / 2 if is_round else 13
    return box(
        around.x,
        around.y,
        around.width,
        around.height,
        radius=radius,
        line=3,
        fill="none",
        stroke=_COLOURS[mark],
        dash=_DASHES.get(mark, ""),
    )


def draw_badge(mark: Mark, shape: Shape, *, avoid: Iterable[Bounds] = ()) -> tuple[str, Bounds, Bounds]:
    """A badge with a sign and a word on the edge of a shape's frame, the room frame and badge take, and the badge's.

    It sits on a corner of the frame, the upper right one first, where it covers nothing of what is to be avoided.
    """
    around = _around(shape)
    width = width_of(mark.capitalize()) + 30
    inside = min(width, around.width)
    right, left = around.x + around.width - inside + 8, around.x + inside - width - 8
    upper = around.y - _HEIGHT / 2 - 1
    lower = upper + around.height
    places = [Bounds(x=x, y=y, width=width, height=_HEIGHT) for y in (upper, lower) for x in (right, left)]
    kept_free = tuple(avoid)
    place = next((each for each in places if not any(_overlap(each, other) for other in kept_free)), places[0])
    start, end = min(around.x - 2, place.x), max(around.x + around.width + 4, place.x + width + 2)
    taken = Bounds(x=start, y=around.y - _HEIGHT / 2 - 3, width=end - start, height=around.height + _HEIGHT + 6)
    return _badge(mark, place.x, place.y), taken, place


def _overlap(one: Bounds, other: Bounds) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def draw_line_mark(mark: Mark, edge: Edge, *, anchor: str = "") -> str:
    """A flow drawn over in the colour of the mark, with its sign at the middle: a word would cover others. `anchor` is
    its id; "" for none."""
    x, y = middle_of(edge)
    line = line_along(edge, stroke=_COLOURS[mark], dash=_DASHES.get(mark, ""))
    disc = box(x - 8, y - 8, 16, 16, radius=8, fill=_COLOURS[mark], stroke="white")
    named = {"data-mark": edge.element_id, **({"id": anchor} if anchor else {})}
    return tag("g", named, tag("title", text=str(mark)), line, disc, _sign(mark, x, y))


def _badge(mark: Mark, left: float, top: float) -> str:
    badge = box(left, top, width_of(mark.capitalize()) + 30, _HEIGHT, radius=9, fill=_COLOURS[mark], stroke="white")
    words = below([mark.capitalize()], left + 22, top + 2, anchor="start", bold=True, ink="white")
    return badge + _sign(mark, left + 12, top + 9) + words


def _around(shape: Shape) -> Bounds:
    bounds = shape.bounds
    return Bounds(x=bounds.x - 4, y=bounds.y - 4, width=bounds.width + 8, height=bounds.height + 8)


def _sign(mark: Mark, x: float, y: float) -> str:
    match mark:
        case Mark.NOW:
            return path(f"M{x - 3} {y - 4} L{x + 4} {y} L{x - 3} {y + 4} Z", fill="white", stroke="white", width=1)
        case Mark.DONE:
            return path(f"M{x - 4} {y} L{x - 1} {y + 3.5} L{x + 5} {y - 4}", stroke="white", width=2)
        case Mark.LATE:
            clock = circle(x, y, 5, fill="none").replace('stroke="#1a1a1a"', 'stroke="white"')
            return clock + path(f"M{x} {y - 3} L{x} {y} L{x + 2.5} {y}", stroke="white", width=1.3)
        case Mark.UNTAKEN:
            cross = f"M{x - 3.5} {y - 3.5} L{x + 3.5} {y + 3.5} M{x - 3.5} {y + 3.5} L{x + 3.5} {y - 3.5}"
            return path(cross, stroke="white", width=2)
        case Mark.FINDING:
            return path(f"M{x} {y - 4.5} L{x} {y + 1} M{x} {y + 4.4} L{x} {y + 4.6}", stroke="white", width=2)
        case Mark.ADDED:
            return path(f"M{x - 4} {y} L{x + 4} {y} M{x} {y - 4} L{x} {y + 4}", stroke="white", width=2)
        case Mark.CHANGED:
            wave = f"M{x - 4.5} {y + 1.5} C{x - 2.5} {y - 4.5} {x + 2.5} {y + 4.5} {x + 4.5} {y - 1.5}"
            return path(wave, stroke="white", width=2)
        case Mark.MOVED:
            return path(f"M{x - 4.5} {y} L{x + 4} {y} M{x + 1} {y - 3} L{x + 4.5} {y} L{x + 1} {y + 3}", stroke="white")
        case Mark.GONE:
            return path(f"M{x - 4} {y} L{x + 4} {y}", stroke="white", width=2)
