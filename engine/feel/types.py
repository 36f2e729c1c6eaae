"""`instance of`, and the types of parameters (DMN 1.5, 10.3.2.9.1)."""

from __future__ import annotations

from typing import Any

from engine.feel.run import Run
from engine.feel.syntax import TypeOf
from engine.feel.values import FeelFunction, FeelRange, kind_of


def is_instance(run: Run, value: Any, type_: TypeOf) -> bool:
    """`value instance of type`. Null is an instance of Null alone."""
    if type_.name == "Any":
        return value is not None
    if kind_of(value) != type_.name:
        return False
    if type_.name == "list" and type_.arguments:
        run.spend(len(value))
        return all(_conforms(run, item, type_.arguments[0]) for item in value)
    if type_.name == "context" and type_.entries is not None:
        return all(name in value and _conforms(run, value[name], inner) for name, inner in type_.entries)
    if isinstance(value, FeelRange) and type_.arguments:
        return all(_conforms(run, end, type_.arguments[0]) for end in (value.start, value.end))
    if isinstance(value, FeelFunction) and type_.arguments:
        # a function literal does not say what it returns: only the number of parameters can be held against the type
        return value.parameters is None or len(value.parameters) == len(type_.arguments) - 1
    return True


def _conforms(run: Run, value: Any, type_: TypeOf) -> bool:
    return value is None or is_instance(run, value, type_)


def fitted(run: Run, value: Any, type_: TypeOf | None) -> Any:
    """An argument as its parameter's type wants it (10.3.2.9.4): a list of one for its item, and the reverse.

    Null, with a warning, where it does not conform.
    """
    if type_ is None or _conforms(run, value, type_):
        return value
    if type(value) is list and len(value) == 1 and _conforms(run, value[0], type_):
        return value[0]
    if type_.name == "list" and is_instance(run, [value], type_):
        return [value]
    run.warn(f"A {kind_of(value)} was given where a {type_.name} is expected.")
    return None
