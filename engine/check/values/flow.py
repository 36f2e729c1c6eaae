"""What is known at each element of what a case has come through: by the conditions on the ways there.

Where ways meet, only what all of them say is known; what is given anew, or can be meanwhile, is known no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from engine.check.subjects import Alternatives, called_by
from engine.check.values.assumptions import Assumed, known_of_all, narrowed, read_condition, without
from engine.check.values.givers import At
from engine.check.values.meanwhile import Meanwhile
from engine.check.values.precedence import behind
from engine.check.values.scopes import Scope
from engine.check.values.worlds import NOTHING_KNOWN, Known
from engine.diagram import Element, ElementKind, Process

#: Of a process: what names can be in it, and whose words it goes by.
SeenIn = Callable[[str], tuple[Scope, bool]]


class KnownOnWays:
    """Through the processes of one folder."""

    def __init__(
        self, processes: Sequence[Process], meanwhile: Meanwhile, alternatives: Alternatives, seen_in: SeenIn
    ) -> None:
        """`seen_in` says what names can be in a process, and whether a base drew it, for councils that leave other
        choices out."""
        self._processes = {process.id: process for process in processes}
        self._meanwhile = meanwhile
        self._alternatives = alternatives
        self._seen = {process_id: seen_in(process_id) for process_id in self._processes}
        self._at: dict[At, Known] = {}
        self._waiting: dict[At, None] = {}
        self._pass_on()

    def known(self, process_id: str, element_id: str) -> Known | None:
        """What is known while a case stands at the element; None where no case comes there."""
        return self._at.get((process_id, element_id))

    def known_among(self, process_id: str, elements: Sequence[str]) -> Known:
        """What is known at each of these elements to which a case comes."""
        states = [state for each in elements if (state := self.known(process_id, each)) is not None]
        return known_of_all(states, self._seen[process_id][0]) if states else NOTHING_KNOWN

    def _pass_on(self) -> None:
        is_computed = any(
            (element.called_process or "").startswith("=")
            for process in self._processes.values()
            for element in process.elements.values()
        )
        for process in self._processes.values():
            begins = is_computed or self._meanwhile.begins_by_itself(process.id)
            for element in _first_in(process, None):
                if begins:
                    self._come((process.id, element.id), NOTHING_KNOWN)
            for element in process.elements.values():
                if element.begins_event_subprocess:
                    self._come((process.id, element.id), NOTHING_KNOWN)
        while self._waiting:
            at = next(iter(self._waiting))
            del self._waiting[at]
            self._leave(at)

    def _come(self, at: At, known: Known) -> None:
        """A case comes to an element with what is known; what is drawn and not run, it does not come to."""
        if at[1] not in self._processes[at[0]].elements:
            return
        known = without(known, self._meanwhile.unsteady(at))
        before = self._at.get(at)
        after = known if before is None else known_of_all((before, known), self._seen[at[0]][0])
        if after != before:
            self._at[at] = after
            self._waiting[at] = None

    def _leave(self, at: At) -> None:
        process = self._processes[at[0]]
        element = process.elements[at[1]]
        known: Known | None = self._at[at]
        allowed = read_condition(element.properties.get("allowed_when"))
        if allowed is not None:
            known = self._assume([(allowed, True)], at, self._at[at])
        if known is None:
            return
        if element.kind is ElementKind.CALL:
            self._call(element, at, known)
        inside = list(_first_in(process, element.id)) if element.kind is ElementKind.SUBPROCESS else []
        for first in inside:
            self._come((process.id, first.id), known)
        known = without(known, self._meanwhile.given_by(at))
        for event in process.boundaries.get(element.id, ()):
            self._come((process.id, event.id), known)
        if not inside:
            for target, state in self._onward(process, element, known):
                self._come((process.id, target), state)

    def _onward(self, process: Process, element: Element, known: Known) -> Iterator[tuple[str, Known]]:
        """Where a case goes from the element, and what is known there."""
        if not element.outgoing and element.parent is not None:
            yield from ((target, known) for target in behind(process, element.parent))
        at = (process.id, element.id)
        refused: list[Assumed] = []
        for flow in (process.flows[id] for id in element.outgoing if id != element.default_flow):
            condition = read_condition(flow.condition)
            assumed = [*(refused if element.kind is ElementKind.EXCLUSIVE else ())]
            assumed += [(condition, True)] if condition is not None else []
            state = self._assume(assumed, at, known)
            if state is not None:
                yield flow.target, state
            refused += [(condition, False)] if condition is not None else []
        if element.default_flow is not None and element.default_flow in process.flows:
            state = self._assume(refused, at, known)
            if state is not None:
                yield process.flows[element.default_flow].target, state

    def _assume(self, assumed: Sequence[Assumed], at: At, known: Known) -> Known | None:
        """What is known where these are so; of what can change meanwhile, nothing."""
        found = narrowed(assumed, self._seen[at[0]][0], known) if assumed else known
        return None if found is None else without(found, self._meanwhile.unsteady(at))

    def _call(self, element: Element, at: At, known: Known) -> None:
        scope, is_of_base = self._seen[at[0]]
        for called in called_by(element, self._alternatives) & self._processes.keys():
            inner, is_called_of_base = self._seen[called]
            handed = {mapping.name for mapping in element.inputs}
            if element.loop is not None and element.loop.input_element:
                handed.add(element.loop.input_element)
            passed = without(known, frozenset(handed)) if is_of_base == is_called_of_base else NOTHING_KNOWN
            if element.loop is not None:  # of each item the same names may be other facts
                passed = NOTHING_KNOWN
            for first in _first_in(self._processes[called], None):
                self._come((called, first.id), {n: v for n, v in passed.items() if inner(n) == scope(n)})


def _first_in(process: Process, level: str | None) -> Iterator[Element]:
    """Where a case begins in a process, or in a sub-process of it."""
    for element in process.children.get(level, ()):
        if not element.incoming and element.attached_to is None and not element.is_event_subprocess:
            yield element
