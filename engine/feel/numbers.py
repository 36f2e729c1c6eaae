"""Numbers: decimals of 34 digits (DMN 1.5, 10.3.2.3.1)."""

from __future__ import annotations

import decimal
from decimal import Decimal

from engine.errors import FeelLimitError
from engine.feel.values import MAX_EXPONENT

#: Halves go to the even neighbour, as IEEE 754 decimal128 does; a result out of range raises `decimal.Overflow`.
NUMBERS = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-MAX_EXPONENT,
    Emax=MAX_EXPONENT,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[decimal.Overflow, decimal.InvalidOperation, decimal.DivisionByZero],
)

ZERO, ONE = Decimal(0), Decimal(1)
TOO_LARGE = f"A number here grows beyond 1 with {MAX_EXPONENT} zeros. No policy needs that: look at the powers in it."


def literal_number(text: str, expression: str, position: int) -> Decimal:
    """A number as written. Raises FeelLimitError beyond the range."""
    try:
        return NUMBERS.create_decimal(text)
    except (decimal.Overflow, decimal.InvalidOperation):
        raise FeelLimitError(TOO_LARGE, expression=expression[:80], position=position) from None


def plain_text(value: Decimal) -> str:
    """A number in digits, without an exponent: `0.1`, `1200`."""
    if not value:
        return "0"
    return format(value, "f")


def whole(value: object) -> int | None:
    """The whole number that a FEEL number is, or None. Its range is bounded by the range of FEEL numbers."""
    if type(value) is Decimal and value == value.to_integral_value():
        return int(value)
    return None
