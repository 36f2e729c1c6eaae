"""`range`: the range that a text writes (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.errors import FeelError
from engine.feel import syntax
from engine.feel.builtins.signature import RANGE, STRING, one_form, parameter
from engine.feel.comparison import are_ends
from engine.feel.numbers import ZERO
from engine.feel.run import Run
from engine.feel.temporal import read_date, read_date_and_time, read_duration, read_time
from engine.feel.values import FeelRange

_OPEN_END = re.compile(r"\s*([\[(\]])(.*)\.\.\s*[)\[]\s*", re.DOTALL)
_OPEN_START = re.compile(r"\s*[(\]]\s*\.\.(.*)([\])\[])\s*", re.DOTALL)


def _range(run: Run, text: str) -> FeelRange | None:
    """The range that a text such as "[18..21)" or "[18..)" writes; its ends must be literals."""
    from engine.feel.parser import Parser  # the parser knows the built-in functions' names

    run.spend(50 + 4 * len(text))
    if not text.strip().startswith(("[", "(", "]")) or ".." not in text:
        return None
    if found := _OPEN_END.fullmatch(text):
        text = f"({'>=' if found[1] == '[' else '>'} {found[2]})"
    elif found := _OPEN_START.fullmatch(text):
        text = f"({'<=' if found[2] == ']' else '<'} {found[1]})"
    try:
        node = Parser(text[:1_000], ()).whole_expression()
    except FeelError:
        return None
    if not isinstance(node, syntax.RangeOf):
        return None
    ends = [_end(run, end) for end in (node.start, node.end)]
    if None in (ends[0] if node.start else ZERO, ends[1] if node.end else ZERO):
        return None
    if node.start and node.end and not are_ends(run, *ends):
        return None
    return FeelRange(start=ends[0], end=ends[1], start_included=node.start_included, end_included=node.end_included)


_LITERAL_FUNCTIONS: dict[str, Callable[[str], Any]] = {
    "date": read_date,
    "time": read_time,
    "date and time": read_date_and_time,
    "duration": read_duration,
}


def _end(_run: Run, node: syntax.Node | None) -> Any:
    if isinstance(node, syntax.Literal):
        return node.value
    if isinstance(node, syntax.Negation) and isinstance(node.operand, syntax.Literal):
        return -node.operand.value if type(node.operand.value) is Decimal else None
    if isinstance(node, syntax.Invocation) and isinstance(node.function, syntax.Name) and len(node.arguments) == 1:
        read, argument = _LITERAL_FUNCTIONS.get(node.function.name), node.arguments[0]
        if read is not None and isinstance(argument, syntax.Literal) and isinstance(argument.value, str):
            return read(argument.value)
    return None


RANGE_FROM_TEXT = one_form("range", _range, parameter("from", STRING), gives=RANGE)
