"""A time limit as a policy states it, and the day it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from engine.clock import end_of, start_of
from engine.errors import BadInputError

#: No policy counts further; a larger amount is a slip of the pen.
GREATEST_AMOUNT = 100_000


class _Words(StrEnum):
    """A choice written in the policy owner's words."""

    @classmethod
    def read(cls, words: str) -> Self:
        """The member that `words` names. Raises BadInputError with the words that may be written."""
        try:
            return cls(words)
        except ValueError:
            choice = ", ".join(f'"{member}"' for member in cls)
            raise BadInputError(f'"{words}" is not one of {choice}. Write one of these.') from None


class Unit(_Words):
    """What a limit counts."""

    WORKING_DAYS = "working days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    MEETINGS = "meetings"  #: days of meetings that the council lists


class Counting(_Words):
    """How a limit is counted from its day (policy: Counting time)."""

    AFTER = "after"  #: the day itself is day 0
    BEFORE = "before"  #: counted back: the day itself is day 0
    BEGINNING_WITH = "beginning with"  #: the day itself is counted
    MORE_THAN = "more than"  #: the first day on which more than the amount has passed


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """One time limit of a policy: a row of its `time_limits.dmn`.

    Raises BadInputError where the amount is not one that can be counted or the day counted from is not named.
    """

    name: str  #: how a diagram asks for it: due("acknowledge")
    amount: int
    unit: Unit
    counting: Counting
    counted_from: str  #: the day it is counted from, in words: "the day of receipt"
    clauses: tuple[str, ...]  #: the clauses it stands on: ("H11.1",)
    note: str | None = None  #: how a loose clause is read, where it has to be

    def __post_init__(self) -> None:
        least = 1 if self.counting == Counting.BEGINNING_WITH else 0
        if not least <= self.amount <= GREATEST_AMOUNT:
            raise BadInputError(
                f'The limit "{self.name}" counts {self.amount:,} {self.unit}.'
                f" Write a whole number from {least} to {GREATEST_AMOUNT:,}."
            )
        if not self.counted_from.strip():
            raise BadInputError(
                f'The limit "{self.name}" does not say what it is counted from.'
                ' Name the day, for example "the day of receipt".'
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class DueDate:
    """The day a limit comes to when counted from a given day, with what a person needs to follow the counting."""

    limit: Limit
    start: date  #: the day it is counted from
    due_on: date  #: the last day; for "more than", the first day on which more than the amount has passed
    left_out: tuple[tuple[date, str], ...]  #: the bank holidays and closure days passed over, each with why
    calendar_version: str  #: `Calendar.version` of the calendar that counted
    explanation: str  #: the counting in sentences, with its clauses

    @property
    def runs_out_at(self) -> datetime:
        """The instant, in UTC, from which the limit has run out.

        A last day runs out when it ends. "More than" is reached on its day, so it has run out when that day begins:
        more than 3 weeks on day 22, not at the end of it.
        """
        return start_of(self.due_on) if self.limit.counting == Counting.MORE_THAN else end_of(self.due_on)
