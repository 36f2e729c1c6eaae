"""What a path reads: entries of contexts, parts of dates, durations and ranges (DMN 1.5, table 65 and 10.3.2.7).

This is the only place where a dot is followed, and it knows no Python attribute that is not named here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.feel.run import Run
from engine.feel.values import FeelRange, WideDate, WideMoment, WideSpan, WideTime, YearsMonthsDuration, kind_of
from engine.feel.wide import DAY, SECOND, moment_of, number_of, offset_of, seconds_of, span_of, time_offset

_Parts = dict[str, Callable[[Any], Any]]


def _offset(value: Any) -> timedelta | None:
    found: timedelta | None = value.utcoffset()
    return found


def _zone_name(value: Any) -> str | None:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _seconds(value: Any) -> Decimal:
    whole = Decimal(value.second)
    return whole + Decimal(value.microsecond) / 1_000_000 if value.microsecond else whole


def _part_of_span(unit: int, most: int | None) -> Callable[[Any], Decimal]:
    """How many whole units (in nanoseconds) a duration holds beyond the next larger ones, with its sign."""

    def read(span: Any) -> Decimal:
        nanoseconds = span_of(span)
        count = abs(nanoseconds) // unit
        return _signed(count if most is None else count % most, nanoseconds)

    return read


def _signed(count: int, sign: int) -> Decimal:
    return Decimal(-count if sign < 0 else count)


def _span_seconds(span: Any) -> Decimal:
    nanoseconds = span_of(span)
    seconds = seconds_of(abs(nanoseconds))
    return -seconds if nanoseconds < 0 else seconds


_DAY: _Parts = {
    "year": lambda day: Decimal(day.year),
    "month": lambda day: Decimal(day.month),
    "day": lambda day: Decimal(day.day),
    "weekday": lambda day: Decimal(day.isoweekday()),
}
_CLOCK: _Parts = {
    "hour": lambda clock: Decimal(clock.hour),
    "minute": lambda clock: Decimal(clock.minute),
    "second": _seconds,
    "time offset": _offset,
    "timezone": _zone_name,
}
_SPAN: _Parts = {
    "days": _part_of_span(DAY, None),
    "hours": _part_of_span(3600 * SECOND, 24),
    "minutes": _part_of_span(60 * SECOND, 60),
    "seconds": _span_seconds,
}
_WIDE_DAY: _Parts = {
    **{name: _DAY[name] for name in ("year", "month", "day")},
    "weekday": lambda day: Decimal((number_of(day) + 3) % 7 + 1),  # 1 January 1970 was a Thursday
}
_WIDE_CLOCK: _Parts = {
    "hour": lambda clock: Decimal(clock.nanoseconds // (3600 * SECOND)),
    "minute": lambda clock: Decimal(clock.nanoseconds // (60 * SECOND) % 60),
    "second": lambda clock: seconds_of(clock.nanoseconds),
    "time offset": time_offset,
    "timezone": lambda clock: clock.zone.key if isinstance(clock.zone, ZoneInfo) else None,
}


def _of_day(part: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda moment: part(moment.day)


def _of_clock(part: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda moment: part(moment.clock)


def _wide_offset(moment: WideMoment) -> timedelta | None:
    return None if moment.clock.zone is None else timedelta(microseconds=offset_of(moment_of(moment)) // 1000)


_PARTS: dict[type, _Parts] = {
    date: _DAY,
    time: _CLOCK,
    datetime: {**_DAY, **_CLOCK},
    timedelta: _SPAN,
    WideSpan: _SPAN,
    WideDate: _WIDE_DAY,
    WideTime: _WIDE_CLOCK,
    WideMoment: {
        **{name: _of_day(part) for name, part in _WIDE_DAY.items()},
        **{name: _of_clock(part) for name, part in _WIDE_CLOCK.items()},
        "time offset": _wide_offset,
    },
    YearsMonthsDuration: {
        "years": lambda span: Decimal(int(span.months / 12)),
        "months": lambda span: Decimal(span.months - int(span.months / 12) * 12),
    },
    FeelRange: {
        "start": lambda range_: range_.start,
        "end": lambda range_: range_.end,
        "start included": lambda range_: range_.start_included,
        "end included": lambda range_: range_.end_included,
    },
}


def parts_of(kind: type) -> frozenset[str]:
    """The names that may stand behind a dot after a value of this type; none of a context or list."""
    return frozenset(_PARTS.get(kind, ()))


def read_path(run: Run, value: Any, name: str) -> Any:
    """`value.name`; of a list, the list of what its items have there. Null where there is nothing."""
    kind = type(value)
    if kind is dict:
        if name in value:
            return value[name]
        run.warn(f"There is no '{name}' in this context.")
        return None
    if kind is list:
        run.hold(len(value))
        return [read_path(run, item, name) for item in value]
    part = _PARTS.get(kind, {}).get(name)
    if part is not None:
        return part(value)
    if value is not None:
        run.warn(f"A {kind_of(value)} has no '{name}'.")
    return None
