"""Figures of years before the system, as they were published then; they are never mixed with counted ones."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.variants.tables import SNAKE_CASE, TomlTable

_YEAR = re.compile(r"(\d{4})(?:/(\d{2}))?")
_DAY_OF_YEAR = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
#: Days that every year has and every month of that number.
_LAST_DAY_OF_FEBRUARY, _THIRTY = 28, (4, 6, 9, 11)
APRIL_1, JANUARY_1 = (4, 1), (1, 1)
#: In which the first councils tried the community trigger, two years before the Act.
_FIRST_YEAR = 2012


@dataclass(frozen=True, kw_only=True, slots=True)
class EnteredFigure:
    """A number that was published for each of some years, with where it stands."""

    label: str  #: what was counted, in the words it was published with
    figure: str  #: id of the figure of today that counts the same; "" where none does
    source: str  #: where the numbers stand
    #: the calendar year in which the year begins → the id of the area, "" for all that it is published for → the number
    by_year: Mapping[int, Mapping[str, int]]
    entered_by: str = ""  #: who entered them; always there where they are of areas
    entered_on: date | None = None  #: the same


def read_entered_figures(top: TomlTable, begins: tuple[int, int]) -> tuple[EnteredFigure, ...]:
    """The entered numbers, by years that begin on that month and day."""
    found = (_entered(each, begins) for each in top.tables("entered_figures"))
    return tuple(each for each in found if each is not None)


def read_year_begins(table: TomlTable) -> tuple[int, int]:
    """Month and day on which a year of the figures begins: 1 April where nothing is said."""
    text = table.text("year_begins", fits=_DAY_OF_YEAR, like="04-01")
    if not text or not (match := _DAY_OF_YEAR.fullmatch(text)):
        return APRIL_1
    month, day = int(match[1]), int(match[2])
    if (month == 2 and day > _LAST_DAY_OF_FEBRUARY) or (month in _THIRTY and day > 30):  # days of months
        table.complain(f"No year can begin on {text}: not every year has that day. Write a day like 04-01.")
        return APRIL_1
    return month, day


def _entered(table: TomlTable, begins: tuple[int, int]) -> EnteredFigure | None:
    label, source = table.text("label", required=True), table.text("source", required=True)
    figure = table.text("figure", fits=SNAKE_CASE, like="applications")
    entered_by, entered_on = table.text("entered_by"), table.take("entered_on")
    if entered_on is not None and (not isinstance(entered_on, date) or isinstance(entered_on, datetime)):
        table.complain("“entered_on” is no day. Write entered_on = 2026-05-04.")
        entered_on = None
    by_year: dict[int, Mapping[str, int]] = {}
    for key, numbers in table.table("by_year").rest().items():
        year = _year(key)
        if year is None:
            table.complain(f'“{key[:60]}” is no year. Write "2016/17" = 2, or "2016" where a year begins in January.')
        elif year < _FIRST_YEAR:
            table.complain(f"{key} lies before {_FIRST_YEAR}, when councils first tried the scheme. Check the year.")
        elif ("/" in key) is (begins == JANUARY_1):
            table.complain(_other_name(key, year, begins))
        elif not all(_is_number(number) for number in _by_area(numbers).values()):
            table.complain(f"The number of {key} is none: write a whole number, 0 or more, or one for each area.")
        else:
            by_year[year] = _by_area(numbers)
    table.refuse_the_rest()
    if any("" not in numbers for numbers in by_year.values()) and not (entered_by and entered_on):
        table.complain(
            "Numbers of areas are others’: say who entered them and when, entered_by = "
            '"Casework Officer 1" and entered_on = 2026-05-04.'
        )
    if not (label and source):
        return None
    return EnteredFigure(
        label=label, figure=figure, source=source, by_year=by_year, entered_by=entered_by, entered_on=entered_on
    )


def _by_area(numbers: object) -> Mapping[str, Any]:
    """Area → number; of a year for which one number is published, that under ""."""
    return numbers if isinstance(numbers, Mapping) else {"": numbers}


def _is_number(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0


def _other_name(key: str, year: int, begins: tuple[int, int]) -> str:
    """What to write for a year that is named as if it began on another day."""
    name = f"{year}" if begins == JANUARY_1 else f"{year}/{(year + 1) % 100:02d}"
    before = "" if begins == JANUARY_1 else f", or “{year - 1}/{year % 100:02d}” if it is the one that ends in {year}"
    return (
        f"“{key}” does not say which year is meant: a year of the figures begins on {begins[1]} "
        f"{month_name[begins[0]]}. Write “{name}”{before}."
    )


def _year(text: str) -> int | None:
    match = _YEAR.fullmatch(text)
    if match is None:
        return None
    year = int(match[1])
    return year if match[2] is None or int(match[2]) == (year + 1) % 100 else None
