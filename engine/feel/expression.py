"""Expressions and unary tests, read once and evaluated often."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from engine.errors import FeelLimitError
from engine.feel import syntax
from engine.feel.analysis import Call, read_reading
from engine.feel.calls import compile_function, compile_invocation
from engine.feel.compiler import Compiler, StaticScope, register
from engine.feel.faults import FaultFinder
from engine.feel.lexer import MAX_TEXT
from engine.feel.loops import compile_filter, compile_for, compile_quantified
from engine.feel.parser import Parser
from engine.feel.run import Frame, Functions, Run, Warn

register(syntax.For, compile_for)
register(syntax.Quantified, compile_quantified)
register(syntax.Filter, compile_filter)
register(syntax.Invocation, compile_invocation)
register(syntax.FunctionOf, compile_function)

_TOO_DEEP = "This expression is nested too deeply. Split it into several."
_EMPTY: Mapping[str, Any] = {}
Types = Mapping[str, syntax.OwnType]


class Expression:
    """A parsed expression. Holds no state of an evaluation, so threads may share it."""

    __slots__ = ("_code", "_reading", "node", "text")

    def __init__(self, text: str, names: frozenset[str], types: Types | None = None) -> None:
        self.text = text
        try:
            self._hold(Parser(text, names, types).whole_expression())
        except RecursionError:
            raise FeelLimitError(_TOO_DEEP, expression=text[:80]) from None

    def _hold(self, node: syntax.Node) -> None:
        #: its parts, for whoever asks what it can come to without evaluating it
        self.node = node
        self._code = Compiler().compile(node, StaticScope())
        self._reading = read_reading(node)

    def operands(self, operator: str) -> tuple[Expression, ...]:
        """What stands between its `and`, or its `or`, each as an expression; itself where it is none of these."""
        node = self.node
        if not isinstance(node, syntax.Logic) or node.operator != operator:
            return (self,)
        found: list[Expression] = []
        for operand in node.operands:
            part = Expression.__new__(Expression)
            part.text = self.text
            part._hold(operand)
            found += part.operands(operator)
        return tuple(found)

    @property
    def names(self) -> frozenset[str]:
        """The root names that it reads, without built-in functions and names bound inside.

        A name inside a filter that may be an entry of the list's items is in `filter_names` instead.
        """
        return self._reading.names

    @property
    def filter_names(self) -> frozenset[str]:
        """Names inside filters: of the item where it has such an entry, otherwise root names."""
        return self._reading.filter_names

    @property
    def paths(self) -> frozenset[tuple[str, ...]]:
        """The root names with the path read from them, such as `("applicant", "name")`."""
        return self._reading.paths

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every invocation of a function by its name, in the order of the text."""
        return self._reading.calls

    def faults(self, host: Container[str] = ()) -> list[str]:
        """What in it is null whatever the facts, in sentences; `host` names the host's functions."""
        return list(FaultFinder(self.text, host).of(self.node))

    @property
    def equated(self) -> frozenset[tuple[str | None, str | None]]:
        """What is compared for being equal: the last name of each side; "" for a text, None for anything else."""
        return self._reading.equated

    def evaluate(
        self,
        scope: Mapping[str, Any] = _EMPTY,
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
        warn: Warn | None = None,
    ) -> Any:
        """The value. `scope` is read only for the names needed; a name it does not hold is null, with a warning.

        Raises FeelError (a host function failed, the clock is missing, a foreign object) and FeelLimitError.
        """
        run = Run(self.text, scope, now, functions, warn)
        try:
            return self._code(run, None)
        except RecursionError:
            raise FeelLimitError(_TOO_DEEP, expression=self.text[:80]) from None


class UnaryTests:
    """The parsed tests of one cell of a decision table."""

    __slots__ = ("_decide", "_reading", "node", "text")

    def __init__(self, text: str, names: frozenset[str], types: Types | None = None) -> None:
        self.text = text
        try:
            node = self.node = Parser(text, names, types).whole_tests()
            self._decide = Compiler().tests(node, StaticScope(names=frozenset({"?"})))
            self._reading = read_reading(node)
        except RecursionError:
            raise FeelLimitError(_TOO_DEEP, expression=text[:80]) from None

    @property
    def names(self) -> frozenset[str]:
        """The root names that the tests read, without `?`."""
        return self._reading.names

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every invocation of a function by its name."""
        return self._reading.calls

    def faults(self, host: Container[str] = ()) -> list[str]:
        """What in the tests is null whatever the facts, in sentences."""
        return list(FaultFinder(self.text, host).of(self.node))

    def matches(
        self,
        value: Any,
        scope: Mapping[str, Any] = _EMPTY,
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
        warn: Warn | None = None,
    ) -> bool:
        """Whether the value, `?` in the tests, meets them. Null (not comparable) does not."""
        run = Run(self.text, scope, now, functions, warn)
        try:
            value = run.admit("?", value)
            return self._decide(run, Frame({"?": value}, None), value) is True
        except RecursionError:
            raise FeelLimitError(_TOO_DEEP, expression=self.text[:80]) from None


_Names = frozenset[str]
_Parsed = TypeVar("_Parsed")

#: how many texts are kept, by their length: a text takes up to 300 bytes for each character, so many long ones would
#: fill the memory
_KEPT = ((200, 2048), (2_000, 128), (MAX_TEXT, 4))


def _cached(read: Callable[[str, _Names], _Parsed]) -> Callable[[str, _Names], _Parsed]:
    caches = [(length, lru_cache(maxsize=count)(read)) for length, count in _KEPT]

    def cached(text: str, names: _Names) -> _Parsed:
        for length, cache in caches:
            if len(text) <= length:
                return cache(text, names)
        return read(text, names)  # too long to be read: the reader says so

    return cached


_expression = _cached(Expression)
_unary_tests = _cached(UnaryTests)

_NO_NAMES: _Names = frozenset()


def _telling(names: Iterable[str]) -> _Names:
    """The names that reading depends on: those that are not one plain word."""
    return frozenset(name for name in names if not name.isidentifier())


#: words after which a type may stand
_BEFORE_TYPES = ("instance", "function")


def parse(text: str, names: Iterable[str] = (), types: Types | None = None) -> Expression:
    """Read an expression, or take it from the cache. Raises FeelSyntaxError with the position, and FeelLimitError.

    `names` are the names in scope; only those with spaces or signs matter. `types` are the host's, by name.
    """
    telling = _telling(names) if names else _NO_NAMES
    if types and any(word in text for word in _BEFORE_TYPES):
        return Expression(text, telling, types)  # a type of one file is no type of another
    return _expression(text, telling)


def parse_unary_tests(text: str, names: Iterable[str] = (), types: Types | None = None) -> UnaryTests:
    """Read the tests of a decision table's cell, or take them from the cache."""
    telling = _telling(names) if names else _NO_NAMES
    if types and any(word in text for word in _BEFORE_TYPES):
        return UnaryTests(text, telling, types)
    return _unary_tests(text, telling)


def evaluate(
    expression: str,
    context: Mapping[str, Any] = _EMPTY,
    *,
    now: datetime | None = None,
    functions: Mapping[str, Callable[..., Any]] | None = None,
) -> Any:
    """Read (once) and evaluate an expression over a context of Python or FEEL values.

    `now` is an aware date-time, the step's clock; today() is its date. Raises FeelError and its kinds.
    """
    names = context if functions is None else [*context, *functions]
    telling = {name for name in names if isinstance(name, str) and not name.isidentifier()}
    if "." in expression:
        _collect_inner(context, telling, 0)
    return parse(expression, telling).evaluate(context, now=now, functions=functions)


def _collect_inner(value: Any, found: set[str], depth: int) -> None:
    """Names with signs inside contexts, which a path may speak of; of a list its first item stands for all."""
    if depth > 8:
        return
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if isinstance(name, str) and depth and not name.isidentifier():
                found.add(name)
            if isinstance(inner, Mapping | list):
                _collect_inner(inner, found, depth + 1)
    elif isinstance(value, list) and value:
        _collect_inner(value[0], found, depth + 1)
