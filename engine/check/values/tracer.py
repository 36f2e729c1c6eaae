"""What an expression can come to, by what its names can be; and on the way, what in it does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from engine.check.values.calls import FUNCTIONS, trace_call
from engine.check.values.comparisons import trace_between, trace_comparison, trace_in, trace_range, trace_tests
from engine.check.values.domain import (
    ANYTHING,
    NOT_YET,
    NOTHING,
    NUMBER,
    TRUTH,
    Callee,
    Possible,
    ValueKind,
    constant,
    group_of,
    item_of,
    join,
    joined,
    list_of,
    of,
)
from engine.check.values.operations import combined, number_in_quotes, part_of
from engine.check.values.phrases import in_words, kinds_in_words, nearest_name
from engine.check.values.scopes import Scope, bound
from engine.check.values.slip import Say, Slip, SlipKind, keep_silent, named_among
from engine.feel import Expression, UnaryTests, syntax
from engine.feel.builtins import BUILTIN_FUNCTIONS

_NOT_TRUTH = "not true or false"
_HOST = FUNCTIONS.keys() - BUILTIN_FUNCTIONS.keys()
#: Functions that call one another deeper than this can give anything.
_DEEPEST_CALL = 12


def trace(parsed: Expression, scope: Scope, say: Say = keep_silent) -> Possible:
    """What an expression can come to. What in it is null whatever the facts is said where nothing else is."""
    if say is keep_silent:
        return Tracer(say).value(parsed.node, scope)
    found: list[Slip] = []
    value = Tracer(found.append).value(parsed.node, scope)
    reads = parsed.names | parsed.filter_names
    return _told([slip.reading(reads) for slip in found], parsed, say) or value


def trace_cell(parsed: UnaryTests, value: Possible, scope: Scope, say: Say) -> None:
    """Hold what a column can be against the tests of a cell."""
    found: list[Slip] = []
    trace_tests(Tracer(found.append), parsed.node, value, scope)
    _told(found, parsed, say)


@lru_cache(maxsize=8_192)
def _faults(parsed: Expression | UnaryTests) -> tuple[str, ...]:
    """What in it is null whatever the facts: the same wherever it is read."""
    return tuple(parsed.faults(_HOST))


def _told(found: list[Slip], parsed: Expression | UnaryTests, say: Say) -> Possible | None:
    """Say what was found, or else the faults: then the value can be anything."""
    told = found or [Slip(kind=SlipKind.CALL, sentence=fault) for fault in _faults(parsed)]
    for slip in told:
        say(slip)
    return ANYTHING if told and not found else None


#: Told apart by their types, too: `true` is not 1.
_literal = lru_cache(maxsize=4_096, typed=True)(constant)


class Tracer:
    """Goes through the parts of one expression."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.is_silent = say is keep_silent
        self.depth = 0  #: of calls of functions that policies define

    def value(self, node: syntax.Node, scope: Scope) -> Possible:
        """What the part can come to."""
        return _TRACERS[type(node)](self, node, scope)

    def wrong(
        self,
        sentence: str,
        kind: SlipKind = SlipKind.VALUE,
        *,
        words: frozenset[str] = frozenset(),
        fact: str = "",
        about: Iterable[Possible] = (),
    ) -> Possible:
        """Say that something does not fit, `about` what is of another kind; what is made of it can be anything."""
        name = fact.rpartition(".")[2]
        self._say(Slip(kind=kind, sentence=sentence, words=words, fact=name, about=named_among(about)))
        return ANYTHING

    def need_truth(self, value: Possible, what: str) -> None:
        """Only true and false decide."""
        if not self.is_silent and value.is_told and value.solid - {ValueKind.TRUTH}:
            hint = f" Compare it with one of its values: {value.fact} = …" if value.fact else ""
            self.wrong(f"{what} is {kinds_in_words(value.solid)}{_called(value)}, {_NOT_TRUTH}.{hint}", about=[value])

    def call(self, function: Callee, arguments: list[Possible]) -> Possible:
        """What a function that the policy defines gives."""
        if self.depth >= _DEEPEST_CALL:
            return ANYTHING
        self.depth += 1
        try:
            return function.give(arguments)
        finally:
            self.depth -= 1

    def part(self, value: Possible, name: str) -> Possible:
        """What `value.name` can be."""
        if value.is_anything or not value.solid:
            return value
        found, is_known = NOT_YET, False
        if ValueKind.GROUP in value.kinds:
            entries = value.entries
            if entries is None or (value.is_open and name not in entries):
                return ANYTHING
            if name in entries:
                found, is_known = entries[name], True
        if ValueKind.LIST in value.kinds:
            inner = self.part(value.item, name) if value.item is not None else ANYTHING
            found, is_known = join(found, list_of(inner)), True
        for kind in value.solid:
            part = part_of(kind, name)
            if part is not None:
                found, is_known = join(found, part), True
        if not is_known:
            return self._no_part(value, name)
        return found.read_as(_path(value, name))

    def _no_part(self, value: Possible, name: str) -> Possible:
        whose = f"“{value.fact}”" if value.fact else "This"
        if value.entries is not None:
            of_them = f"An item of {value.collection}" if value.collection else whose
            sentence = f"{of_them} has no “{name}”. {nearest_name(name, value.entries)}"
            self._say(Slip(kind=SlipKind.VALUE, sentence=sentence, entry=name if value.collection else ""))
            return ANYTHING
        return self.wrong(f"{whose} is {kinds_in_words(value.solid)} and has no “{name}”.", about=[value])

    # the parts of an expression

    def literal(self, node: syntax.Literal, _scope: Scope) -> Possible:
        return _literal(node.value)

    def name(self, node: syntax.Name, scope: Scope) -> Possible:
        value = scope(node.name)
        if value is None:  # what nothing gives, the rule on facts says
            return of(ValueKind.FUNCTION) if node.name in BUILTIN_FUNCTIONS else ANYTHING
        return value if node.name == "?" else value.named(node.name)

    def list_of(self, node: syntax.ListOf, scope: Scope) -> Possible:
        return list_of(joined(self.value(item, scope) for item in node.items))

    def context_of(self, node: syntax.ContextOf, scope: Scope) -> Possible:
        entries: dict[str, Possible] = {}
        for name, part in node.entries:
            inner = bound(scope, {**entries, **({name: ANYTHING} if isinstance(part, syntax.FunctionOf) else {})})
            entries[name] = self.value(part, inner)
        return group_of(entries)

    def path(self, node: syntax.Path, scope: Scope) -> Possible:
        return self.part(self.value(node.base, scope), node.name)

    def negation(self, node: syntax.Negation, scope: Scope) -> Possible:
        value = self.value(node.operand, scope)
        if isinstance(node.operand, syntax.Literal) and ValueKind.NUMBER in value.kinds:
            return constant(-node.operand.value)
        fits = value.solid & {ValueKind.NUMBER, ValueKind.SPAN, ValueKind.MONTHS}
        if value.is_told and not fits:
            return self.wrong(f"“-” stands before {in_words(value)}, of which there is no negative.", about=[value])
        return ANYTHING if value.is_anything else of(*fits).or_null()

    def arithmetic(self, node: syntax.Arithmetic, scope: Scope) -> Possible:
        made = self.value(node.first, scope)
        for sign, operand in node.rest:
            other = self.value(operand, scope)
            if not made.solid or not other.solid:  # null, as far as is known
                made = NOTHING
                continue
            kinds = combined(sign, made, other)
            made = of(*kinds).or_null() if kinds else self.wrong(_no_sum(sign, made, other), about=[made, other])
        return made

    def logic(self, node: syntax.Logic, scope: Scope) -> Possible:
        for operand in node.operands:
            self.need_truth(self.value(operand, scope), f"What stands beside “{node.operator}”")
        return TRUTH.or_null()

    def instance_of(self, node: syntax.InstanceOf, scope: Scope) -> Possible:
        self.value(node.operand, scope)
        return TRUTH

    def if_(self, node: syntax.If, scope: Scope) -> Possible:
        self.need_truth(self.value(node.condition, scope), "What stands after “if”")
        then, otherwise = self.value(node.then, scope), self.value(node.otherwise, scope)
        if not self.is_silent and (number := number_in_quotes(then, otherwise)) is not None:
            self.wrong(f'One branch of “if” is the text "{number}", the other a number. Take the quotes off.')
        return join(then, otherwise)

    def filter(self, node: syntax.Filter, scope: Scope) -> Possible:
        base = self.value(node.base, scope)
        item = item_of(base)
        inner = _inside(scope, item)
        condition = self.value(node.condition, inner)
        if condition.is_told and condition.solid == {ValueKind.NUMBER}:
            return item.or_null()
        if ValueKind.NUMBER in condition.kinds:  # a place, or a condition
            return join(list_of(item), item.or_null())
        self.need_truth(condition, "What stands in […]")
        return Possible(kinds=frozenset({ValueKind.LIST}), item=item, fact=base.fact)

    def _iterated(self, iterators: tuple[syntax.Iterator, ...], scope: Scope) -> Scope:
        for iterator in iterators:
            source = self.value(iterator.source, scope)
            if iterator.end is not None:
                self.value(iterator.end, scope)
                item = NUMBER if source.solid <= {ValueKind.NUMBER} else ANYTHING
            elif source.is_told and not source.solid & {ValueKind.LIST, ValueKind.RANGE}:
                sentence = f"“{iterator.name}” goes through {in_words(source)} which is no list."
                item = self.wrong(sentence, about=[source])
            else:
                item = ANYTHING if ValueKind.RANGE in source.kinds else item_of(source)
            scope = bound(scope, {iterator.name: item.as_given()})
        return scope

    def for_(self, node: syntax.For, scope: Scope) -> Possible:
        inner = bound(self._iterated(node.iterators, scope), {"partial": of(ValueKind.LIST)})
        return list_of(self.value(node.body, inner)).or_null()

    def quantified(self, node: syntax.Quantified, scope: Scope) -> Possible:
        self.need_truth(self.value(node.body, self._iterated(node.iterators, scope)), "What stands after “satisfies”")
        return TRUTH.or_null()

    def function_of(self, node: syntax.FunctionOf, scope: Scope) -> Possible:
        names = tuple(name for name, _ in node.parameters)

        def give(arguments: list[Possible]) -> Possible:
            return self.value(node.body, bound(scope, dict(zip(names, arguments, strict=True))))

        return Possible(kinds=frozenset({ValueKind.FUNCTION}), function=Callee(parameters=names, give=give))


def _called(value: Possible) -> str:
    return f" (“{value.fact}”)" if value.fact else ""


def _path(value: Possible, name: str) -> str:
    return f"{value.fact}.{name}" if value.fact else name


def _no_sum(sign: str, left: Possible, right: Possible) -> str:
    is_day_and_number = left.solid & {ValueKind.DAY, ValueKind.INSTANT} and ValueKind.NUMBER in right.kinds
    hint = ' Write duration("P2D") for two days, or working days after(…).' if is_day_and_number else ""
    return (
        f"“{sign}” stands between {kinds_in_words(left.solid)}{_called(left)} and "
        f"{kinds_in_words(right.solid)}{_called(right)}, which comes to nothing.{hint}"
    )


def _inside(scope: Scope, item: Possible) -> Scope:
    """A filter's scope: `item`, and in front of what is known outside the entries of the item."""
    inner = bound(scope, {**(item.entries or {}), "item": item})
    if item.is_anything or (ValueKind.GROUP in item.kinds and (item.entries is None or item.is_open)):
        return lambda name: inner(name) if name in ("item", *(item.entries or {})) else _maybe(inner(name))
    return inner


def _maybe(value: Possible | None) -> Possible | None:
    return None if value is None else ANYTHING


_TRACERS: Mapping[type, Callable[[Tracer, Any, Scope], Possible]] = {
    syntax.Literal: Tracer.literal,
    syntax.Name: Tracer.name,
    syntax.ListOf: Tracer.list_of,
    syntax.ContextOf: Tracer.context_of,
    syntax.RangeOf: trace_range,
    syntax.Path: Tracer.path,
    syntax.Filter: Tracer.filter,
    syntax.Invocation: trace_call,
    syntax.Negation: Tracer.negation,
    syntax.Arithmetic: Tracer.arithmetic,
    syntax.Logic: Tracer.logic,
    syntax.Comparison: trace_comparison,
    syntax.Between: trace_between,
    syntax.In: trace_in,
    syntax.InstanceOf: Tracer.instance_of,
    syntax.If: Tracer.if_,
    syntax.For: Tracer.for_,
    syntax.Quantified: Tracer.quantified,
    syntax.FunctionOf: Tracer.function_of,
}
