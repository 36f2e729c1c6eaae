"""What a decision can give, by what its names can be; and on the way, what in its tables and boxes does not fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from engine.check.values.declared import declared
from engine.check.values.domain import (
    ANYTHING,
    NOT_YET,
    NUMBER,
    TRUTH,
    Callee,
    Possible,
    ValueKind,
    group_of,
    item_of,
    join,
    list_of,
    of,
)
from engine.check.values.phrases import kinds_in_words
from engine.check.values.scopes import Scope, bound
from engine.check.values.slip import Say, Slip, SlipKind, keep_silent
from engine.check.values.tracer import Tracer, trace, trace_cell
from engine.dmn import Definitions
from engine.dmn.constants import is_constant
from engine.dmn.model import (
    BoxedContext,
    BoxedFilter,
    BoxedInvocation,
    BoxedList,
    Conditional,
    Decision,
    DecisionTable,
    Formula,
    FunctionDefinition,
    HitPolicy,
    Iteration,
    KnowledgeModel,
    Logic,
    Relation,
    TypedBox,
)

#: Told of a slip in a file of decisions: the id of the element it is about, what people call that, the slip.
SayAt: TypeAlias = Callable[[str, str, Slip], None]
#: Told of a table and what each of its columns can be.
Meet: TypeAlias = Callable[[DecisionTable, tuple[Possible, ...]], None]

_LISTS = frozenset({HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER})


def pass_over(*_told: object) -> None:
    """Where nobody asks for slips, or for the tables."""


class DecisionTracer:
    """Goes through the decisions of one file, as they see the case from one place."""

    def __init__(self, definitions: Definitions, scope: Scope, say: SayAt, meet: Meet = pass_over) -> None:
        self._definitions = definitions
        self._say = say
        self._meet = meet
        told = {data.name: data.type_name for data in definitions.inputs.values()}

        def outside(name: str) -> Possible | None:
            value = scope(name)
            if (value is None or value.is_anything) and name in told:
                return declared(told[name], definitions.types).or_null()
            return value

        self._scope: Scope = outside
        self._made: dict[str, Possible] = {}
        self._within: set[str] = set()  #: ids of the knowledge models that are being gone through

    def decision(self, decision_id: str) -> Possible:
        """What the decision can give; anything where it cannot be read."""
        if decision_id in self._made:
            return self._made[decision_id]
        self._made[decision_id] = ANYTHING  # for one that requires itself
        decision = self._definitions.decisions.get(decision_id)
        if decision is not None and decision.logic is not None:
            made = self._logic(decision.logic, self._around(decision), decision.name, decision.element_id)
            self._made[decision_id] = (
                made if not made.is_anything else declared(decision.type_name, self._definitions.types)
            )
        return self._made[decision_id]

    def model(self, model: KnowledgeModel) -> None:
        """A knowledge model by itself, with whatever its parameters declare."""
        if model.function is not None:
            types = self._definitions.types
            self._callee(model).give([declared(each.type_name, types) for each in model.function.parameters])

    def _around(self, decision: Decision) -> Scope:
        given: dict[str, Possible] = {}
        for other_id in decision.requires_decisions:
            other = self._definitions.decisions[other_id]
            given |= dict.fromkeys((other_id, other.name, other.variable), self.decision(other_id))
        functions = self._functions(decision.requires_knowledge)
        return lambda name: given[name] if name in given else functions(name) or self._scope(name)

    def _functions(self, model_ids: tuple[str, ...]) -> Scope:
        """The knowledge models as functions, each seeing those that it requires and nothing else."""
        models, services = self._definitions.knowledge_models, self._definitions.services
        found = {services[i].name: of(ValueKind.FUNCTION) for i in model_ids if i in services}
        for model in (models[i] for i in model_ids if i in models):
            if model.function is not None:
                found[model.name] = _function(self._callee(model))
        return found.get

    def _callee(self, model: KnowledgeModel) -> Callee:
        function = model.function
        if function is None:
            raise LookupError(model.element_id)

        def give(arguments: list[Possible]) -> Possible:
            if model.element_id in self._within:  # it calls itself
                return declared(model.type_name, self._definitions.types)
            names = [each.name for each in function.parameters]
            seen = {model.name: _function(self._callee(model)), **dict(zip(names, arguments, strict=True))}
            self._within.add(model.element_id)
            try:
                scope = bound(self._functions(model.requires_knowledge), seen)
                return self._logic(function.body, scope, model.name, model.element_id)
            finally:
                self._within.discard(model.element_id)

        return Callee(parameters=tuple(each.name for each in function.parameters), give=give)

    def _logic(self, logic: Logic, scope: Scope, name: str, element_id: str) -> Possible:
        """What a box can give; `name` is what people call what holds it, `element_id` the id of that."""
        inside = self._logic
        match logic:
            case Formula():
                return self._formula(logic, scope, name, element_id)
            case DecisionTable():
                return self._table(logic, scope)
            case BoxedContext():
                return self._context(logic, scope, name, element_id)
            case BoxedList():
                return list_of(_joined([inside(item, scope, name, element_id) for item in logic.items]))
            case Relation():
                columns = [(column, f"{name}, {column}") for column in logic.columns]
                rows = [
                    group_of(
                        {c: inside(cell, scope, of_, element_id) for (c, of_), cell in zip(columns, row, strict=True)}
                    )
                    for row in logic.rows
                ]
                return list_of(_joined(rows))
            case Conditional():
                condition = inside(logic.condition, scope, name, element_id)
                self._tracer(name, element_id).need_truth(condition, "What stands behind “if”")
                return join(
                    inside(logic.then, scope, name, element_id), inside(logic.otherwise, scope, name, element_id)
                )
            case FunctionDefinition():
                return _function(self._literal(logic, scope, name, element_id))
            case BoxedInvocation():
                return self._invocation(logic, scope, name, element_id)
            case Iteration():
                over = inside(logic.over, scope, name, element_id)
                inner = bound(scope, {logic.variable: item_of(over), "partial": ANYTHING})
                body = inside(logic.body, inner, name, element_id)
                return list_of(body).or_null() if logic.kind == "for" else TRUTH.or_null()
            case BoxedFilter():
                over = inside(logic.over, scope, name, element_id)
                item = item_of(over)
                inside(logic.condition, bound(scope, {**(item.entries or {}), "item": item}), name, element_id)
                return list_of(item).or_null()
            case TypedBox():
                value = inside(logic.logic, scope, name, element_id)
                return declared(logic.type_name, self._definitions.types) if value.is_anything else value

    def _tracer(self, name: str, element_id: str) -> Tracer:
        return Tracer(self._at(element_id, name, ""))

    def _at(self, element_id: str, name: str, where: str) -> Say:
        if self._say is pass_over:
            return keep_silent

        def say(slip: Slip) -> None:
            self._say(element_id, name, slip.within(where))

        return say

    def _formula(self, formula: Formula, scope: Scope, name: str, element_id: str, where: str = "") -> Possible:
        said = where or f"In “{name}”: "
        return trace(formula.parsed, scope, self._at(element_id, name, said))

    def _context(self, context: BoxedContext, scope: Scope, name: str, element_id: str) -> Possible:
        entries: dict[str, Possible] = {}
        for entry in context.entries:
            label = name if entry.name is None else f"{name}, {entry.name}"
            value = self._logic(entry.logic, bound(scope, dict(entries)), label, element_id)
            if entry.name is None:
                return value
            entries[entry.name] = declared(entry.type_name, self._definitions.types) if value.is_anything else value
        return group_of(entries)

    def _literal(self, function: FunctionDefinition, scope: Scope, name: str, element_id: str) -> Callee:
        names = tuple(parameter.name for parameter in function.parameters)

        def give(arguments: list[Possible]) -> Possible:
            return self._logic(function.body, bound(scope, dict(zip(names, arguments, strict=True))), name, element_id)

        return Callee(parameters=names, give=give)

    def _invocation(self, invocation: BoxedInvocation, scope: Scope, name: str, element_id: str) -> Possible:
        called = self._formula(invocation.called, scope, name, element_id)
        given = {
            parameter: self._logic(value, scope, f"{name}, {parameter}", element_id)
            for parameter, value in invocation.bindings
        }
        function = called.function
        if function is None:
            return ANYTHING
        for parameter in given:
            if parameter not in function.parameters:
                sentence = (
                    f"In “{name}”: “{invocation.called.text}” has no parameter “{parameter}”. It takes: "
                    f"{', '.join(function.parameters) or 'nothing'}."
                )
                self._say(element_id, name, Slip(kind=SlipKind.CALL, sentence=sentence))
                return ANYTHING
        tracer = self._tracer(name, element_id)
        return tracer.call(function, [given.get(parameter, ANYTHING) for parameter in function.parameters])

    def _table(self, table: DecisionTable, scope: Scope) -> Possible:
        columns = tuple(self._column(table, place, scope) for place in range(len(table.inputs)))
        self._meet(table, columns)
        for rule in table.rules if self._say is not pass_over else ():
            for place, cell in enumerate(rule.input_entries[: len(columns)]):
                label = table.inputs[place].label
                where = f"Rule {rule.number} of “{table.name}”, column “{label}”: "
                trace_cell(cell.parsed, columns[place].named(label), scope, self._at(rule.rule_id, table.name, where))
        outputs = [self._output(table, place, scope) for place in range(len(table.outputs))]
        if not outputs:
            return ANYTHING
        names = [output.name or output.label for output in table.outputs]
        one = outputs[0] if len(outputs) == 1 else group_of(dict(zip(names, outputs, strict=True)))
        if table.hit_policy is HitPolicy.COLLECT and table.aggregation is None:
            return list_of(one)
        if table.hit_policy in _LISTS:
            return NUMBER.or_null() if table.aggregation is not None else list_of(one).or_null()
        return one.or_null()

    def _column(self, table: DecisionTable, place: int, scope: Scope) -> Possible:
        column = table.inputs[place]
        where = f"In “{table.name}”, column “{column.label}”: "
        value = self._formula(column.expression, scope, table.name, column.element_id or table.element_id, where)
        wanted = declared(column.type_name, self._definitions.types, column.allowed)
        if value.is_told and not wanted.is_anything and not value.solid & wanted.kinds:
            sentence = (
                f"{where}It takes {kinds_in_words(wanted.solid)}, and {column.expression.text} is "
                f"{kinds_in_words(value.solid)}. Choose the column's type anew."
            )
            slip = Slip(kind=SlipKind.VALUE, sentence=sentence)
            self._say(column.element_id or table.element_id, table.name, slip)
            return ANYTHING
        return wanted.or_null() if value.is_anything and not wanted.is_anything else value

    def _output(self, table: DecisionTable, place: int, scope: Scope) -> Possible:
        """What the column gives: what its cells can be, and the type where that is not known."""
        output = table.outputs[place]
        wanted = declared(output.type_name, self._definitions.types, output.allowed)
        made = NOT_YET
        for rule in table.rules:
            if place < len(rule.output_entries):
                where = f"Rule {rule.number} of “{table.name}”, column “{output.label}”: "
                cell = rule.output_entries[place]
                value = self._formula(cell, scope, table.name, rule.rule_id, where)
                if not is_constant(cell.text) and value.is_told and not wanted.is_anything:
                    value = self._hold_output(value, wanted, where, rule.rule_id, table.name)
                made = join(made, value.as_given())
        if output.default is not None:
            made = join(made, self._formula(output.default, scope, table.name, output.element_id).as_given())
        return wanted if made.is_anything and not wanted.is_anything else made

    def _hold_output(self, value: Possible, wanted: Possible, where: str, rule_id: str, name: str) -> Possible:
        if value.solid & wanted.kinds:
            return value
        sentence = (
            f"{where}It gives {kinds_in_words(value.solid)}, and the column takes {kinds_in_words(wanted.solid)}."
        )
        self._say(rule_id, name, Slip(kind=SlipKind.VALUE, sentence=sentence))
        return ANYTHING


def _function(callee: Callee) -> Possible:
    return Possible(kinds=frozenset({ValueKind.FUNCTION}), function=callee)


def _joined(values: list[Possible]) -> Possible:
    found = NOT_YET
    for value in values:
        found = join(found, value.as_given())
    return found
