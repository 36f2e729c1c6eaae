"""Which names a piece of logic reads that it does not give itself."""

from __future__ import annotations

from engine.dmn.cells import cells, parts
from engine.dmn.model import BoxedContext, BoxedFilter, DecisionTable, Formula, FunctionDefinition, Iteration, Logic


def free_names(logic: Logic) -> frozenset[str]:
    """Names of values; functions that are called are not among them."""
    match logic:
        case Formula():
            return logic.parsed.names
        case DecisionTable():
            return frozenset[str]().union(*(cell.parsed.names for cell in cells(logic)))
        case BoxedContext():
            return _of_context(logic)
        case FunctionDefinition():
            return free_names(logic.body) - {parameter.name for parameter in logic.parameters}
        case Iteration():
            return free_names(logic.over) | (free_names(logic.body) - {logic.variable, "partial"})
        case BoxedFilter():
            return free_names(logic.over) | (free_names(logic.condition) - {"item"})
        case _:
            return frozenset[str]().union(*(free_names(part) for part in parts(logic)))


def _of_context(context: BoxedContext) -> frozenset[str]:
    found: set[str] = set()
    given: set[str] = set()
    for entry in context.entries:
        found |= free_names(entry.logic) - given
        if entry.name is not None:
            given.add(entry.name)
    return frozenset(found)
