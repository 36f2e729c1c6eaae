"""The period that a page is about: two days that stand in its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.calendar.periods import months_after
from engine.words import day_in_words, weekday_in_words
from webui.policyforms.days import join_day

#: The parts of a day, as the inputs of a form name them.
PARTS = ("day", "month", "year")
#: Of an address: no case is older than the Act, and no plan reaches further.
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
#: The month in which a council's financial year begins (Local Government Act 1972, section 150; England and Wales).
_APRIL = 4
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    first: date
    last: date  #: included

    @property
    def words(self) -> str:
        return f"{day_in_words(self.first)} to {day_in_words(self.last)}"

    @property
    def address(self) -> dict[str, str]:
        """As the address of a page names it."""
        return {
            f"{end}-{part}": str(getattr(day, part))
            for end, day in (("from", self.first), ("to", self.last))
            for part in PARTS
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the address asks for."""

    period: Period | None  #: None where it cannot be read
    typed: Mapping[str, str]  #: "from-day" and the like, as they were typed
    problems: Mapping[str, str]  #: "from" or "to" → what is wrong, as a sentence


def period_of(arguments: Mapping[str, str], today: date) -> Asked:
    """The period in an address; the twelve months that end today where it names none."""
    names = [f"{end}-{part}" for end in ("from", "to") for part in PARTS]
    typed = {name: " ".join(arguments.get(name, "").split())[:40] for name in names}
    if not any(typed.values()):
        period = last_twelve_months(today)
        return Asked(period=period, typed=period.address, problems={})
    problems: dict[str, str] = {}
    days: dict[str, date] = {}
    for end, what in (("from", "the day the period begins"), ("to", "the day the period ends")):
        day = _read(typed, end, what)
        if isinstance(day, str):
            problems[end] = day
        else:
            days[end] = day
    if not problems and days["to"] < days["from"]:
        problems["to"] = f"The day the period ends must be {weekday_in_words(days['from'])} or later"
    period_asked = None if problems else Period(first=days["from"], last=days["to"])
    return Asked(period=period_asked, typed=typed, problems=problems)


def last_twelve_months(today: date) -> Period:
    return Period(first=months_after(today + _DAY, -12), last=today)


def shortcuts(today: date) -> tuple[tuple[str, Period], ...]:
    """Periods that people ask for most, each with what it is called."""
    year = today.year if today.month >= _APRIL else today.year - 1
    began = date(year, _APRIL, 1)
    month_began = today.replace(day=1)
    return (
        ("Last 12 months", last_twelve_months(today)),
        ("This financial year so far", Period(first=began, last=today)),
        ("Last financial year", Period(first=date(year - 1, _APRIL, 1), last=began - _DAY)),
        ("Last month", Period(first=months_after(month_began, -1), last=month_began - _DAY)),
    )


def _read(typed: Mapping[str, str], end: str, what: str) -> date | str:
    """The day, or the sentence that says what is wrong with it."""
    parts = [typed[f"{end}-{part}"] for part in PARTS]
    if not any(parts):
        return f"Enter {what}"
    missing = [part for part, value in zip(PARTS, parts, strict=True) if not value]
    if missing:
        return f"{what[0].upper()}{what[1:]} must include a {' and a '.join(missing)}"
    try:
        day = date.fromisoformat(join_day(*parts))
    except ValueError:
        return f"{what[0].upper()}{what[1:]} must be a real day, like 1 4 2026"
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return f"{what[0].upper()}{what[1:]} must be in a year from {_FIRST_YEAR} to {_LAST_YEAR}"
    return day
