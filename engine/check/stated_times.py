"""Lengths of time that a text states: “within 5 working days”, “More than three weeks”, “a six-month period”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.calendar import Unit

#: What is measured, and how much of it: ("days", 21) for “three weeks”.
Length = tuple[str, int]

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS: Mapping[str, int] = {
    **{word: number for number, word in enumerate((*_ONES, *_TEENS), start=1)},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
    **{
        f"{tens}-{ones}": 10 * number + of_ones
        for number, tens in enumerate(_TENS, start=2)
        for of_ones, ones in enumerate(_ONES, start=1)
    },
}
#: Each unit as texts write it, with what is measured and how much of that it is. Weeks are days, and years are months;
#: what is a month in days depends on the month.
_UNITS: Mapping[str, Length] = {
    "hour": ("hours", 1),
    "day": (Unit.DAYS, 1),
    "week": (Unit.DAYS, 7),
    "fortnight": (Unit.DAYS, 14),
    "month": (Unit.MONTHS, 1),
    "year": (Unit.MONTHS, 12),
}
_BEGINNINGS = frozenset({"", "the", "within", "more than"})
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_STATED = re.compile(
    rf"(?<![\w.,-])(?P<number>[0-9]{{1,4}}|{_WORDS}|(?<=within )an?)"
    rf"(?:\s+|-)(?:(?P<kind>working|business|calendar|clear|full)(?:\s+|-))?(?P<unit>{'|'.join(_UNITS)})s?\b(?![’'])",
    re.IGNORECASE,
)


#: What stands before a length that bounds something, and does not tell how long it was.
_BOUNDING = re.compile(
    r"\b(?:within|than|least|most|in|after|before|by|next|last|preceding|for|until|to)\s+(?:the\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedTime:
    words: str  #: as the text has it: “three weeks”
    length: Length
    begins: bool  #: whether the text begins with it
    bounds: bool  #: whether it is said of it that something has to be done within it, or after it: “within three weeks”


def times_in(text: str) -> Iterator[StatedTime]:
    """Every length of time that the text states, in its order; of “a day” nothing, which is more often no length."""
    for found in _STATED.finditer(text):
        written = found["number"].lower()
        number = int(written) if written.isdigit() else _NUMBERS.get(written, 1)
        measured, each = _UNITS[found["unit"].lower()]
        if written in ("a", "an") and measured != Unit.MONTHS and each == 1:
            continue
        is_working = (found["kind"] or "").lower() in ("working", "business") and measured == Unit.DAYS
        length = (Unit.WORKING_DAYS, number) if is_working and each == 1 else (measured, number * each)
        before = text[: found.start()]
        yield StatedTime(
            words=" ".join(found[0].split()), length=length, begins=before.strip().lower() in _BEGINNINGS,
            bounds=_BOUNDING.search(before[-20:]) is not None,
        )  # fmt: skip


def length_of(amount: int, unit: Unit) -> Length:
    """The length of a limit, as a text would state it."""
    match unit:
        case Unit.WEEKS:
            return Unit.DAYS, 7 * amount
        case Unit.YEARS:
            return Unit.MONTHS, 12 * amount
        case _:
            return unit, amount
