"""Functions that make one type from another (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from engine.feel.builtins.range_text import RANGE_FROM_TEXT
from engine.feel.builtins.signature import (
    ANY,
    DATE,
    DATE_TIME,
    DAY,
    MONTHS,
    NUMBER,
    SPANS,
    STRING,
    TIME,
    Builtin,
    Like,
    form,
    forms,
    one_form,
    optional,
    parameter,
)
from engine.feel.notation import write_value
from engine.feel.numbers import NUMBERS, literal_number, whole
from engine.feel.run import Run
from engine.feel.temporal import (
    Date,
    DateAndTime,
    Span,
    Time,
    make_date,
    months_duration,
    read_date,
    read_date_and_time,
    read_duration,
    read_time,
    zone,
)
from engine.feel.values import WideDate, WideMoment, WideSpan, WideTime, YearsMonthsDuration
from engine.feel.wide import (
    SECOND,
    MomentParts,
    clock_of,
    moment_of,
    narrow_date,
    narrow_moment,
    narrow_time,
    number_of,
    zoned,
)

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")
_SEPARATORS = frozenset({" ", ",", "."})
_FROM_TEXT = parameter("from", STRING)


# dates and times


def _date_from_text(_run: Run, text: str) -> Date | None:
    return read_date(text)


def _date_from_moment(_run: Run, moment: Any) -> Date:
    if isinstance(moment, WideMoment):
        return narrow_date(number_of(moment.day)) or moment.day
    return moment.date() if isinstance(moment, datetime) else moment


def _date_from_parts(_run: Run, year: Decimal, month: Decimal, day: Decimal) -> Date | None:
    parts = _whole_parts(year, month, day)
    return None if parts is None else make_date(*parts)


def _whole_parts(*numbers: Decimal) -> tuple[int, ...] | None:
    parts = tuple(whole(number) for number in numbers)
    return None if None in parts else parts  # type: ignore[return-value]  # none of them is None


def _moment_from_text(_run: Run, text: str) -> DateAndTime | None:
    return read_date_and_time(text)


def _moment_from_moment(_run: Run, moment: Any) -> DateAndTime | None:
    if isinstance(moment, datetime | WideMoment):
        return moment
    return narrow_moment(MomentParts(number_of(moment), 0, timezone.utc))  # noqa: UP017


def _moment_from_day(run: Run, day: Any, clock: Time) -> DateAndTime | None:
    held = _date_from_moment(run, day)
    if isinstance(held, date) and isinstance(clock, time):
        return datetime.combine(held, clock)
    zone_of_clock = clock.zone if isinstance(clock, WideTime) else clock.tzinfo
    return narrow_moment(MomentParts(number_of(held), clock_of(clock), zone_of_clock))


def _moment_in_zone(_run: Run, moment: DateAndTime, name: str) -> DateAndTime | None:
    place = zone(name)
    if place is None:
        return None
    found = moment_of(moment)
    return narrow_moment(replace(found, zone=place) if found.zone is None else zoned(found.instant, place))


def _moment_from_parts(run: Run, *parts: Any) -> DateAndTime | None:
    day = _date_from_parts(run, *parts[:3])
    clock = _time_from_parts(run, *parts[3:])
    return None if day is None or clock is None else _moment_from_day(run, day, clock)


def _time_from_text(_run: Run, text: str) -> Time | None:
    return read_time(text)


def _time_from_moment(_run: Run, moment: Any) -> Time:
    if isinstance(moment, time | WideTime):
        return moment
    if isinstance(moment, datetime):
        return moment.timetz()
    if isinstance(moment, WideMoment):
        return narrow_time(moment.clock.nanoseconds, moment.clock.zone)
    return time(tzinfo=timezone.utc)  # noqa: UP017  # a date stands for its midnight in UTC


def _time_from_parts(run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: Any = None) -> Time | None:
    parts = _whole_parts(hour, minute)
    if parts is None or not (0 <= parts[0] < 24 and 0 <= parts[1] < 60 and 0 <= second < 60):
        return None
    nanoseconds = NUMBERS.multiply(second, Decimal(SECOND))
    if nanoseconds != nanoseconds.to_integral_value():
        run.warn("A time finer than a nanosecond cannot be held.")
        return None
    place = zone(offset) if isinstance(offset, str) else None if offset is None else _fixed_zone(offset)
    if place is None and offset is not None:
        return None
    return narrow_time((parts[0] * 60 + parts[1]) * 60 * SECOND + int(nanoseconds), place)


def _fixed_zone(offset: Any) -> timezone | None:
    """The zone so far ahead of UTC; up to 18 hours, in whole seconds, as a text may say."""
    if not isinstance(offset, timedelta) or abs(offset) > timedelta(hours=18) or offset.microseconds:
        return None
    return timezone(offset)


# durations


def _duration(_run: Run, text: str) -> Span | YearsMonthsDuration | None:
    return read_duration(text)


def _same_duration(_run: Run, span: Any) -> Any:
    return span


def _months_between(run: Run, first: Any, last: Any) -> YearsMonthsDuration | None:
    """Whole months from one day to the other; negative backwards."""
    start, end = _date_from_moment(run, first), _date_from_moment(run, last)
    if (start.year, start.month, start.day) > (end.year, end.month, end.day):
        backwards = _months_between(run, end, start)
        return None if backwards is None else months_duration(-backwards.months)
    months = (end.year - start.year) * 12 + end.month - start.month
    if end.day < start.day:
        months -= 1
    return months_duration(months)


# numbers, strings


def _number(run: Run, text: str, grouping: str | None = None, point: str | None = None) -> Decimal | None:
    if len(text) > 1_000 or (grouping is not None and grouping == point):
        return None
    if (grouping is not None and grouping not in _SEPARATORS) or (point is not None and point not in {",", "."}):
        run.warn("'number' takes a blank, a comma or a point as separators.")
        return None
    if grouping is not None:
        text = text.replace(grouping, "")
    if point is not None:
        text = text.replace(point, ".")
    if _NUMBER.fullmatch(text) is None:
        return None
    return literal_number(text, run.text, 0)


def _number_itself(_run: Run, number: Decimal) -> Decimal:
    return number


def _string(run: Run, value: Any) -> str | None:
    return None if value is None else value if type(value) is str else write_value(value, run)


_YEAR, _MONTH, _DAY = (parameter(name, NUMBER) for name in ("year", "month", "day"))
_HOUR, _MINUTE, _SECOND = (parameter(name, NUMBER) for name in ("hour", "minute", "second"))
_OFFSETS = frozenset({timedelta, WideSpan, type(None)})

CONVERSION_FUNCTIONS: tuple[Builtin, ...] = (
    forms(
        "date",
        form(_date_from_text, _FROM_TEXT, gives=DATE),
        form(_date_from_moment, parameter("from", DAY), gives=DATE),
        form(_date_from_parts, _YEAR, _MONTH, _DAY, gives=DATE),
    ),
    forms(
        "date and time",
        form(_moment_from_text, _FROM_TEXT, gives=DATE_TIME),
        form(_moment_from_moment, parameter("from", DAY), gives=DATE_TIME),
        form(_moment_from_day, parameter("date", DAY), parameter("time", TIME), gives=DATE_TIME),
        form(_moment_in_zone, parameter("date", DATE_TIME), parameter("timezone", STRING), gives=DATE_TIME),
        form(
            _moment_from_parts,
            _YEAR,
            _MONTH,
            _DAY,
            _HOUR,
            _MINUTE,
            _SECOND,
            optional("offset", _OFFSETS),
            gives=DATE_TIME,
        ),
        form(
            _moment_from_parts,
            _YEAR,
            _MONTH,
            _DAY,
            _HOUR,
            _MINUTE,
            _SECOND,
            parameter("timezone", STRING),
            gives=DATE_TIME,
        ),
    ),
    forms(
        "time",
        form(_time_from_text, _FROM_TEXT, gives=TIME),
        form(
            _time_from_moment,
            parameter("from", frozenset({time, WideTime, datetime, WideMoment, date, WideDate})),
            gives=TIME,
        ),
        form(_time_from_parts, _HOUR, _MINUTE, _SECOND, optional("offset", _OFFSETS), gives=TIME),
    ),
    forms(
        "number",
        form(_number, _FROM_TEXT, gives=NUMBER),
        form(_number_itself, parameter("from", NUMBER), gives=NUMBER),
        form(
            _number,
            _FROM_TEXT,
            parameter("grouping separator", frozenset({str, type(None)})),
            parameter("decimal separator", frozenset({str, type(None)})),
            gives=NUMBER,
        ),
    ),
    one_form("string", _string, parameter("from", ANY), gives=STRING),
    forms(
        "duration",
        form(_duration, _FROM_TEXT, gives=SPANS),
        form(_same_duration, parameter("from", SPANS), gives=Like.VALUE),
    ),
    one_form("years and months duration", _months_between, parameter("from", DAY), parameter("to", DAY), gives=MONTHS),
    RANGE_FROM_TEXT,
)
