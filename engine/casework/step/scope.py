"""What FEEL sees from one process instance.

Innermost first: values given for this evaluation, variables of the instance, the element of the collection it is
for, facts of its item, facts of the items within which that one stands, facts of the case, then `case`, `council` and
the collections of items.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from engine import feel
from engine.casework.step.facts import CaseFacts
from engine.model import CASE, Subject

NOTHING: Mapping[str, Any] = {}

#: An element of a collection: its value, or the item that it is.
Seen: TypeAlias = tuple[feel.Value, Subject | None]


class Scope(Mapping[str, Any], ABC):
    """Names and values; `read` keeps every name that was asked for with its value, for the record."""

    read: dict[str, Any]

    def __getitem__(self, name: str) -> feel.Value:
        value = self._find(name)
        self.read[name] = value
        return value

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @abstractmethod
    def _find(self, name: str) -> feel.Value:
        """Raises KeyError for a name that is not known."""

    @abstractmethod
    def with_values(self, extra: Mapping[str, Any]) -> Scope:
        """The same scope with more values in front."""


class RecordedScope(Scope):
    """Knows only what the record says was read."""

    def __init__(self, inputs: Mapping[str, Any]) -> None:
        self._inputs = inputs
        self.read = {}

    def _find(self, name: str) -> feel.Value:
        return self._inputs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._inputs)

    def with_values(self, extra: Mapping[str, Any]) -> RecordedScope:
        return RecordedScope({**self._inputs, **extra})


class CaseScope(Scope):
    """The case as one process instance sees it; read lazily."""

    def __init__(
        self,
        facts: CaseFacts,
        items: tuple[Subject, ...],
        *,
        variables: Mapping[str, Any],
        case: Mapping[str, Any],
        council: Callable[[], Mapping[str, Any]],
        elements: Mapping[str, Seen] = NOTHING,
        extra: Mapping[str, Any] = NOTHING,
    ) -> None:
        self._facts = facts
        self._items = items  #: seen before the case, the innermost first
        self._variables = variables
        self._elements = elements  #: of collections that are gone through, by the name each is seen under
        self._extra = extra
        self._case = case
        self._council = council  #: asked only where an expression names it
        self.read = {}

    def _find(self, name: str) -> feel.Value:
        for names in (self._extra, self._variables):
            if name in names:
                return names[name]
        if name in self._elements:
            value, item = self._elements[name]
            if value is not None or item is None:  # no item, though the caller may have one
                return value
            return {"id": item.item_id, **self._facts.of(item)}
        for item in self._items:
            known = self._facts.of(item)
            if name in known:
                return known[name]
        try:
            return self._facts.get(CASE, name)
        except KeyError:
            if name in self._facts.collections:
                return self._facts.items(name)
            if name == "council":
                return self._council()
            if name == "case":
                return self._case
            raise

    def __iter__(self) -> Iterator[str]:
        self._facts.load_items()
        facts = (name for subject in (*self._items, CASE) for name in self._facts.of(subject))
        return iter(
            dict.fromkeys([*self._extra, *self._variables, *facts, *self._facts.collections, "case", "council"])
        )

    def with_values(self, extra: Mapping[str, Any]) -> CaseScope:
        """The same scope with more values in front."""
        return CaseScope(
            self._facts,
            self._items,
            variables=self._variables,
            case=self._case,
            council=self._council,
            elements=self._elements,
            extra={**self._extra, **extra},
        )
