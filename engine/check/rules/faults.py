"""Errors and escalations that are thrown are caught, and what is to be caught can be thrown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from engine.check.finding import Place, error, warning
from engine.check.graph import circles
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.check.suggestions import listed, meant
from engine.diagram import Element, ElementKind, Event, EventKind, Process
from engine.problems import Problem

_KINDS = (EventKind.ERROR, EventKind.ESCALATION)

#: What is thrown: its kind and code → each element that throws it, by its id, with its place.
Thrown: TypeAlias = dict[tuple[EventKind, str], dict[str, tuple[Place, Element]]]


def look(policy: Policy) -> Iterator[Problem]:
    throwing = _Throwing(policy)
    for element, process, _ in policy.elements():
        yield from throwing.never_thrown(element, process)
    if policy.folder is None:  # what a lone diagram lets out may be caught by the one that calls it
        return
    uncaught: Thrown = {}
    for _, process in policy.processes:
        if process.id not in policy.called:
            for what, origins in throwing.out_of_level(process, None).items():
                uncaught.setdefault(what, {}).update(origins)
    yield from _left_in_vain(policy)
    for (kind, code), origins in uncaught.items():
        of_handlers = {key: found for key, found in origins.items() if found[1].job is not None}
        yield from (_thrown(kind, code, *found) for key, found in origins.items() if key not in of_handlers)
        if of_handlers and code not in policy.variant.settings.left_to_people:
            yield _ended_in(code, list(of_handlers.values()))


def _left_in_vain(policy: Policy) -> Iterator[Problem]:
    """A fault that is left to people, and that no handler ends in."""
    there_are = {fault for handler in policy.known_handlers or () for fault in handler.faults}
    for code in policy.variant.settings.left_to_people:
        if policy.known_handlers is not None and code not in there_are:
            yield error(
                policy.place_in_settings(),
                f"[left_to_people] names the fault “{code}”, which no handler has. {meant(code, sorted(there_are))}",
            )


def _ended_in(code: str, found: Sequence[tuple[Place, Element]]) -> Problem:
    """One finding for a fault, whichever tasks can end in it: what is to be done is the same for all."""
    place, first = found[0]
    others = f" So can {listed(quoted(element) for _, element in found[1:])}." if found[1:] else ""
    return warning(
        place,
        f"{quoted(first)} can end in the fault “{code}”, and nothing catches it: the case would wait for a person. "
        f"Draw an error boundary event on it that says what is to be done then.{others}",
    )


def _thrown(kind: EventKind, code: str, place: Place, origin: Element) -> Problem:
    if kind is EventKind.ESCALATION:
        return warning(
            place,
            f"{quoted(origin)} throws the escalation “{code}”, and nothing catches it: it would only be recorded. Draw"
            " an escalation boundary event on what surrounds it.",
        )
    return error(
        place,
        f"{quoted(origin)} throws the error “{code}”, and nothing around it catches that. Draw an error boundary event "
        "on the sub-process or call activity, or an event sub-process beside it.",
    )


class _Throwing:
    """What each level of each process throws and does not catch itself."""

    def __init__(self, policy: Policy) -> None:
        self._handlers = {handler.name: handler for handler in policy.known_handlers or ()}
        self._knows_handlers = policy.known_handlers is not None
        self._file = {process.id: file for file, process in policy.processes}
        self._processes = {process.id: process for _, process in policy.processes}
        self._done: dict[tuple[str, str | None], Thrown] = {}
        calls = {
            process.id: [e.called_process for e in process.elements.values() if e.called_process in self._processes]
            for process in self._processes.values()
        }
        # What is called comes first, so that a long line of calls is no deep recursion.
        for circle in circles(calls, {process: [c for c in called if c] for process, called in calls.items()}):
            for process_id in circle:
                self.out_of_level(self._processes[process_id], None)

    def out_of_level(self, process: Process, parent: str | None) -> Thrown:
        key = (process.id, parent)
        if key not in self._done:
            self._done[key] = {}  # processes that call each other: what is found so far
            found = self.inside(process, parent)
            self._done[key] = {
                (kind, code): origins
                for (kind, code), origins in found.items()
                if not _catches(process.event_starts.get(parent, ()), kind, code)
            }
        return self._done[key]

    def inside(self, process: Process, parent: str | None) -> Thrown:
        """What is thrown on a level, before its event sub-processes."""
        found: Thrown = {}
        for element in process.children.get(parent, ()):
            for what, origins in self._not_caught(element, process).items():
                found.setdefault(what, {}).update(origins)
        return found

    def out_of_element(self, element: Element, process: Process) -> Thrown:
        """What an element throws, before its own boundary events."""
        place = place_of(self._file[process.id], element)
        event = element.event
        if element.kind in (ElementKind.END, ElementKind.THROW) and event is not None and event.kind in _KINDS:
            return {(event.kind, event.code or ""): {element.id: (place, element)}}
        if element.job is not None:
            handler = self._handlers.get(element.job.handler)
            thrown = {element.id: (place, element)}
            return {(EventKind.ERROR, code): thrown for code in (handler.faults if handler else ())}
        if element.id in process.children:  # a sub-process, and what is not run and has a level too
            return self.out_of_level(process, element.id)
        called = self._processes.get(element.called_process or "")
        return self.out_of_level(called, None) if called is not None else {}

    def _not_caught(self, element: Element, process: Process) -> Thrown:
        return {
            (kind, code): origins
            for (kind, code), origins in self.out_of_element(element, process).items()
            if not _catches(process.boundaries.get(element.id, ()), kind, code)
        }

    def never_thrown(self, element: Element, process: Process) -> Iterator[Problem]:
        event = element.event
        if event is None or event.kind not in _KINDS:
            return
        if element.begins_event_subprocess:
            yield from self._never_begun(element, event, process)
            return
        host = process.elements.get(element.attached_to or "")
        if host is None or not self._is_known(host):
            return
        thrown = [code for kind, code in self.out_of_element(host, process) if kind is event.kind]
        if host.kind in _MAY_THROW and (event.code not in thrown if event.code is not None else not thrown):
            which = f"the {event.kind} “{event.code}”" if event.code is not None else f"an {event.kind}"
            can = f" It can throw: {', '.join(sorted(thrown))}." if thrown else ""
            yield error(
                place_of(self._file[process.id], element),
                f"{quoted(element)} waits for {which}, which {quoted(host)} never throws.{can} Correct the code, or "
                "delete the event.",
            )

    def _never_begun(self, start: Element, event: Event, process: Process) -> Iterator[Problem]:
        """The start of an event sub-process that waits for what nothing beside it throws."""
        beside = [e for e in process.children.get(process.beside(start), ()) if e.id != start.parent]
        if any(e.kind in _MAY_THROW and not self._is_known(e) for e in beside):
            return
        thrown = {code for e in beside for kind, code in self._not_caught(e, process) if kind is event.kind}
        if event.code in thrown or (event.code is None and thrown):
            return
        which = f"the {event.kind} “{event.code}”" if event.code is not None else f"an {event.kind}"
        can = f" What is thrown there: {', '.join(sorted(thrown))}." if thrown else ""
        yield error(
            place_of(self._file[process.id], start),
            f"{quoted(start)} waits for {which}, which nothing throws on the level of its event sub-process.{can} "
            "Correct the code, or delete the event sub-process.",
        )

    def _is_known(self, host: Element) -> bool:
        """Whether it can be told what `host` throws."""
        if host.kind is ElementKind.CALL:
            return host.called_process in self._processes
        return host.kind is ElementKind.SUBPROCESS or self._knows_handlers


def _catches(events: Iterable[Element], kind: EventKind, code: str) -> bool:
    return any(e.event is not None and e.event.kind is kind and e.event.code in (None, code) for e in events)


_MAY_THROW: Mapping[ElementKind, None] = dict.fromkeys(
    (ElementKind.SERVICE, ElementKind.SEND, ElementKind.CALL, ElementKind.SUBPROCESS)
)

RULE = Rule(
    name="faults", summary="Errors and escalations that are thrown are caught, and those waited for are thrown.",
    look=look, compares_files=True,
)  # fmt: skip
