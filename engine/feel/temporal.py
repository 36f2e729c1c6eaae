"""Dates, times and durations to text and back (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8; XML Schema and ISO 8601 forms).

Years are 0001 to 9999 and a second has six decimals, as in Python; a finer fraction is cut off. Outside that: None.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.feel.values import YearsMonthsDuration

Temporal = date | time | datetime | timedelta | YearsMonthsDuration

# Ours, fixed and linear: no pattern here comes from a policy. [0-9] and not \d, which takes the digits of any script.
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,30}))?"
    r"(?:(Z|z)|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?(?:@([A-Za-z0-9_+\-/]{1,60}))?"
)
_DAYS_TIME = re.compile(
    r"(-)?P(?:([0-9]{1,12})D)?(?:T(?=[0-9])(?:([0-9]{1,12})H)?(?:([0-9]{1,12})M)?"
    r"(?:([0-9]{1,12})(?:\.([0-9]{1,30}))?S)?)?"
)
_YEARS_MONTHS = re.compile(r"(-)?P(?:([0-9]{1,12})Y)?(?:([0-9]{1,12})M)?")

_MAX_MONTHS = 10**12


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo | None:
    """The time zone of that IANA name, or None."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def read_date(text: str) -> date | None:
    """`2026-01-31`."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """`09:30:00`, `09:30:00.5Z`, `09:30:00+01:00`, `09:30:00@Europe/London`."""
    match = _TIME.fullmatch(text)
    if match is None or (match[10] and (match[5] or match[6])):
        return None
    return _time_of(match)


def _time_of(match: re.Match[str]) -> time | None:
    try:
        micros = int((match[4] or "")[:6].ljust(6, "0"))
        place: tzinfo | None = None
        if match[10]:
            place = zone(match[10])
            if place is None:
                return None
        elif match[5]:
            place = timezone.utc  # noqa: UP017  # the name that reads as FEEL's Z beside timezone(offset)
        elif match[6]:
            hours, minutes, seconds = int(match[7]), int(match[8]), int(match[9] or 0)
            if hours > 18 or minutes > 59 or seconds > 59:
                return None
            offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
            place = timezone(-offset if match[6] == "-" else offset)
        return time(int(match[1]), int(match[2]), int(match[3]), micros, tzinfo=place)
    except ValueError:
        return None


def read_date_and_time(text: str) -> datetime | None:
    """`2026-01-31T09:30:00` with what a time may have behind it; a plain date is its midnight.

    Beyond the standard, an offset and a zone may stand together (`+00:00@Europe/London`): the offset says which of
    two equal hours is meant where the clocks go back. `write` puts it so.
    """
    day_text, separator, time_text = text.partition("T")
    day = read_date(day_text)
    if day is None:
        return None
    if not separator:
        return datetime(day.year, day.month, day.day)  # noqa: DTZ001  # FEEL has local date-times
    match = _TIME.fullmatch(time_text)
    clock = None if match is None else _time_of(match)
    if match is None or clock is None:
        return None
    moment = datetime.combine(day, clock)
    if match[10] and (match[5] or match[6]):
        sign = -1 if match[6] == "-" else 1
        offset = sign * timedelta(hours=int(match[7] or 0), minutes=int(match[8] or 0), seconds=int(match[9] or 0))
        if moment.utcoffset() != offset:
            moment = moment.replace(fold=1)
            if moment.utcoffset() != offset:
                return None
    return moment


def read_duration(text: str) -> timedelta | YearsMonthsDuration | None:
    """`P2DT3H`, `-PT0.5S`, `P1Y2M`."""
    match = _YEARS_MONTHS.fullmatch(text)
    if match is not None and (match[2] or match[3]):
        return months_duration((-1 if match[1] else 1) * (int(match[2] or 0) * 12 + int(match[3] or 0)))
    match = _DAYS_TIME.fullmatch(text)
    if match is None or not any(match.group(2, 3, 4, 5)):
        return None
    days, hours, minutes, seconds = (int(match[index] or 0) for index in range(2, 6))
    try:
        micros = int((match[6] or "")[:6].ljust(6, "0"))
        span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=micros)
        return -span if match[1] else span
    except OverflowError:
        return None


def months_duration(months: int) -> YearsMonthsDuration | None:
    """A duration of so many months, or None beyond any calendar."""
    return YearsMonthsDuration(months=months) if abs(months) < _MAX_MONTHS else None


def read_temporal(text: str) -> Temporal | None:
    """Whichever date, time or duration the text is, as in `@"…"`."""
    found: Temporal | None = None
    if "P" in text[:2]:
        found = read_duration(text)
    elif "T" in text[10:11]:
        found = read_date_and_time(text)
    elif ":" in text[2:3]:
        found = read_time(text)
    else:
        found = read_date(text)
    return found


def write(value: Temporal, *, exactly: bool = False) -> str:
    """A date, time or duration as text that `read_temporal` reads.

    `exactly` adds the offset before a named zone where an hour happens twice.
    """
    kind = type(value)
    if isinstance(value, datetime):
        offset = exactly and type(value.tzinfo) is ZoneInfo and value.fold
        return value.date().isoformat() + "T" + _write_time(value.timetz(), value.utcoffset() if offset else None)
    if isinstance(value, time):
        return _write_time(value, None)
    if kind is date:
        return value.isoformat()  # type: ignore[union-attr]  # `kind` says what it is
    if isinstance(value, YearsMonthsDuration):
        return _write_months(value.months)
    assert isinstance(value, timedelta)  # noqa: S101  # the only one left; tells mypy so
    return _write_span(value)


def _write_time(value: time, offset: timedelta | None) -> str:
    text = f"{value.hour:02}:{value.minute:02}:{value.second:02}"
    if value.microsecond:
        text += f".{value.microsecond:06}".rstrip("0")
    place = value.tzinfo
    if isinstance(place, ZoneInfo):
        return text + ("" if offset is None else _write_offset(offset)) + f"@{place.key}"
    whole_offset = value.utcoffset()
    if whole_offset is None:
        return text
    return text + (_write_offset(whole_offset) if whole_offset else "Z")


def _write_offset(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    text = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return text + (f":{seconds % 60:02}" if seconds % 60 else "")


def _write_months(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    text = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return ("-" if months < 0 else "") + "P" + (text or "0M")


def _write_span(span: timedelta) -> str:
    sign = ""
    if span < timedelta(0):
        sign, span = "-", -span
    hours, rest = divmod(span.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f".{span.microseconds:06}".rstrip("0") if span.microseconds else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    days = f"{span.days}D" if span.days else ""
    if not days and not clock:
        return "PT0S"
    return f"{sign}P{days}" + (f"T{clock}" if clock else "")
