"""Comparisons: what can never be equal, what has no order, and a choice that there is not."""

from __future__ import annotations

from collections.abc import Iterable

from engine.check.values.domain import ANYTHING, TRUTH, Choice, Possible, ValueKind, join
from engine.check.values.operations import can_be_equal, can_be_ordered
from engine.check.values.phrases import in_words, kinds_in_words, listed, nearest_choice, told
from engine.check.values.scopes import Scope, bound
from engine.check.values.trace import Trace
from engine.feel import syntax

_ANSWER = TRUTH.or_null()


def trace_comparison(trace: Trace, node: syntax.Comparison, scope: Scope) -> Possible:
    left, right = trace.value(node.left, scope), trace.value(node.right, scope)
    if node.operator in ("=", "!="):
        hold_equal(trace, left, right)
    else:
        hold_ordered(trace, left, right)
    return _ANSWER


def trace_between(trace: Trace, node: syntax.Between, scope: Scope) -> Possible:
    value = trace.value(node.operand, scope)
    for end in (node.low, node.high):
        hold_ordered(trace, value, trace.value(end, scope))
    return _ANSWER


def trace_range(trace: Trace, node: syntax.RangeOf, scope: Scope) -> Possible:
    ends = [trace.value(end, scope) for end in (node.start, node.end) if end is not None]
    if len(ends) == 2:
        hold_ordered(trace, *ends)
    item = ends[0] if len(ends) == 1 else join(ends[0], ends[1]) if ends else ANYTHING
    return Possible(kinds=frozenset({ValueKind.RANGE}), item=item)


def trace_in(trace: Trace, node: syntax.In, scope: Scope) -> Possible:
    trace_tests(trace, node.tests, trace.value(node.operand, scope), scope)
    return _ANSWER


def trace_tests(trace: Trace, tests: syntax.Tests, value: Possible, scope: Scope) -> None:
    """Hold a value against unary tests: a cell of a table, or what stands behind `in`."""
    inner = bound(scope, {"?": value})
    for test in tests.tests:
        operand = trace.value(test.operand, inner)
        if test.operator in ("<", "<=", ">", ">="):
            hold_ordered(trace, value, operand)
        elif test.operator is None:
            _match(trace, test, value, operand)
        else:
            hold_equal(trace, value, operand)


def _match(trace: Trace, test: syntax.Test, value: Possible, operand: Possible) -> None:
    if not operand.is_told or (test.reads_input and operand.solid <= {ValueKind.TRUTH}):
        return
    if operand.solid == {ValueKind.TRUTH} and not isinstance(test.operand, syntax.Literal):
        _hold_answer(trace, value)
        return
    if operand.solid == {ValueKind.RANGE}:
        hold_ordered(trace, value, operand.item or ANYTHING)
    elif operand.solid == {ValueKind.LIST} and ValueKind.LIST not in value.kinds:
        hold_equal(trace, value, operand.item or ANYTHING)
    elif not operand.solid & {ValueKind.LIST, ValueKind.RANGE}:
        hold_equal(trace, value, operand)


def _hold_answer(trace: Trace, value: Possible) -> None:
    """A condition on something else than the value: what it comes to is compared with the value, as any other."""
    if value.is_told and not trace.is_silent and ValueKind.TRUTH not in value.kinds:
        trace.wrong(
            f"This condition does not speak of the value, and true or false is never equal to {in_words(value)}. "
            "Write ? for the value, or make the condition a column of its own.".replace(",.", ".")
        )


def hold_equal(trace: Trace, left: Possible, right: Possible) -> None:
    """Whether the two can ever be equal."""
    if trace.is_silent or not left.is_told or not right.is_told:
        return
    if not can_be_equal(left, right):
        known, other = (left, right) if left.fact or not right.fact else (right, left)
        hint = f" It can be: {listed(known.choices)}." if known.choices and known.fact else ""
        trace.wrong(
            f"{_capital(in_words(known))} is compared with {_as_written(other)}, and is never equal to it.{hint}",
            about=[left, right],
        )
    elif left.choices is not None and right.choices is not None and not left.choices & right.choices:
        _no_such_choice(trace, left, right)
    elif left.choices is not None and right.choices is not None:
        for known, other in ((left, right), (right, left)):
            if len(other.choices or ()) > 1 and known.fact and not other.fact:
                for wrong in sorted((other.choices or frozenset()) - (known.choices or frozenset()), key=told):
                    _none_of(trace, wrong, known)


def _no_such_choice(trace: Trace, left: Possible, right: Possible) -> None:
    known, other = (left, right) if len(right.choices or ()) == 1 else (right, left)
    for wrong in other.choices or () if len(other.choices or ()) == 1 else ():
        _none_of(trace, wrong, known)
        return
    words = _texts((*(left.choices or ()), *(right.choices or ())))
    sentence = f"What is compared is never equal: {listed(left.choices or ())} and {listed(right.choices or ())}."
    facts = {each.fact for each in (left, right)} - {""}
    trace.wrong(sentence, words=words, fact=facts.pop() if len(facts) == 1 else "")


def _none_of(trace: Trace, wrong: Choice, known: Possible) -> None:
    what = f"what “{known.fact}” can be" if known.fact else "what this can be"
    hint = nearest_choice(wrong, known.choices or ())
    trace.wrong(f"{told(wrong)} is none of {what}. {hint}", words=_texts([wrong]), fact=known.fact)


def _texts(choices: Iterable[Choice]) -> frozenset[str]:
    return frozenset(word for kind, word in choices if kind is ValueKind.TEXT)


def hold_ordered(trace: Trace, left: Possible, right: Possible) -> None:
    """Whether there is an order between the two."""
    if not trace.is_silent and left.is_told and right.is_told and not can_be_ordered(left, right):
        sentence = f"There is no order between {in_words(left)} and {in_words(right)}.".replace(",.", ".")
        trace.wrong(sentence, about=[left, right])


def _as_written(value: Possible) -> str:
    if not value.fact and value.choices is not None and len(value.choices) == 1:
        (choice,) = value.choices
        return told(choice) if choice[0] is not ValueKind.TEXT else f"the text {told(choice)}"
    words = kinds_in_words(value.solid)
    return f"“{value.fact}” ({words})" if value.fact else words


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
