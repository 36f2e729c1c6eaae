"""Ladders as lines of time: what happens, so long after its day, when something is not done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.calendar import Unit
from engine.diagram import Element, Process
from engine.draw.policy_words import PolicyWords
from engine.draw.svg import circle, number, path, tag
from engine.draw.text import below, width_of
from engine.variants import LimitRow, Variant, amount_of_limit

#: About how many days each unit takes, to place a rung on the line; what it says is the limit itself.
_DAYS = {
    Unit.WORKING_DAYS: 1.4, Unit.DAYS: 1.0, Unit.WEEKS: 7.0, Unit.MONTHS: 30.4, Unit.YEARS: 365.25, Unit.MEETINGS: 30.4,
}  # fmt: skip
_WIDTH, _LEFT, _STEP = 1500.0, 40.0, 44.0
_AXIS = 48.0


@dataclass(frozen=True, kw_only=True, slots=True)
class LadderRung:
    name: str  #: as the timer is called in the drawing
    after: str  #: `more than 3 weeks`
    days: float  #: about how many


@dataclass(frozen=True, kw_only=True, slots=True)
class LineOfTime:
    """The rungs beside one activity that count from one day."""

    name: str  #: of the activity
    counted_from: str  #: the day, in words
    rungs: tuple[LadderRung, ...]  #: the first that comes first

    @property
    def sentence(self) -> str:
        steps = "; ".join(f"{rung.after}: {rung.name}" for rung in self.rungs)
        return f"{self.name}. Counted from {self.counted_from}. {steps}."


def lines_of_time(variant: Variant, words: PolicyWords) -> tuple[LineOfTime, ...]:
    """Of every activity beside which timers wait that go by a limit and let it go on."""
    found: dict[LineOfTime, None] = {}
    for process in variant.drawn_processes.values():
        for element in process.elements.values():
            rungs = sorted(_rungs(element, process, words), key=lambda pair: pair[1].days)
            for start in dict.fromkeys(row.limit.counted_from for row, _ in rungs):
                of_start = tuple(rung for row, rung in rungs if row.limit.counted_from == start)
                found[LineOfTime(name=element.label, counted_from=start, rungs=of_start)] = None
    return tuple(found)


def draw_line_of_time(line: LineOfTime) -> str:
    """An SVG picture: the day at the left, each rung as far from it as it comes later."""
    longest = max(rung.days for rung in line.rungs) or 1.0
    places = [_LEFT + (_WIDTH - 2 * _LEFT - 220) * rung.days / longest for rung in line.rungs]
    rows = _rows(line.rungs, places)
    height = _AXIS + 20 + _STEP * (max(rows) + 1)
    end = places[-1] + 30
    parts = [
        below([f"{line.name}: day 0 is {line.counted_from}"], _LEFT, 8, size=14, anchor="start", bold=True),
        path(f"M{number(_LEFT)} {_AXIS} L{number(end)} {_AXIS} M{number(end - 8)} {_AXIS - 5} L{number(end)} {_AXIS}"
             f" L{number(end - 8)} {_AXIS + 5}", width=2.5),
        circle(_LEFT, _AXIS, 6),
    ]  # fmt: skip
    for rung, x, row in zip(line.rungs, places, rows, strict=True):
        top = _AXIS + 14 + _STEP * row
        parts += [
            path(f"M{number(x)} {_AXIS} L{number(x)} {number(top + 30)}", width=1),
            circle(x, _AXIS, 6, fill="#1d4f8f"),
            below([rung.after], x + 6, top, size=12, anchor="start", bold=True),
            below([rung.name], x + 6, top + 15, size=12, anchor="start"),
        ]
    size: dict[str, str | float] = {"viewBox": f"0 0 {number(_WIDTH)} {number(height)}"}
    size |= {"xmlns": "http://www.w3.org/2000/svg", "width": _WIDTH, "height": height}
    return tag("svg", size, *parts)


def _rungs(element: Element, process: Process, words: PolicyWords) -> Iterator[tuple[LimitRow, LadderRung]]:
    for event in process.boundaries.get(element.id, ()):
        timer = event.event
        if event.is_interrupting or timer is None or timer.timer is None:
            continue
        for row in words.times.limits_in(timer.expression or ""):
            days = row.limit.amount * _DAYS[row.limit.unit]
            yield row, LadderRung(name=event.label, after=amount_of_limit(row), days=days)


def _rows(rungs: Sequence[LadderRung], places: Sequence[float]) -> list[int]:
    """In which row the words of each rung stand, so that none runs into the next."""
    ends: list[float] = []
    rows = []
    for rung, x in zip(rungs, places, strict=True):
        row = next((number for number, end in enumerate(ends) if end < x), len(ends))
        ends[row:row + 1] = [x + 16 + max(width_of(rung.name), 1.1 * width_of(rung.after))]  # fmt: skip
        rows.append(row)
    return rows
