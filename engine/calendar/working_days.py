"""A council's calendar: which days are working days, and where a limit ends."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import assert_never

from engine.calendar.bank_holidays import FIRST_YEAR, LAST_YEAR, SUBDIVISIONS, bank_holidays
from engine.calendar.explanation import explain
from engine.calendar.limits import Counting, DueDate, Limit, Unit
from engine.calendar.periods import days_after, last_of_months_beginning_with, months_after, require_day
from engine.errors import BadInputError, BadTimeError
from engine.words import WEEKDAYS, counted


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """The working days of a council: Monday to Friday without bank holidays and the council's own closure days.

    Every method that looks at working days raises BadTimeError for a day, or a result, outside the years whose bank
    holidays are known (1978 to 2099), and every method raises it for a datetime. Working days are counted by two
    bisections, so the cost does not grow with the length of a limit.
    """

    subdivision: str = "ENG"  #: whose bank holidays: ENG, WLS, SCT or NIR
    closure_days: frozenset[date] = frozenset()  #: the council's own
    extra_holidays: Mapping[date, str] = field(default_factory=dict, hash=False)  #: proclaimed later, with names
    meetings: tuple[date, ...] = ()  #: the days of the meetings to whose next one a limit may run, ascending
    #: A short hash of the subdivision and every holiday and closure day: another list is another version.
    version: str = field(init=False, compare=False)
    _bank_holidays: Mapping[date, str] = field(init=False, compare=False, repr=False)
    #: The days of Monday to Friday that are no working days, as ordinals, ascending.
    _closed: tuple[int, ...] = field(init=False, compare=False, repr=False)
    #: For each of them, how many working days lie before it.
    _worked_before: tuple[int, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.subdivision not in SUBDIVISIONS:
            raise BadInputError(
                f'"{self.subdivision}" is no part of the United Kingdom with bank holidays of its own.'
                f" Write one of {', '.join(SUBDIVISIONS)}."
            )
        for day in (*self.closure_days, *self.extra_holidays):
            _require_known_year(day)
        holidays = {**bank_holidays(self.subdivision), **self.extra_holidays}
        closed = sorted(day.toordinal() for day in {*holidays, *self.closure_days} if day.weekday() < 5)
        listed = ["meetings", *_iso(self.meetings)] if self.meetings else []
        content = " ".join([self.subdivision, *_iso(holidays), "closed", *_iso(self.closure_days), *listed])
        derived = {
            "extra_holidays": MappingProxyType(dict(self.extra_holidays)),
            "meetings": tuple(sorted(self.meetings)),
            "version": hashlib.sha256(content.encode()).hexdigest()[:12],
            "_bank_holidays": MappingProxyType(holidays),
            "_closed": tuple(closed),
            "_worked_before": tuple(_weekdays_up_to(day) - index - 1 for index, day in enumerate(closed)),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def is_working_day(self, day: date) -> bool:
        """Whether the council works on `day`."""
        return self.why_not_working(day) is None

    def why_not_working(self, day: date) -> str | None:
        """Why `day` is no working day, as words after "is"; None where it is one.

        "Saturday", "a bank holiday (Early May bank holiday)", "a closure day of the council".
        """
        _require_known_year(day)
        if day.weekday() >= 5:
            return WEEKDAYS[day.weekday()]
        if day in self._bank_holidays:
            return f"a bank holiday ({self._bank_holidays[day]})"
        return "a closure day of the council" if day in self.closure_days else None

    def working_days_after(self, start: date, days: int) -> date:
        """The `days`-th working day after `start`.

        `start` is day 0 also where it is no working day; day 1 is the next working day. Negative `days` count back:
        -1 is the working day before `start`.
        """
        _require_known_year(start)
        if days == 0:
            return start
        wanted = self._worked_up_to(start.toordinal()) + days
        if days < 0 and not self.is_working_day(start):
            wanted += 1  # the working day before `start` is the last one counted above, and is day -1
        weekday = wanted + bisect_left(self._worked_before, wanted)
        weeks, rest = divmod(weekday - 1, 5)
        ordinal = weeks * 7 + rest + 1
        if not date(FIRST_YEAR, 1, 1).toordinal() <= ordinal <= date(LAST_YEAR, 12, 31).toordinal():
            raise BadTimeError(
                f"{days:,} working days from {start.isoformat()} is outside {FIRST_YEAR} to {LAST_YEAR},"
                " the years whose bank holidays are known. Count less."
            )
        return date.fromordinal(ordinal)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days there are after `first` up to and with `last`; negative where `last` is earlier.

        It undoes `working_days_after`: that many working days after `first` is `last`, where `last` is a working day.
        """
        _require_known_year(first)
        _require_known_year(last)
        if last < first:
            return -self.working_days_between(last, first)
        return self._worked_up_to(last.toordinal()) - self._worked_up_to(first.toordinal())

    days_after = staticmethod(days_after)
    months_after = staticmethod(months_after)

    def after(self, start: date, amount: int, unit: Unit) -> date:
        """The last day of a limit "within `amount` `unit` of `start`": `start` is not counted. A negative amount counts
        back.

        Raises BadTimeError where so many meetings are not listed.
        """
        match unit:
            case Unit.WORKING_DAYS:
                return self.working_days_after(start, amount)
            case Unit.DAYS:
                return days_after(start, amount)
            case Unit.WEEKS:
                return days_after(start, amount * 7)
            case Unit.MONTHS:
                return months_after(start, amount)
            case Unit.YEARS:
                return months_after(start, amount * 12)
            case Unit.MEETINGS:
                return self._meeting_after(start, amount)
            case _:
                assert_never(unit)

    def before(self, start: date, amount: int, unit: Unit) -> date:
        """The last day of a limit "at least `amount` `unit` before `start`": `start` is not counted."""
        return self.after(start, -amount, unit)

    def _meeting_after(self, start: date, amount: int) -> date:
        """The `amount`-th of the listed meetings after `start`; before it where `amount` is negative."""
        first_later, first_from = bisect_right(self.meetings, start), bisect_left(self.meetings, start)
        place = first_later + amount - 1 if amount > 0 else first_from + amount
        if amount == 0:
            return require_day(start)
        if not 0 <= place < len(self.meetings):
            which = "after" if amount > 0 else "before"
            raise BadTimeError(
                f"The list holds fewer than {counted(abs(amount), 'meeting')} {which} {start.isoformat()}. Add the "
                "days of further meetings to [calendar] meetings in variant.toml."
            )
        return self.meetings[place]

    def beginning_with(self, start: date, amount: int, unit: Unit) -> date:
        """The last day of the period of `amount` `unit` "beginning with" `start`: `start` is counted.

        A period of working days that begins with a day that is none has the next working day as its first. Raises
        BadInputError where `amount` is below 1: such a period has no last day.
        """
        if amount < 1:
            raise BadInputError(f"A period of {amount:,} {unit} has no last day. Give at least 1.")
        match unit:
            case Unit.WORKING_DAYS:
                return self.working_days_after(days_after(start, -1), amount)
            case Unit.DAYS | Unit.WEEKS:
                return days_after(self.after(start, amount, unit), -1)
            case Unit.MONTHS:
                return last_of_months_beginning_with(start, amount)
            case Unit.YEARS:
                return last_of_months_beginning_with(start, amount * 12)
            case Unit.MEETINGS:
                return self._meeting_after(days_after(start, -1), amount)
            case _:
                assert_never(unit)

    def more_than(self, start: date, amount: int, unit: Unit) -> date:
        """The first day on which more than `amount` `unit` have passed since `start`.

        More than 3 weeks: day 22. More than 2 months: the day after the corresponding date. More than 5 working days:
        the sixth working day.
        """
        if unit == Unit.WORKING_DAYS:
            return self.working_days_after(start, amount + 1)
        return days_after(self.after(start, amount, unit), 1)

    def is_within(self, day: date, start: date, amount: int, unit: Unit) -> bool:
        """Whether `day` lies within the period of `amount` `unit` beginning with `start` (Act, section 104(11))."""
        return start <= require_day(day) <= self.beginning_with(start, amount, unit)

    def due(self, limit: Limit, start: date) -> DueDate:
        """The day `limit` comes to when counted from `start`, with its explanation."""
        match limit.counting:
            case Counting.AFTER:
                due_on = self.after(start, limit.amount, limit.unit)
            case Counting.BEFORE:
                due_on = self.before(start, limit.amount, limit.unit)
            case Counting.BEGINNING_WITH:
                due_on = self.beginning_with(start, limit.amount, limit.unit)
            case Counting.MORE_THAN:
                due_on = self.more_than(start, limit.amount, limit.unit)
            case _:
                assert_never(limit.counting)
        left_out: tuple[date, ...] = ()
        start_is_closed = None
        if limit.unit == Unit.WORKING_DAYS:
            first_counted = start if limit.counting == Counting.BEGINNING_WITH else days_after(start, 1)
            days = (due_on, days_after(start, -1)) if limit.counting == Counting.BEFORE else (first_counted, due_on)
            left_out = tuple(self._closed_between(*days))
            start_is_closed = self.why_not_working(start)
        return DueDate(
            limit=limit,
            start=start,
            due_on=due_on,
            left_out=tuple((day, self.why_not_working(day) or "") for day in left_out),
            calendar_version=self.version,
            explanation=explain(
                limit,
                start=start,
                due_on=due_on,
                start_is_closed=start_is_closed,
                bank_holidays=[day for day in left_out if day in self._bank_holidays],
                closure_days=[day for day in left_out if day not in self._bank_holidays],
            ),
        )

    def _closed_between(self, first: date, last: date) -> Iterable[date]:
        begin, end = bisect_left(self._closed, first.toordinal()), bisect_right(self._closed, last.toordinal())
        return map(date.fromordinal, self._closed[begin:end])

    def _worked_up_to(self, ordinal: int) -> int:
        return _weekdays_up_to(ordinal) - bisect_right(self._closed, ordinal)


def _iso(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]


def _weekdays_up_to(ordinal: int) -> int:
    # Day 1 of the proleptic calendar, 1 January of year 1, is a Monday.
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


def _require_known_year(day: date) -> None:
    if not FIRST_YEAR <= require_day(day).year <= LAST_YEAR:
        raise BadTimeError(
            f"The bank holidays of {day.year} are not known, so the working days around {day.isoformat()} cannot be"
            f" counted. Check the year: {FIRST_YEAR} to {LAST_YEAR} are known."
        )
