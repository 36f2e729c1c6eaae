"""What each fact of a folder can be: gathered from every place that gives one, until nothing new is found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from engine.check.readable_names import KnownNames
from engine.check.subjects import OF_CASE, called_by
from engine.check.values import engine_facts
from engine.check.values.decisions import DecisionTracer, pass_over
from engine.check.values.domain import ANYTHING, DAY, NOT_YET, NOTHING, Possible, ValueKind, item_of, join, list_of
from engine.check.values.facts import Facts
from engine.check.values.left_over import LeftOver
from engine.check.values.questions import answer_of, facts_of
from engine.check.values.scopes import Scope, of_mapping
from engine.check.values.tracer import trace
from engine.check.values.worklist import Worklist
from engine.diagram import Element, ElementKind, Process
from engine.dmn import Definitions
from engine.feel import Expression
from engine.forms import Form
from engine.handler import Handler
from engine.variants import Variant

#: Rounds after which what still grows is held to be anything.
_MOST_ROUNDS = 12


class GatheredFacts(Facts):
    """The facts of one folder."""

    def __init__(
        self, variant: Variant, processes: Sequence[Process], known: KnownNames, handlers: Sequence[Handler] | None
    ) -> None:
        super().__init__(variant, processes, known, handlers)
        used = {e.form_id or e.properties.get("form", "") for p in processes for e in p.elements.values()}
        self._unused = [form for form in variant.forms.values() if form.id not in used]
        self._is_last = False
        #: by decision, what it gave each time with what it had read for it: the same again is not gone through again
        self._decided: dict[str, list[tuple[dict[str, Possible | None], Possible]]] = {}
        self._work = self._all_work()
        self._work.go_through()
        left_over = LeftOver(variant.bases)
        untold = {name: left_over.told(name) for name in variant.untold}
        for name in known.facts - self.named.keys() - known.collections:  # given in a way that nobody reads here
            self.named[name] = untold.get(name) or engine_facts.FACTS.get(name, ANYTHING).as_given(name)
            self._work.give(name, is_more=True)
        for number in range(_MOST_ROUNDS):
            self._is_last = number >= _MOST_ROUNDS - 2
            if not self._work.go_through():
                break
        self._is_settled = True
        for entries in self.items.values():
            entries.is_settled = True

    def _look_at(self, name: str) -> None:
        if not self._is_settled:
            self._work.read(name)

    def _all_work(self) -> Worklist:
        """Of all that gives something."""
        work = Worklist(self.items)
        for form in self._unused:
            work.add(lambda form=form: self._give_answers(form, self.scope(""), frozenset()))  # type: ignore[misc]
        for process in self._processes.values():
            for element in process.elements.values():
                work.add(partial(self._gather, element, process.id))
        return work

    def _add(self, own: dict[str, Possible], name: str, value: Possible) -> None:
        known = own.get(name)
        value = ANYTHING if name in self.torn else value
        both = value if known is None else join(known, value)
        is_more = both != known
        if is_more:
            own[name] = ANYTHING if self._is_last else both
        self._work.give(name, is_more=is_more)

    def _give(self, name: str, value: Possible, about: frozenset[str] | set[str]) -> None:
        value = value.or_null().as_given(name)
        if name in self.items and ValueKind.LIST in value.kinds:
            for entry, inner in (item_of(value).entries or {}).items():
                self._give_item(name, entry, inner.or_null().as_given(entry))
            return
        self._add(self.named, name, value)
        for collection in about:
            self._give_item(collection, name, value)

    def _give_item(self, collection: str, name: str, value: Possible) -> None:
        own = self.items.get(collection)
        if own is not None and name != "id":
            before = own.get(name)
            self._add(own, name, value)
            self._work.give(collection, is_more=own.get(name) != before)
            if name not in self._known.collections:
                self._add(self.named, name, value)

    def _keep(self, process_id: str, name: str, value: Possible) -> None:
        self._add(self.variables.setdefault(process_id, {}), name, value.or_null().as_given(name))

    def _about_in(self, process_id: str) -> set[str]:
        """The collections of which a process can be about an item."""
        self._work.read(f"{process_id} {OF_CASE}")
        return self._about[process_id]

    def _give_answers(self, form: Form, scope: Scope, about: frozenset[str] | set[str]) -> None:
        def work(expression: Expression) -> Possible:
            return trace(expression, scope)

        for question in form.questions:
            field = question.field
            for name, value in facts_of((field,), work) if not field.fields else ((field.key, answer_of(field, work)),):
                self._give(name, value, frozenset() if name in form.keys_of_case else about)

    def _gather(self, element: Element, process_id: str) -> None:
        about = self._about_in(process_id)
        scope = self.scope(process_id)
        form = self._variant.forms.get(element.form_id or element.properties.get("form", ""))
        if form is not None:
            self._give_answers(form, scope, about)
        for told, value in (("happened_on", DAY), ("done_by", engine_facts.PERSON)):
            if name := element.properties.get(told):
                self._give(name, value, about)
        if element.kind is ElementKind.CALL:
            self._call(element, process_id)
        elif element.kind in (ElementKind.THROW, ElementKind.END) and element.job is None:
            for mapping in element.inputs:  # told with the message to the process that it starts
                self._give(
                    mapping.name, of_mapping(mapping, self.source(mapping.source, scope)), self._told_to(element, about)
                )
        elif element.kind is ElementKind.USER:
            for mapping in element.inputs:  # seen at the task alone, which the rule on facts holds to
                self._keep(process_id, mapping.name, of_mapping(mapping, self.source(mapping.source, scope)))
        if element.result_variable:
            self._keep(process_id, element.result_variable, self._result(element, scope))
        if element.kind is not ElementKind.CALL or element.loop is not None:
            outputs = self.scope_of_outputs(element, process_id)
            for mapping in element.outputs:
                self._give(mapping.name, of_mapping(mapping, self.source(mapping.source, outputs)), about)

    def _told_to(self, element: Element, about: set[str]) -> set[str]:
        named = element.event.name if element.event is not None else None
        made = {
            start.item
            for process in self._processes.values()
            for start in process.start_events()
            if start.item and start.event is not None and start.event.name == named
        }
        return {*about, *made}

    def _result(self, element: Element, scope: Scope) -> Possible:
        if element.script:
            return self.value(element.script.removeprefix("="), scope)
        definitions = self._variant.decisions.get(element.decision_id or "")
        if definitions is None:
            return ANYTHING
        return self._decide(definitions, element.decision_id or "", scope)

    def _decide(self, definitions: Definitions, decision_id: str, scope: Scope) -> Possible:
        for read, given in self._decided.get(decision_id, ()):
            if all(scope(name) == value for name, value in read.items()):
                return given
        reads: dict[str, Possible | None] = {}

        def outside(name: str) -> Possible | None:
            return reads.setdefault(name, scope(name))

        given = DecisionTracer(definitions, outside, pass_over).decision(decision_id)
        self._decided.setdefault(decision_id, []).append((reads, given))
        return given

    def _call(self, element: Element, process_id: str) -> None:
        loop = element.loop
        each = self._each(element, process_id) if loop is not None else NOTHING
        own = self._element_of(element, process_id)
        inputs: dict[str, Possible] = {}
        for mapping in element.inputs:
            value = of_mapping(mapping, self.source(mapping.source, self.scope(process_id, own)))
            inputs[mapping.name] = join(inputs.get(mapping.name, NOTHING), value)
        given = NOT_YET
        for called in called_by(element, self._alternatives) & self._processes.keys():
            about = self._about_in(process_id) | self._collections_of(each)
            if not about <= self._about[called]:
                self._about[called] |= about
                self._work.give(f"{called} {OF_CASE}", is_more=True)
            seen = self.variables[process_id] if self._processes[called].drawn_in is not None else {}
            for name in seen:
                self._work.read(name)
            for name, value in {**seen, **own, **inputs}.items():
                self._keep(called, name, value)
            child = self.scope(called)
            if loop is not None:
                given = join(given, self.source(loop.output_element, child) if loop.output_element else ANYTHING)
            else:
                for mapping in element.outputs:
                    given_back = of_mapping(mapping, self.source(mapping.source, child))
                    self._give(mapping.name, given_back, self._about[process_id])
        if element.called_process is not None and element.called_process.startswith("="):
            given = ANYTHING
            for mapping in element.outputs:
                self._give(mapping.name, ANYTHING, self._about[process_id])
        if loop is not None and loop.output_collection:
            self._keep(process_id, loop.output_collection, list_of(given))

    def _collections_of(self, each: Possible) -> set[str]:
        """The collections of which the process that is called for each can be about an item."""
        if each.is_anything:
            return set(self.items)
        return {each.collection} if each.collection else set()
