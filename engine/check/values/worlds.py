"""Everything that can be so where conditions read only a few values: each case is tried as the run tries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import product
from typing import Any, TypeAlias

from engine.check.values.domain import Possible, ValueKind
from engine.check.values.samples import samples
from engine.check.values.scopes import Scope
from engine.clock import LONDON
from engine.errors import FeelError
from engine.feel import Expression

#: What names are, in one of the cases that there can be.
World: TypeAlias = Mapping[str, Any]

#: More cases than this are not tried.
_MOST_TRIED = 3_000
_NOW = datetime(2026, 3, 10, 12, tzinfo=LONDON)
#: Functions whose value depends on nothing else than what they are given, and on no list's items.
_PLAIN = frozenset({"not", "list contains", "is", "is defined"})


#: What is known of names at one place, besides what they can be anywhere.
Known: TypeAlias = Mapping[str, Possible]
NOTHING_KNOWN: Known = {}


def worlds(conditions: Sequence[Expression], scope: Scope, known: Known = NOTHING_KNOWN) -> list[World] | None:
    """Every case that the conditions can tell apart, as far as it is not known to be otherwise; None where what they
    read is not finite."""
    names = sorted({name for each in conditions for name in each.names | each.filter_names})
    if any(len(path) > 1 for each in conditions for path in each.paths):
        return None
    if any(call.function not in _PLAIN for each in conditions for call in each.calls):
        return None
    texts = [each.text for each in conditions]
    values: list[list[Any]] = []
    tried = 1
    for name in names:
        found = _of_known(known[name], texts) if name in known else _of_name(scope(name), texts)
        if found is None:
            return None
        values.append(found)
        tried *= len(found)
    if tried > _MOST_TRIED:
        return None
    return [dict(zip(names, chosen, strict=True)) for chosen in product(*values)]


def _of_name(value: Possible | None, texts: Sequence[str]) -> list[Any] | None:
    """A day or a number is told apart by what is written in the conditions: it is not looked at otherwise."""
    if value is None or (value.choices is None and value.solid == {ValueKind.LIST}):
        return None
    return samples(value, texts)


def _of_known(value: Possible, texts: Sequence[str]) -> list[Any] | None:
    """The same, where it is known as well whether it can be null."""
    if not value.solid:
        return [None]
    found = _of_name(value, texts)
    return found if found is None or ValueKind.NULL in value.kinds else [each for each in found if each is not None]


def holds(condition: Expression, world: World) -> bool | None:
    """Whether the condition is true in this case; None where it cannot be computed."""
    try:
        return condition.evaluate(world, now=_NOW) is True
    except FeelError:
        return None
