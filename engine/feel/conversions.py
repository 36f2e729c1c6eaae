"""What a value becomes where another type is wanted (DMN 1.5, 10.3.2.9.4): nothing else is converted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.feel.values import kind_of
from engine.feel.wide import utc_midnight


def alternatives(value: Any, wanted: str) -> Iterator[Any]:
    """What may stand for the value where a type of the kind `wanted` is: the first that conforms is taken.

    A list of one stands for its item, any value but null for a list of it alone, a date for its midnight in UTC.
    """
    if isinstance(value, list):
        if len(value) == 1 and wanted != "list":
            yield value[0]
    elif wanted == "list" and value is not None:
        yield [value]
    if kind_of(value) == "date" and wanted == "date and time":
        yield utc_midnight(value)
