"""Ports: the only ways in which a handler reaches the world, each by its name.

A handler declares its ports and is given those. What stands behind one is decided where an office is put together
(`engine.ports`): the real thing, or in a rehearsal a stand-in that performs nothing and notes what was asked of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)  # no slots: `Port[X](…)` notes its X on the object
class Port(Generic[T]):
    """The key to something of the type `T`, which does things in the world."""

    name: str  #: as refusals and pages name it: "post"
    purpose: str  #: what a handler does through it, after "to": "hand a letter over"


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """Something that a handler would do in the world through a port, as a rehearsal tells it."""

    port: str  #: the port's name
    sentence: str  #: "An invitation to “Panel meeting” goes to A. Lee by email."
    details: str = ""  #: what is handed over, in full; "" where the sentence says all

    def without_words(self) -> Effect:
        """What a person would notice, to tell two answers apart."""
        return replace(self, details="")


#: Hears of each effect that a stand-in was asked for.
Note: TypeAlias = Callable[[Effect], None]
