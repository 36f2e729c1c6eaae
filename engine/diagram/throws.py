"""Messages and signals inside a case: who waits for what, and what can still throw it.

What is asked of the drawn ways is answered on the safe side: where it is not certain that nothing throws, something
may. Conditions are not looked at, a join lets through whatever reaches it, and what follows a call activity is reached
with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.diagram.model import Element, ElementKind, EventKind, Place, Process

#: A message or signal, by its kind and name.
What = tuple[EventKind, str]

_SENT = (EventKind.MESSAGE, EventKind.SIGNAL)
_THROWING = (ElementKind.THROW, ElementKind.END)
_WAITING = (ElementKind.CATCH, ElementKind.RECEIVE)
_PARTING = (ElementKind.PARALLEL, ElementKind.INCLUSIVE)


def thrown_by(element: Element) -> What | None:
    """What the element throws inside the case."""
    event = element.event
    if element.kind not in _THROWING or element.job is not None or event is None or event.kind not in _SENT:
        return None
    return (event.kind, event.name) if event.name else None


def heard_by(element: Element) -> What | None:
    """What an event or receive task, wherever it stands, hears."""
    event = element.event
    if element.kind in _THROWING or event is None or event.kind not in _SENT or not event.name:
        return None
    return event.kind, event.name


def is_told_by_people(element: Element) -> bool:
    """Whether the policy has people tell what the element hears: it has a form for it, or teams."""
    return bool(element.properties.keys() & {"form", "told_by"})


@dataclass(frozen=True, eq=False)
class Throws:
    """The processes of a folder, by what is thrown and heard in them."""

    processes: Mapping[str, Process]

    @cached_property
    def thrown(self) -> frozenset[What]:
        """Everything that some element throws."""
        found = (thrown_by(element) for process in self.processes.values() for element in process.elements.values())
        return frozenset(what for what in found if what is not None)

    def waits_inside(self, element: Element) -> What | None:
        """What a token at the element waits for that only another element of the case gives; None for anything else."""
        what = heard_by(element) if element.kind in _WAITING else None
        if what is None or what not in self.thrown:
            return None
        return what if what[0] is EventKind.SIGNAL or not is_told_by_people(element) else None

    @cached_property
    def has_waits(self) -> bool:
        """Whether anything on the way waits for what only another element gives."""
        return any(self.waits_inside(e) for p in self.processes.values() for e in p.elements.values())

    def thrown_behind(self, elements: Iterable[Element]) -> frozenset[What]:
        """Everything that may still be thrown when something happens at these elements."""
        found: set[What] = set()
        seen: set[Place] = set()
        todo = list(elements)
        while todo:
            element = todo.pop()
            if element.place in seen:
                continue
            seen.add(element.place)
            what = thrown_by(element)
            if what is not None and what not in found:
                found.add(what)
                todo += self._begun_by(what)
            todo += self._following(element)
            if element.kind is ElementKind.CALL:
                todo += self._called_by(element)
            if not element.outgoing:
                todo += self._behind_end(element)
        return frozenset(found)

    def dead_waits(self, begun: Iterable[str]) -> Iterator[Element]:
        """Waiting elements that a token reaches and never leaves: what throws what they wait for comes only behind
        them, or behind others of them, or has passed when they are reached.

        `begun`: ids of the processes that begin without being called.
        """
        reached: dict[Place, Element] = {}
        held: dict[Place, tuple[Element, What]] = {}
        todo = [start for process in begun for start in self._starts(process)]
        while True:
            while todo:
                element = todo.pop()
                if element.place in reached:
                    continue
                reached[element.place] = element
                waits_for = self.waits_inside(element)
                if waits_for is not None:
                    held[element.place] = (element, waits_for)
                    continue
                todo += self._following(element)
                if element.kind is ElementKind.CALL:
                    todo += self._called_by(element)
                if not element.outgoing:
                    todo += self._behind_end(element)
                thrown = thrown_by(element)
                todo += self._begun_by(thrown) if thrown is not None else ()
            free = [
                element
                for element, what in held.values()
                if any(thrown_by(each) == what and self._may_meet(each, element) for each in reached.values())
            ]
            if not free:
                break
            for element in free:
                del held[element.place]
                todo += self._following(element)
        yield from (element for element, _ in held.values())

    # inside

    def _starts(self, process_id: str) -> tuple[Element, ...]:
        """Where it begins, and what waits beside it from then on."""
        process = self.processes.get(process_id)
        return (*process.entries(), *process.event_starts.get(None, ())) if process is not None else ()

    def _begun_by(self, what: What) -> list[Element]:
        """The start events that hear it."""
        return [
            start for process in self.processes.values() for start in process.start_events() if heard_by(start) == what
        ]

    def _called_by(self, call: Element) -> list[Element]:
        """The starts of what it calls; of every process where that is worked out in the case."""
        called = call.called_process or ""
        names = self.processes if called.startswith("=") else [called]
        return [start for name in names for start in self._starts(name)]

    def _following(self, element: Element) -> list[Element]:
        """What comes next in its process: along its flows, inside it, and from its border."""
        process = self.processes[element.process_id]
        found = _targets(process, element)
        found += process.waiting_beside(element.id)
        return [*found, *process.entries(element.id)]

    def _behind_end(self, end: Element) -> list[Element]:
        """What comes next when the level of an element behind which nothing comes is over; behind a process, whatever
        calls it."""
        if end.parent is not None:
            process = self.processes[end.process_id]
            level = process.elements[end.parent]
            return self._behind_end(level) if level.is_event_subprocess else _targets(process, level)
        return [
            following
            for process in self.processes.values()
            for call in process.elements.values()
            if call.kind is ElementKind.CALL
            and (call.called_process == end.process_id or (call.called_process or "").startswith("="))
            for following in self._following(call)
        ]

    def _may_meet(self, thrower: Element, waiter: Element) -> bool:
        """Whether the one may throw while a token waits at the other: in another process, or on another branch."""
        if thrower.process_id != waiter.process_id or self._runs_more_than_once(waiter.process_id):
            return True
        process = self.processes[waiter.process_id]
        parted = [self._branches(process, element) for element in process.elements.values()]
        parted += [_beside(process, level) for level in process.event_starts]
        for ways in parted:
            branches = [self._reach(branch) for branch in ways]
            for one in branches:
                others = (other for other in branches if other is not one)
                if waiter.id in one and any(thrower.id in other for other in others):
                    return True
        return False

    def _branches(self, process: Process, element: Element) -> list[list[Element]]:
        """The ways that tokens go at the same time from the element; none where only one goes on."""
        ahead = [[target] for target in _targets(process, element)]
        aside = [[e] for e in process.boundaries.get(element.id, ()) if not e.is_interrupting]
        if aside:
            inside = process.entries(element.id) if element.kind is ElementKind.SUBPROCESS else ()
            return [[*inside, *(target for way in ahead for target in way)], *aside, *aside]
        return ahead if len(ahead) > 1 and element.kind in _PARTING else []

    def _reach(self, begin: list[Element]) -> frozenset[str]:
        """The ids of all that comes behind, in the same process."""
        found: set[str] = set()
        todo = list(begin)
        while todo:
            element = todo.pop()
            if element.id not in found:
                found.add(element.id)
                todo += self._following(element)
                if not element.outgoing and element.parent is not None:
                    todo += self._behind_end(element)
        return frozenset(found)

    def _runs_more_than_once(self, process_id: str) -> bool:
        """Whether two instances of the process may run at once, as far as the diagrams say."""
        if any(heard_by(start) is not None for start in self.processes[process_id].start_events()):
            return True
        return any(
            element.kind is ElementKind.CALL
            and (element.called_process == process_id or (element.called_process or "").startswith("="))
            for process in self.processes.values()
            for element in process.elements.values()
        )


def _beside(process: Process, level: str | None) -> list[list[Element]]:
    """The level's own way, and twice each event sub-process that may run beside it and beside itself."""
    aside = [[start] for start in process.event_starts[level] if not start.is_interrupting]
    return [list(process.start_events(level)), *aside, *aside] if aside else []


def _targets(process: Process, element: Element) -> list[Element]:
    """Where its flows lead; one that leads nowhere is said by another rule."""
    targets = (process.flows[flow].target for flow in element.outgoing if flow in process.flows)
    return [process.elements[target] for target in targets if target in process.elements]
