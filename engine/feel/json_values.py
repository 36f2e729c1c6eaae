"""Values as JSON: without loss for the database (`dump`, `load`), and plainly for people (`to_json`, `from_json`).

In the lossless text `{"@": "2026-01-31"}` is a date, a time, a date-time or a duration (`P…`), told apart by its form,
and `{"@": ["[", 1, 5, ")"]}` is a range. A context whose only key begins with `@` gets one more `@`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from json.encoder import encode_basestring
from math import isfinite
from typing import Any

from engine.errors import FeelError, FeelLimitError
from engine.feel.numbers import plain_text
from engine.feel.temporal import read_temporal, write
from engine.feel.values import MAX_VALUE_DEPTH, FeelRange, YearsMonthsDuration, admit, kind_of
from engine.feel.wide_sums import WIDE

#: pieces of one value: more is not kept
MAX_PIECES = 500_000
_TEMPORAL = frozenset({date, time, datetime, timedelta, YearsMonthsDuration}) | WIDE


def _unbounded(_steps: int) -> None:
    """The host's own values are not counted here."""


def dump(value: Any) -> str:
    """The value as JSON text that `load` reads back without loss. Raises FeelError for functions, foreign
    values and half a character."""
    pieces: list[str] = []
    _dump(value, pieces, 0)
    return "".join(pieces)


def _dump(value: Any, pieces: list[str], depth: int) -> None:
    kind = type(value)
    if kind is str:
        pieces.append(encode_basestring(_check_text(value)))
    elif kind is Decimal:
        pieces.append(_digits(value))
    elif value is None or kind is bool:
        pieces.append("null" if value is None else "true" if value else "false")
    elif depth > MAX_VALUE_DEPTH or len(pieces) > MAX_PIECES:
        raise FeelLimitError("This value is too large or nested too deeply to be kept.", expression="")
    elif kind is dict:
        _dump_context(value, pieces, depth)
    elif kind is list:
        pieces.append("[")
        for item in value:
            _dump(item, pieces, depth + 1)
            pieces.append(",")
        _close(pieces, "]", bool(value))
    elif kind in _TEMPORAL:
        pieces.append(f'{{"@":"{write(value, exactly=True)}"}}')
    elif kind is FeelRange:
        _dump_range(value, pieces, depth)
    elif kind_of(value) == "function":
        raise FeelError("A function cannot be kept as a value.", expression="")
    else:
        _dump(admit(value, "the value", _unbounded), pieces, depth)


def _digits(number: Decimal) -> str:
    if not number.is_finite():
        raise FeelError("A number without an end cannot be kept.", expression="")
    return str(number)


def _close(pieces: list[str], closing: str, filled: bool) -> None:
    if filled:
        pieces[-1] = closing  # in place of the last comma
    else:
        pieces.append(closing)


def _dump_context(value: dict[str, Any], pieces: list[str], depth: int) -> None:
    pieces.append("{")
    for key, item in value.items():
        if len(value) == 1 and key[:1] == "@":
            key = "@" + key
        pieces.append(encode_basestring(_check_text(key)) + ":")
        _dump(item, pieces, depth + 1)
        pieces.append(",")
    _close(pieces, "}", bool(value))


def _dump_range(value: FeelRange, pieces: list[str], depth: int) -> None:
    opening = value.sign or ("[" if value.start_included else "(")
    pieces.append('{"@":["' + opening + '",')
    _dump(value.start, pieces, depth + 1)
    pieces.append(",")
    _dump(value.end, pieces, depth + 1)
    pieces.append(',"]"]}' if value.end_included else ',")"]}')


def load(text: str) -> Any:
    """The value that `dump` wrote. Raises FeelError for any other text."""
    try:
        return json.loads(
            text, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_constant, object_hook=_load_context
        )
    except (ValueError, ArithmeticError, RecursionError):
        raise FeelError("This is not the text of a kept value.", expression=text[:80]) from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _load_context(found: dict[str, Any]) -> Any:
    if len(found) != 1:
        return found
    ((key, value),) = found.items()
    if key[:1] != "@":
        return found
    if key != "@":
        return {key[1:]: value}
    if isinstance(value, str):
        temporal = read_temporal(value, exactly=True)
        if temporal is None:
            raise ValueError(value)
        return temporal
    if not isinstance(value, list) or len(value) != 4:
        raise ValueError(key)
    opening, start, end, closing = value
    return FeelRange(
        start=start,
        end=end,
        start_included=opening in ("[", "="),
        end_included=closing == "]",
        sign=opening if opening in ("=", "!=") else "",
    )


def to_json(value: Any) -> Any:
    """The value as Python's `json` writes it for people: dates in ISO form, whole numbers as int, others as float."""
    return _to_json(value, 0)


def _to_json(value: Any, depth: int) -> Any:
    kind = type(value)
    if value is None or kind in (str, bool):
        return value
    if depth > MAX_VALUE_DEPTH:
        raise FeelLimitError("This value is nested too deeply to be shown.", expression="")
    if kind is Decimal:
        return int(value) if value == value.to_integral_value() else float(value)
    if kind is list:
        return [_to_json(item, depth + 1) for item in value]
    if kind is dict:
        return {key: _to_json(item, depth + 1) for key, item in value.items()}
    if kind in _TEMPORAL:
        return write(value)
    if kind is FeelRange:
        start, end = (_shown(end) for end in (value.start, value.end))
        if value.sign:
            return f"({value.sign} {end})"
        return f"{'[' if value.start_included else '('}{start}..{end}{']' if value.end_included else ')'}"
    if kind_of(value) == "function":
        raise FeelError("A function cannot be shown as a value.", expression="")
    return _to_json(admit(value, "the value", _unbounded), depth)


def _shown(end: Any) -> str:
    return "" if end is None else plain_text(end) if type(end) is Decimal else str(_to_json(end, 1))


def from_json(value: Any) -> Any:
    """What Python's `json` reads, as FEEL values: numbers become Decimal, a float by its shortest text.

    Dates stay texts. Raises FeelError for NaN and infinities, which JSON does not have but Python reads, for half a
    character (a lone surrogate, which no file or database can hold) and for foreign objects.
    """
    found = admit(value, "the value", _unbounded)
    _check_written(value)
    return found


def _check_written(value: Any) -> None:
    """`value` has been admitted: it is not nested deeply."""
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, float | Decimal):
        if not isfinite(value):
            raise FeelError("A number here has no end or is none (NaN): write it in digits.", expression="")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _check_text(key)
            _check_written(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check_written(item)


def _check_text(text: str) -> str:
    """The text. Raises FeelError where it cannot be written down as UTF-8."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise FeelError(
                "A text here holds half a character (\\ud800 to \\udfff). Write it again.", expression=""
            ) from None
    return text
