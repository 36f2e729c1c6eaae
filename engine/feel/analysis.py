"""What an expression reads and calls, without evaluating it: for the check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from engine.feel import syntax
from engine.feel.builtins import BUILTIN_FUNCTIONS


@dataclass(frozen=True, slots=True)
class Call:
    """One invocation: the function's name, and each argument that is a string literal (None for any other)."""

    function: str
    arguments: tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The names, paths and calls of one expression."""

    names: frozenset[str]
    filter_names: frozenset[str]
    paths: frozenset[tuple[str, ...]]
    calls: tuple[Call, ...]
    equated: frozenset[tuple[str | None, str | None]]


#: each kind of part's way to all that it holds, worked out once: an expression is gone through whenever it is read
_KINDS: tuple[type[Any], ...] = (syntax.Iterator, *syntax.Node.__subclasses__())
_HELD = {kind: attrgetter(*(field.name for field in fields(kind))) for kind in _KINDS}


def fields_of(node: syntax.Node | syntax.Iterator) -> tuple[Any, ...]:
    """What a part of an expression holds: other parts, signs, places."""
    held: tuple[Any, ...] = _HELD[type(node)](node)
    return held


class _Reader:
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.filter_names: set[str] = set()
        self.paths: set[tuple[str, ...]] = set()
        self.calls: list[tuple[int, Call]] = []
        self.equated: set[tuple[str | None, str | None]] = set()

    def visit(self, node: Any, bound: frozenset[str], in_filter: bool) -> None:
        visit = _VISITS.get(type(node))
        if visit is not None:
            visit(self, node, bound, in_filter)
        else:
            self.visit_parts(node, bound, in_filter)

    def visit_parts(self, node: Any, bound: frozenset[str], in_filter: bool) -> None:
        """Whatever binds no name: visit all there is in it."""
        if isinstance(node, tuple):
            for part in node:
                self.visit(part, bound, in_filter)
        elif isinstance(node, syntax.Node | syntax.Iterator):
            for value in fields_of(node):
                if isinstance(value, syntax.Node | tuple):
                    self.visit(value, bound, in_filter)

    def literal(self, node: syntax.Literal, bound: frozenset[str], in_filter: bool) -> None:
        """Nothing is read."""

    def name(self, node: syntax.Name, bound: frozenset[str], in_filter: bool) -> None:
        self._read((node.name,), bound, in_filter)

    def path(self, node: syntax.Path, bound: frozenset[str], in_filter: bool) -> None:
        steps: list[str] = []
        base: syntax.Node = node
        while isinstance(base, syntax.Path):
            steps.append(base.name)
            base = base.base
        if isinstance(base, syntax.Name):
            self._read((base.name, *reversed(steps)), bound, in_filter)
        else:
            self.visit(base, bound, in_filter)

    def _read(self, path: tuple[str, ...], bound: frozenset[str], in_filter: bool) -> None:
        root = path[0]
        if root in bound or root == "?":
            return
        if in_filter:
            self.filter_names.add(root)
        else:
            self.names.add(root)
            self.paths.add(path)

    def invocation(self, node: syntax.Invocation, bound: frozenset[str], in_filter: bool) -> None:
        if not isinstance(node.function, syntax.Name):
            self.visit(node.function, bound, in_filter)
        elif node.function.name not in bound:
            texts = tuple(
                argument.value if isinstance(argument, syntax.Literal) and isinstance(argument.value, str) else None
                for argument in node.arguments
            )
            self.calls.append((node.position, Call(node.function.name, texts)))
            if node.function.name == "sort":
                # `sort(list, before)` names a function; anywhere else a fact may bear such a name (`count > 2`)
                bound = bound | BUILTIN_FUNCTIONS.keys()
        self.visit(node.arguments, bound, in_filter)

    def comparison(self, node: syntax.Comparison, bound: frozenset[str], in_filter: bool) -> None:
        if node.operator in ("=", "!="):
            self.equated.add((_told_of(node.left), _told_of(node.right)))
        self.visit_parts(node, bound, in_filter)

    def filter(self, node: syntax.Filter, bound: frozenset[str], in_filter: bool) -> None:
        self.visit(node.base, bound, in_filter)
        self.visit(node.condition, bound | {"item"}, True)

    def context(self, node: syntax.ContextOf, bound: frozenset[str], in_filter: bool) -> None:
        for name, entry in node.entries:
            is_function = isinstance(entry, syntax.FunctionOf)
            self.visit(entry, bound | {name} if is_function else bound, in_filter)
            bound = bound | {name}

    def repetition(self, node: syntax.For | syntax.Quantified, bound: frozenset[str], in_filter: bool) -> None:
        if isinstance(node, syntax.For):
            bound = bound | {"partial"}
        for iterator in node.iterators:
            self.visit_parts(iterator, bound, in_filter)
            bound = bound | {iterator.name}
        self.visit(node.body, bound, in_filter)

    def function(self, node: syntax.FunctionOf, bound: frozenset[str], in_filter: bool) -> None:
        self.visit(node.body, bound.union(name for name, _ in node.parameters), in_filter)

    def instance_of(self, node: syntax.InstanceOf, bound: frozenset[str], in_filter: bool) -> None:
        self.visit(node.operand, bound, in_filter)


def _told_of(node: syntax.Node) -> str | None:
    """The last name of what is compared; "" for a text that is written out, None for anything else."""
    if isinstance(node, syntax.Name | syntax.Path):
        return node.name
    return "" if isinstance(node, syntax.Literal) and isinstance(node.value, str) else None


_VISITS: dict[type, Callable[[_Reader, Any, frozenset[str], bool], None]] = {
    syntax.Literal: _Reader.literal,
    syntax.Name: _Reader.name,
    syntax.Path: _Reader.path,
    syntax.Invocation: _Reader.invocation,
    syntax.Filter: _Reader.filter,
    syntax.Comparison: _Reader.comparison,
    syntax.ContextOf: _Reader.context,
    syntax.For: _Reader.repetition,
    syntax.Quantified: _Reader.repetition,
    syntax.FunctionOf: _Reader.function,
    syntax.InstanceOf: _Reader.instance_of,
}


def read_reading(node: syntax.Node) -> Reading:
    """Everything that the expression or the unary tests read and call."""
    reader = _Reader()
    reader.visit(node, frozenset(), False)
    calls = tuple(call for _, call in sorted(reader.calls, key=lambda found: found[0]))
    return Reading(
        names=frozenset(reader.names),
        filter_names=frozenset(reader.filter_names),
        paths=frozenset(reader.paths),
        calls=calls,
        equated=frozenset(reader.equated),
    )
