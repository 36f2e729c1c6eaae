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
from engine.feel.values import FeelRange, YearsMonthsDuration, kind_of

_Parts = dict[str, Callable[[Any], Any]]


def _offset(value: Any) -> timedelta | None:
    found: timedelta | None = value.utcoffset()
    return found


def _zone_name(value: Any) -> str | None:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _seconds(value: Any) -> Decimal:
    whole = Decimal(value.second)
    return whole + Decimal(value.microsecond) / 1_000_000 if value.microsecond else whole


def _signed(part: Callable[[timedelta], int]) -> Callable[[timedelta], Decimal]:
    def read(span: timedelta) -> Decimal:
        return Decimal(-part(-span) if span < timedelta(0) else part(span))

    return read


def _span_seconds(span: timedelta) -> Decimal:
    positive = -span if span < timedelta(0) else span
    seconds = Decimal(positive.seconds % 60) + Decimal(positive.microseconds) / 1_000_000
    return -seconds if span < timedelta(0) else seconds


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
_PARTS: dict[type, _Parts] = {
    date: _DAY,
    time: _CLOCK,
    datetime: {**_DAY, **_CLOCK},
    timedelta: {
        "days": _signed(lambda span: span.days),
        "hours": _signed(lambda span: span.seconds // 3600),
        "minutes": _signed(lambda span: span.seconds // 60 % 60),
        "seconds": _span_seconds,
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
