"""Which names a piece of logic reads that it does not give itself."""

from __future__ import annotations

from collections.abc import Iterable

from engine.dmn.model import (
    BoxedList,
    Conditional,
    Context,
    DecisionTable,
    Filter,
    Formula,
    FunctionDefinition,
    Invocation,
    Iteration,
    Logic,
    Relation,
)

#: Names that FEEL itself gives in a cell.
_GIVEN = frozenset({"?"})


def free_names(logic: Logic) -> frozenset[str]:
    """Names read, functions that are called among them only where FEEL counts them as names."""
    match logic:
        case Formula():
            return logic.parsed.names - _GIVEN
        case DecisionTable():
            return _of_table(logic)
        case Context():
            return _of_context(logic)
        case Invocation():
            return _all([logic.called, *(value for _, value in logic.bindings)])
        case BoxedList():
            return _all(logic.items)
        case Relation():
            return _all(cell for row in logic.rows for cell in row)
        case FunctionDefinition():
            return free_names(logic.body) - {parameter.name for parameter in logic.parameters}
        case Conditional():
            return _all((logic.condition, logic.then, logic.otherwise))
        case Iteration():
            return free_names(logic.over) | (free_names(logic.body) - {logic.variable, "partial"})
        case Filter():
            # Inside a filter a name may be an entry of the item, which only the value tells.
            return free_names(logic.over) | (free_names(logic.condition) - {"item"})


def _all(parts: Iterable[Logic]) -> frozenset[str]:
    return frozenset[str]().union(*(free_names(part) for part in parts))


def _of_table(table: DecisionTable) -> frozenset[str]:
    found: set[str] = set()
    for column in table.inputs:
        found |= column.expression.parsed.names
    for output in table.outputs:
        if output.default is not None:
            found |= output.default.parsed.names
    for rule in table.rules:
        found.update(*(cell.parsed.names for cell in rule.input_entries))
        found.update(*(cell.parsed.names for cell in rule.output_entries))
    return frozenset(found) - _GIVEN


def _of_context(context: Context) -> frozenset[str]:
    found: set[str] = set()
    given: set[str] = set()
    for entry in context.entries:
        found |= free_names(entry.logic) - given
        if entry.name is not None:
            given.add(entry.name)
    return frozenset(found)
