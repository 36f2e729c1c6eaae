"""Types of a DMN file: FEEL's own and the file's item definitions (DMN 1.5, clause 7.3.2), and whether a value is one.

Only what FEEL converts is converted (`fit`): a text that looks like a number is a text. Null, the value not known, is
of every type.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lxml import etree

from engine.dmn.elements import attribute, child, children, text_of, type_of
from engine.dmn.model import AllowedValues
from engine.dmn.own_types import ItemType, ItemTypeInFeel, in_feel, item_in_feel
from engine.dmn.problems import Problems
from engine.feel import FeelFunction, TypeOf
from engine.feel.conversions import alternatives
from engine.feel.types import is_subtype
from engine.feel.values import kind_of

#: What a value of each of FEEL's types is called in a sentence.
_WORDS: Mapping[str, str] = {
    "Any": "anything",
    "string": "a text",
    "number": "a number",
    "whole number": "a whole number",
    "boolean": "true or false",
    "date": "a date",
    "time": "a time",
    "date and time": "a date and time",
    "days and time duration": "a duration of days and hours",
    "years and months duration": "a duration of years and months",
    "list": "a list",
    "context": "a context",
    "range": "a range",
    "function": "a function",
    "Null": "nothing",
}

#: Other spellings of FEEL's types: those of dmn-js, of Camunda 7 (integer, long, double), and of older files.
_SPELLINGS: Mapping[str, str] = {
    "any": "Any",
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "integer": "whole number",
    "long": "whole number",
    "double": "number",
}


class TypeTable:
    """The types that a file knows."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._items: dict[str, ItemType] = {}
        self._own: dict[str, ItemTypeInFeel] = {}
        problems.types = self._own  # expressions are read with the file's own types

    @property
    def own(self) -> Mapping[str, ItemTypeInFeel]:
        """The file's own types, for expressions; a part of a structure is `tPerson.address`."""
        return self._own

    @property
    def items(self) -> Mapping[str, ItemType]:
        """The item definitions of the file, by name."""
        return self._items

    @property
    def component_names(self) -> frozenset[str]:
        """Names that stand behind a dot in expressions: those of components, at any depth."""
        found: set[str] = set()
        waiting = list(self._items.values())
        while waiting:
            for component in waiting.pop().components:
                found.add(component.name)
                waiting.append(component)
        return frozenset(found)

    def read(self, root: etree._Element) -> None:
        """Take in the item definitions of a file and check that what they refer to exists."""
        for element in children(root, "itemDefinition"):
            item = self._item(element)
            if item.name in self._items:
                self._problems.add(
                    f"Two types are named “{item.name}”. Rename one.",
                    element_id=attribute(element, "id"),
                    element_name=item.name,
                )
            self._items.setdefault(item.name, item)
            self._own[item.name] = ItemTypeInFeel(name=item.name, make=self.in_feel, refuses=self._refuses)
        for element in children(root, "itemDefinition"):
            self._check_references(element, attribute(element, "name"))
        self._check_cycles()

    def known(self, written: str | None, element: etree._Element, where: str) -> str | None:
        """The type's name as this table knows it; one that it does not know is a problem."""
        if written is None:
            return None
        name = self._normal(written)
        if name is None:
            self._problems.add(
                f"{where} is of the type “{written}”, which does not exist. Choose one of the modeller's list.",
                element_id=attribute(element, "id"),
                element_name=attribute(element, "name") or attribute(element, "label"),
            )
        return name

    def allowed(self, name: str | None) -> AllowedValues | None:
        """The allowed values that the type itself sets."""
        seen: set[str] = set()
        while name is not None and name in self._items and name not in seen:
            seen.add(name)
            item = self._items[name]
            if item.allowed is not None:
                return item.allowed
            name = item.refers_to
        return None

    def components(self, name: str | None) -> Mapping[str, str | None]:
        """The types of a structure's components, for those of them that have a name; of any other type none."""
        item = self._plain(name)
        return {} if item is None else {part.name: part.refers_to for part in item.components}

    def given_by(self, name: str | None) -> str | None:
        """The type of what a function of this type gives; of any other type, that type itself."""
        item = self._items.get(name or "")
        return name if item is None or item.function is None else item.function[-1]

    def taken_by(self, name: str | None) -> tuple[str | None, ...]:
        """The types of what a function of this type takes; nothing for any other type."""
        item = self._items.get(name or "")
        return () if item is None or item.function is None else item.function[:-1]

    def simple(self, name: str | None) -> str | None:
        """The type of FEEL's own that this one narrows; None for a structure."""
        item = self._plain(name)
        return name if item is None else item.refers_to

    def is_list(self, name: str | None) -> bool:
        """Whether a value of the type is a list of what it narrows."""
        seen: set[str] = set()
        while name is not None and name in self._items and name not in seen:
            if self._items[name].is_collection:
                return True
            seen.add(name)
            name = self._items[name].refers_to
        return False

    def _plain(self, name: str | None) -> ItemType | None:
        """The item definition at the end of a chain of them; None for a type of FEEL's own."""
        seen: set[str] = set()
        while name in self._items and name not in seen:
            seen.add(name)
            item = self._items[name]
            if item.refers_to not in self._items:
                return item
            name = item.refers_to
        return None

    def in_feel(self, name: str | None) -> TypeOf:
        """The type as FEEL writes it, whatever values it allows."""
        return in_feel(name, self._items, self._own)

    def _refuses(self, value: Any, name: str) -> bool:
        return self.refusal(value, name) is not None

    def fit(self, value: Any, name: str | None) -> tuple[Any, str | None]:
        """The value as the type wants it (10.3.2.9.4); and what it would have to be, None where it is of the type."""
        refused = self.refusal(value, name)
        if refused is None:
            return value, None
        for other in alternatives(value, self.in_feel(name).name):
            if self.refusal(other, name) is None:
                return other, None
        return value, refused

    def refusal(self, value: Any, name: str | None, *, of_allowed: bool = True) -> str | None:
        """What the value would have to be, in words; None where it is of the type.

        `of_allowed` is False for a type that another one narrows with allowed values of its own: these count alone.
        """
        if name is None or value is None:
            return None
        if name in _WORDS and name not in self._items:
            return None if _is_of(value, name) else _WORDS[name]
        item = self._items.get(name)
        return None if item is None else self._item_refusal(value, item, of_allowed)

    def _item_refusal(self, value: Any, item: ItemType, of_allowed: bool) -> str | None:
        if not item.is_collection:
            return self._single_refusal(value, item, of_allowed)
        if not isinstance(value, list):
            return f"a list ({item.name})"
        for place, part in enumerate(value, 1):
            refused = None if part is None else self._single_refusal(part, item, of_allowed)
            if refused is not None:
                return f"{refused} (item {place} of the list)"
        return allowed_refusal(value, item.constraint) if of_allowed else None

    def _single_refusal(self, value: Any, item: ItemType, of_allowed: bool) -> str | None:
        if item.function is not None:
            wanted = item_in_feel(item, self._items, self._own)
            return None if _is_such_a_function(value, wanted) else f"a function such as {item.name}"
        if item.components:
            refused = self._component_refusal(value, item)
            if refused is not None:
                return refused
        refused = self.refusal(value, item.refers_to, of_allowed=of_allowed and item.allowed is None)
        if refused is None and of_allowed:
            refused = allowed_refusal(value, item.allowed)
            if refused is None and not item.is_collection:
                refused = allowed_refusal(value, item.constraint)
        return refused

    def _component_refusal(self, value: Any, item: ItemType) -> str | None:
        if not isinstance(value, dict):
            return f"{item.name} with " + ", ".join(component.name for component in item.components)
        for component in item.components:
            if component.name not in value:
                return f"{item.name} with {component.name}, which may be null"
            part = value[component.name]
            refused = None if part is None else self._item_refusal(part, component, True)
            if refused is not None:
                return f"{refused} (in {component.name})"
        return None

    def _item(self, element: etree._Element) -> ItemType:
        name = attribute(element, "name")
        where = f"The type “{name}”"
        values, constraint = child(element, "allowedValues"), child(element, "typeConstraint")
        written = type_of(element)
        return ItemType(
            name=name,
            refers_to=None if written is None else _spelled(written),
            components=tuple(self._item(part) for part in children(element, "itemComponent")),
            is_collection=attribute(element, "isCollection") == "true",
            allowed=self._problems.allowed(values, text_of(values), where=f"{where}, its allowed values"),
            constraint=self._problems.allowed(constraint, text_of(constraint), where=f"{where}, its constraint"),
            function=_function(child(element, "functionItem")),
        )

    def _normal(self, written: str) -> str | None:
        for name in (written, _spelled(written)):
            if name in self._items or name in _WORDS:
                return name
        return None

    def _check_references(self, element: etree._Element, owner: str) -> None:
        self.known(type_of(element), element, f"The type “{owner}”")
        for part in children(element, "itemComponent"):
            self._check_references(part, f"{owner}.{attribute(part, 'name')}")

    def _check_cycles(self) -> None:
        for name in self._items:
            seen = [name]
            following = self._items[name].refers_to
            while following in self._items and following not in seen:
                seen.append(following)
                following = self._items[following].refers_to
            if following == name:
                self._problems.add(
                    f"The type “{name}” is defined by itself ({' → '.join([*seen, name])}). Break the circle.",
                    element_id="",
                    element_name=name,
                )


def _function(element: etree._Element | None) -> tuple[str | None, ...] | None:
    if element is None:
        return None
    output = attribute(element, "outputTypeRef")
    written = [type_of(parameter) for parameter in children(element, "parameters")]
    return tuple(None if one is None else _spelled(one) for one in [*written, output or None])


def _is_such_a_function(value: Any, wanted: TypeOf) -> bool:
    """Whether a value is a function of that type, as far as it is known what the function takes and gives."""
    if not isinstance(value, FeelFunction):
        return False
    if value.parameters is not None and len(value.parameters) != len(wanted.arguments) - 1:
        return False
    return value.type is None or is_subtype(value.type, wanted) is not False


def allowed_refusal(value: Any, allowed: AllowedValues | None) -> str | None:
    """What is allowed, where the value is not; null, the value not known, is never refused."""
    if allowed is None or value is None or allowed.tests.parsed.matches(value, {}):
        return None
    return f"one of {allowed.text}" if allowed.in_order is not None else f"within {allowed.text}"


def _is_of(value: Any, name: str) -> bool:
    if name == "whole number":
        return isinstance(value, Decimal) and value == value.to_integral_value()
    return name == "Any" or kind_of(value) == name


def _spelled(written: str) -> str:
    bare = written.rsplit(":", 1)[-1].strip()
    return _SPELLINGS.get(bare, bare)
