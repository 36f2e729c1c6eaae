"""Functions of numbers, and `not` (DMN 1.5, 10.3.4.2 and 10.3.4.5)."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from engine.feel.builtins.signature import (
    BOOLEAN,
    NUMBER,
    SPANS,
    Builtin,
    Like,
    form,
    forms,
    one_form,
    optional,
    parameter,
)
from engine.feel.numbers import NUMBERS, TOO_LARGE, ZERO, whole
from engine.feel.run import Run
from engine.feel.values import WideSpan, YearsMonthsDuration
from engine.feel.wide import narrow_span, span_of

#: what decimal128 can hold: so many places behind the point, and so many before it (below zero)
_MAX_SCALE = 6176
_MIN_SCALE = -6111
_N = parameter("n", NUMBER)


def _rounded(run: Run, number: Decimal, scale: Decimal, rounding: str) -> Decimal | None:
    places = int(scale)  # a part of a place is no place
    if not _MIN_SCALE <= places <= _MAX_SCALE:
        run.warn(f"A number cannot be rounded to {scale} decimal places.")
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return number
    if number.adjusted() + places < -1:
        # far below the last place kept: all that counts is which side of zero it is on
        number = Decimal(1).copy_sign(number).scaleb(-places - 2) if number else ZERO
    context = decimal.Context(prec=40, rounding=rounding, Emax=10_000, Emin=-10_000, traps=[])
    found = number.quantize(Decimal(1).scaleb(-places, context), context=context)
    # 1.20E+3 and 1200 are one number; written out it has no exponent above zero
    return _checked(run, found)


def _checked(run: Run, number: Decimal) -> Decimal | None:
    if not number.is_finite():
        return None
    try:
        return NUMBERS.plus(number)
    except decimal.Overflow:
        run.limit(TOO_LARGE)


def _rounding(mode: str) -> Callable[..., Any]:
    def body(run: Run, number: Decimal, scale: Decimal = ZERO) -> Decimal | None:
        return _rounded(run, number, scale, mode)

    return body


def _abs(_run: Run, number: Any) -> Any:
    if type(number) is YearsMonthsDuration:
        return YearsMonthsDuration(months=abs(number.months))
    if type(number) is timedelta or type(number) is WideSpan:
        return narrow_span(abs(span_of(number)))
    return NUMBERS.abs(number)


def _modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """dividend - divisor * floor(dividend / divisor): the sign is the divisor's."""
    if not divisor:
        run.warn("A division by zero gives no value.")
        return None
    run.spend(20)
    if dividend.adjusted() - divisor.adjusted() > 100:
        return None  # no digit of the remainder is left in 34
    rest = decimal.Context(prec=200).remainder(dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = NUMBERS.add(rest, divisor)
    return NUMBERS.plus(rest)


def _root(run: Run, number: Decimal) -> Decimal | None:
    run.spend(20)
    return NUMBERS.sqrt(number) if number >= 0 else None


def _log(run: Run, number: Decimal) -> Decimal | None:
    run.spend(200)
    return NUMBERS.ln(number) if number > 0 else None


def _exp(run: Run, number: Decimal) -> Decimal | None:
    run.spend(200)
    try:
        return NUMBERS.exp(number)
    except decimal.Overflow:
        run.limit(TOO_LARGE)


def _is_odd(_run: Run, number: Decimal) -> bool | None:
    return None if whole(number) is None else number % 2 != 0 if number.adjusted() < 28 else _last_bit(number)


def _last_bit(number: Decimal) -> bool:
    return int(number) % 2 != 0


def _is_even(run: Run, number: Decimal) -> bool | None:
    found = _is_odd(run, number)
    return None if found is None else not found


def _not(_run: Run, negand: bool | None) -> bool | None:
    return None if negand is None else not negand


def _with_scale(name: str, mode: str, *, scale_optional: bool) -> Builtin:
    scale = optional("scale", NUMBER) if scale_optional else parameter("scale", NUMBER)
    return one_form(name, _rounding(mode), _N, scale, gives=NUMBER)


NUMERIC_FUNCTIONS: tuple[Builtin, ...] = (
    _with_scale("decimal", decimal.ROUND_HALF_EVEN, scale_optional=False),
    _with_scale("floor", decimal.ROUND_FLOOR, scale_optional=True),
    _with_scale("ceiling", decimal.ROUND_CEILING, scale_optional=True),
    _with_scale("round up", decimal.ROUND_UP, scale_optional=True),
    _with_scale("round down", decimal.ROUND_DOWN, scale_optional=True),
    _with_scale("round half up", decimal.ROUND_HALF_UP, scale_optional=True),
    _with_scale("round half down", decimal.ROUND_HALF_DOWN, scale_optional=True),
    forms("abs", form(_abs, _N, gives=NUMBER), form(_abs, parameter("n", SPANS), gives=Like.VALUE)),
    one_form("modulo", _modulo, parameter("dividend", NUMBER), parameter("divisor", NUMBER), gives=NUMBER),
    one_form("sqrt", _root, parameter("number", NUMBER), gives=NUMBER),
    one_form("log", _log, parameter("number", NUMBER), gives=NUMBER),
    one_form("exp", _exp, parameter("number", NUMBER), gives=NUMBER),
    one_form("odd", _is_odd, parameter("number", NUMBER), gives=BOOLEAN),
    one_form("even", _is_even, parameter("number", NUMBER), gives=BOOLEAN),
    one_form("not", _not, parameter("negand", frozenset({bool, type(None)})), gives=BOOLEAN),
)
