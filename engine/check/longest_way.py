"""How long what is inside a time frame may take by the limits of its own: the longest way through it.

A task is done by its deadline at the latest, and that counts from a fact. So the way is followed from fact to fact: a
limit that counts from what an earlier task tells adds to that task's, and one that counts from the same day as the
frame does not. What is due by no limit, and what is sent at once, takes no time; a loop is gone once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.calendar import Counting, Unit
from engine.check.subjects import called_by
from engine.diagram import Element, ElementKind, EventKind, Process
from engine.diagram.frames import DrawnFrame
from engine.variants import Variant

_DUE = re.compile(r'=\s*due\(\s*"([^"]+)"\s*(,.*)?\)\s*', re.DOTALL)
_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_DEEPEST = 20
#: Most processes that are walked through for one frame. Only calls that double at each depth, with limits that count
#: from the day itself, come near it: whatever is left out then is behind what is far too long already.
_MOST_WALKS = 2_000
#: Days of one of a unit. Of months the shortest, so that what is said to be too long is.
_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 28, Unit.YEARS: 365, Unit.MEETINGS: 0}
_WORKING_DAYS_A_WEEK = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Leg:
    """A limit on the way."""

    limit: str
    element: str  #: what is due by it


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    working_days: int = 0
    days: int = 0  #: besides those
    legs: tuple[Leg, ...] = ()

    @property
    def length(self) -> int:
        """In days, without bank holidays."""
        weeks, rest = divmod(self.working_days, _WORKING_DAYS_A_WEEK)
        return 7 * weeks + rest + self.days

    def since(self, other: Way) -> Way:
        """What of it comes after the other, with which it begins; all of it where it does not."""
        count = len(other.legs)
        if self.legs[:count] != other.legs:
            return self
        return Way(
            working_days=self.working_days - other.working_days, days=self.days - other.days, legs=self.legs[count:]
        )


def longest(*ways: Way) -> Way:
    return max(ways, key=lambda way: way.length, default=Way())


def way_through(variant: Variant, frame: DrawnFrame) -> Way:
    """The longest way through what is inside the frame, from the day from which the frame counts."""
    walk = _Walk(variant)
    process = variant.processes[frame.process_id]
    if frame.element_id is None:
        whole = walk.level(process, None, Way())
    else:
        whole = walk.inside(process, process.elements[frame.element_id], Way())
    row = variant.limits.get(frame.limit or "")
    return whole.since(walk.known_by(row.counted_from)) if row is not None else whole


class _Walk:
    def __init__(self, variant: Variant) -> None:
        self._variant = variant
        self._told: dict[str, Way] = {}  #: by fact: until when it is told
        self._changes = 0  #: how often something in `_told` has become another
        self._depth = 0
        self._walked: dict[tuple[str, int, int, Way], Way] = {}  #: by process called, with all that its way depends on
        self._walks = 0

    def known_by(self, expression: str) -> Way:
        """Until when what an expression names is told; at once where nothing inside tells it."""
        return longest(*(self._told[name] for name in _NAME.findall(expression) if name in self._told))

    def level(self, process: Process, parent: str | None, begun: Way) -> Way:
        """The longest way from the start of a process or sub-process, reached at `begun`, to its end."""
        done: dict[str, Way] = {}
        for element in _in_order(process, parent):
            reached = longest(begun, *(done[source] for source in _before(process, element) if source in done))
            if element.kind is ElementKind.BOUNDARY:
                reached = self._at_boundary(process, element, done, begun)
            done[element.id] = self._through(process, element, reached)
            self._tell(element, done[element.id])
        aside = (self._event_subprocess(process, start, begun) for start in process.event_starts.get(parent, ()))
        return longest(*done.values(), begun, *aside)

    def _event_subprocess(self, process: Process, start: Element, begun: Way) -> Way:
        """One that begins by a timer comes by its limit; of the others nobody says when they come."""
        is_timer = start.event is not None and start.event.kind is EventKind.TIMER and start.is_interrupting
        due = self._due(start.event.expression, start, begun) if start.event is not None and is_timer else begun
        return self.level(process, start.parent, longest(begun, due))

    def inside(self, process: Process, element: Element, reached: Way) -> Way:
        if element.kind is ElementKind.SUBPROCESS:
            return self.level(process, element.id, reached)
        called = self._variant.processes.get(next(iter(called_by(element, {})), ""))
        if called is None or self._depth >= _DEEPEST:
            return reached
        known = (called.id, self._depth, self._changes, reached)
        if known not in self._walked:
            if self._walks >= _MOST_WALKS:
                return reached
            self._walks += 1
            self._depth += 1
            self._walked[known] = self.level(called, None, reached)
            self._depth -= 1
        return self._walked[known]

    def _through(self, process: Process, element: Element, reached: Way) -> Way:
        match element.kind:
            case ElementKind.USER:
                return longest(reached, self._due(element.due_date, element, reached))
            case ElementKind.SUBPROCESS | ElementKind.CALL:
                return self.inside(process, element, reached)
            case ElementKind.CATCH if element.event is not None and element.event.kind is EventKind.TIMER:
                return longest(reached, self._due(element.event.expression, element, reached))
            case _:
                return reached

    def _at_boundary(self, process: Process, event: Element, done: Mapping[str, Way], begun: Way) -> Way:
        """An interrupting timer comes by its limit; of other events nobody says when they come."""
        host = process.elements.get(event.attached_to or "")
        reached = longest(begun, *(done[s] for s in _before(process, host) if s in done)) if host is not None else begun
        if event.is_interrupting and event.event is not None and event.event.kind is EventKind.TIMER:
            return longest(reached, self._due(event.event.expression, event, reached))
        return reached

    def _due(self, text: str | None, element: Element, reached: Way) -> Way:
        """Until when a limit runs; `reached` where it is due by none."""
        found = _DUE.fullmatch(text or "")
        row = self._variant.limits.get(found[1]) if found is not None else None
        if found is None or row is None or row.limit.counting is Counting.BEFORE:
            return reached
        start = reached if found[2] else self.known_by(row.counted_from)
        limit = row.limit
        less = 1 if limit.counting is Counting.BEGINNING_WITH else 0
        is_working = limit.unit is Unit.WORKING_DAYS
        return Way(
            working_days=start.working_days + (limit.amount - less if is_working else 0),
            days=start.days + (0 if is_working else max(0, limit.amount * _DAYS[limit.unit] - less)),
            legs=(*start.legs, Leg(limit=limit.name, element=element.label)),
        )

    def _tell(self, element: Element, done: Way) -> None:
        form = self._variant.forms.get(element.form_id or "") if element.kind is ElementKind.USER else None
        named = (element.properties.get(name) for name in ("happened_on", "done_by"))
        told = {*(form.keys if form is not None else ()), *(m.name for m in element.outputs), *filter(None, named)}
        for fact in told:
            before = self._told.get(fact)
            self._told[fact] = longest(done, before or Way())
            self._changes += self._told[fact] != before


def _in_order(process: Process, parent: str | None) -> list[Element]:
    """The elements of a level, each behind those before it; a way back is left out."""
    found: list[Element] = []
    seen: set[str] = set()
    # each element with what follows it and was not looked at yet; the last is the one that is being gone through
    waiting: list[tuple[Element, Iterator[Element]]] = []

    def enter(element: Element) -> None:
        if element.id not in seen:
            seen.add(element.id)
            waiting.append((element, _following(process, element)))

    for start in process.entries(parent):
        enter(start)
        while waiting:
            element, following = waiting[-1]
            behind = next(following, None)
            if behind is not None:
                enter(behind)
            else:
                waiting.pop()
                found.append(element)
    return found[::-1]


def _following(process: Process, element: Element) -> Iterator[Element]:
    targets = [process.flows[flow].target for flow in element.outgoing if flow in process.flows]
    yield from (process.elements[target] for target in targets if target in process.elements)
    yield from process.boundaries.get(element.id, ())


def _before(process: Process, element: Element) -> list[str]:
    return [process.flows[flow].source for flow in element.incoming if flow in process.flows]
