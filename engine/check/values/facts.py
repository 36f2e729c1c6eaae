"""What each fact of a folder can be: gathered from every place that gives one, until nothing new is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from engine.check.readable_names import KnownNames
from engine.check.subjects import OF_CASE, Alternatives, alternatives_of, called_by
from engine.check.values import engine_facts
from engine.check.values.decisions import DecisionTracer, pass_over
from engine.check.values.domain import (
    ANYTHING,
    DAY,
    NOT_YET,
    NOTHING,
    Possible,
    ValueKind,
    constant,
    group_of,
    item_of,
    join,
    list_of,
    of_types,
)
from engine.check.values.givers import Givers
from engine.check.values.questions import answer_of, facts_of
from engine.check.values.scopes import GatheredEntries, Scope, bound, of_mapping
from engine.check.values.slip import Say, keep_silent
from engine.check.values.torn import TornFacts
from engine.check.values.tracer import trace
from engine.diagram import Element, ElementKind, Process
from engine.errors import FeelError
from engine.feel import Expression, parse
from engine.forms import Form
from engine.handler import Handler
from engine.model import BEGUN_ON
from engine.variants import Variant

#: Rounds after which what still grows is held to be anything.
_MOST_ROUNDS = 12


class Facts:
    """What is known of each name, of the case, of items, and in each process."""

    def __init__(
        self, variant: Variant, processes: Sequence[Process], known: KnownNames, handlers: Sequence[Handler] | None
    ) -> None:
        self._variant = variant
        self._known = known
        self._handlers = {handler.name: handler for handler in handlers or ()}
        self._processes = {process.id: process for process in processes}
        self._alternatives: Alternatives = alternatives_of(variant.settings.slots)
        self._council = engine_facts.council_of(variant.settings)
        #: of the case and of items alike: what a name is in one place it is in all
        self.named: dict[str, Possible] = {}
        self.items: dict[str, GatheredEntries] = {
            name: GatheredEntries({own: engine_facts.FACTS[own].as_given(own) for own in ("id", BEGUN_ON)})
            for name in known.collections
        }
        self.variables: dict[str, dict[str, Possible]] = {process: {} for process in self._processes}
        self._about = {process: set(known.subjects.get(process, ())) - {OF_CASE} for process in self._processes}
        used = {e.form_id or e.properties.get("form", "") for p in processes for e in p.elements.values()}
        self._unused = [form for form in variant.forms.values() if form.id not in used]
        self.givers = Givers()
        self.torn = TornFacts(variant.forms.values())
        self._is_settled = self._has_grown = self._is_last = False
        self._round()
        for name in (
            known.facts - self.named.keys() - known.collections
        ):  # what is given in a way that nobody reads here
            self.named[name] = (
                NOTHING if name in variant.untold else engine_facts.FACTS.get(name, ANYTHING).as_given(name)
            )
        for number in range(_MOST_ROUNDS):
            self._is_last = number >= _MOST_ROUNDS - 2
            if not self._round():
                break
        self._is_settled = True
        for entries in self.items.values():
            entries.is_settled = True

    # what is known

    def scope(self, process_id: str, extra: Mapping[str, Possible] | None = None) -> Scope:
        """What names can be in a process; with "" in none: of the case and its items together."""
        variables = self.variables.get(process_id, {})
        collections = self._known.collections

        def find(name: str) -> Possible | None:
            found = self.named.get(name)
            if name in variables:
                return join(variables[name], found or NOTHING)
            if found is not None:
                return found
            if name in collections:
                return list_of(self.item(name))
            if name == "case":
                return engine_facts.CASE
            if name == "council":
                return self._council
            return None if self._is_settled or not self._known.has(name, process_id) else NOTHING

        return bound(find, extra) if extra else find

    @cached_property
    def of_senders(self) -> Mapping[str, Possible]:
        """What letters may read besides the case: variables of each process, and what elements are given."""
        found: dict[str, Possible] = {}
        for process_id, process in self._processes.items():
            given = [
                (
                    mapping.name,
                    of_mapping(mapping, self.source(mapping.source, self.scope_of_inputs(element, process_id))),
                )
                for element in process.elements.values()
                if element.job is not None
                for mapping in element.inputs
            ]
            for name, value in (*self.variables[process_id].items(), *given):
                found[name] = join(found.get(name, self.named.get(name, NOTHING)), value.or_null().as_given(name))
        return found

    def has_variable(self, process_id: str, name: str) -> bool:
        """Whether the process itself keeps something under the name."""
        return name in self.variables.get(process_id, {})

    def item(self, collection: str) -> Possible:
        """What an item of the collection holds."""
        return group_of(self.items[collection], collection=collection)

    def value(self, text: str, scope: Scope, say: Say = keep_silent) -> Possible:
        """What an expression can come to; anything where it cannot be read, which other rules say."""
        try:
            return trace(parse(text), scope, say)
        except FeelError:
            return ANYTHING

    def source(self, text: str, scope: Scope, say: Say = keep_silent) -> Possible:
        """What a modeller's field can come to: FEEL where it starts with “=”, otherwise the text itself."""
        return self.value(text[1:], scope, say) if text.startswith("=") else constant(text)

    def handler_of(self, element: Element) -> Handler | None:
        return self._handlers.get(element.job.handler) if element.job is not None else None

    def scope_of_outputs(self, element: Element, process_id: str) -> Scope:
        """What an output mapping reads: what a handler gives stands in front of the case."""
        if element.job is None:
            return self.scope(process_id)
        handler = self.handler_of(element)
        if handler is None:
            return lambda _name: ANYTHING
        gives = {output.name: of_types(output.types).or_null() for output in handler.outputs}
        return self.scope(process_id, gives)

    def scope_of_inputs(self, element: Element, process_id: str) -> Scope:
        """What an input mapping reads: the item that a call is for stands in front of the case."""
        return self.scope(process_id, self._element_of(element, process_id))

    # gathering

    def _round(self) -> bool:
        """Go once through all that gives something; whether anything new was found."""
        self._has_grown = False
        for form in self._unused:
            self._give_answers(form, self.scope(""), frozenset())
        for process in self._processes.values():
            for element in process.elements.values():
                self._gather(element, process.id)
        return self._has_grown

    def _add(self, own: dict[str, Possible], name: str, value: Possible) -> None:
        known = own.get(name)
        value = ANYTHING if name in self.torn else value
        both = value if known is None else join(known, value)
        if both != known:
            own[name] = ANYTHING if self._is_last else both
            self._has_grown = True

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
            self._add(own, name, value)
            if name not in self._known.collections:
                self._add(self.named, name, value)

    def _keep(self, process_id: str, name: str, value: Possible) -> None:
        self._add(self.variables.setdefault(process_id, {}), name, value.or_null().as_given(name))

    def _give_answers(self, form: Form, scope: Scope, about: frozenset[str] | set[str]) -> None:
        def work(expression: Expression) -> Possible:
            return trace(expression, scope)

        for question in form.questions:
            field = question.field
            for name, value in facts_of((field,), work) if not field.fields else ((field.key, answer_of(field, work)),):
                self._give(name, value, frozenset() if name in form.keys_of_case else about)

    def _gather(self, element: Element, process_id: str) -> None:
        about = self._about[process_id]
        scope = self.scope(process_id)
        form = self._variant.forms.get(element.form_id or element.properties.get("form", ""))
        if form is not None:
            self._give_answers(form, scope, about)
            self.givers.add_answers(form, (process_id, element.id))
        for told, value in (("happened_on", DAY), ("done_by", engine_facts.PERSON)):
            if name := element.properties.get(told):
                self._give(name, value, about)
                self.givers.add(name, (process_id, element.id), is_sure=True)
        if element.kind is ElementKind.CALL:
            self._call(element, process_id)
        elif element.kind in (ElementKind.THROW, ElementKind.END) and element.job is None:
            for mapping in element.inputs:  # told with the message to the process that it starts
                self._give(
                    mapping.name, of_mapping(mapping, self.source(mapping.source, scope)), self._told_to(element, about)
                )
                self.givers.add(mapping.name, (process_id, element.id), is_sure=True)
        elif element.kind is ElementKind.USER:
            for mapping in element.inputs:  # seen at the task alone, which the rule on facts holds to
                self._keep(process_id, mapping.name, of_mapping(mapping, self.source(mapping.source, scope)))
        for mapping in element.outputs:
            self.givers.add_mapping(mapping, (process_id, element.id))
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
        return DecisionTracer(definitions, scope, pass_over).decision(element.decision_id or "")

    def _element_of(self, element: Element, process_id: str) -> dict[str, Possible]:
        loop = element.loop
        if loop is None or not loop.input_element:
            return {}
        return {loop.input_element: self._each(element, process_id)}

    def _each(self, element: Element, process_id: str) -> Possible:
        collection = element.loop.input_collection if element.loop is not None else None
        return item_of(self.source(collection, self.scope(process_id))).as_given() if collection else ANYTHING

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
            about = self._about[process_id] | self._collections_of(each)
            self._has_grown |= not about <= self._about[called]
            self._about[called] |= about
            seen = self.variables[process_id] if self._processes[called].drawn_in is not None else {}
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
