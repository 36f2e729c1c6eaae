"""Calls: a function that there is not, and one that does not take what it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from engine.calendar import SIGNATURES, Signature
from engine.check.values.comparisons import hold_equal
from engine.check.values.domain import (
    ANYTHING,
    NOT_YET,
    Callee,
    Kinds,
    Possible,
    ValueKind,
    flat_item_of,
    item_of,
    join,
    joined,
    list_of,
    of_types,
)
from engine.check.values.phrases import in_words, kinds_in_words, nearest_name
from engine.check.values.scopes import Scope
from engine.check.values.slip import SlipKind
from engine.check.values.trace import Trace
from engine.feel import syntax
from engine.feel.builtins import BUILTIN_FUNCTIONS
from engine.feel.builtins.signature import Gives, Like
from engine.words import counted
from engine.words import listed as in_a_row

#: What an expression of a policy may call besides FEEL's own functions and those that count time.
DUE = "due"


@dataclass(frozen=True, kw_only=True, slots=True)
class CallWay:
    """One way of calling a function."""

    takes: tuple[tuple[str, Kinds | None, bool], ...]  #: name, kinds (None for any), whether it may be left out
    gives: Gives
    is_variadic: bool = False

    def takes_count(self, count: int) -> bool:
        needed = sum(not optional for _, _, optional in self.takes)
        return count >= needed and (self.is_variadic or count <= len(self.takes))

    def kinds_at(self, place: int) -> Kinds | None:
        return self.takes[min(place, len(self.takes) - 1)][1]


def _kinds(types: frozenset[type] | tuple[type, ...] | None) -> Kinds | None:
    return None if types is None else of_types(types).kinds


def _of_calendar(signature: Signature) -> tuple[CallWay, ...]:
    takes = tuple((name, _kinds(types), False) for name, types in signature.takes.items())
    return (CallWay(takes=takes, gives=frozenset({signature.gives})),)


#: Every function that an expression in a policy may call, with the ways in which it is called.
FUNCTIONS: Mapping[str, tuple[CallWay, ...]] = {
    **{
        name: tuple(
            CallWay(
                takes=tuple((each.name, _kinds(each.kinds), each.optional) for each in form.parameters),
                gives=form.gives,
                is_variadic=form.variadic,
            )
            for form in builtin.forms
        )
        for name, builtin in BUILTIN_FUNCTIONS.items()
    },
    **{name: _of_calendar(signature) for name, signature in SIGNATURES.items()},
    DUE: (
        CallWay(
            takes=(("limit", _kinds((str,)), False), ("start", _kinds((date, datetime)), True)),
            gives=frozenset({date}),
        ),
    ),
}
#: Those that look for a value in a list: it is compared with the items.
_LOOKING = frozenset({"list contains", "index of"})


def trace_call(trace: Trace, node: syntax.Invocation, scope: Scope) -> Possible:
    """What a call gives, after looking at what the function is given."""
    arguments = [trace.value(argument, scope) for argument in node.arguments]
    if not isinstance(node.function, syntax.Name):
        callee = trace.value(node.function, scope)
        return ANYTHING if callee.function is None else _defined(trace, node, callee.function, arguments, "This")
    name = node.function.name
    local = scope(name)
    if local is not None and local.function is not None:
        return _defined(trace, node, local.function, arguments, f"“{name}”")
    forms = FUNCTIONS.get(name)
    if forms is not None:
        return _known(trace, node, name, forms, arguments)
    if local is not None and (not local.is_told or ValueKind.FUNCTION in local.kinds):
        return ANYTHING
    hint = nearest_name(name, FUNCTIONS, otherwise="docs/feel.md lists them.")
    return trace.wrong(f"“{name}” is no function. {hint}", SlipKind.CALL)


def _defined(
    trace: Trace, node: syntax.Invocation, function: Callee, arguments: list[Possible], called: str
) -> Possible:
    """A call of a function that the policy defines."""
    takes = in_a_row(function.parameters) if function.parameters else "nothing"
    if node.names is not None:
        unknown = [name for name in node.names if name not in function.parameters]
        if unknown:
            hint = nearest_name(unknown[0], function.parameters, otherwise=f"It takes: {takes}.")
            return trace.wrong(f"{called} has no parameter “{unknown[0]}”. {hint}", SlipKind.CALL)
        given = dict(zip(node.names, arguments, strict=True))
        arguments = [given[name] for name in function.parameters if name in given]
    if len(arguments) != len(function.parameters):
        return trace.wrong(
            f"{called} is given {counted(len(arguments), 'value')}, and takes {len(function.parameters)}: {takes}.",
            SlipKind.CALL,
        )
    return trace.call(function, arguments)


def _known(
    trace: Trace, node: syntax.Invocation, name: str, forms: tuple[CallWay, ...], arguments: list[Possible]
) -> Possible:
    if node.names is None:
        fits = [form for form in forms if form.takes_count(len(arguments))]
    else:
        fits = [form for form in forms if _takes_names(form, node.names)]
    if not fits:
        return trace.wrong(_wrong_arguments(name, forms, node, len(arguments)), SlipKind.CALL)
    placed = [_in_order(form, node.names, arguments) for form in fits]
    taken = next((form for form, given in zip(fits, placed, strict=True) if _accepts(form, given)), None)
    if taken is None:
        given = in_a_row([in_words(argument).rstrip(",") for argument in arguments])
        sentence = f"“{name}” does not take {given}. It takes {_taken(forms)}."
        return trace.wrong(sentence, SlipKind.CALL, about=arguments)
    if name in _LOOKING and arguments[0].item is not None and arguments[0].solid == {ValueKind.LIST}:
        hold_equal(trace, arguments[0].item, arguments[1])
    return _given(taken, _in_order(taken, node.names, arguments))


def _takes_names(form: CallWay, names: Sequence[str]) -> bool:
    """As the call is made: by the form's first parameters, without a gap."""
    known = [name for name, _, _ in form.takes]
    return set(names) == set(known[: len(names)]) and form.takes_count(len(names))


def _in_order(form: CallWay, names: Sequence[str] | None, arguments: list[Possible]) -> list[Possible]:
    if names is None:
        return arguments
    given = dict(zip(names, arguments, strict=True))
    return [given[name] for name, _, _ in form.takes if name in given]


def _accepts(form: CallWay, arguments: list[Possible]) -> bool:
    return all(_fits(argument, form.kinds_at(place)) for place, argument in enumerate(arguments))


def _fits(argument: Possible, kinds: Kinds | None) -> bool:
    """Whether what is given can be of the kinds: a list of one for its item, too, and one value for a list."""
    if kinds is None or not argument.is_told or ValueKind.LIST in kinds or argument.solid & kinds:
        return True
    item = argument.item
    return ValueKind.LIST in argument.kinds and (item is None or not item.is_told or bool(item.solid & kinds))


def _wrong_arguments(name: str, forms: tuple[CallWay, ...], node: syntax.Invocation, count: int) -> str:
    if node.names is not None:
        known = {parameter for form in forms for parameter, _, _ in form.takes}
        unknown = next((each for each in node.names if each not in known), None)
        if unknown is not None:
            hint = nearest_name(unknown, known, otherwise=f"It takes {_taken(forms)}.")
            return f"“{name}” has no parameter “{unknown}”. {hint}"
    given = counted(count, "value") if count else "nothing"
    return f"“{name}” is given {given}. It takes {_taken(forms)}."


def _taken(forms: tuple[CallWay, ...]) -> str:
    """The ways of calling, in words: "day (a day or a day and time) and n (a number)"."""
    return ", or ".join(dict.fromkeys(_taken_by(form) for form in forms))


def _taken_by(form: CallWay) -> str:
    words = []
    for name, kinds, is_optional in form.takes:
        said = name if kinds is None else f"{name} ({kinds_in_words(kinds - {ValueKind.NULL})})"
        words.append(f"perhaps {said}" if is_optional else said)
    return (in_a_row(words) if words else "nothing") + (" and more" if form.is_variadic else "")


def _given(form: CallWay, arguments: list[Possible]) -> Possible:
    """What a call of this form gives."""
    match form.gives:
        case Like.VALUE:
            return arguments[0].or_null() if arguments else ANYTHING
        case Like.ITEM:
            items = [item_of(each) for each in arguments]
            return joined(items).or_null().as_given()
        case Like.LIST:
            lists = [each for each in arguments if ValueKind.LIST in each.kinds] or arguments[:1]
            item = NOT_YET
            for each in lists:
                item = join(item, item_of(each))
            return list_of(item).or_null()
        case Like.FLAT:
            return list_of(flat_item_of(arguments[0])).or_null() if arguments else ANYTHING
        case Like.GROWN:
            new = arguments[1:] if form.is_variadic else arguments[-1:]
            return list_of(joined([item_of(arguments[0]), *new])).or_null()
        case types:
            return _of_types(types)


@cache
def _of_types(types: frozenset[type] | None) -> Possible:
    """What a function gives that is known by its types alone: one of them, or null."""
    return of_types(types).or_null()
