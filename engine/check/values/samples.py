"""A few values that stand for all that something can be: what tells them apart is written in the cells of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine import feel
from engine.check.values.domain import Possible, ValueKind
from engine.dmn.constants import VALUE
from engine.dmn.overlaps import around_days, around_numbers
from engine.errors import FeelError
from engine.feel.values import kind_of

#: A text that no cell names.
ANOTHER = "\0"
_TOLD_APART = frozenset({ValueKind.NUMBER, ValueKind.TEXT, ValueKind.TRUTH, ValueKind.DAY})


def samples(value: Possible, texts: Iterable[str]) -> list[Any] | None:
    """Null, and one value of each class that `texts`, as FEEL writes them, tell apart; None where that is not known."""
    if not value.is_told or value.solid - _TOLD_APART:
        return None
    if value.choices is not None:
        return [*(each for _, each in sorted(value.choices, key=str)), None]
    written = list(_written(texts))
    found: list[Any] = []
    if ValueKind.TRUTH in value.solid:
        found += [True, False]
    if ValueKind.NUMBER in value.solid:
        found += around_numbers(sorted({each for each in written if kind_of(each) == ValueKind.NUMBER}))
    if ValueKind.TEXT in value.solid:
        found += [*sorted({each for each in written if isinstance(each, str)}), ANOTHER]
    if ValueKind.DAY in value.solid:
        days = sorted({each for each in written if kind_of(each) == ValueKind.DAY})
        found += around_days(days) or [feel.evaluate('@"2026-03-02"')]
    return [*found, None]


def _written(texts: Iterable[str]) -> Iterable[Any]:
    for text in texts:
        for constant in VALUE.findall(text):
            try:
                yield feel.evaluate(constant, {})
            except FeelError:
                continue
