"""Values as FEEL writes them: what `string(…)` gives, and what people are shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.feel.numbers import plain_text
from engine.feel.run import Run
from engine.feel.temporal import write
from engine.feel.values import MAX_VALUE_DEPTH, FeelFunction, FeelRange

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write_value(value: Any, run: Run, depth: int = 0) -> str:
    """A value as text; a text inside a list or context stands in quotes. What it makes is counted in the run."""
    text = _write(value, run, depth)
    run.grow(len(text))
    return text


def _write(value: Any, run: Run, depth: int) -> str:
    run.spend(1)
    if depth > MAX_VALUE_DEPTH:
        run.limit("Lists stand inside lists too deeply to be written as text.")
    if value is None:
        return "null"
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is Decimal:
        return plain_text(value)
    if type(value) is str:
        return _quoted(value) if depth else value
    if type(value) is list:
        return "[" + ", ".join([write_value(item, run, depth + 1) for item in value]) + "]"
    if type(value) is dict:
        entries = [f"{_key(key)}: {write_value(item, run, depth + 1)}" for key, item in value.items()]
        return "{" + ", ".join(entries) + "}"
    if type(value) is FeelRange:
        return _range(value, run, depth)
    if type(value) is FeelFunction:
        return f"function {value.name}" if value.name != "function" else "function"
    return write(value) if not depth else _as_literal(value)


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'


def _key(key: str) -> str:
    return key if key.replace(" ", "_").isidentifier() else _quoted(key)


def _as_literal(value: Any) -> str:
    return f'@"{write(value)}"'


def _range(value: FeelRange, run: Run, depth: int) -> str:
    if value.sign:
        return f"({value.sign} {write_value(value.end, run, depth + 1)})"
    if value.start is None and value.end is not None:
        return f"({'<=' if value.end_included else '<'} {write_value(value.end, run, depth + 1)})"
    if value.end is None and value.start is not None:
        return f"({'>=' if value.start_included else '>'} {write_value(value.start, run, depth + 1)})"
    opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
    start, end = write_value(value.start, run, depth + 1), write_value(value.end, run, depth + 1)
    return f"{opening}{start}..{end}{closing}"
