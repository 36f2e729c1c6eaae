"""Days, times and durations that Python's own types cannot hold: years before 1 or after 9999, and nanoseconds.

Whatever Python's types do hold is one of theirs, never one of these: every result goes through `narrow_…`. So the
common values stay fast, and two equal values are always of one type. Days are counted in the Gregorian calendar, also
before it was made; a zone's rules beyond Python's years are those of the same year in the calendar's round of 400.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal

from engine.feel.values import WideDate, WideMoment, WideSpan, WideTime

SECOND = 1_000_000_000
DAY = 86_400 * SECOND
#: nine digits, as Java's and every other FEEL's
MAX_YEAR = 999_999_999
#: ten times what the widest years are apart
_MAX_SPAN = 10 * 2 * MAX_YEAR * 366 * DAY
_EPOCH = date(1970, 1, 1).toordinal()
_ERA = 146_097  # days in 400 years
#: a year after which the zones' seasons are asked
_SEASONS_OF = 2025
_UTC = timezone.utc  # noqa: UP017  # the name that reads as FEEL's Z beside timezone(offset)


@dataclass(frozen=True, slots=True)
class MomentParts:
    """Any date and time of either kind, taken apart: days since 1970, nanoseconds of the day, zone."""

    day: int
    nanoseconds: int
    zone: tzinfo | None
    fold: int = 0

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970 began, in UTC; by its own clock where it has no zone."""
        found = self.day * DAY + self.nanoseconds
        return found if self.zone is None else found - offset_of(self)


# the calendar


def day_number(year: int, month: int, day: int) -> int | None:
    """Days since 1 January 1970, for any year; None for a day that does not exist."""
    if abs(year) > MAX_YEAR or not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        return None
    eras, stand_in = _in_round(year)
    return eras * _ERA + date(stand_in, month, day).toordinal() - _EPOCH


def month_length(year: int, month: int) -> int:
    return calendar.monthrange(_in_round(year)[1], month)[1]


def _in_round(year: int) -> tuple[int, int]:
    """How many rounds of 400 years it is away, and the same year of the round from 2000 on."""
    eras, place = divmod(year - 2000, 400)
    return eras, 2000 + place


def calendar_day(number: int) -> tuple[int, int, int]:
    """Year, month and day of a number of days since 1970."""
    eras, place = divmod(number + _EPOCH - date(2000, 1, 1).toordinal(), _ERA)
    day = date.fromordinal(date(2000, 1, 1).toordinal() + place)
    return day.year + 400 * eras, day.month, day.day


def moved_by_months(number: int, months: int) -> int | None:
    """The corresponding day so many months on, or the month's last."""
    year, month, day = calendar_day(number)
    year, month = divmod(year * 12 + month - 1 + months, 12)
    return day_number(year, month + 1, min(day, month_length(year, month + 1)))


def like_day(day: date | WideDate | WideMoment) -> date:
    """A day of Python's that stands in its week and its year as this one does."""
    found = day.day if isinstance(day, WideMoment) else day
    return date(_in_round(found.year)[1], found.month, found.day) if isinstance(found, WideDate) else found


# either kind, taken apart


def number_of(day: date | WideDate) -> int:
    """The days since 1970 of a date of either kind."""
    if isinstance(day, WideDate):
        found = day_number(day.year, day.month, day.day)
        assert found is not None  # noqa: S101  # it was made from a day that exists
        return found
    return day.toordinal() - _EPOCH


def clock_of(clock: time | datetime | WideTime) -> int:
    """The nanoseconds of the day of a time of either kind, by its own clock."""
    if isinstance(clock, WideTime):
        return clock.nanoseconds
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * SECOND + clock.microsecond * 1000


def moment_of(moment: datetime | WideMoment) -> MomentParts:
    if isinstance(moment, WideMoment):
        return MomentParts(number_of(moment.day), moment.clock.nanoseconds, moment.clock.zone, moment.fold)
    return MomentParts(moment.toordinal() - _EPOCH, clock_of(moment), moment.tzinfo, moment.fold)


def span_of(span: timedelta | WideSpan) -> int:
    """The nanoseconds of a duration of either kind."""
    if isinstance(span, WideSpan):
        return span.nanoseconds
    return (span.days * 86_400 + span.seconds) * SECOND + span.microseconds * 1000


def offset_of(moment: MomentParts) -> int:
    """How far the moment's clock is ahead of UTC, in nanoseconds; 0 without a zone."""
    if moment.zone is None:
        return 0
    year, month, day = calendar_day(moment.day)
    hours, rest = divmod(moment.nanoseconds // SECOND, 3600)
    stand_in = datetime(_known_year(year), month, day, hours, *divmod(rest, 60), tzinfo=moment.zone, fold=moment.fold)
    offset = stand_in.utcoffset()
    return 0 if offset is None else span_of(offset)


def _known_year(year: int) -> int:
    """A year of Python's with the same days, and in which the zone has the same rules as far as they are known."""
    if 1 < year < 9999:
        return year
    place = _in_round(year)[1]
    return place if year > 1 else place - 1600  # before railway time: by the place's own noon


def time_offset(clock: time | WideTime) -> timedelta | None:
    """How far a time's clock is ahead of UTC; None without a zone, or with one that changes over the year."""
    zone = clock.zone if isinstance(clock, WideTime) else clock.tzinfo
    return None if zone is None else zone.utcoffset(None)


def time_line(clock: time | WideTime) -> str | None:
    """The line of time that a time without a day stands on: None of no zone, "UTC" of one with an offset.

    A zone that changes over the year is a line by itself, named as the zone.
    """
    zone = clock.zone if isinstance(clock, WideTime) else clock.tzinfo
    if zone is None:
        return None
    return str(zone) if zone.utcoffset(None) is None else "UTC"


def standard_offset(zone: tzinfo) -> timedelta:
    """How far a zone's clocks are ahead of UTC where they are not put forward: that of a time without a day."""
    fixed = zone.utcoffset(None)
    if fixed is not None:
        return fixed
    return min(datetime(_SEASONS_OF, month, 1, tzinfo=zone).utcoffset() or timedelta() for month in (1, 7))


def standard_time(clock: time | WideTime) -> tuple[int, timedelta | None]:
    """The nanoseconds of the day by its own clock, and that clock's offset; None without a zone."""
    zone = clock.zone if isinstance(clock, WideTime) else clock.tzinfo
    return clock_of(clock), None if zone is None else standard_offset(zone)


def utc_midnight(day: date | WideDate) -> datetime | WideMoment | None:
    """What stands for a date where a date and time is wanted (10.3.2.9.4)."""
    return narrow_moment(MomentParts(number_of(day), 0, _UTC))


def zoned(instant: int, zone: tzinfo | None) -> MomentParts:
    """The moment that stands at that instant on the clock of a zone."""
    day, nanoseconds = divmod(instant, DAY)
    if zone is None or zone is _UTC:
        return MomentParts(day, nanoseconds, zone)
    year, month, day_of_month = calendar_day(day)
    hours, rest = divmod(nanoseconds // SECOND, 3600)
    stand_in = datetime(_known_year(year), month, day_of_month, hours, *divmod(rest, 60), tzinfo=_UTC)
    local = stand_in.astimezone(zone)
    offset = local.utcoffset()
    return MomentParts(*divmod(instant + (0 if offset is None else span_of(offset)), DAY), zone, local.fold)


# back to the type that holds it


def narrow_date(number: int | None) -> date | WideDate | None:
    if number is None:
        return None
    year, month, day = calendar_day(number)
    if 1 <= year <= 9999:
        return date(year, month, day)
    return WideDate(year=year, month=month, day=day) if abs(year) <= MAX_YEAR else None


def narrow_time(nanoseconds: int, zone: tzinfo | None) -> time | WideTime:
    if nanoseconds % 1000:
        return WideTime(nanoseconds=nanoseconds, zone=zone)
    seconds, fraction = divmod(nanoseconds, SECOND)
    hours, rest = divmod(seconds, 3600)
    return time(hours, *divmod(rest, 60), fraction // 1000, tzinfo=zone)


def narrow_moment(moment: MomentParts) -> datetime | WideMoment | None:
    day, clock = narrow_date(moment.day), narrow_time(moment.nanoseconds, moment.zone)
    if day is None:
        return None
    if isinstance(day, date) and isinstance(clock, time):
        return datetime.combine(day, clock).replace(fold=moment.fold)
    held = day if isinstance(day, WideDate) else WideDate(year=day.year, month=day.month, day=day.day)
    return WideMoment(day=held, clock=WideTime(nanoseconds=moment.nanoseconds, zone=moment.zone), fold=moment.fold)


def narrow_span(nanoseconds: int) -> timedelta | WideSpan | None:
    if nanoseconds % 1000 == 0:
        try:
            return timedelta(microseconds=nanoseconds // 1000)
        except OverflowError:
            pass
    return WideSpan(nanoseconds=nanoseconds) if abs(nanoseconds) < _MAX_SPAN else None


def seconds_of(nanoseconds: int) -> Decimal:
    """The seconds within a minute, with their fraction."""
    whole, fraction = divmod(nanoseconds % (60 * SECOND), SECOND)
    return Decimal(whole) + Decimal(fraction).scaleb(-9) if fraction else Decimal(whole)
