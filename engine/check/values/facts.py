"""What each fact of a folder can be, as it is known to whoever asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from engine.check.readable_names import KnownNames
from engine.check.subjects import OF_CASE, Alternatives, alternatives_of
from engine.check.values import engine_facts
from engine.check.values.domain import (
    ANYTHING,
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
from engine.check.values.givers import Givers, givers_of
from engine.check.values.scopes import GatheredEntries, Scope, bound, of_mapping
from engine.check.values.slip import Say, keep_silent
from engine.check.values.torn import TornFacts
from engine.check.values.tracer import trace
from engine.diagram import Element, Process
from engine.errors import FeelError
from engine.feel import parse
from engine.handler import Handler
from engine.model import BEGUN_ON
from engine.variants import Variant


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
        self.torn = TornFacts(variant.forms.values())
        self._is_settled = False  #: whether all is found that there is

    def words(self) -> Mapping[str, frozenset[str]]:
        """By the name of each fact and variable, the texts that it can be, as far as these are known."""
        found: dict[str, frozenset[str]] = {}
        for known in (self.named, *self.variables.values()):
            for name, possible in known.items():
                told = frozenset(str(value) for kind, value in possible.choices or () if kind is ValueKind.TEXT)
                found[name] = found.get(name, frozenset()) | told
        return found

    def scope(self, process_id: str, extra: Mapping[str, Possible] | None = None) -> Scope:
        """What names can be in a process; with "" in none: of the case and its items together."""
        variables = self.variables.get(process_id, {})
        collections = self._known.collections

        def find(name: str) -> Possible | None:
            self._look_at(name)
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

    def _look_at(self, name: str) -> None:
        """Somebody reads the name."""

    @cached_property
    def givers(self) -> Givers:
        """Where each fact is given."""
        return givers_of(self._processes.values(), self._variant.forms)

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

    def _element_of(self, element: Element, process_id: str) -> dict[str, Possible]:
        loop = element.loop
        if loop is None or not loop.input_element:
            return {}
        return {loop.input_element: self._each(element, process_id)}

    def _each(self, element: Element, process_id: str) -> Possible:
        collection = element.loop.input_collection if element.loop is not None else None
        return item_of(self.source(collection, self.scope(process_id))).as_given() if collection else ANYTHING
