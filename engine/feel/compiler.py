"""The parts of an expression to Python closures: `code(run, frame)` computes the value.

No code is generated: each closure holds the closures of its parts. `weight` counts the parts, so that a repetition
can say beforehand what one round costs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from engine.errors import FeelError
from engine.feel import syntax
from engine.feel.arithmetic import OPERATIONS, negate
from engine.feel.builtins import BUILTIN_VALUES
from engine.feel.comparison import COMPARE, are_ends, both, is_among, is_at_least, is_at_most, is_equal
from engine.feel.properties import read_path
from engine.feel.run import Frame, Run
from engine.feel.types import is_instance
from engine.feel.values import FeelRange

Code = Callable[[Run, Frame | None], Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class StaticScope:
    """What is bound around a part, as far as it can be told without values."""

    names: frozenset[str] = frozenset()
    #: inside a filter any name may be an entry of the item
    in_filter: bool = False

    def with_names(self, *names: str) -> StaticScope:
        return replace(self, names=self.names.union(names))

    def is_local(self, name: str) -> bool:
        return self.in_filter or name in self.names


class Compiler:
    """Turns one expression into code. Keep one per expression: it counts."""

    def __init__(self) -> None:
        self.weight = 0
        #: the names read so far, so that a loop can tell whether its body speaks of `partial`
        self.names_read: list[str] = []

    def compile(self, node: syntax.Node, scope: StaticScope) -> Code:
        self.weight += 1
        return _COMPILERS[type(node)](self, node, scope)

    def measured(self, node: syntax.Node, scope: StaticScope) -> tuple[Code, int]:
        """The code, and what one round of it costs."""
        before = self.weight
        code = self.compile(node, scope)
        return code, self.weight - before

    def literal(self, node: syntax.Literal, _scope: StaticScope) -> Code:
        value = node.value
        return lambda _run, _frame: value

    def name(self, node: syntax.Name, scope: StaticScope) -> Code:
        name = node.name
        builtin = BUILTIN_VALUES.get(name)
        self.names_read.append(name)
        if not scope.is_local(name):
            return lambda run, _: run.read(name, builtin)

        def read(run: Run, frame: Frame | None) -> Any:
            while frame is not None:
                if name in frame.values:
                    return frame.values[name]
                frame = frame.parent
            return run.read(name, builtin)

        return read

    def list_of(self, node: syntax.ListOf, scope: StaticScope) -> Code:
        items = [self.compile(item, scope) for item in node.items]
        count = len(items)

        def make(run: Run, frame: Frame | None) -> list[Any]:
            run.hold(count)
            return [item(run, frame) for item in items]

        return make

    def context_of(self, node: syntax.ContextOf, scope: StaticScope) -> Code:
        entries: list[tuple[str, Code]] = []
        for name, entry in node.entries:
            # a function may call itself by its entry's name
            inner = scope.with_names(name) if isinstance(entry, syntax.FunctionOf) else scope
            entries.append((name, self.compile(entry, inner)))
            scope = scope.with_names(name)
        count = len(entries)

        def make(run: Run, frame: Frame | None) -> dict[str, Any]:
            run.hold(count)
            made = Frame({}, frame)
            for name, code in entries:
                made.values[name] = code(run, made)
            return made.values

        return make

    def range_of(self, node: syntax.RangeOf, scope: StaticScope) -> Code:
        start = None if node.start is None else self.compile(node.start, scope)
        end = None if node.end is None else self.compile(node.end, scope)
        start_included, end_included, sign = node.start_included, node.end_included, node.sign

        def make(run: Run, frame: Frame | None) -> FeelRange | None:
            first = None if start is None else start(run, frame)
            last = None if end is None else end(run, frame)
            if (start is not None and first is None) or (end is not None and last is None):
                run.warn("A range with an end that is null is no range.")
                return None
            if start is not None and end is not None and not are_ends(run, first, last):
                return None
            return FeelRange(start=first, end=last, start_included=start_included, end_included=end_included, sign=sign)

        ends = [_written_out(end) for end in (node.start, node.end) if end is not None]
        silent = Run("", {}, None, None, None)
        if None in ends or (found := make(silent, None)) is None:
            return make  # one that is no range is asked again, for the note that says why
        return lambda _run, _frame: found

    def path(self, node: syntax.Path, scope: StaticScope) -> Code:
        base, name = self.compile(node.base, scope), node.name
        return lambda run, frame: read_path(run, base(run, frame), name)

    def negation(self, node: syntax.Negation, scope: StaticScope) -> Code:
        operand = self.compile(node.operand, scope)
        if isinstance(node.operand, syntax.Literal) and isinstance(node.operand.value, Decimal):
            negative = -node.operand.value
            return lambda _run, _frame: negative
        return lambda run, frame: negate(run, operand(run, frame))

    def arithmetic(self, node: syntax.Arithmetic, scope: StaticScope) -> Code:
        first = self.compile(node.first, scope)
        rest = [(OPERATIONS[sign], self.compile(operand, scope)) for sign, operand in node.rest]
        position = node.position

        def chain(run: Run, frame: Frame | None) -> Any:
            try:
                value = first(run, frame)
                for operation, operand in rest:
                    value = operation(run, value, operand(run, frame))
            except FeelError as error:
                raise run.place(error, position) from error.__cause__
            return value

        return chain

    def logic(self, node: syntax.Logic, scope: StaticScope) -> Code:
        operands = [self.compile(operand, scope) for operand in node.operands]
        decisive = node.operator == "or"

        def decide(run: Run, frame: Frame | None) -> bool | None:
            found: bool | None = not decisive
            for operand in operands:
                value = operand(run, frame)
                if value is decisive:
                    return True if decisive else False  # noqa: SIM210  # says to mypy that it is a truth value
                if value is not (not decisive):
                    found = None
            return found

        return decide

    def comparison(self, node: syntax.Comparison, scope: StaticScope) -> Code:
        left, right = self.compile(node.left, scope), self.compile(node.right, scope)
        compare = COMPARE[node.operator]
        if isinstance(node.right, syntax.Literal):
            constant = node.right.value
            return lambda run, frame: compare(run, left(run, frame), constant)
        return lambda run, frame: compare(run, left(run, frame), right(run, frame))

    def between(self, node: syntax.Between, scope: StaticScope) -> Code:
        operand, low, high = (self.compile(part, scope) for part in (node.operand, node.low, node.high))

        def decide(run: Run, frame: Frame | None) -> bool | None:
            value = operand(run, frame)
            return both(is_at_least(run, value, low(run, frame)), is_at_most(run, value, high(run, frame)))

        return decide

    def is_in(self, node: syntax.In, scope: StaticScope) -> Code:
        operand = self.compile(node.operand, scope)
        if not any(test.reads_input for test in node.tests.tests):
            tests = self.tests(node.tests, scope)
            return lambda run, frame: tests(run, frame, operand(run, frame))
        tests_of_input = self.tests(node.tests, scope.with_names("?"))

        def decide(run: Run, frame: Frame | None) -> bool | None:
            value = operand(run, frame)
            return tests_of_input(run, Frame({"?": value}, frame), value)

        return decide

    def tests(self, node: syntax.Tests, scope: StaticScope) -> Callable[[Run, Frame | None, Any], bool | None]:
        """Code that says of a value whether one of the tests holds, in three values."""
        tests = [self._test(test, scope) for test in node.tests]
        negated = node.negated

        def decide(run: Run, frame: Frame | None, value: Any) -> bool | None:
            found: bool | None = not tests
            for test in tests:
                holds = test(run, frame, value)
                if holds:
                    found = True
                    break
                if holds is None:
                    found = None
            if negated:
                return None if found is None else not found
            return found

        return decide

    def _test(self, node: syntax.Test, scope: StaticScope) -> Callable[[Run, Frame | None, Any], bool | None]:
        self.weight += 1
        operand = self.compile(node.operand, scope)
        if node.operator is not None:
            compare = COMPARE[node.operator]
            return lambda run, frame, value: compare(run, value, operand(run, frame))
        if isinstance(node.operand, syntax.Name) and node.operand.name == "?":
            return lambda _run, _frame, value: value is True  # a condition, and no value to be equal to itself
        if node.reads_input:
            # a condition on `?` decides by its own truth; anything else made from `?` is compared as any value
            def condition(run: Run, frame: Frame | None, value: Any) -> bool | None:
                found = operand(run, frame)
                if found is None or type(found) is bool:
                    return found
                return is_among(run, value, found)

            return condition

        is_range = isinstance(node.operand, syntax.RangeOf)

        def match(run: Run, frame: Frame | None, value: Any) -> bool | None:
            found = operand(run, frame)
            if found is None and is_range:
                return None  # no range, and so no answer; null itself would be compared
            if type(found) is list or type(found) is FeelRange:
                return is_among(run, value, found)
            return is_equal(run, value, found)

        return match

    def instance_of(self, node: syntax.InstanceOf, scope: StaticScope) -> Code:
        operand, type_ = self.compile(node.operand, scope), node.type
        return lambda run, frame: is_instance(run, operand(run, frame), type_)

    def if_(self, node: syntax.If, scope: StaticScope) -> Code:
        condition, then, otherwise = (self.compile(part, scope) for part in (node.condition, node.then, node.otherwise))
        return lambda run, frame: (then if condition(run, frame) is True else otherwise)(run, frame)


def _written_out(node: syntax.Node) -> Any:
    """The value of a literal, `-5` included; None for anything else."""
    if isinstance(node, syntax.Negation) and isinstance(node.operand, syntax.Literal):
        return -node.operand.value if type(node.operand.value) is Decimal else None
    return node.value if isinstance(node, syntax.Literal) else None


_COMPILERS: dict[type, Callable[[Compiler, Any, StaticScope], Code]] = {
    syntax.Literal: Compiler.literal,
    syntax.Name: Compiler.name,
    syntax.ListOf: Compiler.list_of,
    syntax.ContextOf: Compiler.context_of,
    syntax.RangeOf: Compiler.range_of,
    syntax.Path: Compiler.path,
    syntax.Negation: Compiler.negation,
    syntax.Arithmetic: Compiler.arithmetic,
    syntax.Logic: Compiler.logic,
    syntax.Comparison: Compiler.comparison,
    syntax.Between: Compiler.between,
    syntax.In: Compiler.is_in,
    syntax.InstanceOf: Compiler.instance_of,
    syntax.If: Compiler.if_,
}


def register(kind: type, compile_: Callable[[Compiler, Any, StaticScope], Code]) -> None:
    """Add the code of a part that stands in a file of its own."""
    _COMPILERS[kind] = compile_
