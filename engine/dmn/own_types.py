"""A file's own types, and how FEEL reads them: what `instance of tAge` and `function(a: tAge)` ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.dmn.model import AllowedValues
from engine.feel import TypeOf
from engine.feel.types import UNKNOWN


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemType:
    """An item definition or one of its components."""

    name: str
    refers_to: str | None  #: the type it narrows; None for a structure and for one that allows anything
    components: tuple[ItemType, ...]
    is_collection: bool
    allowed: AllowedValues | None  #: for each item of a collection
    constraint: AllowedValues | None  #: DMN 1.5 `typeConstraint`, for the collection as a whole
    #: of a type of functions: the types of its parameters, then of its value; None where any may stand
    function: tuple[str | None, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemTypeInFeel:
    """An item definition under its name; what it is made of is looked up when it is asked for."""

    name: str
    make: Callable[[str], TypeOf] = field(repr=False)
    refuses: Callable[[Any, str], bool] = field(repr=False)

    def structure(self) -> TypeOf:
        return self.make(self.name)

    def admits(self, value: Any) -> bool:
        return not self.refuses(value, self.name)


_Items = Mapping[str, ItemType]
_Own = Mapping[str, ItemTypeInFeel]


def in_feel(name: str | None, items: _Items, own: _Own) -> TypeOf:
    """The type of that name as FEEL writes it, whatever values it allows."""
    item = items.get(name or "")
    if item is None:
        return TypeOf(name="number" if name == "whole number" else name or "Any")
    return item_in_feel(item, items, own)


def item_in_feel(item: ItemType, items: _Items, own: _Own) -> TypeOf:
    """An item definition or a component as FEEL writes it; a type inside it stays a name, since it may hold itself."""

    def named(name: str | None) -> TypeOf:
        held = own.get(name or "")
        return in_feel(name, items, own) if held is None else TypeOf(name=held.name, own=held)

    if item.function is not None:
        # a parameter without a type takes what the function takes
        taken = (UNKNOWN if one is None else named(one) for one in item.function[:-1])
        single = TypeOf(name="function", arguments=(*taken, named(item.function[-1])))
    elif item.components:
        entries = tuple((part.name, item_in_feel(part, items, own)) for part in item.components)
        single = TypeOf(name="context", entries=entries)
    else:
        single = named(item.refers_to)
        if single.own is not None and not item.is_collection and item.name in items:
            single = single.own.structure()  # a chain of names, which has an end
    return TypeOf(name="list", arguments=(single,)) if item.is_collection else single
