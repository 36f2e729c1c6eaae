"""The years of the figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engine.errors import BadInputError

_DAY = timedelta(days=1)
#: Years that are shown at once.
MOST_YEARS = 50
_EARLIEST, _LATEST = 1900, 2199


@dataclass(frozen=True, kw_only=True, slots=True)
class FiguresYear:
    """A year of the figures, or the part of it that was asked for."""

    begins_in: int  #: the calendar year in which it begins
    name: str  #: "2021/22"; "2021" where it begins with January
    first: date
    last: date  #: included
    is_whole: bool  #: and not a part of the year


def years_between(first: date, last: date, begins: tuple[int, int]) -> tuple[FiguresYear, ...]:
    """The years from `first` to `last`; the first and the last of them only as far as they were asked for.

    Raises BadInputError where the period ends before it begins, or has too many years.
    """
    if last < first:
        raise BadInputError(f"The period ends on {last.isoformat()}, before it begins. Give the earlier day first.")
    if not _EARLIEST <= first.year <= last.year <= _LATEST:
        raise BadInputError(f"Give days in the years from {_EARLIEST} to {_LATEST}.")
    if last.year - first.year >= MOST_YEARS:
        raise BadInputError(f"These are more than {MOST_YEARS} years. Ask for fewer at once.")
    month, day = begins
    found = []
    for number in range(first.year - 1, last.year + 1):
        begin, end = date(number, month, day), date(number + 1, month, day) - _DAY
        if end < first or begin > last:
            continue
        name = str(number) if (month, day) == (1, 1) else f"{number}/{(number + 1) % 100:02}"
        part = max(begin, first), min(end, last)
        found.append(
            FiguresYear(begins_in=number, name=name, first=part[0], last=part[1], is_whole=part == (begin, end))
        )
    return tuple(found)


def year_of(day: date, begins: tuple[int, int]) -> int:
    """The calendar year in which the year of that day begins."""
    return day.year - ((day.month, day.day) < begins)


def end_of_last_year(today: date, begins: tuple[int, int]) -> date:
    """The last day of the last year that is over."""
    return date(year_of(today, begins), *begins) - _DAY
