"""Something that does not fit, found in an expression."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from engine.check.finding import Place
from engine.check.values.domain import Possible


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
    #: where something is of another kind: the facts that are
    about: frozenset[str] = field(default=frozenset(), compare=False)
    is_of_giver: bool = False  #: whether it speaks of what gives them, and not of what reads them
    #: all the names that the expression reads
    reads: frozenset[str] = field(default=frozenset(), compare=False)

    def within(self, where: str) -> Slip:
        """The same, said with where it is."""
        return replace(self, sentence=f"{where}{self.sentence}")

    def reading(self, names: frozenset[str]) -> Slip:
        """The same, of an expression that reads these names."""
        return replace(self, reads=self.reads | names)


def named_among(values: Iterable[Possible]) -> frozenset[str]:
    """The facts that these are, by their last names."""
    return frozenset(value.fact.rpartition(".")[2] for value in values if value.fact)


#: Told of each slip. What is wrong is said once, where it is: what is made of it can be anything.
Say: TypeAlias = Callable[[Slip], None]


def keep_silent(_slip: Slip) -> None:
    """For working out what something can be before anybody is told of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Misfit:
    """A slip with the place that a finding names."""

    place: Place
    slip: Slip
