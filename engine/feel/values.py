"""The values of FEEL, and the door through which Python values come in (DMN 1.5, 10.3.2).

| FEEL | Python |
|---|---|
| number | `Decimal`, 34 digits |
| string, boolean, null | `str`, `bool`, `None` |
| date, time, date and time | `date`, `time`, `datetime` |
| days and time duration | `timedelta` (under the name `DaysTimeDuration`) |
| years and months duration | `YearsMonthsDuration` |
| the same beyond Python's years or microseconds | `WideDate`, `WideTime`, `WideMoment`, `WideSpan` |
| list, context | `list`, `dict` with string keys |
| range, function | `FeelRange`, `FeelFunction` |
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from engine.errors import FeelError, FeelLimitError

#: Any of them: which it is shows only when it is looked at.
Value: TypeAlias = Any

DaysTimeDuration = timedelta

#: A number beyond 10 ** MAX_EXPONENT is refused: the range of a decimal64, far above what a policy counts.
MAX_EXPONENT = 384
#: How deep lists and contexts may stand in each other.
MAX_VALUE_DEPTH = 100


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class YearsMonthsDuration:
    """A duration of whole months, such as `duration("P1Y2M")` (14 months). May be negative."""

    months: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WideDate:
    """A day of the Gregorian calendar in a year before 1 or after 9999 (inside a `WideMoment`, in any year)."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WideTime:
    """A time of day finer than a microsecond (inside a `WideMoment`, of any fineness)."""

    #: since midnight
    nanoseconds: int
    zone: tzinfo | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WideMoment:
    """A date and time of which the year or the fraction is beyond Python's."""

    day: WideDate
    clock: WideTime
    #: 1 for the second of two equal hours, where the clocks go back
    fold: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class WideSpan:
    """A days and time duration finer than a microsecond, or longer than Python's. May be negative."""

    nanoseconds: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FeelRange:
    """The values between two ends, such as `[1..10)`. An end that is None is open, as in `(> 5)`."""

    start: Any
    end: Any
    start_included: bool
    end_included: bool
    #: "=" for `(= 5)`, "!=" for `(!= 5)`, which holds everything but its end; both ends are the value then
    sign: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class FeelFunction:
    """A function as a value: a function literal, a built-in function or one of the host's."""

    name: str
    #: None where the parameters are not known by name
    parameters: tuple[str, ...] | None
    #: takes the run and the arguments in order; never called with more arguments than `parameters`
    invoke: Callable[[Any, list[Any]], Any]
    #: its type as FEEL writes it (`TypeOf` of `syntax`), None where that is not known
    type: Any = None

    @classmethod
    def of_host(
        cls, name: str, parameters: tuple[str, ...], call: Callable[..., Any], *, type: Any = None
    ) -> FeelFunction:
        """A Python function of FEEL values (a business knowledge model, say) as a value for a scope."""
        return cls(
            name=name,
            parameters=parameters,
            invoke=lambda run, arguments: run.host(name, call, arguments, {}),
            type=type,
        )


#: types taken as they are
PLAIN = frozenset(
    {str, bool, type(None), date, time, datetime, timedelta, YearsMonthsDuration, FeelFunction}
    | {WideDate, WideTime, WideMoment, WideSpan}
)


def kind_of(value: Any) -> str:
    """The FEEL name of a value's type, for messages and for `instance of`."""
    return _KINDS.get(type(value), "Any")


_KINDS: dict[type, str] = {
    Decimal: "number",
    str: "string",
    bool: "boolean",
    type(None): "Null",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    WideDate: "date",
    WideTime: "time",
    WideMoment: "date and time",
    WideSpan: "days and time duration",
    YearsMonthsDuration: "years and months duration",
    list: "list",
    dict: "context",
    FeelRange: "range",
    FeelFunction: "function",
}


def admit(value: Any, name: str, spend: Callable[[int], None], depth: int = 0) -> Any:
    """A Python value as a FEEL value; `name` is the fact it stands in, for the message.

    Numbers become `Decimal`, tuples lists, mappings contexts. Raises FeelError for anything that is not a FEEL value,
    so that no foreign object ever gets into an expression.
    """
    kind = type(value)
    if kind is Decimal:
        return _admit_decimal(value, name)
    if kind in PLAIN:
        return _with_known_zone(value) if kind is datetime or kind is time else value
    if depth > MAX_VALUE_DEPTH:
        raise FeelLimitError(f"'{name}' holds lists inside lists too deeply.", expression=name)
    if isinstance(value, list | tuple):
        spend(1 + len(value))
        return [admit(item, name, spend, depth + 1) for item in value]
    if isinstance(value, Mapping):
        spend(1 + len(value))
        return {_admit_key(key, name): admit(item, name, spend, depth + 1) for key, item in value.items()}
    if isinstance(value, FeelRange):
        return FeelRange(
            start=admit(value.start, name, spend, depth + 1),
            end=admit(value.end, name, spend, depth + 1),
            start_included=value.start_included,
            end_included=value.end_included,
            sign=value.sign,
        )
    return _admit_related(value, name)


def _admit_decimal(value: Decimal, name: str) -> Decimal | None:
    if not value.is_finite():
        return None
    if not -MAX_EXPONENT <= value.adjusted() <= MAX_EXPONENT:
        raise FeelLimitError(f"'{name}' is a number larger or finer than any policy needs.", expression=name)
    return value


def _admit_key(key: Any, name: str) -> str:
    if not isinstance(key, str):
        raise FeelError(f"'{name}' holds a context with a key that is not a text.", expression=name)
    return str.__str__(key)


def _admit_related(value: Any, name: str) -> Any:
    """Python's other numbers, and subclasses of the types that FEEL takes (an enum of strings, say)."""
    if isinstance(value, int):
        if value.bit_length() > 1280:  # just above 10 ** MAX_EXPONENT; turning a longer one to digits takes long
            raise FeelLimitError(f"'{name}' is a number larger than any policy needs.", expression=name)
        return Decimal(int(value))
    if isinstance(value, float):
        return _admit_decimal(Decimal(float.__repr__(value)), name) if math.isfinite(value) else None
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Decimal):
        return _admit_decimal(Decimal(value), name)
    if isinstance(value, datetime):
        day, clock = date(value.year, value.month, value.day), value.timetz()
        return _with_known_zone(datetime.combine(day, clock))
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, timedelta):
        return timedelta(value.days, value.seconds, value.microseconds)
    raise FeelError(f"'{name}' holds something that is not a value an expression can read.", expression=name)


def _with_known_zone(value: Any) -> Any:
    """Foreign time zone classes become fixed offsets, so that a value can be written down and read again."""
    zone: tzinfo | None = value.tzinfo
    if zone is None or type(zone) is timezone or type(zone) is ZoneInfo:
        return value
    offset = value.utcoffset()
    return value.replace(tzinfo=None if offset is None else timezone(offset))
