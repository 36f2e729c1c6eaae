"""What in an expression is null whatever the facts, told without them: for the check.

A wrong number or wrong names of arguments, a literal that is no date, a pattern that cannot be run, a sum of a text
and a number. Only what is certain is told: nothing is claimed of a part that reads a fact, and null that is written
out (`if known then x else null`) is meant.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from engine.errors import FeelError
from engine.feel import syntax
from engine.feel.analysis import fields_of
from engine.feel.builtins import BUILTIN_FUNCTIONS
from engine.feel.builtins.patterns import pattern_refusal
from engine.feel.compiler import Compiler, StaticScope
from engine.feel.run import Run
from engine.feel.values import kind_of

#: where a pattern and its flags stand among the arguments, by place and by name
_PATTERNS = {
    "matches": ((1, "pattern"), (2, "flags")),
    "replace": ((1, "pattern"), (3, "flags")),
    "split": ((1, "delimiter"), (2, "flags")),
}
#: their value is the step's, or what one likes
_NOT_CONSTANT = frozenset({"now", "today"})
#: parts that read names or bind them
_NAMING = (syntax.Name, syntax.For, syntax.Quantified, syntax.FunctionOf, syntax.Path, syntax.ContextOf)


class FaultFinder:
    """Looks through one expression, or the tests of one cell."""

    def __init__(self, text: str, host: Container[str] = ()) -> None:
        self._text = text
        #: names of the host's functions, which come before the built-in ones
        self._host = host
        self._notes: list[str] = []
        # one run for all parts: together they may do no more work than the whole expression
        self._run = Run(text, {}, None, None, self._notes.append)

    def of(self, node: syntax.Node) -> Iterator[str]:
        """One sentence for each smallest part that is null whatever the facts."""
        yield from self._visit(node, frozenset())

    def _visit(self, node: Any, bound: frozenset[str]) -> list[str]:
        found = [fault for part, inner in _parts(node, bound) for fault in self._visit(part, inner)]
        if found or not isinstance(node, syntax.Node):
            return found
        fault = self._fault(node, bound)
        return [] if fault is None else [fault]

    def _fault(self, node: syntax.Node, bound: frozenset[str]) -> str | None:
        if isinstance(node, syntax.Invocation):
            fault = self._call_fault(node, bound)
            if fault is not None:
                return fault
        if isinstance(node, syntax.Literal | syntax.Test | syntax.Tests) or not self._is_constant(node, bound):
            return None
        self._notes.clear()
        try:
            value = Compiler().compile(node, StaticScope())(self._run, None)
        except (FeelError, RecursionError):
            return None  # it says so itself when it is computed
        if value is not None:
            return None
        why = self._notes[-1] if self._notes else "It has no value."
        return f"“{self._shown(node)}” is null whatever the facts. {why}"

    def _call_fault(self, node: syntax.Invocation, bound: frozenset[str]) -> str | None:
        if isinstance(node.function, syntax.Literal):
            return f"“{self._shown(node)}” calls a {kind_of(node.function.value)} as if it were a function: it is null."
        name = node.function.name if isinstance(node.function, syntax.Name) else ""
        builtin = BUILTIN_FUNCTIONS.get(name)
        if builtin is None or name in bound or name in self._host:
            return None
        if node.names is not None and not any(
            set(node.names) <= {parameter.name for parameter in form.parameters} for form in builtin.forms
        ):
            known = "; ".join(", ".join(parameter.name for parameter in form.parameters) for form in builtin.forms)
            return f"“{name}” has no arguments named {', '.join(node.names)}, so that it is null. It has: {known}."
        if not any(form.takes(len(node.arguments)) for form in builtin.forms):
            count = f"{len(node.arguments)} argument{'s' if len(node.arguments) != 1 else ''}"
            return f"“{name}” is called with {count}, which it does not take: it is null."
        return self._pattern_fault(node, name)

    def _pattern_fault(self, node: syntax.Invocation, name: str) -> str | None:
        if name not in _PATTERNS:
            return None
        pattern, flags = (_written_out(node, *where) for where in _PATTERNS[name])
        if not isinstance(pattern, str) or not isinstance(flags, str | None):
            return None
        refusal = pattern_refusal(pattern, flags or "")
        if refusal is None:
            return None
        if refusal.looks_back:
            return (
                f"The pattern “{pattern[:60]}” looks around, or back at what a group matched (\\1). Such a "
                "pattern can run for ever and is not run here: it is null. Write it without."
            )
        return f"“{pattern[:60]}” is no pattern that can be read, so that “{name}” is null."

    def _is_constant(self, node: Any, bound: frozenset[str]) -> bool:
        """Whether it is made of values written out, and null is not one of them."""
        if isinstance(node, syntax.Literal):
            return node.value is not None
        if isinstance(node, syntax.Invocation):
            called = node.function.name if isinstance(node.function, syntax.Name) else ""
            is_known = called in BUILTIN_FUNCTIONS and called not in bound and called not in self._host
            return is_known and called not in _NOT_CONSTANT and self._is_constant(node.arguments, bound)
        if isinstance(node, syntax.Filter):
            return self._is_constant(node.base, bound) and self._is_constant(node.condition, bound)
        if isinstance(node, tuple):
            return all(self._is_constant(part, bound) for part in node)
        if isinstance(node, _NAMING):
            return False
        if isinstance(node, syntax.Node):
            return all(self._is_constant(part, bound) for part in fields_of(node))
        return True  # a sign, a place, an end that is open

    def _shown(self, node: syntax.Node) -> str:
        begin = node.position - isinstance(node, syntax.RangeOf)  # with its bracket
        found = self._text[begin:]
        if isinstance(node, syntax.Invocation | syntax.RangeOf):
            found = found[: _closed_at(found)]
        return found if len(found) <= 40 else found[:40] + "…"


def _closed_at(text: str) -> int:
    """Where the first bracket of a text is closed, behind it; the text's end where it is not."""
    depth, in_quotes = 0, False
    for place, character in enumerate(text):
        if character == '"' and text[place - 1 : place] != "\\":
            in_quotes = not in_quotes
        elif not in_quotes and character in "([{":
            depth += 1
        elif not in_quotes and character in ")]}":
            depth -= 1
            if depth <= 0:
                return place + 1
    return len(text)


def _parts(node: Any, bound: frozenset[str]) -> Iterator[tuple[Any, frozenset[str]]]:
    """What stands directly in it, each with the names that are bound around it."""
    if isinstance(node, tuple):
        for part in node:
            yield part, bound
        return
    if isinstance(node, syntax.Invocation):
        if not isinstance(node.function, syntax.Name):
            yield node.function, bound
        yield node.arguments, bound
        return
    if isinstance(node, syntax.ContextOf):
        bound = bound.union(name for name, _ in node.entries)
    elif isinstance(node, syntax.FunctionOf):
        yield node.body, bound.union(name for name, _ in node.parameters)
        return
    elif isinstance(node, syntax.For | syntax.Quantified):
        bound = bound.union(iterator.name for iterator in node.iterators)
    if isinstance(node, syntax.Node | syntax.Iterator):
        for value in fields_of(node):
            if isinstance(value, syntax.Node | syntax.Iterator | tuple):
                yield value, bound


def _written_out(node: syntax.Invocation, place: int, name: str) -> Any:
    """The value of an argument as far as it is written out: None where it is not given, `...` where it is computed."""
    if node.names is not None:
        place = node.names.index(name) if name in node.names else len(node.names)
    if place >= len(node.arguments):
        return None
    argument = node.arguments[place]
    return argument.value if isinstance(argument, syntax.Literal) else ...
