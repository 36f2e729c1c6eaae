"""What a policy owner may call in an expression to count time.

Arguments and results are FEEL values: a day is a `date`, a number a `Decimal`. An instant is taken as the day it falls
on in Europe/London. An argument that is null gives null, as FEEL's own functions do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from inspect import signature
from types import MappingProxyType

from engine.calendar.limits import GREATEST_AMOUNT, Unit
from engine.calendar.working_days import Calendar
from engine.clock import local_date
from engine.errors import BadInputError, FeelError

FeelFunction = Callable[..., object]


def feel_functions(calendar: Calendar) -> Mapping[str, FeelFunction]:
    """The functions by name, each counting with `calendar`; their parameters may be given by position or by name.

    Each raises FeelError with a plain sentence where an argument is of the wrong kind, a number is not whole or beyond
    100,000, or a day lies outside the years the calendar knows.
    """

    def working_days_after(day: object, n: object) -> object:
        return calendar.working_days_after(_day(day), _whole(n))

    def working_days_between(a: object, b: object) -> object:
        return Decimal(calendar.working_days_between(_day(a), _day(b)))

    def is_working_day(day: object) -> object:
        return calendar.is_working_day(_day(day))

    def months_after(day: object, n: object) -> object:
        return calendar.months_after(_day(day), _whole(n))

    def last_day_of_period(day: object, amount: object, unit: object) -> object:
        return calendar.beginning_with(_day(day), _whole(amount), _unit(unit))

    def days_between(a: object, b: object) -> object:
        return Decimal((_day(b) - _day(a)).days)

    functions: dict[str, FeelFunction] = {
        "working days after": working_days_after,
        "working days between": working_days_between,
        "is working day": is_working_day,
        "months after": months_after,
        "last day of period beginning with": last_day_of_period,
        "days between": days_between,
    }
    return MappingProxyType({name: _as_feel(name, function) for name, function in functions.items()})


def _as_feel(name: str, function: FeelFunction) -> FeelFunction:
    parameters = tuple(signature(function).parameters)
    takes = f"{name} takes {len(parameters)} argument{'s' if len(parameters) > 1 else ''}: {', '.join(parameters)}."

    @wraps(function)  # keeps the parameters' names visible to whoever calls by name
    def call(*arguments: object, **named: object) -> object:
        left_to_name = parameters[len(arguments) :]
        if len(arguments) + len(named) != len(parameters) or not named.keys() <= set(left_to_name):
            raise FeelError(takes, expression=name)
        if any(argument is None for argument in (*arguments, *named.values())):
            return None
        try:
            return function(*arguments, **named)
        except BadInputError as error:
            raise FeelError(f"{name}: {error}", expression=name) from error

    return call


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return local_date(value)
    if isinstance(value, date):
        return value
    raise BadInputError(f'{_shown(value)} is not a date. Write a date as date("2026-05-05").')


def _whole(value: object) -> int:
    if not isinstance(value, Decimal):
        raise BadInputError(f"{_shown(value)} is not a number.")
    if not value.is_finite() or value != value.to_integral_value():
        raise BadInputError(f"{_shown(value)} is not a whole number.")
    if abs(value) > GREATEST_AMOUNT:
        raise BadInputError(f"{_shown(value)} is more than can be counted. Write at most {GREATEST_AMOUNT:,}.")
    return int(value)


def _unit(value: object) -> Unit:
    if not isinstance(value, str):
        raise BadInputError(f"{_shown(value)} is not a unit of time.")
    return Unit.read(value)


def _shown(value: object) -> str:
    # The beginning only: an expression can make a text of any length.
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 40 else f'"{value[:40]}…"'
    return str(value)[:40] if isinstance(value, (Decimal, date)) else "What was given"
