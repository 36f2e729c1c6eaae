"""Reading boxed expressions (DMN 1.5, clause 10.2): what stands in a decision, a knowledge model, a context entry."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from engine.dmn.elements import attribute, child, children, kind, text_of, type_of
from engine.dmn.model import (
    BoxedContext,
    BoxedFilter,
    BoxedInvocation,
    BoxedList,
    Conditional,
    ContextEntry,
    DecisionTable,
    FormalParameter,
    Formula,
    FunctionDefinition,
    Iteration,
    Logic,
    Relation,
    TypedBox,
)
from engine.dmn.problems import Problems
from engine.dmn.table_check import check_table
from engine.dmn.table_reader import read_table
from engine.dmn.types import TypeTable

_BOXES = (
    "literalExpression",
    "decisionTable",
    "context",
    "invocation",
    "list",
    "relation",
    "functionDefinition",
    "conditional",
    "for",
    "some",
    "every",
    "filter",
)


class LogicReader:
    """Reads the boxes of one file."""

    def __init__(self, types: TypeTable, problems: Problems) -> None:
        self._types = types
        self._problems = problems

    def inside(self, element: etree._Element, name: str, names: frozenset[str]) -> Logic | None:
        """The expression in `element`; `name` is what a reader calls it. None, and a problem, where there is none."""
        box = child(element, *_BOXES)
        if box is None:
            self._problems.add(
                f"“{name}” holds no logic. Write an expression or a decision table in it.",
                element_id=attribute(element, "id"),
                element_name=name,
            )
            return None
        return self._box(box, name, names)

    def function(self, element: etree._Element, name: str, names: frozenset[str]) -> FunctionDefinition | None:
        """A function with its parameters, from `encapsulatedLogic` or `functionDefinition`."""
        written = attribute(element, "kind") or "FEEL"
        if written != "FEEL":
            self._problems.add(
                f"“{name}” is a function in {written}. Only FEEL is run; write it in FEEL.",
                element_id=attribute(element, "id"),
                element_name=name,
            )
            return None
        parameters = tuple(
            FormalParameter(
                name=attribute(parameter, "name"),
                type_name=self._types.known(
                    type_of(parameter), parameter, f"“{name}”, parameter “{attribute(parameter, 'name')}”"
                ),
            )
            for parameter in children(element, "formalParameter")
        )
        body = self.inside(element, name, names | {parameter.name for parameter in parameters})
        if body is None:
            return None
        type_name = self._types.given_by(self._types.known(type_of(element), element, f"“{name}”"))
        return FunctionDefinition(
            element_id=attribute(element, "id"), name=name, parameters=parameters, body=body, type_name=type_name
        )

    def _box(self, box: etree._Element, name: str, names: frozenset[str]) -> Logic | None:
        logic = self._untyped(box, name, names)
        if logic is None or isinstance(logic, DecisionTable | FunctionDefinition):
            return logic
        type_name = self._types.known(type_of(box), box, f"“{name}”")
        return logic if type_name is None else TypedBox(type_name=type_name, logic=logic)

    def _untyped(self, box: etree._Element, name: str, names: frozenset[str]) -> Logic | None:
        match kind(box):
            case "literalExpression":
                return self._formula(box, name, names)
            case "decisionTable":
                return self._table(box, name, names)
            case "context":
                return self._context(box, name, names)
            case "invocation":
                return self._invocation(box, name, names)
            case "list":
                items = [self._box(item, name, names) for item in children(box, *_BOXES)]
                return BoxedList(items=tuple(item for item in items if item is not None))
            case "relation":
                return self._relation(box, name, names)
            case "functionDefinition":
                return self.function(box, name, names)
            case "conditional":
                return self._conditional(box, name, names)
            case "filter":
                return self._filter(box, name, names)
            case written:
                return self._iteration(box, str(written), name, names)

    def _table(self, box: etree._Element, name: str, names: frozenset[str]) -> DecisionTable:
        before = len(self._problems.found)
        table = read_table(box, name=name, names=names, types=self._types, problems=self._problems)
        check_table(table, self._types, self._problems, is_read=len(self._problems.found) == before)
        return table

    def _formula(self, box: etree._Element, name: str, names: frozenset[str]) -> Formula:
        text = text_of(box)
        if not text:
            self._problems.add(
                f"“{name}” has an empty expression. Write one, or null where that is meant.",
                element_id=attribute(box, "id"),
                element_name=name,
            )
        return self._problems.formula(box, text or "null", names, where=f"“{name}”")

    def _context(self, box: etree._Element, name: str, names: frozenset[str]) -> BoxedContext | None:
        entries: list[ContextEntry] = []
        is_whole = True
        for element in children(box, "contextEntry"):
            variable = child(element, "variable")
            entry_name = None if variable is None else attribute(variable, "name")
            label = name if entry_name is None else f"{name}, {entry_name}"
            logic = self.inside(element, label, names)
            if entry_name is not None:
                names = names | {entry_name}
            if logic is None:
                is_whole = False
                continue
            if entry_name is not None and isinstance(logic, FunctionDefinition):
                # A function in a context is called by the name of its entry.
                logic = replace(logic, name=entry_name)
            type_name = None
            if variable is not None:
                type_name = self._types.known(type_of(variable), variable, f"“{label}”")
            entries.append(ContextEntry(name=entry_name, type_name=type_name, logic=logic))
        # without an entry that was refused, what reads it would be refused as well
        return BoxedContext(entries=tuple(entries)) if is_whole else None

    def _invocation(self, box: etree._Element, name: str, names: frozenset[str]) -> BoxedInvocation | None:
        called = child(box, "literalExpression")
        if called is None:
            self._problems.add(
                f"“{name}” is an invocation that does not say what it calls. Write the name of a knowledge model.",
                element_id=attribute(box, "id"),
                element_name=name,
            )
            return None
        bindings: list[tuple[str, Logic]] = []
        for binding in children(box, "binding"):
            parameter = child(binding, "parameter")
            parameter_name = "" if parameter is None else attribute(parameter, "name")
            where = f"{name}, {parameter_name}"
            logic = self.inside(binding, where, names)
            if logic is None:
                continue
            type_name = None if parameter is None else self._types.known(type_of(parameter), parameter, f"“{where}”")
            bindings.append(
                (parameter_name, logic if type_name is None else TypedBox(type_name=type_name, logic=logic))
            )
        return BoxedInvocation(called=self._formula(called, name, names), bindings=tuple(bindings))

    def _relation(self, box: etree._Element, name: str, names: frozenset[str]) -> Relation:
        columns = tuple(attribute(column, "name") for column in children(box, "column"))
        types = tuple(self._types.known(type_of(one), one, f"“{name}”") for one in children(box, "column"))
        rows: list[tuple[Logic, ...]] = []
        for number, row in enumerate(children(box, "row"), 1):
            cells = [self._box(cell, f"{name}, row {number}", names) for cell in children(row, *_BOXES)]
            if len(cells) != len(columns):
                self._problems.add(
                    f"Row {number} of “{name}” has {len(cells)} cells; there are {len(columns)} columns. "
                    "Delete the row and write it again.",
                    element_id=attribute(row, "id"),
                    element_name=name,
                )
            rows.append(tuple(cell for cell in cells if cell is not None))
        return Relation(columns=columns, types=types, rows=tuple(rows))

    def _part(self, box: etree._Element, part: str, name: str, names: frozenset[str]) -> Logic | None:
        element = child(box, part)
        return self.inside(box if element is None else element, f"{name}, {part}", names)

    def _conditional(self, box: etree._Element, name: str, names: frozenset[str]) -> Conditional | None:
        condition, then, otherwise = (self._part(box, part, name, names) for part in ("if", "then", "else"))
        if condition is None or then is None or otherwise is None:
            return None
        return Conditional(condition=condition, then=then, otherwise=otherwise)

    def _filter(self, box: etree._Element, name: str, names: frozenset[str]) -> BoxedFilter | None:
        over = self._part(box, "in", name, names)
        condition = self._part(box, "match", name, names | {"item"})
        return None if over is None or condition is None else BoxedFilter(over=over, condition=condition)

    def _iteration(self, box: etree._Element, written: str, name: str, names: frozenset[str]) -> Iteration | None:
        variable = attribute(box, "iteratorVariable")
        over = self._part(box, "in", name, names)
        body_part = "return" if written == "for" else "satisfies"
        inner = names | {variable} | ({"partial"} if written == "for" else set())
        body = self._part(box, body_part, name, inner)
        if over is None or body is None:
            return None
        return Iteration(kind=written, variable=variable, over=over, body=body)
