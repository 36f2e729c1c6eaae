"""How a built-in function is declared: its forms, their parameters and what these take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias

from engine.feel.run import Run
from engine.feel.values import (
    FeelFunction,
    FeelRange,
    WideDate,
    WideMoment,
    WideSpan,
    WideTime,
    YearsMonthsDuration,
    kind_of,
)

Kinds = frozenset[type] | None

ANY: Kinds = None
NUMBER: Kinds = frozenset({Decimal})
STRING: Kinds = frozenset({str})
BOOLEAN: Kinds = frozenset({bool})
LIST: Kinds = frozenset({list})
CONTEXT: Kinds = frozenset({dict})
FUNCTION: Kinds = frozenset({FeelFunction})
DATE: Kinds = frozenset({date, WideDate})
TIME: Kinds = frozenset({time, WideTime})
DATE_TIME: Kinds = frozenset({datetime, WideMoment})
DAY: Kinds = frozenset({date, datetime, WideDate, WideMoment})
SPANS: Kinds = frozenset({timedelta, WideSpan, YearsMonthsDuration})
MONTHS: Kinds = frozenset({YearsMonthsDuration})
RANGE: Kinds = frozenset({FeelRange})


class Like(Enum):
    """What a function gives, where that is like what it was given."""

    VALUE = "what the first argument is"
    ITEM = "an item of the list, or one of the values given one by one"
    LIST = "a list of items of the lists that it was given"
    FLAT = "a list of what stands in the list, and in the lists that stand in it"
    GROWN = "the list, in which something given behind it may stand, too"


#: What a function gives, or null: values of these types (None for any), or something like its arguments.
Gives: TypeAlias = Kinds | Like

_UNFIT = object()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name as in the standard, and the types it takes (None for any)."""

    name: str
    kinds: Kinds
    optional: bool = False


@dataclass(frozen=True, slots=True)
class CallForm:
    """One way of calling a function. The last parameter of a `variadic` form may be given any number of times."""

    parameters: tuple[Parameter, ...]
    #: takes the run and the arguments, in order
    body: Callable[..., Any]
    gives: Gives
    variadic: bool = False

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""
        if self.variadic:
            return count >= len(self.parameters)
        return sum(not parameter.optional for parameter in self.parameters) <= count <= len(self.parameters)

    def fit(self, arguments: list[Any]) -> list[Any] | None:
        """The arguments as the parameters want them, or None where one does not fit."""
        parameters = self.parameters
        last = len(parameters) - 1
        fitted: list[Any] = []
        for place, value in enumerate(arguments):
            kinds = parameters[place if place < last else last].kinds
            if kinds is not None and type(value) not in kinds:
                value = _fit(value, kinds)
                if value is _UNFIT:
                    return None
            fitted.append(value)
        return fitted


def _fit(value: Any, kinds: frozenset[type]) -> Any:
    """A list of one where its item is wanted, or one value where a list is (10.3.2.9.4)."""
    if type(value) is list and len(value) == 1 and type(value[0]) in kinds:
        return value[0]
    if list in kinds and value is not None:
        return [value]
    return _UNFIT


@dataclass(frozen=True, slots=True)
class Builtin:
    """A built-in function with all its forms."""

    name: str
    forms: tuple[CallForm, ...]

    def call(self, run: Run, arguments: list[Any]) -> Any:
        """Call the first form that fits; null, with a warning, where none does."""
        count = len(arguments)
        for form in self.forms:
            if form.takes(count):
                fitted = form.fit(arguments)
                if fitted is not None:
                    return form.body(run, *fitted)
        return self._unfit(run, arguments)

    def call_named(self, run: Run, named: dict[str, Any]) -> Any:
        """Call the form that has all these parameters."""
        for form in self.forms:
            parameters = [parameter for parameter in form.parameters if parameter.name in named]
            if len(parameters) != len(named) or not form.takes(len(named)):
                continue
            if tuple(parameters) != form.parameters[: len(parameters)]:
                # a gap in the middle: what stands behind an omitted optional parameter cannot be reached
                continue
            fitted = form.fit([named[parameter.name] for parameter in parameters])
            if fitted is not None:
                return form.body(run, *fitted)
        return self._unfit(run, list(named.values()))

    def _unfit(self, run: Run, arguments: list[Any]) -> None:
        kinds = ("null" if argument is None else f"a {kind_of(argument)}" for argument in arguments)
        given = ", ".join(kinds) or "nothing"
        run.warn(f"The function '{self.name}' cannot be called with {given}.")

    def as_value(self) -> FeelFunction:
        """The function as a value, for `sort(list, before)`."""
        names = tuple(parameter.name for parameter in self.forms[0].parameters)
        return FeelFunction(name=self.name, parameters=names, invoke=self.call)


def parameter(name: str, kinds: Kinds) -> Parameter:
    """A parameter that must be given."""
    return Parameter(name, kinds)


def optional(name: str, kinds: Kinds) -> Parameter:
    """A parameter that may be left out, at the end."""
    return Parameter(name, kinds, optional=True)


def one_form(
    name: str, body: Callable[..., Any], *parameters: Parameter, gives: Gives, variadic: bool = False
) -> Builtin:
    """A function that is called in one way."""
    return Builtin(name, (CallForm(parameters, body, gives, variadic),))


def forms(name: str, *ways: CallForm) -> Builtin:
    """A function that is called in several ways, tried in order."""
    return Builtin(name, ways)


def form(body: Callable[..., Any], *parameters: Parameter, gives: Gives, variadic: bool = False) -> CallForm:
    """One way of calling."""
    return CallForm(parameters, body, gives, variadic)
