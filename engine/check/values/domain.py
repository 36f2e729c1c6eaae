"""What a value can be: of which kinds, and where they are few, which values; for lists and groups what stands in them.

Two rules hold everywhere. What can be anything is never wrong, and null contradicts nothing: every fact may be unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias

from engine.feel import FeelFunction, FeelRange, YearsMonthsDuration
from engine.feel.values import WideDate, WideMoment, WideSpan, WideTime, kind_of

#: More choices than this are as good as any text.
MOST_CHOICES = 60
#: Lists and groups that stand in each other deeper than this can hold anything.
DEEPEST = 6


class ValueKind(StrEnum):
    """FEEL's kinds of values, as `instance of` names them."""

    NUMBER = "number"
    TEXT = "string"
    TRUTH = "boolean"
    DAY = "date"
    INSTANT = "date and time"
    CLOCK = "time"
    SPAN = "days and time duration"
    MONTHS = "years and months duration"
    LIST = "list"
    GROUP = "context"
    RANGE = "range"
    FUNCTION = "function"
    NULL = "Null"


Kinds: TypeAlias = frozenset[ValueKind]
#: A value with its kind beside it: Python holds True and 1 for one.
Choice: TypeAlias = tuple[ValueKind, Any]

ALL: Kinds = frozenset(ValueKind)
DAYS: Kinds = frozenset({ValueKind.DAY, ValueKind.INSTANT})
SPANS: Kinds = frozenset({ValueKind.SPAN, ValueKind.MONTHS})
_NULL: Kinds = frozenset({ValueKind.NULL})
#: What is made up of other values: no choice is one of these.
_MADE_UP: Kinds = frozenset({ValueKind.LIST, ValueKind.GROUP, ValueKind.RANGE, ValueKind.FUNCTION})
_SCALARS: Kinds = frozenset({ValueKind.NUMBER, ValueKind.TEXT, ValueKind.TRUTH})

_OF_TYPES: Mapping[type, ValueKind] = {
    Decimal: ValueKind.NUMBER,
    str: ValueKind.TEXT,
    bool: ValueKind.TRUTH,
    date: ValueKind.DAY,
    datetime: ValueKind.INSTANT,
    time: ValueKind.CLOCK,
    timedelta: ValueKind.SPAN,
    YearsMonthsDuration: ValueKind.MONTHS,
    WideDate: ValueKind.DAY,
    WideMoment: ValueKind.INSTANT,
    WideTime: ValueKind.CLOCK,
    WideSpan: ValueKind.SPAN,
    list: ValueKind.LIST,
    dict: ValueKind.GROUP,
    FeelRange: ValueKind.RANGE,
    FeelFunction: ValueKind.FUNCTION,
    type(None): ValueKind.NULL,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Callee:
    """A function that an expression can call: a literal, or a knowledge model."""

    parameters: tuple[str, ...]
    give: Callable[[list[Possible]], Possible]


@dataclass(frozen=True, kw_only=True, slots=True)
class Possible:
    """What a value can be."""

    kinds: Kinds  #: none: nobody has given it yet
    #: every value that it can be but null and what is made up of others; None where they are not few
    choices: frozenset[Choice] | None = None
    item: Possible | None = None  #: of a list: what each of its items can be; None: anything
    entries: Mapping[str, Possible] | None = None  #: of a group, by name; None: any
    is_open: bool = False  #: whether a group may have entries besides
    collection: str = ""  #: of a group: the collection of which it is an item
    is_typed: bool = False  #: whether it is a text that somebody types as they like
    fact: str = ""  #: the name under which it was read, for sentences
    function: Callee | None = None

    @property
    def is_anything(self) -> bool:
        return self.kinds == ALL

    @property
    def solid(self) -> Kinds:
        """Its kinds without null."""
        return self.kinds - {ValueKind.NULL}

    @property
    def is_told(self) -> bool:
        """Whether enough is known of it to say that something does not fit."""
        return not self.is_anything and bool(self.solid)

    def named(self, fact: str) -> Possible:
        """The same under a name, where it has none."""
        return self if self.fact or self.is_anything else self._with(self.kinds, fact)

    def or_null(self) -> Possible:
        return self if ValueKind.NULL in self.kinds else self._with(self.kinds | _NULL, self.fact)

    def without_null(self) -> Possible:
        return self if self.is_anything or ValueKind.NULL not in self.kinds else self._with(self.solid, self.fact)

    def without(self, kind: ValueKind) -> Possible:
        """The same, where it is of another kind."""
        kinds = self.kinds - {kind}
        choices = frozenset(each for each in self.choices if each[0] is not kind) if self.choices else self.choices
        return replace(self, kinds=kinds, choices=choices if kinds - _NULL - _MADE_UP else None, item=None)

    def as_given(self, fact: str = "") -> Possible:
        """The same as it is handed on: under no name, or under that of the fact that it becomes."""
        return self if self.fact == fact or self.is_anything else self._with(self.kinds, fact)

    def read_as(self, fact: str) -> Possible:
        """The same as part of another value: it may be missing, and has that value's name before its own."""
        return self._with(ALL if self.is_anything else self.kinds | _NULL, fact)

    def _with(self, kinds: Kinds, fact: str) -> Possible:
        # for each name that is read: `dataclasses.replace` takes ten times as long
        return Possible(
            kinds=kinds, choices=self.choices, item=self.item, entries=self.entries, is_open=self.is_open,
            collection=self.collection, is_typed=self.is_typed, fact=fact, function=self.function,
        )  # fmt: skip


ANYTHING = Possible(kinds=ALL)
NOT_YET = Possible(kinds=frozenset())
NOTHING = Possible(kinds=frozenset({ValueKind.NULL}))


def of(*kinds: ValueKind) -> Possible:
    return Possible(kinds=frozenset(kinds))


NUMBER, TEXT, DAY = of(ValueKind.NUMBER), of(ValueKind.TEXT), of(ValueKind.DAY)
TRUTH = Possible(
    kinds=frozenset({ValueKind.TRUTH}), choices=frozenset({(ValueKind.TRUTH, True), (ValueKind.TRUTH, False)})
)
TYPED = Possible(kinds=frozenset({ValueKind.TEXT}), is_typed=True)


def list_of(item: Possible) -> Possible:
    return Possible(kinds=frozenset({ValueKind.LIST}), item=item)


def group_of(entries: Mapping[str, Possible], *, is_open: bool = False, collection: str = "") -> Possible:
    return Possible(kinds=frozenset({ValueKind.GROUP}), entries=entries, is_open=is_open, collection=collection)


def texts(values: Iterable[str]) -> Possible:
    choices = frozenset((ValueKind.TEXT, value) for value in values)
    return Possible(kinds=frozenset({ValueKind.TEXT}), choices=choices if len(choices) <= MOST_CHOICES else None)


def constant(value: Any, depth: int = 0) -> Possible:
    """What a value that is written out is; of a list the items, of a group the entries."""
    kind = ValueKind(kind_of(value))
    if kind in _SCALARS:
        return _of_one(kind, value)
    if kind is ValueKind.LIST and depth < DEEPEST:
        return list_of(joined(constant(each, depth + 1) for each in value[:MOST_CHOICES]))
    if kind is ValueKind.GROUP and depth < DEEPEST:
        return group_of({name: constant(each, depth + 1) for name, each in value.items()})
    return of(kind)


@lru_cache(maxsize=4_096)
def _of_one(kind: ValueKind, value: Any) -> Possible:
    return Possible(kinds=frozenset({kind}), choices=frozenset({(kind, value)}))


def of_types(types: Iterable[type] | None) -> Possible:
    """Any value of these types; None for any at all."""
    if types is None:
        return ANYTHING
    kinds = frozenset(_OF_TYPES[each] for each in types)
    return TRUTH if kinds == {ValueKind.TRUTH} else Possible(kinds=kinds)


def item_of(value: Possible) -> Possible:
    """What an item of the list can be; of a single value, which FEEL takes for a list of one, itself."""
    if value.is_anything or not value.solid:
        return ANYTHING if value.is_anything else NOT_YET
    if ValueKind.LIST not in value.kinds:
        return value.without_null()
    return value.item if value.item is not None else ANYTHING


def flat_item_of(value: Possible, depth: int = 0) -> Possible:
    """What an item can be that is no list, in the list or in one that stands in it."""
    item = item_of(value)
    if item.is_anything or ValueKind.LIST not in item.kinds or depth > DEEPEST:
        return item
    return join(item.without(ValueKind.LIST), flat_item_of(item, depth + 1))


def joined(values: Iterable[Possible]) -> Possible:
    found = NOT_YET
    for value in values:
        found = join(found, value)
    return found


def join(one: Possible, other: Possible, depth: int = 0) -> Possible:
    """Whatever the one or the other can be."""
    if one is other or not other.kinds or one == other:
        return one
    if not one.kinds:
        return other
    if one.is_anything or other.is_anything or depth > DEEPEST:
        return ANYTHING
    return Possible(
        kinds=one.kinds | other.kinds,
        choices=_choices(one, other),
        item=_items(one, other, depth),
        entries=_entries(one, other, depth),
        is_open=one.is_open or other.is_open,
        collection=one.collection if one.collection == other.collection else "",
        is_typed=(one.is_typed or not one.solid) and (other.is_typed or not other.solid),
        fact=one.fact if one.fact == other.fact else "",
        function=one.function if one.function is other.function else None,
    )


def _choices(one: Possible, other: Possible) -> frozenset[Choice] | None:
    if one.solid <= _MADE_UP or other.solid <= _MADE_UP:
        return other.choices if one.solid <= _MADE_UP else one.choices
    if one.choices is None or other.choices is None:
        return None
    both = one.choices | other.choices
    return both if len(both) <= MOST_CHOICES else None


def _items(one: Possible, other: Possible, depth: int) -> Possible | None:
    if ValueKind.LIST not in one.kinds or ValueKind.LIST not in other.kinds:
        return one.item if ValueKind.LIST in one.kinds else other.item
    return None if one.item is None or other.item is None else join(one.item, other.item, depth + 1)


def _entries(one: Possible, other: Possible, depth: int) -> Mapping[str, Possible] | None:
    if ValueKind.GROUP not in one.kinds or ValueKind.GROUP not in other.kinds:
        return one.entries if ValueKind.GROUP in one.kinds else other.entries
    if one.entries is None or other.entries is None:
        return None
    names = dict.fromkeys((*one.entries, *other.entries))
    return {name: join(one.entries.get(name, NOTHING), other.entries.get(name, NOTHING), depth + 1) for name in names}
