"""Which names a piece of logic reads or calls that it does not give itself."""

from __future__ import annotations

from collections.abc import Callable

from engine.dmn.cells import cells, parts
from engine.dmn.model import (
    BoxedContext,
    BoxedFilter,
    CellTests,
    DecisionTable,
    Formula,
    FunctionDefinition,
    Iteration,
    Logic,
)

_NamesOf = Callable[[Formula | CellTests], frozenset[str]]


def free_names(logic: Logic) -> frozenset[str]:
    """Names of values; functions that are called are not among them."""
    return _free(logic, lambda cell: cell.parsed.names)


def free_calls(logic: Logic) -> frozenset[str]:
    """Names of functions that are called."""
    return _free(logic, lambda cell: frozenset(call.function for call in cell.parsed.calls))


def _free(logic: Logic, names_of: _NamesOf) -> frozenset[str]:
    match logic:
        case Formula():
            return names_of(logic)
        case DecisionTable():
            return frozenset[str]().union(*map(names_of, cells(logic)))
        case BoxedContext():
            return _of_context(logic, names_of)
        case FunctionDefinition():
            return _free(logic.body, names_of) - {parameter.name for parameter in logic.parameters}
        case Iteration():
            return _free(logic.over, names_of) | (_free(logic.body, names_of) - {logic.variable, "partial"})
        case BoxedFilter():
            return _free(logic.over, names_of) | (_free(logic.condition, names_of) - {"item"})
        case _:
            return frozenset[str]().union(*(_free(part, names_of) for part in parts(logic)))


def _of_context(context: BoxedContext, names_of: _NamesOf) -> frozenset[str]:
    found: set[str] = set()
    given: set[str] = set()
    for entry in context.entries:
        own = {entry.name} if isinstance(entry.logic, FunctionDefinition) else set()
        found |= _free(entry.logic, names_of) - given - own  # a function may call itself by its entry's name
        if entry.name is not None:
            given.add(entry.name)
    return frozenset(found)
