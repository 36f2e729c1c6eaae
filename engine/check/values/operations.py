"""What comes of an operator between two kinds: what the engine itself makes of one value of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any

from engine import feel
from engine.check.values.domain import Kinds, Possible, ValueKind, constant
from engine.errors import FeelError
from engine.feel import FeelRange, YearsMonthsDuration
from engine.feel.properties import parts_of
from engine.feel.values import kind_of

_NUMBER_IN_QUOTES = re.compile(r"-?\d+(?:\.\d+)?")
_ZONE = timezone.utc  # noqa: UP017  # as engine.feel writes it
#: Of each kind a value, with and without a time zone where that makes a difference.
_SAMPLES: Mapping[ValueKind, tuple[Any, ...]] = {
    ValueKind.NUMBER: (Decimal(2),),
    ValueKind.TEXT: ("a",),
    ValueKind.TRUTH: (True,),
    ValueKind.DAY: (date(2026, 3, 2),),
    ValueKind.INSTANT: (datetime(2026, 3, 2, 9, tzinfo=_ZONE), datetime(2026, 3, 2, 9)),  # noqa: DTZ001
    ValueKind.CLOCK: (time(9, tzinfo=_ZONE), time(9)),
    ValueKind.SPAN: (timedelta(days=2),),
    ValueKind.MONTHS: (YearsMonthsDuration(months=2),),
    ValueKind.LIST: ([],),
    ValueKind.GROUP: ({},),
    ValueKind.RANGE: (FeelRange(start=Decimal(1), end=Decimal(2), start_included=True, end_included=True),),
}


@cache
def made_of(sign: str, left: ValueKind, right: ValueKind) -> Kinds:
    """The kinds of `left sign right`; none where that is null whatever they are."""
    made = set()
    for a, b in product(_SAMPLES.get(left, ()), _SAMPLES.get(right, ())):
        value = feel.evaluate(f"a {sign} b", {"a": a, "b": b})
        made |= {ValueKind(kind_of(value))} - {ValueKind.NULL}
    return frozenset(made)


def combined(sign: str, left: Possible, right: Possible) -> Kinds:
    """The kinds of `left sign right`, over all that both can be."""
    return frozenset(kind for a, b in product(left.solid, right.solid) for kind in made_of(sign, a, b))


def can_be_equal(left: Possible, right: Possible) -> bool:
    """Whether some kind of the one is ever equal to some kind of the other."""
    return bool(left.solid & right.solid)


def can_be_ordered(left: Possible, right: Possible) -> bool:
    """Whether there is an order between some kind of the one and some of the other."""
    return bool(combined("<", left, right))


def number_in_quotes(then: Possible, otherwise: Possible) -> str | None:
    """Of the branches of an `if`: the number that stands in quotes in one, where the other is a number."""
    for text, number in ((then, otherwise), (otherwise, then)):
        if number.solid == {ValueKind.NUMBER} and text.solid == {ValueKind.TEXT} and not text.fact:
            words = sorted(word for _, word in text.choices or () if _NUMBER_IN_QUOTES.fullmatch(word))
            if words:
                return str(words[0])
    return None


@cache
def part_of(kind: ValueKind, name: str) -> Possible | None:
    """What `value.name` gives of a value of the kind; None where it has no such part."""
    samples = _SAMPLES.get(kind, ())
    if not samples or name not in parts_of(type(samples[0])):
        return None
    try:
        found = [feel.evaluate(f"value.{name}", {"value": each}) for each in samples]
    except FeelError:
        return None
    return Possible(kinds=frozenset(kind for each in found for kind in constant(each).kinds))
