"""`instance of`, and the types of parameters (DMN 1.5, 10.3.2.9.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.feel import syntax
from engine.feel.comparison import Truth, both
from engine.feel.conversions import alternatives
from engine.feel.run import Run
from engine.feel.syntax import TypeOf
from engine.feel.values import FeelFunction, FeelRange, kind_of

ANY = TypeOf(name="Any")
#: how far two types are followed into each other: one that holds itself has no end
_MAX_DEPTH = 20


def is_instance(run: Run, value: Any, type_: TypeOf) -> Truth:
    """`value instance of type`. Null is an instance of Null alone; null where it cannot be told of a function."""
    if type_.own is not None:
        type_ = type_.own.structure()
    if type_.name == "Any":
        return value is not None
    if kind_of(value) != type_.name:
        return False
    if type_.name == "list" and type_.arguments:
        run.spend(len(value))
        return _every(_conforms(run, item, type_.arguments[0]) for item in _as_one_type(value))
    if type_.name == "context" and type_.entries is not None:
        run.spend(len(type_.entries))
        return _every(_conforms(run, value[name], inner) if name in value else False for name, inner in type_.entries)
    if isinstance(value, FeelRange) and type_.arguments:
        ends = (end for end in (value.start, value.end) if end is not None)
        return _every(_conforms(run, end, type_.arguments[0]) for end in ends)
    if isinstance(value, FeelFunction) and type_.arguments:
        return _is_such_a_function(run, value, type_)
    return True


def _every(truths: Iterable[Truth]) -> Truth:
    found: Truth = True
    for truth in truths:
        found = both(found, truth)
        if found is False:
            break
    return found


def _conforms(run: Run, value: Any, type_: TypeOf) -> Truth:
    return value is None or is_instance(run, value, type_)


def _is_such_a_function(run: Run, function: FeelFunction, type_: TypeOf) -> Truth:
    if function.parameters is not None and len(function.parameters) != len(type_.arguments) - 1:
        return False
    if function.type is None:
        run.warn(f"Of the function '{function.name}' it is not known what it takes and gives.")
        return None
    return is_subtype(function.type, type_)


def _as_one_type(items: list[Any]) -> list[Any]:
    """The items; functions as the one type that a list of them has, in which a parameter that differs is Any."""
    types = [item.type for item in items if isinstance(item, FeelFunction) and item.type is not None]
    if len(types) < 2 or len(types) != len(items) or len({len(type_.arguments) for type_ in types}) > 1:
        return items
    *parameters, value = (
        together[0] if all(one == together[0] for one in together) else ANY
        for together in zip(*(type_.arguments for type_ in types), strict=True)
    )
    joined = TypeOf(name="function", arguments=(*parameters, value))
    first = items[0]
    return [FeelFunction(name=first.name, parameters=first.parameters, invoke=first.invoke, type=joined)]


def is_subtype(type_: TypeOf, other: TypeOf, depth: int = 0) -> Truth:
    """Whether every value of the type is one of the other (10.3.2.9.2); null where it is not known what it holds."""
    if depth > _MAX_DEPTH or other.name == "Any":
        return True
    if type_.own is not None:
        type_ = type_.own.structure()
    if other.own is not None:
        other = other.own.structure()
    if type_ is UNKNOWN:
        return None
    if type_.name == "Null":
        return True
    if type_.name != other.name:
        return False
    if other.name == "function" and other.arguments and type_.arguments:
        if len(type_.arguments) != len(other.arguments):
            return False
        taken = zip(type_.arguments[:-1], other.arguments[:-1], strict=True)
        return both(
            _every(is_subtype(theirs, ours, depth + 1) for ours, theirs in taken),
            is_subtype(type_.arguments[-1], other.arguments[-1], depth + 1),
        )
    if other.entries is not None:
        held = dict(type_.entries or ())
        return _every(
            is_subtype(held[name], inner, depth + 1) if name in held else False for name, inner in other.entries
        )
    inner = zip(type_.arguments, other.arguments, strict=False)
    return _every(is_subtype(one, another, depth + 1) for one, another in inner)


#: the type of an expression of which nothing can be told before it is computed
UNKNOWN = TypeOf(name="")


def type_of(node: syntax.Node) -> TypeOf:
    """The type of an expression as far as it is written out."""
    match node:
        case syntax.Literal():
            return TypeOf(name=kind_of(node.value))
        case syntax.ContextOf():
            return TypeOf(name="context", entries=tuple((name, type_of(entry)) for name, entry in node.entries))
        case syntax.ListOf():
            items = [type_of(item) for item in node.items]
            if not items or UNKNOWN in items:
                return UNKNOWN
            return TypeOf(name="list", arguments=(items[0] if all(item == items[0] for item in items) else ANY,))
        case syntax.Comparison() | syntax.Logic() | syntax.Between() | syntax.In() | syntax.Quantified():
            return TypeOf(name="boolean")
        case syntax.FunctionOf():
            parameters = (type_ or ANY for _, type_ in node.parameters)
            return TypeOf(name="function", arguments=(*parameters, type_of(node.body)))
        case _:
            return UNKNOWN


def fitted(run: Run, value: Any, type_: TypeOf | None) -> Any:
    """An argument as its parameter's type wants it (10.3.2.9.4): a list of one for its item, and the reverse.

    A date also stands for its midnight in UTC where a date and time is wanted. Null, with a note, where it does not
    conform.
    """
    if type_ is None or _fits(run, value, type_):
        return value
    for other in alternatives(value, type_.own.structure().name if type_.own is not None else type_.name):
        if _fits(run, other, type_):
            return other
    run.warn(f"A {kind_of(value)} was given where a {type_.name} is expected.")
    return None


def _fits(run: Run, value: Any, type_: TypeOf) -> bool:
    if value is None:
        return True
    return is_instance(run, value, type_) is not False and (type_.own is None or type_.own.admits(value))
