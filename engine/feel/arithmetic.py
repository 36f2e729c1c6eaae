"""`+ - * / **` on numbers, texts, dates and durations (DMN 1.5, 10.3.2.14, tables 55 to 57).

What has no meaning is null. Adding months to the 31st gives the last day of a shorter month.
"""

from __future__ import annotations

import calendar
import decimal
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from engine.feel.comparison import instant
from engine.feel.numbers import NUMBERS, ONE, TOO_LARGE, ZERO
from engine.feel.run import Run
from engine.feel.temporal import months_duration
from engine.feel.values import WideSpan, YearsMonthsDuration, kind_of
from engine.feel.wide_sums import WIDE, wide_negative, wide_sum

Operation = Callable[[Run, Any, Any], Any]
_DAY = timedelta(days=1)


def add(run: Run, left: Any, right: Any) -> Any:
    """`left + right`."""
    if type(left) is Decimal is type(right):
        return _number(run, NUMBERS.add, left, right)
    if type(left) is str is type(right):
        run.grow(len(left) + len(right))
        return left + right
    return _temporal(run, _ADD, left, right, "+")


def subtract(run: Run, left: Any, right: Any) -> Any:
    """`left - right`."""
    if type(left) is Decimal is type(right):
        return _number(run, NUMBERS.subtract, left, right)
    return _temporal(run, _SUBTRACT, left, right, "-")


def multiply(run: Run, left: Any, right: Any) -> Any:
    """`left * right`."""
    if type(left) is Decimal is type(right):
        return _number(run, NUMBERS.multiply, left, right)
    return _temporal(run, _MULTIPLY, left, right, "*")


def divide(run: Run, left: Any, right: Any) -> Any:
    """`left / right`; null for a division by zero."""
    if type(left) is Decimal is type(right):
        if not right:
            run.warn("A division by zero gives no value.")
            return None
        return _number(run, NUMBERS.divide, left, right)
    return _temporal(run, _DIVIDE, left, right, "/")


def power(run: Run, left: Any, right: Any) -> Any:
    """`left ** right`."""
    if type(left) is Decimal is type(right):
        run.spend(50)  # a power of 34 digits costs as much as many small parts
        if not left:
            # Python refuses 0 ** 0; FEEL says 1, as Java's pow and every other FEEL does
            return ONE if not right else (ZERO if right > 0 else None)
        return _number(run, NUMBERS.power, left, right)
    return _unlike(run, left, right, "**")


def negate(run: Run, value: Any) -> Any:
    """`-value`."""
    if type(value) is Decimal:
        return NUMBERS.minus(value)
    if type(value) is timedelta or type(value) is WideSpan:
        return _guarded(run, lambda: wide_negative(value))
    if type(value) is YearsMonthsDuration:
        return YearsMonthsDuration(months=-value.months)
    if value is not None:
        run.warn(f"A {kind_of(value)} has no negative.")
    return None


OPERATIONS: dict[str, Operation] = {"+": add, "-": subtract, "*": multiply, "/": divide, "**": power}


def _number(run: Run, operation: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal) -> Any:
    try:
        return operation(left, right)
    except decimal.Overflow:
        run.limit(TOO_LARGE)
    except (decimal.InvalidOperation, decimal.DivisionByZero):
        return None


def _temporal(run: Run, table: dict[tuple[type, type], Callable[[Any, Any], Any]], a: Any, b: Any, sign: str) -> Any:
    operation = table.get((type(a), type(b)))
    if operation is None:
        return _guarded(run, lambda: wide_sum(sign, a, b)) if _is_wide(a, b) else _unlike(run, a, b, sign)
    return _guarded(run, lambda: operation(a, b), lambda: wide_sum(sign, a, b))


def _is_wide(a: Any, b: Any) -> bool:
    kinds = {type(a), type(b)}
    return not kinds.isdisjoint(WIDE) and None not in (a, b)


def _guarded(run: Run, compute: Callable[[], Any], beyond: Callable[[], Any] | None = None) -> Any:
    """What `compute` gives; `beyond` is asked where that is outside of what Python's own types hold."""
    found = None
    try:
        found = compute()
    except OverflowError:
        found = None if beyond is None else _guarded(run, beyond)
        if found is not None or beyond is not None:
            return found
    except (ValueError, TypeError, ZeroDivisionError, decimal.DecimalException):
        pass  # one with a zone and one without, or a duration beyond any calendar
    if found is None:
        run.warn("This sum of dates or durations has no value.")
    return found


def _unlike(run: Run, left: Any, right: Any, sign: str) -> None:
    if left is not None and right is not None:
        run.warn(f"'{sign}' has no meaning between a {kind_of(left)} and a {kind_of(right)}.")


# dates and durations

_Months = YearsMonthsDuration


def add_months(day: Any, months: int) -> Any:
    """A date or date-time so many months on, on the corresponding day or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def _move(moment: datetime, span: timedelta) -> datetime:
    # along the time line, so that an hour is an hour where the clocks change
    return moment + span if moment.utcoffset() is None else (instant(moment) + span).astimezone(moment.tzinfo)


def _move_date(day: date, span: timedelta) -> date:
    return day + timedelta(days=span // _DAY)


def _move_time(clock: time, span: timedelta) -> time:
    return (datetime.combine(date(2000, 1, 1), clock) + span % _DAY).timetz()


def _between(left: datetime, right: datetime) -> timedelta:
    if (left.utcoffset() is None) != (right.utcoffset() is None):
        raise TypeError
    return instant(left) - instant(right)


def _midnight(day: date) -> datetime:
    # in UTC, so that a date-time without a zone is no known time away from it
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc)  # noqa: UP017


def _between_times(left: time, right: time) -> timedelta:
    if (left.utcoffset() is None) != (right.utcoffset() is None):
        raise TypeError
    base = date(2000, 1, 1)
    return datetime.combine(base, left) - datetime.combine(base, right)


def _ratio(left: timedelta, right: timedelta) -> Decimal:
    unit = timedelta(microseconds=1)
    return NUMBERS.divide(Decimal(left // unit), Decimal(right // unit))


_ADD: dict[tuple[type, type], Callable[[Any, Any], Any]] = {
    (date, timedelta): _move_date,
    (timedelta, date): lambda a, b: _move_date(b, a),
    (datetime, timedelta): _move,
    (timedelta, datetime): lambda a, b: _move(b, a),
    (time, timedelta): _move_time,
    (timedelta, time): lambda a, b: _move_time(b, a),
    (date, _Months): lambda a, b: add_months(a, b.months),
    (_Months, date): lambda a, b: add_months(b, a.months),
    (datetime, _Months): lambda a, b: add_months(a, b.months),
    (_Months, datetime): lambda a, b: add_months(b, a.months),
    (timedelta, timedelta): lambda a, b: a + b,
    (_Months, _Months): lambda a, b: months_duration(a.months + b.months),
}
_SUBTRACT: dict[tuple[type, type], Callable[[Any, Any], Any]] = {
    (date, date): lambda a, b: a - b,
    (datetime, datetime): _between,
    (date, datetime): lambda a, b: _between(_midnight(a), b),
    (datetime, date): lambda a, b: _between(a, _midnight(b)),
    (time, time): _between_times,
    (date, timedelta): lambda a, b: _move_date(a, -b),
    (datetime, timedelta): lambda a, b: _move(a, -b),
    (time, timedelta): lambda a, b: _move_time(a, -b),
    (date, _Months): lambda a, b: add_months(a, -b.months),
    (datetime, _Months): lambda a, b: add_months(a, -b.months),
    (timedelta, timedelta): lambda a, b: a - b,
    (_Months, _Months): lambda a, b: months_duration(a.months - b.months),
}
_MULTIPLY: dict[tuple[type, type], Callable[[Any, Any], Any]] = {
    (timedelta, Decimal): lambda a, b: wide_sum("*", a, b),
    (Decimal, timedelta): lambda a, b: wide_sum("*", a, b),
    (_Months, Decimal): lambda a, b: months_duration(int(NUMBERS.multiply(Decimal(a.months), b))),
    (Decimal, _Months): lambda a, b: months_duration(int(NUMBERS.multiply(Decimal(b.months), a))),
}
_DIVIDE: dict[tuple[type, type], Callable[[Any, Any], Any]] = {
    (timedelta, Decimal): lambda a, b: wide_sum("/", a, b),
    (timedelta, timedelta): _ratio,
    (_Months, Decimal): lambda a, b: months_duration(int(NUMBERS.divide(Decimal(a.months), b))),
    (_Months, _Months): lambda a, b: NUMBERS.divide(Decimal(a.months), Decimal(b.months)),
}
