"""What names can be where an expression stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from engine.check.values.domain import Possible

#: What a name can be; None for one that there is not.
Scope: TypeAlias = Callable[[str], Possible | None]


def bound(scope: Scope, names: Mapping[str, Possible]) -> Scope:
    """The scope with names in front."""
    return lambda name: names[name] if name in names else scope(name)
