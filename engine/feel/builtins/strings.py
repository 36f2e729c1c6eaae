"""Functions of strings (DMN 1.5, 10.3.4.3). A position counts whole characters from 1; a negative one from the end."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.feel.builtins.signature import BOOLEAN, LIST, NUMBER, STRING, Builtin, one_form, optional, parameter
from engine.feel.run import Run

_STRING = parameter("string", STRING)
_MATCH = parameter("match", STRING)


def _substring(run: Run, text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    first = int(start)  # of a position and of a length only the whole number counts
    count = None if length is None else int(length)
    if first == 0 or abs(first) > len(text) or (count is not None and count < 1):
        return None
    begin = first - 1 if first > 0 else len(text) + first
    end = len(text) if count is None else min(begin + count, len(text))
    run.grow(end - begin)
    return text[begin:end]


def _length(_run: Run, text: str) -> Decimal:
    return Decimal(len(text))


def _upper(run: Run, text: str) -> str:
    run.grow(len(text))
    return text.upper()


def _lower(run: Run, text: str) -> str:
    run.grow(len(text))
    return text.lower()


def _before(run: Run, text: str, match: str) -> str:
    run.grow(len(text))
    found = text.find(match)
    return text[:found] if found > 0 else ""


def _after(run: Run, text: str, match: str) -> str:
    run.grow(len(text))
    found = text.find(match)
    return text[found + len(match) :] if found >= 0 else ""


def _contains(run: Run, text: str, match: str) -> bool:
    run.spend(len(text) // 50)
    return match in text


def _starts_with(_run: Run, text: str, match: str) -> bool:
    return text.startswith(match)


def _ends_with(_run: Run, text: str, match: str) -> bool:
    return text.endswith(match)


def _join(run: Run, texts: list[Any], delimiter: str | None = None) -> str | None:
    pieces = [text for text in texts if text is not None]
    if any(type(piece) is not str for piece in pieces):
        run.warn("'string join' takes a list of texts.")
        return None
    between = delimiter or ""
    run.spend(len(pieces))
    run.grow(sum(map(len, pieces)) + len(between) * len(pieces))
    return between.join(pieces)


STRING_FUNCTIONS: tuple[Builtin, ...] = (
    one_form(
        "substring", _substring, _STRING, parameter("start position", NUMBER), optional("length", NUMBER), gives=STRING
    ),
    one_form("string length", _length, _STRING, gives=NUMBER),
    one_form("upper case", _upper, _STRING, gives=STRING),
    one_form("lower case", _lower, _STRING, gives=STRING),
    one_form("substring before", _before, _STRING, _MATCH, gives=STRING),
    one_form("substring after", _after, _STRING, _MATCH, gives=STRING),
    one_form("contains", _contains, _STRING, _MATCH, gives=BOOLEAN),
    one_form("starts with", _starts_with, _STRING, _MATCH, gives=BOOLEAN),
    one_form("ends with", _ends_with, _STRING, _MATCH, gives=BOOLEAN),
    one_form(
        "string join", _join, parameter("list", LIST), optional("delimiter", frozenset({str, type(None)})), gives=STRING
    ),
)
