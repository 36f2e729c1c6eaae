"""What the functions that count time take and give, for whoever looks at a call without making it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

_DAY = (date, datetime)
_NUMBER = (Decimal,)
_TEXT = (str,)


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """The types of a function's values; a null argument gives null."""

    takes: Mapping[str, tuple[type, ...]]  #: by parameter, in order
    gives: type


SIGNATURES: Mapping[str, Signature] = {
    "working days after": Signature(takes={"day": _DAY, "n": _NUMBER}, gives=date),
    "working days between": Signature(takes={"a": _DAY, "b": _DAY}, gives=Decimal),
    "is working day": Signature(takes={"day": _DAY}, gives=bool),
    "months after": Signature(takes={"day": _DAY, "n": _NUMBER}, gives=date),
    "last day of period beginning with": Signature(takes={"day": _DAY, "amount": _NUMBER, "unit": _TEXT}, gives=date),
    "days between": Signature(takes={"a": _DAY, "b": _DAY}, gives=Decimal),
}
