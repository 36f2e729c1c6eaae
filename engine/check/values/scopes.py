"""What names can be where an expression stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from engine.check.values.domain import NOTHING, Possible, group_of
from engine.diagram import IoMapping

#: What a name can be; None for one that there is not.
Scope: TypeAlias = Callable[[str], Possible | None]


def of_mapping(mapping: IoMapping, value: Possible) -> Possible:
    """What the name holds to which a mapping maps: the value, or a context with it in the entry of the target."""
    for entry in reversed(mapping.target.split(".")[1:]):
        value = group_of({entry: value.or_null()}, is_open=True)
    return value


def bound(scope: Scope, names: Mapping[str, Possible]) -> Scope:
    """The scope with names in front."""
    return lambda name: names[name] if name in names else scope(name)


class GatheredEntries(dict[str, Possible]):
    """Of an item: while they are gathered, any name may be one that is still to be found."""

    is_settled = False

    def __contains__(self, name: object) -> bool:
        return not self.is_settled or super().__contains__(name)

    def __missing__(self, _name: str) -> Possible:
        return NOTHING
