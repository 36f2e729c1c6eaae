"""Functions that make one type from another (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from engine.errors import FeelError
from engine.feel import syntax
from engine.feel.builtins.signature import (
    ANY,
    DATE_TIME,
    DAY,
    NUMBER,
    SPAN,
    STRING,
    Builtin,
    form,
    forms,
    one_form,
    optional,
    parameter,
)
from engine.feel.notation import write_value
from engine.feel.numbers import ZERO, literal_number, whole
from engine.feel.run import Run
from engine.feel.temporal import months_duration, read_date, read_date_and_time, read_duration, read_time, zone
from engine.feel.values import FeelRange, YearsMonthsDuration

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")
_SEPARATORS = frozenset({" ", ",", "."})
_FROM_TEXT = parameter("from", STRING)


# dates and times


def _date_from_text(_run: Run, text: str) -> date | None:
    return read_date(text)


def _date_from_moment(_run: Run, moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _date_from_parts(_run: Run, year: Decimal, month: Decimal, day: Decimal) -> date | None:
    parts = _whole_parts(year, month, day)
    try:
        return None if parts is None else date(*parts)
    except (ValueError, OverflowError):
        return None


def _whole_parts(*numbers: Decimal) -> tuple[int, ...] | None:
    parts = tuple(whole(number) for number in numbers)
    return None if None in parts else parts  # type: ignore[return-value]  # none of them is None


def _moment_from_text(_run: Run, text: str) -> datetime | None:
    return read_date_and_time(text)


def _moment_from_moment(_run: Run, moment: date) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(tzinfo=timezone.utc))  # noqa: UP017


def _moment_from_day(run: Run, day: date, clock: time) -> datetime:
    return datetime.combine(_date_from_moment(run, day), clock)


def _moment_in_zone(_run: Run, moment: datetime, name: str) -> datetime | None:
    place = zone(name)
    if place is None:
        return None
    try:
        return moment.astimezone(place) if moment.utcoffset() is not None else moment.replace(tzinfo=place)
    except (OverflowError, ValueError):
        return None


def _moment_from_parts(run: Run, *parts: Any) -> datetime | None:
    day = _date_from_parts(run, *parts[:3])
    clock = _time_from_parts(run, *parts[3:])
    return None if day is None or clock is None else datetime.combine(day, clock)


def _time_from_text(_run: Run, text: str) -> time | None:
    return read_time(text)


def _time_from_moment(_run: Run, moment: Any) -> time:
    if isinstance(moment, time):
        return moment
    if isinstance(moment, datetime):
        return moment.timetz()
    return time(tzinfo=timezone.utc)  # noqa: UP017  # a date stands for its midnight in UTC


def _time_from_parts(
    _run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | str | None = None
) -> time | None:
    parts = _whole_parts(hour, minute)
    if parts is None or not 0 <= second < 60:
        return None
    try:
        place = zone(offset) if isinstance(offset, str) else None if offset is None else timezone(offset)
        if place is None and offset is not None:
            return None
        micros = int(second % 1 * 1_000_000)
        return time(parts[0], parts[1], int(second), micros, tzinfo=place)
    except (ValueError, OverflowError):
        return None


# durations


def _duration(_run: Run, text: str) -> timedelta | YearsMonthsDuration | None:
    return read_duration(text)


def _same_duration(_run: Run, span: Any) -> Any:
    return span if isinstance(span, timedelta | YearsMonthsDuration) else None


def _months_between(run: Run, start: date, end: date) -> YearsMonthsDuration | None:
    """Whole months from one day to the other; negative backwards."""
    if (start.year, start.month, start.day) > (end.year, end.month, end.day):
        backwards = _months_between(run, end, start)
        return None if backwards is None else months_duration(-backwards.months)
    months = (end.year - start.year) * 12 + end.month - start.month
    if end.day < start.day:
        months -= 1
    return months_duration(months)


# numbers, strings, ranges


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


def _range(run: Run, text: str) -> FeelRange | None:
    """The range that a text such as "[18..21)" writes; its ends must be literals."""
    from engine.feel.parser import Parser  # the parser knows the built-in functions' names

    run.spend(50 + 4 * len(text))
    try:
        node = Parser(text[:1_000], ()).whole_expression()
    except FeelError:
        return None
    if not isinstance(node, syntax.RangeOf):
        return None
    ends = [_end(run, end) for end in (node.start, node.end)]
    if None in (ends[0] if node.start else ZERO, ends[1] if node.end else ZERO):
        return None
    if node.start and node.end and type(ends[0]) is not type(ends[1]):
        return None
    return FeelRange(start=ends[0], end=ends[1], start_included=node.start_included, end_included=node.end_included)


_LITERAL_FUNCTIONS = {
    "date": read_date,
    "time": read_time,
    "date and time": read_date_and_time,
    "duration": read_duration,
}


def _end(_run: Run, node: syntax.Node | None) -> Any:
    if isinstance(node, syntax.Literal):
        return node.value
    if isinstance(node, syntax.Negation) and isinstance(node.operand, syntax.Literal):
        return -node.operand.value if type(node.operand.value) is Decimal else None
    if isinstance(node, syntax.Invocation) and isinstance(node.function, syntax.Name) and len(node.arguments) == 1:
        read, argument = _LITERAL_FUNCTIONS.get(node.function.name), node.arguments[0]
        if read is not None and isinstance(argument, syntax.Literal) and isinstance(argument.value, str):
            return read(argument.value)
    return None


_YEAR, _MONTH, _DAY = (parameter(name, NUMBER) for name in ("year", "month", "day"))
_HOUR, _MINUTE, _SECOND = (parameter(name, NUMBER) for name in ("hour", "minute", "second"))
_OFFSETS = SPAN | {type(None)} if SPAN else None

CONVERSION_FUNCTIONS: tuple[Builtin, ...] = (
    forms(
        "date",
        form(_date_from_text, _FROM_TEXT),
        form(_date_from_moment, parameter("from", DAY)),
        form(_date_from_parts, _YEAR, _MONTH, _DAY),
    ),
    forms(
        "date and time",
        form(_moment_from_text, _FROM_TEXT),
        form(_moment_from_moment, parameter("from", DAY)),
        form(_moment_from_day, parameter("date", DAY), parameter("time", frozenset({time}))),
        form(_moment_in_zone, parameter("date", DATE_TIME), parameter("timezone", STRING)),
        form(_moment_from_parts, _YEAR, _MONTH, _DAY, _HOUR, _MINUTE, _SECOND, optional("offset", _OFFSETS)),
        form(_moment_from_parts, _YEAR, _MONTH, _DAY, _HOUR, _MINUTE, _SECOND, parameter("timezone", STRING)),
    ),
    forms(
        "time",
        form(_time_from_text, _FROM_TEXT),
        form(_time_from_moment, parameter("from", frozenset({time, datetime, date}))),
        form(_time_from_parts, _HOUR, _MINUTE, _SECOND, optional("offset", _OFFSETS)),
    ),
    forms(
        "number",
        form(_number, _FROM_TEXT),
        form(_number_itself, parameter("from", NUMBER)),
        form(
            _number,
            _FROM_TEXT,
            parameter("grouping separator", frozenset({str, type(None)})),
            parameter("decimal separator", frozenset({str, type(None)})),
        ),
    ),
    one_form("string", _string, parameter("from", ANY)),
    forms("duration", form(_duration, _FROM_TEXT), form(_same_duration, parameter("from", ANY))),
    one_form("years and months duration", _months_between, parameter("from", DAY), parameter("to", DAY)),
    one_form("range", _range, _FROM_TEXT),
)
