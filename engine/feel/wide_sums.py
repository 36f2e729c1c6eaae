"""Order and arithmetic of dates, times and durations where one of them, or the result, is beyond Python's types.

The rules are those of `arithmetic` and `comparison`; this is asked only where these find no way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from engine.feel.numbers import NUMBERS
from engine.feel.values import WideDate, WideMoment, WideSpan, WideTime, YearsMonthsDuration
from engine.feel.wide import (
    DAY,
    MomentParts,
    clock_of,
    moment_of,
    moved_by_months,
    narrow_date,
    narrow_moment,
    narrow_span,
    narrow_time,
    number_of,
    span_of,
    time_line,
    time_offset,
    zoned,
)

WIDE = frozenset({WideDate, WideTime, WideMoment, WideSpan})
#: the kinds as one word, whichever type holds the value
_KINDS: dict[type, str] = {
    date: "date",
    WideDate: "date",
    time: "time",
    WideTime: "time",
    datetime: "moment",
    WideMoment: "moment",
    timedelta: "span",
    WideSpan: "span",
    YearsMonthsDuration: "months",
    Decimal: "number",
}


#: what may also stand first, in a sum that is written with it last
_AFTER = {"+": ("span", "months"), "*": ("number",)}


def _zone_of(value: Any) -> Any:
    if isinstance(value, WideMoment):
        return value.clock.zone
    return value.zone if isinstance(value, WideTime) else value.tzinfo


def wide_order(left: Any, right: Any) -> int | None:
    """-1, 0 or 1; None where there is no order between the two, or neither is beyond Python's types."""
    if type(left) not in WIDE and type(right) not in WIDE:
        return None
    kind = _KINDS.get(type(left))
    if kind != _KINDS.get(type(right)):
        return None
    if kind == "time" and time_line(left) != time_line(right):
        return None
    if kind == "moment" and (_zone_of(left) is None) != (_zone_of(right) is None):
        return None
    one, other = _PLACES[str(kind)](left), _PLACES[str(kind)](right)
    return int(one > other) - int(one < other)


def _time_place(clock: time | WideTime) -> int:
    offset = time_offset(clock)
    return clock_of(clock) - (0 if offset is None else span_of(offset))


#: where a value of a kind stands on its line
_PLACES: dict[str, Callable[[Any], int]] = {
    "date": number_of,
    "time": _time_place,
    "moment": lambda moment: moment_of(moment).instant,
    "span": span_of,
}


def wide_sum(sign: str, left: Any, right: Any) -> Any:
    """`left sign right`, or None where that has no meaning or no value."""
    kinds = _KINDS.get(type(left)), _KINDS.get(type(right))
    if kinds[0] in _AFTER.get(sign, ()) and kinds[1] not in _AFTER[sign]:
        left, right, kinds = right, left, (kinds[1], kinds[0])
    operation = _SUMS.get((sign, *kinds))
    return None if operation is None else operation(left, right)


def wide_negative(span: timedelta | WideSpan) -> Any:
    return narrow_span(-span_of(span))


def _moved(moment: Any, nanoseconds: int) -> Any:
    found = moment_of(moment)
    return narrow_moment(zoned(found.instant + nanoseconds, found.zone))


def _moved_by_months(moment: Any, months: int) -> Any:
    found = moment_of(moment)
    day = moved_by_months(found.day, months)
    return None if day is None else narrow_moment(replace(found, day=day))


def _moved_time(clock: Any, nanoseconds: int) -> Any:
    return narrow_time((clock_of(clock) + nanoseconds) % DAY, _zone_of(clock))


def _apart(left: MomentParts, right: MomentParts) -> Any:
    if (left.zone is None) != (right.zone is None):
        return None
    return narrow_span(left.instant - right.instant)


def _midnight(day: Any) -> MomentParts:
    # in UTC, so that a date-time without a zone is no known time away from it
    return MomentParts(number_of(day), 0, timezone.utc)  # noqa: UP017


def _scaled(span: Any, factor: Decimal) -> Any:
    return narrow_span(int(NUMBERS.multiply(Decimal(span_of(span)), factor).to_integral_value()))


def _divided(span: Any, divisor: Decimal) -> Any:
    if not divisor:
        return None
    return narrow_span(int(NUMBERS.divide(Decimal(span_of(span)), divisor).to_integral_value()))


def _ratio(left: Any, right: Any) -> Decimal | None:
    divisor = span_of(right)
    return NUMBERS.divide(Decimal(span_of(left)), Decimal(divisor)) if divisor else None


def _times_apart(left: Any, right: Any) -> Any:
    if (_zone_of(left) is None) != (_zone_of(right) is None):
        return None
    return narrow_span(_time_place(left) - _time_place(right))


_SUMS: dict[tuple[str, str | None, str | None], Callable[[Any, Any], Any]] = {
    ("+", "date", "span"): lambda a, b: narrow_date(number_of(a) + span_of(b) // DAY),
    ("+", "time", "span"): lambda a, b: _moved_time(a, span_of(b)),
    ("+", "moment", "span"): lambda a, b: _moved(a, span_of(b)),
    ("+", "date", "months"): lambda a, b: narrow_date(moved_by_months(number_of(a), b.months)),
    ("+", "moment", "months"): lambda a, b: _moved_by_months(a, b.months),
    ("+", "span", "span"): lambda a, b: narrow_span(span_of(a) + span_of(b)),
    ("-", "date", "date"): lambda a, b: narrow_span((number_of(a) - number_of(b)) * DAY),
    ("-", "moment", "moment"): lambda a, b: _apart(moment_of(a), moment_of(b)),
    ("-", "date", "moment"): lambda a, b: _apart(_midnight(a), moment_of(b)),
    ("-", "moment", "date"): lambda a, b: _apart(moment_of(a), _midnight(b)),
    ("-", "time", "time"): _times_apart,
    ("-", "date", "span"): lambda a, b: narrow_date(number_of(a) + -span_of(b) // DAY),
    ("-", "time", "span"): lambda a, b: _moved_time(a, -span_of(b)),
    ("-", "moment", "span"): lambda a, b: _moved(a, -span_of(b)),
    ("-", "date", "months"): lambda a, b: narrow_date(moved_by_months(number_of(a), -b.months)),
    ("-", "moment", "months"): lambda a, b: _moved_by_months(a, -b.months),
    ("-", "span", "span"): lambda a, b: narrow_span(span_of(a) - span_of(b)),
    ("*", "span", "number"): _scaled,
    ("/", "span", "number"): _divided,
    ("/", "span", "span"): _ratio,
}
