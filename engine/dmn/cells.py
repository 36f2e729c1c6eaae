"""Every expression in a piece of logic, one by one."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.model import (
    BoxedContext,
    BoxedFilter,
    BoxedInvocation,
    BoxedList,
    CellTests,
    Conditional,
    DecisionTable,
    Formula,
    FunctionDefinition,
    Iteration,
    Logic,
    Relation,
    TypedBox,
)


def cells(logic: Logic) -> Iterator[Formula | CellTests]:
    """In the order of the file, whatever boxes they stand in."""
    if isinstance(logic, Formula):
        yield logic
    elif isinstance(logic, DecisionTable):
        yield from _of_table(logic)
    else:
        for part in parts(logic):
            yield from cells(part)


def tables(logic: Logic) -> Iterator[DecisionTable]:
    """The decision tables in it."""
    if isinstance(logic, DecisionTable):
        yield logic
    for part in parts(logic):
        yield from tables(part)


def parts(logic: Logic) -> tuple[Logic, ...]:
    """The boxes directly inside one; none in an expression or a table."""
    match logic:
        case Formula() | DecisionTable():
            return ()
        case BoxedContext():
            return tuple(entry.logic for entry in logic.entries)
        case BoxedInvocation():
            return (logic.called, *(value for _, value in logic.bindings))
        case BoxedList():
            return logic.items
        case Relation():
            return tuple(cell for row in logic.rows for cell in row)
        case FunctionDefinition():
            return (logic.body,)
        case Conditional():
            return (logic.condition, logic.then, logic.otherwise)
        case Iteration():
            return (logic.over, logic.body)
        case BoxedFilter():
            return (logic.over, logic.condition)
        case TypedBox():
            return (logic.logic,)


def _of_table(table: DecisionTable) -> Iterator[Formula | CellTests]:
    for column in table.inputs:
        yield column.expression
    for output in table.outputs:
        if output.default is not None:
            yield output.default
    for rule in table.rules:
        yield from rule.input_entries
        yield from rule.output_entries
