"""Rectangles and lines as they are drawn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import Generic, TypeAlias, TypeVar

from engine.diagram import Bounds

Point: TypeAlias = tuple[float, float]
Thing = TypeVar("Thing")


class Places(Generic[Thing]):
    """Things by where they lie from left to right, so that what lies near something is found without trying all."""

    def __init__(self, things: Iterable[tuple[Bounds, Thing]]) -> None:
        self._things = sorted(things, key=lambda placed: placed[0].x)
        self._lefts = [bounds.x for bounds, _ in self._things]
        self._widest = max((bounds.width for bounds, _ in self._things), default=0.0)

    def between(self, left: float, right: float) -> Iterator[tuple[Bounds, Thing]]:
        """Whatever reaches into the strip from `left` to `right`."""
        first, last = bisect_left(self._lefts, left - self._widest), bisect_right(self._lefts, right)
        for bounds, thing in islice(self._things, first, last):
            if bounds.x + bounds.width >= left:
                yield bounds, thing


def overlap(one: Bounds, other: Bounds, *, slack: float = 1.0) -> bool:
    """Whether two rectangles share more than a border of `slack` units."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > slack and down > slack


def contains(outer: Bounds, inner: Bounds, *, slack: float = 1.0) -> bool:
    """Whether `inner` lies in `outer`, give or take `slack` units."""
    return (
        inner.x >= outer.x - slack
        and inner.y >= outer.y - slack
        and inner.x + inner.width <= outer.x + outer.width + slack
        and inner.y + inner.height <= outer.y + outer.height + slack
    )


def touches(bounds: Bounds, point: Point, *, slack: float) -> bool:
    """Whether a point lies in a rectangle or within `slack` units of it."""
    x, y = point
    return (
        bounds.x - slack <= x <= bounds.x + bounds.width + slack
        and bounds.y - slack <= y <= bounds.y + bounds.height + slack
    )


def on_border(bounds: Bounds, inner: Bounds) -> bool:
    """Whether the middle of `inner` lies on the border of `bounds`, within half its own size."""
    x, y = inner.x + inner.width / 2, inner.y + inner.height / 2
    near_x = min(abs(x - bounds.x), abs(x - bounds.x - bounds.width)) <= inner.width / 2 + 1
    near_y = min(abs(y - bounds.y), abs(y - bounds.y - bounds.height)) <= inner.height / 2 + 1
    return touches(bounds, (x, y), slack=max(inner.width, inner.height) / 2 + 1) and (near_x or near_y)


def passes_through(points: tuple[Point, ...], bounds: Bounds, *, inset: float = 3.0) -> bool:
    """Whether a line goes through a rectangle and not only along its border."""
    if bounds.width <= 2 * inset or bounds.height <= 2 * inset:
        return False
    inner = Bounds(
        x=bounds.x + inset, y=bounds.y + inset, width=bounds.width - 2 * inset, height=bounds.height - 2 * inset
    )
    return any(_segment_meets(start, end, inner) for start, end in pairwise(points))


def _segment_meets(start: Point, end: Point, box: Bounds) -> bool:
    """Liang and Barsky's clipping: whether any part of the segment lies in the box."""
    enter, leave = 0.0, 1.0
    for delta, low, high in _slabs(start, end, box):
        if delta == 0:
            if low > 0 or high < 0:
                return False
            continue
        first, second = sorted((low / delta, high / delta))
        enter, leave = max(enter, first), min(leave, second)
        if enter > leave:
            return False
    return True


def _slabs(start: Point, end: Point, box: Bounds) -> Iterator[tuple[float, float, float]]:
    yield end[0] - start[0], box.x - start[0], box.x + box.width - start[0]
    yield end[1] - start[1], box.y - start[1], box.y + box.height - start[1]
