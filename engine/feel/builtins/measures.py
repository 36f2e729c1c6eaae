"""What lists are summed up to (DMN 1.5, 10.3.4.4): of one list, or of the values given one by one."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.feel.arithmetic import add, divide
from engine.feel.builtins.signature import ANY, BOOLEAN, LIST, NUMBER, Builtin, Gives, Like, form, forms, parameter
from engine.feel.comparison import Compare, is_less, is_more
from engine.feel.numbers import NUMBERS, ONE, TOO_LARGE, ZERO
from engine.feel.run import Run
from engine.feel.values import kind_of

_SUMMED = frozenset({"number", "days and time duration", "years and months duration"})


def _of_values(body: Callable[[Run, list[Any]], Any]) -> Callable[..., Any]:
    def of_values(run: Run, *values: Any) -> Any:
        return body(run, list(values))

    return of_values


def _measure(name: str, body: Callable[[Run, list[Any]], Any], *, gives: Gives, item: str = "n") -> Builtin:
    return forms(
        name,
        form(body, parameter("list", LIST), gives=gives),
        form(_of_values(body), parameter(item, ANY), gives=gives, variadic=True),
    )


def _extreme(better: Compare) -> Callable[[Run, list[Any]], Any]:
    def body(run: Run, items: list[Any]) -> Any:
        if not items:
            return None
        run.spend(len(items))
        best = items[0]
        if better(run, best, best) is None:
            return None
        for item in items[1:]:
            found = better(run, item, best)
            if found is None:
                return None
            if found:
                best = item
        return best

    return body


def _numbers(run: Run, name: str, items: list[Any]) -> list[Decimal] | None:
    run.hold(len(items))
    if all(type(item) is Decimal for item in items):
        return items
    run.warn(f"'{name}' takes numbers only.")
    return None


def _sum(run: Run, items: list[Any]) -> Any:
    if not items or kind_of(items[0]) not in _SUMMED:
        return None
    run.spend(len(items))
    total = items[0]
    for item in items[1:]:
        if type(item) is not type(total) and kind_of(item) != kind_of(total):
            return None
        total = add(run, total, item)
    return total


def _mean(run: Run, items: list[Any]) -> Any:
    total = _sum(run, items)
    return None if total is None else divide(run, total, Decimal(len(items)))


def _product(run: Run, items: list[Any]) -> Decimal | None:
    numbers = _numbers(run, "product", items)
    if not numbers:
        return None
    found = ONE
    try:
        for number in numbers:
            found = NUMBERS.multiply(found, number)
    except decimal.Overflow:
        run.limit(TOO_LARGE)
    return found


def _median(run: Run, items: list[Any]) -> Decimal | None:
    numbers = _numbers(run, "median", items)
    if not numbers:
        return None
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return NUMBERS.divide(NUMBERS.add(ordered[middle - 1], ordered[middle]), Decimal(2))


def _stddev(run: Run, items: list[Any]) -> Decimal | None:
    """Of a sample: divided by one less than there are."""
    numbers = _numbers(run, "stddev", items)
    if numbers is None or len(numbers) < 2:
        return None
    run.spend(5 * len(numbers))
    try:
        mean = NUMBERS.divide(_total(numbers), Decimal(len(numbers)))
        squares = [NUMBERS.power(NUMBERS.subtract(number, mean), 2) for number in numbers]
        return NUMBERS.sqrt(NUMBERS.divide(_total(squares), Decimal(len(numbers) - 1)))
    except decimal.Overflow:
        run.limit(TOO_LARGE)


def _total(numbers: list[Decimal]) -> Decimal:
    total = ZERO
    for number in numbers:
        total = NUMBERS.add(total, number)
    return total


def _mode(run: Run, items: list[Any]) -> list[Decimal] | None:
    """The most frequent numbers, the smallest first."""
    numbers = _numbers(run, "mode", items)
    if numbers is None:
        return None
    counts: dict[Decimal, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(number for number, count in counts.items() if count == most)


def _every(run: Run, items: list[Any]) -> bool | None:
    """`all`: false if one is false, else null if one is no truth value."""
    run.spend(len(items))
    if any(item is False for item in items):
        return False
    return True if all(item is True for item in items) else None


def _some(run: Run, items: list[Any]) -> bool | None:
    """`any`: true if one is true, else null if one is no truth value."""
    run.spend(len(items))
    if any(item is True for item in items):
        return True
    return False if all(item is False for item in items) else None


MEASURE_FUNCTIONS: tuple[Builtin, ...] = (
    _measure("min", _extreme(is_less), gives=Like.ITEM, item="c"),
    _measure("max", _extreme(is_more), gives=Like.ITEM, item="c"),
    _measure("sum", _sum, gives=Like.ITEM),
    _measure("mean", _mean, gives=Like.ITEM),
    _measure("product", _product, gives=NUMBER),
    _measure("median", _median, gives=NUMBER),
    _measure("stddev", _stddev, gives=NUMBER),
    _measure("mode", _mode, gives=LIST),
    _measure("all", _every, gives=BOOLEAN, item="b"),
    _measure("any", _some, gives=BOOLEAN, item="b"),
)
