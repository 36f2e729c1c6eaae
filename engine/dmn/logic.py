"""Computing boxed expressions (DMN 1.5, clause 10.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from engine.dmn.evaluation import BoxScope, Evaluation
from engine.dmn.model import (
    BoxedContext,
    BoxedFilter,
    BoxedInvocation,
    BoxedList,
    Conditional,
    DecisionTable,
    Formula,
    FunctionDefinition,
    Iteration,
    Logic,
    Relation,
    TypedBox,
)
from engine.dmn.shown_values import in_words
from engine.dmn.table import run_table
from engine.errors import DmnError, FeelError
from engine.feel import FeelFunction, TypeOf, evaluate
from engine.feel.types import UNKNOWN


def run_logic(logic: Logic, scope: Mapping[str, Any], evaluation: Evaluation, name: str) -> Any:
    """The value of a box; `name` is what the reader calls what holds it."""
    match logic:
        case Formula():
            return evaluation.value(logic, scope, f"“{name}”")
        case DecisionTable():
            return run_table(logic, scope, evaluation)
        case BoxedContext():
            return _context(logic, scope, evaluation, name)
        case BoxedInvocation():
            return _invocation(logic, scope, evaluation, name)
        case BoxedList():
            return [run_logic(item, scope, evaluation, name) for item in logic.items]
        case Relation():
            return [_row(logic, row, scope, evaluation, name) for row in logic.rows]
        case FunctionDefinition():
            return as_function(logic, scope, evaluation)
        case Conditional():
            holds = run_logic(logic.condition, scope, evaluation, name)
            if holds is not None and type(holds) is not bool:
                return evaluation.misfit(f"The condition of “{name}” is {in_words(holds)}, and neither true nor false.")
            return run_logic(logic.then if holds else logic.otherwise, scope, evaluation, name)
        case Iteration():
            return _iteration(logic, scope, evaluation, name)
        case BoxedFilter():
            return _filter(logic, scope, evaluation, name)
        case TypedBox():
            value = run_logic(logic.logic, scope, evaluation, name)
            return evaluation.fit(value, logic.type_name, f"“{name}” is")
        case _:
            assert_never(logic)


def _row(
    relation: Relation, row: tuple[Logic, ...], scope: Mapping[str, Any], evaluation: Evaluation, name: str
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for column, type_name, cell in zip(relation.columns, relation.types, row, strict=True):
        label = f"{name}, {column}"
        made[column] = evaluation.fit(run_logic(cell, scope, evaluation, label), type_name, f"“{label}” is")
    return made


def as_function(
    function: FunctionDefinition, scope: Mapping[str, Any], evaluation: Evaluation, type_name: str | None = None
) -> FeelFunction:
    """A function written in a box, as a value that expressions call; `type_name` is the type of what it gives.

    Arguments are held to the parameters' types. It sees the names of where it stands, whoever calls it.
    """
    parameters = function.parameters
    called = f"“{function.name}” is called with"

    def call(*arguments: Any) -> Any:
        if len(arguments) != len(parameters):
            takes = ", ".join(parameter.name for parameter in parameters) or "nothing"
            count = f"{len(arguments)} argument{'s' if len(arguments) != 1 else ''}"
            return evaluation.misfit(f"{called} {count}; it takes {takes}.")
        values = {
            parameter.name: evaluation.fit(value, parameter.type_name, called, where=f" for “{parameter.name}”")
            for parameter, value in zip(parameters, arguments, strict=True)
        }
        if any(
            values[parameter.name] is None and one is not None
            for parameter, one in zip(parameters, arguments, strict=True)
        ):
            return None  # a call with an argument that does not conform has no value; a case has stopped at it
        inner = BoxScope(values, scope)
        value = evaluation.call(function.name, lambda: run_logic(function.body, inner, evaluation, function.name))
        value = evaluation.fit(value, function.type_name, f"“{function.name}” gives")
        return evaluation.fit(value, type_name, f"“{function.name}” gives")

    types = (evaluation.types.in_feel(parameter.type_name) for parameter in parameters)
    return FeelFunction.of_host(
        function.name,
        tuple(parameter.name for parameter in parameters),
        call,
        type=TypeOf(
            name="function",
            arguments=(*types, _type_of_value(function.body, evaluation, function.type_name or type_name)),
        ),
    )


def _type_of_value(body: Logic, evaluation: Evaluation, type_name: str | None) -> TypeOf:
    """What a function gives, as far as it is written; the type of which nothing is known otherwise."""
    if type_name is not None:
        return evaluation.types.in_feel(type_name)
    return evaluation.types.in_feel(body.type_name) if isinstance(body, TypedBox) else UNKNOWN


def _context(context: BoxedContext, scope: Mapping[str, Any], evaluation: Evaluation, name: str) -> Any:
    values: dict[str, Any] = {}
    inner = BoxScope(values, scope)
    for entry in context.entries:
        label = name if entry.name is None else f"{name}, {entry.name}"
        value = run_logic(entry.logic, inner, evaluation, label)
        value = evaluation.fit(value, entry.type_name, f"“{label}” is")
        if entry.name is None:
            return value
        values[entry.name] = value
    return values


def _invocation(invocation: BoxedInvocation, scope: Mapping[str, Any], evaluation: Evaluation, name: str) -> Any:
    called = evaluation.value(invocation.called, scope, f"“{name}”")
    if not isinstance(called, FeelFunction) or called.parameters is None:
        raise DmnError(
            f"“{name}” calls “{invocation.called.text}”, which is no knowledge model and no function. "
            "Draw an arrow from the knowledge model to the decision."
        )
    given = {
        parameter: run_logic(value, scope, evaluation, f"{name}, {parameter}")
        for parameter, value in invocation.bindings
    }
    unknown = sorted(given.keys() - set(called.parameters))
    if unknown:
        return evaluation.misfit(
            f"“{name}” gives “{unknown[0]}” to “{invocation.called.text}”, which takes "
            f"{', '.join(called.parameters) or 'nothing'}. Correct the name of the parameter."
        )
    places = [f"argument{place}" for place in range(len(called.parameters))]
    arguments = {place: given.get(parameter) for place, parameter in zip(places, called.parameters, strict=True)}
    try:
        # FEEL itself makes the call, so that its bounds hold for it
        return evaluate(f"called({', '.join(places)})", {"called": called, **arguments})
    except FeelError as error:
        raise DmnError(f"“{name}”: “{invocation.called.text}” cannot be computed. {error}") from None


def _iteration(iteration: Iteration, scope: Mapping[str, Any], evaluation: Evaluation, name: str) -> Any:
    items = _items(run_logic(iteration.over, scope, evaluation, name))
    if items is None:
        return None
    if iteration.kind == "for":
        partial: list[Any] = []
        for item in items:
            inner = BoxScope({iteration.variable: item, "partial": list(partial)}, scope)
            partial.append(_step(iteration.body, inner, evaluation, name))
        return partial
    return _quantified(iteration, items, scope, evaluation, name)


def _quantified(
    iteration: Iteration, items: list[Any], scope: Mapping[str, Any], evaluation: Evaluation, name: str
) -> bool | None:
    """`some` and `every` as in an expression: null where no round decides and one was null."""
    decisive = iteration.kind == "some"
    found: bool | None = not decisive
    for item in items:
        answer = _step(iteration.body, BoxScope({iteration.variable: item}, scope), evaluation, name)
        if answer is decisive:
            return bool(decisive)
        if not isinstance(answer, bool):
            if answer is not None:
                evaluation.misfit(f"“{name}” is given {in_words(answer)}; “{iteration.kind}” asks for true or false.")
                return None
            found = None
    return found


def _filter(filter_: BoxedFilter, scope: Mapping[str, Any], evaluation: Evaluation, name: str) -> Any:
    items = _items(run_logic(filter_.over, scope, evaluation, name))
    if items is None:
        return None
    kept: list[Any] = []
    for item in items:
        entries = item if isinstance(item, dict) else {}
        holds = _step(filter_.condition, BoxScope({**entries, "item": item}, scope), evaluation, name)
        if holds is True:
            kept.append(item)
        elif holds is not None and holds is not False:
            return evaluation.misfit(f"“{name}” asks for {in_words(holds)}; a filter's condition is true or false.")
    return kept


def _step(body: Logic, scope: Mapping[str, Any], evaluation: Evaluation, name: str) -> Any:
    """One round of a repetition, counted like a call."""
    return evaluation.call(name, lambda: run_logic(body, scope, evaluation, name))


def _items(value: Any) -> list[Any] | None:
    """What FEEL's own iteration goes through: a list, a range of whole numbers or days, or one value; null has none."""
    if value is None or isinstance(value, list):
        return value
    items: list[Any] | None = evaluate("for item in value return item", {"value": value})
    return items
