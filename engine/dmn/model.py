"""What a DMN file holds, as frozen values: decisions, tables, rules, boxed expressions.

Element names and meanings follow DMN 1.5 (clauses 6 to 8 and 10.2). Every expression carries its text as the file
writes it and its parsed form; where a text cannot be read, a Problem says so and the decision is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from engine.feel import Call, Expression, UnaryTests
from engine.problems import Problem


class HitPolicy(StrEnum):
    """How the rules that match give one result (DMN 1.5, clause 8.2.8)."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    ANY = "ANY"
    PRIORITY = "PRIORITY"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"


class Aggregation(StrEnum):
    """What COLLECT does with the outputs of the rules that match."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionProblem(Problem):
    """A problem in a file of decisions, which stops those that it concerns."""

    #: id of the decision or business knowledge model that cannot run because of it; None where nothing of the file can
    concerns: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Formula:
    """A FEEL expression."""

    element_id: str
    text: str
    parsed: Expression = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class CellTests:
    """A cell of FEEL unary tests, or a list of allowed values."""

    element_id: str
    text: str  #: "-" where the cell is empty: any value
    parsed: UnaryTests = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class AllowedValues:
    """The values that a column or a type allows."""

    tests: CellTests
    #: the values one by one in the order of the file, which is their priority; None where they are not a plain list
    in_order: tuple[object, ...] | None

    @property
    def text(self) -> str:
        return self.tests.text


@dataclass(frozen=True, kw_only=True, slots=True)
class InputClause:
    """A condition column."""

    element_id: str
    label: str  #: as the policy owner reads it; the expression where the file gives no label
    expression: Formula
    type_name: str | None  #: None where the column takes any value
    allowed: AllowedValues | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OutputClause:
    """A conclusion column."""

    element_id: str
    name: str  #: key in the result of a table with several output columns; "" allowed where there is one column
    label: str
    type_name: str | None
    allowed: AllowedValues | None
    default: Formula | None  #: given where no rule matches


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionRule:
    """A row."""

    rule_id: str
    number: int  #: 1-based, as the modeller shows it
    input_entries: tuple[CellTests, ...]  #: one per input
    output_entries: tuple[Formula, ...]  #: one per output
    output_types: tuple[str | None, ...]  #: one per output: the type that the cell itself names
    annotations: Mapping[str, str]  #: annotation column to text, without the empty ones


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionTable:
    element_id: str
    name: str  #: of the decision, knowledge model or context entry that holds it
    hit_policy: HitPolicy
    aggregation: Aggregation | None  #: only with COLLECT
    type_name: str | None  #: of its value, where the table says so
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[DecisionRule, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FormalParameter:
    name: str
    type_name: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ContextEntry:
    name: str | None  #: None for the last entry that gives the result
    type_name: str | None
    logic: Logic


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxedContext:
    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxedInvocation:
    called: Formula  #: the name of what is called
    bindings: tuple[tuple[str, Logic], ...]  #: parameter to value


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxedList:
    items: tuple[Logic, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    columns: tuple[str, ...]
    types: tuple[str | None, ...]  #: one per column
    rows: tuple[tuple[Logic, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionDefinition:
    element_id: str
    name: str  #: what it is called by, "" for one without a name
    parameters: tuple[FormalParameter, ...]
    body: Logic
    type_name: str | None  #: of what it gives, where the box says so


@dataclass(frozen=True, kw_only=True, slots=True)
class Conditional:
    """`if`, `then`, `else` as three boxes."""

    condition: Logic
    then: Logic
    otherwise: Logic


@dataclass(frozen=True, kw_only=True, slots=True)
class Iteration:
    """`for`, `some` or `every` as boxes."""

    kind: str  #: "for", "some" or "every"
    variable: str
    over: Logic
    body: Logic


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxedFilter:
    """The items of a list for which a condition is true; `item` is the one looked at."""

    over: Logic
    condition: Logic


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedBox:
    """A box that says of which type its value is."""

    type_name: str
    logic: Logic


#: Every kind of boxed expression (DMN 1.5, clause 10.2).
Logic: TypeAlias = (
    Formula
    | DecisionTable
    | BoxedContext
    | BoxedInvocation
    | BoxedList
    | Relation
    | FunctionDefinition
    | Conditional
    | Iteration
    | BoxedFilter
    | TypedBox
)


@dataclass(frozen=True, kw_only=True, slots=True)
class InputData:
    """What a decision is told from outside."""

    element_id: str
    name: str
    type_name: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class KnowledgeModel:
    """Logic with parameters that decisions call by name."""

    element_id: str
    name: str
    function: FunctionDefinition | None  #: None where a Problem says why
    type_name: str | None  #: of its value
    requires_knowledge: tuple[str, ...]  #: ids, of decision services too
    calls: tuple[Call, ...]  #: every call of a function in its own cells
    #: names of the functions that it calls and that are neither its own nor drawn into it
    calls_outside: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionService:
    """Decisions that are called by name like a function (DMN 1.5, clause 10.4)."""

    element_id: str
    name: str
    type_name: str | None  #: of its value
    outputs: tuple[str, ...]  #: ids of the decisions whose values it gives
    inputs: tuple[str, ...]  #: names of the input data that are its first parameters
    input_types: tuple[str | None, ...]  #: of those input data
    input_decisions: tuple[str, ...]  #: ids of the decisions whose values are its other parameters
    #: of its parameters, where the type of its variable is one of functions; else nothing
    parameter_types: tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    element_id: str
    name: str
    variable: str  #: name by which other decisions read its value
    type_name: str | None
    logic: Logic | None  #: None where a Problem says why
    requires_inputs: tuple[str, ...]  #: names of the input data drawn into it
    requires_decisions: tuple[str, ...]  #: ids
    requires_knowledge: tuple[str, ...]  #: ids, of decision services too
    #: every name read from outside, here and in the decisions it requires
    names: frozenset[str]
    #: every call of a function in its own cells
    calls: tuple[Call, ...]
    #: names of the functions that it calls and that are neither its own nor drawn into it
    calls_outside: frozenset[str]

    @property
    def table(self) -> DecisionTable | None:
        return self.logic if isinstance(self.logic, DecisionTable) else None

    @property
    def formula(self) -> Formula | None:
        """The expression that it is, where it is one and nothing else."""
        logic = self.logic.logic if isinstance(self.logic, TypedBox) else self.logic
        return logic if isinstance(logic, Formula) else None
