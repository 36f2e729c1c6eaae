"""Dates, times and durations to text and back (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8; XML Schema and ISO 8601 forms).

Years have four to nine digits, a second up to nine decimals; `24:00:00` is the midnight that ends the day. A text that
says more than that, or something that does not exist, is None.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.feel.values import WideDate, WideMoment, WideSpan, WideTime, YearsMonthsDuration
from engine.feel.wide import (
    DAY,
    SECOND,
    MomentParts,
    clock_of,
    day_number,
    moment_of,
    narrow_date,
    narrow_moment,
    narrow_span,
    narrow_time,
    number_of,
    offset_of,
    span_of,
    time_offset,
)

Date = date | WideDate
Time = time | WideTime
DateAndTime = datetime | WideMoment
Span = timedelta | WideSpan
Temporal = Date | Time | DateAndTime | Span | YearsMonthsDuration

# Ours, fixed and linear: no pattern here comes from a policy. [0-9] and not \d, which takes the digits of any script.
_DATE = re.compile(r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9})0{0,21})?"
    r"(?:(Z|z)|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?(?:@([A-Za-z0-9_+\-/]{1,60}))?"
)
_DAYS_TIME = re.compile(
    r"(-)?P(?:([0-9]{1,12})D)?(?:T(?=[0-9])(?:([0-9]{1,12})H)?(?:([0-9]{1,12})M)?"
    r"(?:([0-9]{1,12})(?:\.([0-9]{0,9})0{0,21})?S)?)?"
)
_YEARS_MONTHS = re.compile(r"(-)?P(?:([0-9]{1,12})Y)?(?:([0-9]{1,12})M)?")

_MAX_MONTHS = 10**12
_MAX_OFFSET = timedelta(hours=18)


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo | None:
    """The time zone of that IANA name, or None."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def read_date(text: str) -> Date | None:
    """`2026-01-31`."""
    match = _DATE.fullmatch(text)
    if match is None or match[1] == "-0000":
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return make_date(*map(int, match.groups()))


def make_date(year: int, month: int, day: int) -> Date | None:
    """That day of the calendar, or None where there is none."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return narrow_date(day_number(year, month, day))


def read_time(text: str) -> Time | None:
    """`09:30:00`, `09:30:00.5Z`, `09:30:00+01:00`, `09:30:00@Europe/London`."""
    match = _TIME.fullmatch(text)
    if match is None or (match[10] and (match[5] or match[6])):
        return None
    clock = _clock(match)
    return None if clock is None else clock[1]


def _clock(match: re.Match[str]) -> tuple[int, Time] | None:
    """The time, and how many days it is on: one for `24:00:00`, which is the midnight after."""
    place: tzinfo | None = None
    if match[10]:
        place = zone(match[10])
        if place is None:
            return None
    elif match[5]:
        place = timezone.utc  # noqa: UP017  # the name that reads as FEEL's Z beside timezone(offset)
    elif match[6]:
        offset = timedelta(hours=int(match[7]), minutes=int(match[8]), seconds=int(match[9] or 0))
        if offset > _MAX_OFFSET or int(match[8]) > 59 or int(match[9] or 0) > 59:
            return None
        place = timezone(-offset if match[6] == "-" else offset)
    digits = match[4] or "0"
    if match[1] == "24":
        ends_the_day = match[2] == match[3] == "00" and not int(digits)
        return (1, time(tzinfo=place)) if ends_the_day else None
    try:
        whole = time(int(match[1]), int(match[2]), int(match[3]), int(digits[:6].ljust(6, "0")), place)
    except ValueError:
        return None
    if len(digits) <= 6:
        return 0, whole
    return 0, narrow_time(clock_of(whole) // SECOND * SECOND + int(digits.ljust(9, "0")), place)


def read_date_and_time(text: str, *, exactly: bool = False) -> DateAndTime | None:
    """`2026-01-31T09:30:00` with what a time may have behind it; a plain date is its midnight.

    `exactly`, for what `write` wrote so: an offset and a zone may stand together (`+00:00@Europe/London`); the offset
    says which of two equal hours is meant where the clocks go back.
    """
    day_text, separator, time_text = text.partition("T")
    day = read_date(day_text)
    if day is None:
        return None
    if not separator:
        return narrow_moment(MomentParts(number_of(day), 0, None))
    match = _TIME.fullmatch(time_text)
    clock = None if match is None else _clock(match)
    if match is None or clock is None:
        return None
    days, at = clock
    has_both = bool(match[10] and (match[5] or match[6]))
    if isinstance(day, date) and not days and isinstance(at, time) and not has_both:
        return datetime.combine(day, at)
    moment = MomentParts(number_of(day) + days, clock_of(at), at.zone if isinstance(at, WideTime) else at.tzinfo)
    if has_both:
        return _at_its_offset(moment, match) if exactly else None
    return narrow_moment(moment)


def _at_its_offset(moment: MomentParts, match: re.Match[str]) -> DateAndTime | None:
    """The one of two equal hours that has the offset written; None where neither has."""
    sign = -1 if match[6] == "-" else 1
    offset = sign * timedelta(hours=int(match[7] or 0), minutes=int(match[8] or 0), seconds=int(match[9] or 0))
    for fold in (0, 1):
        one = MomentParts(moment.day, moment.nanoseconds, moment.zone, fold)
        if offset_of(one) == span_of(offset):
            return narrow_moment(one)
    return None


def read_duration(text: str) -> Span | YearsMonthsDuration | None:
    """`P2DT3H`, `-PT0.5S`, `P1Y2M`."""
    match = _YEARS_MONTHS.fullmatch(text)
    if match is not None and (match[2] or match[3]):
        return months_duration((-1 if match[1] else 1) * (int(match[2] or 0) * 12 + int(match[3] or 0)))
    match = _DAYS_TIME.fullmatch(text)
    if match is None or not any(match.group(2, 3, 4, 5)):
        return None
    days, hours, minutes, seconds = (int(match[index] or 0) for index in range(2, 6))
    nanoseconds = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * SECOND + int((match[6] or "").ljust(9, "0"))
    return narrow_span(-nanoseconds if match[1] else nanoseconds)


def months_duration(months: int) -> YearsMonthsDuration | None:
    """A duration of so many months, or None beyond any calendar."""
    return YearsMonthsDuration(months=months) if abs(months) < _MAX_MONTHS else None


def read_temporal(text: str, *, exactly: bool = False) -> Temporal | None:
    """Whichever date, time or duration the text is, as in `@"…"`; `exactly` as for `read_date_and_time`."""
    found: Temporal | None = None
    if "P" in text[:2]:
        found = read_duration(text)
    elif "T" in text.partition("@")[0]:  # a zone's name may hold one, too
        found = read_date_and_time(text, exactly=exactly)
    elif ":" in text[2:3]:
        found = read_time(text)
    else:
        found = read_date(text)
    return found


def write(value: Temporal, *, exactly: bool = False) -> str:
    """A date, time or duration as text that `read_temporal` reads.

    `exactly` adds the offset before a named zone where an hour happens twice.
    """
    if isinstance(value, datetime):
        twice = exactly and type(value.tzinfo) is ZoneInfo and bool(value.fold)
        return value.date().isoformat() + "T" + _write_time(value.timetz(), value.utcoffset(), with_offset=twice)
    if isinstance(value, WideMoment):
        twice = exactly and type(value.clock.zone) is ZoneInfo and bool(value.fold)
        offset = timedelta(microseconds=offset_of(moment_of(value)) // 1000)
        return _write_date(value.day) + "T" + _write_time(value.clock, offset, with_offset=twice)
    if isinstance(value, time | WideTime):
        return _write_time(value, time_offset(value), with_offset=False)
    if isinstance(value, date | WideDate):
        return _write_date(value)
    if isinstance(value, YearsMonthsDuration):
        return _write_months(value.months)
    return _write_span(span_of(value))


def _write_date(day: Date) -> str:
    if isinstance(day, date):
        return day.isoformat()
    return f"{'-' if day.year < 0 else ''}{abs(day.year):04}-{day.month:02}-{day.day:02}"


def _write_time(value: Time, offset: timedelta | None, *, with_offset: bool) -> str:
    if isinstance(value, time):
        text, place = f"{value.hour:02}:{value.minute:02}:{value.second:02}", value.tzinfo
        if value.microsecond:
            text += f".{value.microsecond:06}".rstrip("0")
    else:
        seconds, fraction = divmod(value.nanoseconds, SECOND)
        text, place = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}", value.zone
        if fraction:
            text += f".{fraction:09}".rstrip("0")
    if place is None:
        return text
    if isinstance(place, ZoneInfo):
        return text + (_write_offset(offset) if with_offset and offset is not None else "") + f"@{place.key}"
    if offset is None:
        return text
    return text + (_write_offset(offset) if offset else "Z")


def _write_offset(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    text = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return text + (f":{seconds % 60:02}" if seconds % 60 else "")


def _write_months(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    text = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return ("-" if months < 0 else "") + "P" + (text or "0M")


def _write_span(span: int) -> str:
    """A duration of so many nanoseconds."""
    if not span:
        return "PT0S"
    days, rest = divmod(abs(span), DAY)
    seconds, fraction = divmod(rest, SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or fraction:
        clock += str(seconds) + (f".{fraction:09}".rstrip("0") if fraction else "") + "S"
    return ("-" if span < 0 else "") + "P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
