"""Something that does not fit, found in an expression."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from engine.check.finding import Place


class SlipKind(StrEnum):
    CALL = "call"  #: a function that there is not, or that does not take what it is given
    VALUE = "value"  #: a value of another kind than its place needs, or none that there can be
    ROW = "row"  #: a row of a table that never matches, or that is missing
    GIVEN = "given"  #: what a letter prints, and nobody may have given by then
    WAY = "way"  #: a way that is never taken, or a question that is never shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    kind: SlipKind
    sentence: str
    #: where words are none of what something can be: those words
    words: frozenset[str] = frozenset()
    fact: str = ""  #: and the last name of what they are none of; "" where it has none
    entry: str = ""  #: where an item has no entry of a name: that name

    def within(self, where: str) -> Slip:
        """The same, said with where it is."""
        return replace(self, sentence=f"{where}{self.sentence}")


#: Told of each slip. What is wrong is said once, where it is: what is made of it can be anything.
Say: TypeAlias = Callable[[Slip], None]


def keep_silent(_slip: Slip) -> None:
    """For working out what something can be before anybody is told of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Misfit:
    """A slip with the place that a finding names."""

    place: Place
    slip: Slip
