"""What can be given anew at an element, or while a case stands there: of that, nothing holds on that was known before.

Corrections, and tasks that are opened again, are left aside: they can change any fact at any time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from engine.check.graph import closure
from engine.check.subjects import Alternatives, called_by
from engine.check.values.engine_facts import FACTS
from engine.check.values.givers import At
from engine.check.values.precedence import ways_on
from engine.diagram import Element, ElementKind, EventKind, Process
from engine.forms import Form, facts_asked_by

_JOINING = frozenset({ElementKind.PARALLEL, ElementKind.INCLUSIVE})
_CHOOSING = frozenset({ElementKind.EXCLUSIVE, ElementKind.EVENT_GATEWAY})
Names = frozenset[str]


class Meanwhile:
    """Of the processes of one folder."""

    def __init__(
        self,
        processes: Sequence[Process],
        forms: Mapping[str, Form],
        alternatives: Alternatives,
        of_items: Mapping[str, Names],
        begun: Names,
    ) -> None:
        """`forms` by id, `of_items` are facts that are told of items alone, `begun` the processes with which a case
        begins."""
        self._processes = {process.id: process for process in processes}
        self._forms = forms
        self._alternatives = alternatives
        self._of_items = of_items.keys()
        self._begun = begun

    def given_by(self, at: At) -> Names:
        """What the element gives, with all that it calls and all that stands in it."""
        if at not in self._given:
            process_id, element_id = at
            process = self._processes[process_id]
            element = process.elements[element_id]
            names = set(self._own(element))
            for called in self._called(element):
                names |= self._given_in[called]
            for inner in process.children.get(element_id, ()):
                names |= self.given_by((process_id, inner.id))
            self._given[at] = frozenset(names)
        return self._given[at]

    def unsteady(self, at: At) -> Names:
        """What something else can give while a case stands at the element."""
        return self._beside[at[0]].get(at[1], frozenset()) | self._around[at[0]]

    def callers(self, process_id: str) -> Sequence[At]:
        """The elements that call the process."""
        return self._callers.get(process_id, ())

    def begins_by_itself(self, process_id: str) -> bool:
        """Whether something else than a call begins it: an application, a message, time."""
        return process_id in self._begun or self._is_told(process_id) or not self.callers(process_id)

    def _is_told(self, process_id: str) -> bool:
        starts = self._processes[process_id].start_events()
        return any(start.event is not None and start.event.kind is not EventKind.NONE for start in starts)

    def _called(self, element: Element) -> Iterator[str]:
        if element.kind is ElementKind.CALL:
            yield from called_by(element, self._alternatives) & self._processes.keys()

    @cached_property
    def _given(self) -> dict[At, Names]:
        return {}

    def _own(self, element: Element) -> Iterator[str]:
        form = self._form(element)
        for question in form.questions if form is not None else ():
            for field in (question.field, *question.fields):
                yield from facts_asked_by(field)
        yield from (mapping.name for mapping in (*element.inputs, *element.outputs))
        yield from (element.properties[told] for told in ("happened_on", "done_by") if told in element.properties)
        if element.result_variable:
            yield element.result_variable
        if element.loop is not None:
            yield from (each for each in (element.loop.output_collection, element.loop.input_element) if each)

    @cached_property
    def _callers(self) -> Mapping[str, list[At]]:
        found: dict[str, list[At]] = {}
        for process in self._processes.values():
            for element in process.elements.values():
                for called in self._called(element):
                    found.setdefault(called, []).append((process.id, element.id))
        return found

    @cached_property
    def _calls(self) -> Mapping[str, list[str]]:
        return {
            process.id: sorted({called for element in process.elements.values() for called in self._called(element)})
            for process in self._processes.values()
        }

    @cached_property
    def _given_in(self) -> Mapping[str, Names]:
        """By process, what is given in it and in those that it calls."""
        own = {
            process.id: {name for element in process.elements.values() for name in self._own(element)}
            for process in self._processes.values()
        }
        return {
            process_id: frozenset().union(*(own[each] for each in closure([process_id], self._calls)))
            for process_id in own
        }

    @cached_property
    def _around(self) -> Mapping[str, Names]:
        """By process, what can be given while it runs by those that run beside it, and those that call it."""
        always = self._given_by_nobody
        found = {process_id: {*always, *self._of_others(process_id)} for process_id in self._processes}
        waiting = list(found)
        while waiting:
            caller = waiting.pop()
            for element in self._processes[caller].elements.values():
                for called in self._called(element):
                    new = found[caller] | self._beside[caller].get(element.id, frozenset())
                    if element.loop is not None:  # it runs for each at once
                        new |= self._given_in[called] - self._of_items
                    if not new <= found[called]:
                        found[called] |= new
                        waiting.append(called)
        return {process_id: frozenset(names) for process_id, names in found.items()}

    @cached_property
    def _given_by_nobody(self) -> Names:
        """What the engine gives, and forms that no diagram shows: that can be at any time."""
        shown = {form.id for p in self._processes.values() for e in p.elements.values() if (form := self._form(e))}
        names = (form.keys for form in self._forms.values() if form.id not in shown)
        return frozenset(FACTS).union(*names)

    def _of_others(self, process_id: str) -> Names:
        """What is given beside each process that begins by itself and runs this one."""
        around = [each for each in self._beginning if process_id in closure([each], self._calls)]
        return frozenset().union(*(self._besides[each] for each in around))

    @cached_property
    def _besides(self) -> Mapping[str, Names]:
        """By process that begins by itself: what else can be given while it runs, by others and by itself where it is
        told of again meanwhile. What it gives to an item of its own is the item's, and nobody else's."""
        of_case = {each: self._given_to_case(each) for each in self._beginning}
        found = {}
        for process_id, own in of_case.items():
            given = frozenset[str]().union(*(of_case[each] for each in self._beginning if each != process_id))
            found[process_id] = (given - (self._given_in[process_id] - own)) | (
                own if self._is_told(process_id) else frozenset()
            )
        return found

    def _given_to_case(self, process_id: str) -> Names:
        """What a process gives, and those that it calls, to the case: not to an item that its message makes."""
        given = self._given_in[process_id]
        if not all(start.item for start in self._processes[process_id].start_events()):
            return given
        inside = [self._processes[each] for each in closure([process_id], self._calls)]
        forms = [form for process in inside for each in process.elements.values() if (form := self._form(each))]
        return given & frozenset().union(*(form.keys_of_case for form in forms))

    def _form(self, element: Element) -> Form | None:
        return self._forms.get(element.form_id or element.properties.get("form", ""))

    @cached_property
    def _beginning(self) -> Sequence[str]:
        return [process_id for process_id in self._processes if self.begins_by_itself(process_id)]

    @cached_property
    def _beside(self) -> Mapping[str, Mapping[str, Names]]:
        return {process.id: dict(self._at_once(process)) for process in self._processes.values()}

    def _at_once(self, process: Process) -> dict[str, Names]:
        """By element, what is given by those of the same process that can run at the same time."""
        found: dict[str, set[str]] = {}
        forward = ways_on(process)
        for passed, branches in _forks(process):
            ways = {id: after for id, after in forward.items() if id != passed}
            reached = [closure(branch, ways) & process.elements.keys() for branch in branches]
            both = {id for n, one in enumerate(reached) for other in reached[n + 1 :] for id in one & other}
            entered = {
                target
                for source, after in forward.items()
                for target in after
                if target in both and source not in both and (source == passed or any(source in one for one in reached))
            }
            is_joined = all(process.elements[id].kind in _JOINING for id in entered)
            for n, one in enumerate(reached):
                for other in reached[:n] + reached[n + 1 :]:
                    given = {
                        name
                        for id in (other - both if is_joined else other)
                        for name in self.given_by((process.id, id))
                    }
                    for id in one - both if is_joined else one:
                        found.setdefault(id, set()).update(given)
        return {id: frozenset(names) for id, names in found.items()}


def _forks(process: Process) -> Iterator[tuple[str | None, list[list[str]]]]:
    """Where one way becomes several at once: what is passed there, and with what each begins."""
    for element in process.elements.values():
        ahead = (process.flows[flow].target for flow in element.outgoing)
        targets = [[target] for target in ahead if target in process.elements]
        if len(targets) > 1 and element.kind not in _CHOOSING:
            yield element.id, targets
        if element.kind is ElementKind.BOUNDARY and not element.is_interrupting:
            yield None, [[element.attached_to or ""], [element.id], [element.id]]
        if element.begins_event_subprocess and not element.is_interrupting:
            inside = element.parent or ""
            level = process.elements[inside].parent
            beside = [each.id for each in process.children.get(level, ()) if each.id != inside]
            yield None, [beside, [inside], [inside]]
