"""Parts of expressions that read nothing: their value is known, and where it is null it is so in every case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from engine.check.values.domain import Possible, constant
from engine.errors import FeelError
from engine.feel import syntax
from engine.feel.builtins import BUILTIN_FUNCTIONS
from engine.feel.expression import value_of

_ASK_THE_CLOCK = frozenset({"now", "today"})
#: Parts that are computed where all that stands in them is written out.
_COMPUTED = (syntax.Invocation, syntax.Arithmetic, syntax.Filter, syntax.Path)


def folded(node: syntax.Node, made: Possible, wrong: Callable[[str], Possible]) -> Possible:
    """What the part comes to, where it reads nothing; else what was made out of it."""
    if not isinstance(node, _COMPUTED) or made.is_anything or not _is_constant(node):
        return made
    try:
        value = value_of(node)
    except FeelError as error:
        return wrong(f"It cannot be computed, whatever is known of the case. {error}")
    if value is None:
        return made if _holds_null(node) else wrong(f"{_shown(node)} comes to nothing, whatever is known of the case.")
    return constant(value)


def _shown(node: syntax.Node) -> str:
    if isinstance(node, syntax.Invocation) and isinstance(node.function, syntax.Name):
        texts = [each.value for each in node.arguments if isinstance(each, syntax.Literal)]
        if len(texts) == len(node.arguments) == 1 and isinstance(texts[0], str):
            return f'{node.function.name}("{texts[0]}")'
        return f"{node.function.name}(…)"
    if isinstance(node, syntax.Filter):
        return "What stands before […]"
    return (
        "A sum" if isinstance(node, syntax.Arithmetic) else f"“.{node.name}”" if isinstance(node, syntax.Path) else ""
    )


def _is_constant(node: syntax.Node) -> bool:
    """Whether it reads no name and no clock, and calls built-in functions alone."""
    if isinstance(node, syntax.Name | syntax.FunctionOf | syntax.For | syntax.Quantified):
        return False
    if isinstance(node, syntax.Invocation):
        called = node.function.name if isinstance(node.function, syntax.Name) else ""
        if called not in BUILTIN_FUNCTIONS or called in _ASK_THE_CLOCK:
            return False
        return all(map(_is_constant, node.arguments))
    return all(map(_is_constant, _parts(node)))


def _holds_null(node: syntax.Node) -> bool:
    if isinstance(node, syntax.Literal):
        return node.value is None
    return any(map(_holds_null, _parts(node)))


def _parts(node: Any) -> list[syntax.Node]:
    found: list[syntax.Node] = []
    for field in fields(node):
        waiting = [getattr(node, field.name)]
        while waiting:
            part = waiting.pop()
            if isinstance(part, syntax.Node):
                found.append(part)
            elif isinstance(part, tuple):
                waiting.extend(part)
    return found
