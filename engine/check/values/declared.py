"""What a value of a type that a file of decisions declares can be."""

from __future__ import annotations

from collections.abc import Mapping

from engine.check.values.domain import (
    ANYTHING,
    MOST_CHOICES,
    TRUTH,
    Choice,
    Possible,
    ValueKind,
    constant,
    group_of,
    joined,
    list_of,
    of,
)
from engine.dmn.model import AllowedValues
from engine.dmn.types import TypeTable

#: As deep as structures of a file are followed.
_DEEPEST = 4
_KINDS: Mapping[str, ValueKind] = {**{kind.value: kind for kind in ValueKind}, "whole number": ValueKind.NUMBER}


def declared(name: str | None, types: TypeTable, allowed: AllowedValues | None = None, depth: int = 0) -> Possible:
    """Any value of the type; anything where there is none."""
    if name is None or depth > _DEEPEST:
        return _listed(allowed)
    components = types.components(name)
    if components:
        single = group_of({part: declared(kind, types, depth=depth + 1) for part, kind in components.items()})
    else:
        listed = _listed(allowed or types.allowed(name))
        kind = _KINDS.get(types.simple(name) or "")
        single = listed if not listed.is_anything else ANYTHING if kind is None else kind_of_all(kind)
    return list_of(single) if types.is_list(name) else single


def kind_of_all(kind: ValueKind) -> Possible:
    """Any value of a kind."""
    return TRUTH if kind is ValueKind.TRUTH else of(kind)


def _listed(allowed: AllowedValues | None) -> Possible:
    """One of the values that are allowed, where they are listed; else anything."""
    if allowed is None or not allowed.in_order or len(allowed.in_order) > MOST_CHOICES:
        return ANYTHING
    return joined(constant(each) for each in allowed.in_order)


def allowed_choices(allowed: AllowedValues | None) -> frozenset[Choice] | None:
    """The values that a column lists; None where it lists none."""
    return _listed(allowed).choices
