"""What comes only after an element: drawn behind it, in its process and in those around, and never before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from engine.check.graph import closure
from engine.check.subjects import Alternatives, called_by
from engine.check.touched import names_in
from engine.diagram import ElementKind, EventKind, Process

#: (id of the process, id of the element)
At: TypeAlias = tuple[str, str]


def behind(process: Process, level: str) -> Iterator[str]:
    """What comes when a sub-process is over; behind an event sub-process, what comes when its level is over."""
    at: str | None = level
    while at is not None:
        element = process.elements[at]
        targets = (process.flows[flow].target for flow in element.outgoing)
        yield from (target for target in targets if target in process.elements)
        at = element.parent if element.is_event_subprocess else None


def ways_on(process: Process) -> Mapping[str, list[str]]:
    """By element, where a token can go next."""
    ways: dict[str, list[str]] = {}
    for flow in process.flows.values():
        if flow.target in process.elements:  # what is drawn besides is not run
            ways.setdefault(flow.source, []).append(flow.target)
    for element in process.elements.values():
        if element.attached_to is not None:
            ways.setdefault(element.attached_to, []).append(element.id)
        if element.parent is not None:  # into a sub-process, and out of it again
            ways.setdefault(element.parent, []).append(element.id)
            if not element.outgoing:
                ways.setdefault(element.id, []).extend(behind(process, element.parent))
    return ways


class Precedence:
    """Of the processes of one folder."""

    def __init__(self, processes: Sequence[Process], alternatives: Alternatives, started: frozenset[str]) -> None:
        """`started` are ids of the processes with which a case begins."""
        self._processes = {process.id: process for process in processes}
        self._alternatives = alternatives
        self._started = started
        self._later: dict[At, frozenset[At]] = {}

    def only_later(self, at: At) -> frozenset[At]:
        """All that comes after the element and never before; nothing where its process may run more than once."""
        if at not in self._later:
            self._later[at] = self._only_later(*at)
        return self._later[at]

    def _only_later(self, process_id: str, element_id: str) -> frozenset[At]:
        if self._may_begin_again(process_id, element_id):
            return frozenset()
        found = self._later_in(process_id, element_id)
        passed: set[str] = set()
        while process_id not in self._started:
            callers = self._callers.get(process_id, ())
            passed.add(process_id)
            if any(caller in passed for caller, _ in callers):  # it calls itself
                return frozenset()
            if len(callers) != 1 or self._is_told(process_id):
                return frozenset()
            process_id, element_id = callers[0]
            element = self._processes[process_id].elements[element_id]
            if element.loop is not None or element_id in self._after(process_id, element_id):
                return frozenset()
            found |= self._later_in(process_id, element_id)
        return found

    def asked_before(self, at: At) -> frozenset[str]:
        """The names that some condition reads on a way to the element, in its process and in those that call it."""
        found: set[str] = set()
        waiting, seen = [at], {at}
        while waiting:
            process_id, element_id = waiting.pop()
            process = self._processes[process_id]
            before = {id for id in process.elements if element_id in self._after(process_id, id)}
            for flow in process.flows.values():
                if flow.condition is not None and (flow.target == element_id or flow.target in before):
                    found |= names_in(flow.condition)
            starts = [e for e in process.elements.values() if e.kind is ElementKind.START]
            for start in starts:
                if not start.begins_event_subprocess or element_id in self._after(process_id, start.id):
                    found |= names_in(start.properties.get("allowed_when", ""))
            new = set(self._callers.get(process_id, ())) - seen
            seen |= new
            waiting.extend(new)
        return frozenset(found)

    def _later_in(self, process_id: str, element_id: str) -> frozenset[At]:
        after = self._after(process_id, element_id)
        before = {id for id in self._processes[process_id].elements if element_id in self._after(process_id, id)}
        return self._with_called(process_id, after - before - {element_id}) - self._with_called(process_id, before)

    def _after(self, process_id: str, element_id: str) -> frozenset[str]:
        """Everything that a token can reach from the element, and what stands inside it."""
        forward = self._forward[process_id]
        reached = closure([*forward.get(element_id, ())], forward)
        return frozenset(reached)

    @cached_property
    def _forward(self) -> Mapping[str, Mapping[str, list[str]]]:
        return {process.id: ways_on(process) for process in self._processes.values()}

    def _with_called(self, process_id: str, elements: frozenset[str] | set[str]) -> frozenset[At]:
        """The elements, and all those of the processes that they call."""
        found = {(process_id, element) for element in elements}
        waiting, seen = list(found), set[str]()
        while waiting:
            in_process, id = waiting.pop()
            element = self._processes[in_process].elements[id]
            if element.kind is not ElementKind.CALL:
                continue
            for called in (called_by(element, self._alternatives) & self._processes.keys()) - seen:
                seen.add(called)
                inner = {(called, each) for each in self._processes[called].elements}
                found |= inner
                waiting.extend(inner)
        return frozenset(found)

    @cached_property
    def _callers(self) -> Mapping[str, list[At]]:
        found: dict[str, list[At]] = {}
        for process in self._processes.values():
            for element in process.elements.values():
                for called in called_by(element, self._alternatives) if element.kind is ElementKind.CALL else ():
                    found.setdefault(called, []).append((process.id, element.id))
        return found

    def _may_begin_again(self, process_id: str, element_id: str) -> bool:
        """Whether it stands in an event sub-process of which several can run at once."""
        process = self._processes[process_id]
        at = process.elements[element_id].parent
        while at is not None:
            if any(start.may_happen_again for start in process.start_events(at)):
                return True
            at = process.elements[at].parent
        return False

    def _is_told(self, process_id: str) -> bool:
        """Whether a message or signal starts it: then it may run at any time."""
        starts = self._processes[process_id].start_events()
        return any(start.event is not None and start.event.kind is not EventKind.NONE for start in starts)
