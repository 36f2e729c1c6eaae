"""Running a decision table: which rules match, and what the hit policy makes of them (DMN 1.5, clause 8.2.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.dmn.evaluation import Evaluation
from engine.dmn.explanation import InputValue, MatchedRule, TableExplanation
from engine.dmn.model import Aggregation, DecisionRule, DecisionTable, Formula, HitPolicy, OutputClause
from engine.dmn.shown_values import in_words
from engine.errors import DmnError
from engine.feel import evaluate

_LISTS = frozenset({HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT})
#: FEEL's own functions, so that a sum of mixed kinds is what an expression would give.
_FUNCTIONS = {Aggregation.SUM: "sum(values)", Aggregation.MIN: "min(values)", Aggregation.MAX: "max(values)"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Hit:
    rule: DecisionRule
    values: tuple[Any, ...]  #: one per output


def run_table(table: DecisionTable, scope: Mapping[str, Any], evaluation: Evaluation) -> Any:
    """The table's result; how it came about is added to `evaluation.tables`.

    One output column gives its value, several give a context by their names; RULE ORDER, OUTPUT ORDER and COLLECT
    give a list of these. Where no rule matches: the default, else null (COLLECT: the empty list; COUNT: 0). Raises
    DmnError where an input or output is not allowed, and where the hit policy forbids what matched.
    """
    inputs = _inputs(table, scope, evaluation)
    hits = _hits(table, inputs, scope, evaluation)
    if table.hit_policy is HitPolicy.UNIQUE and len(hits) > 1:
        _refuse(table, hits, "both match, but only one rule may. Narrow one of them, or choose another hit policy")
    if table.hit_policy is HitPolicy.ANY:
        _require_agreement(table, hits)
    counting = _counting(table, hits)
    used_default = not hits and any(output.default is not None for output in table.outputs)
    if used_default:
        value = _default(table, scope, evaluation)
    else:
        value = _combined(table, [_result(table, hit.values) for hit in counting])
    value = evaluation.fit(value, table.type_name, f"“{table.name}” gives")
    evaluation.tables.append(
        TableExplanation(
            table_id=table.element_id,
            name=table.name,
            hit_policy=table.hit_policy,
            aggregation=table.aggregation,
            inputs=inputs,
            matched=tuple(_matched(table, hit, any(hit is other for other in counting)) for hit in hits),
            used_default=used_default,
            value=value,
        )
    )
    return value


def _inputs(table: DecisionTable, scope: Mapping[str, Any], evaluation: Evaluation) -> tuple[InputValue, ...]:
    found: list[InputValue] = []
    for column in table.inputs:
        value = evaluation.value(column.expression, scope, f"“{table.name}”, input column “{column.label}”")
        subject = f"The input “{column.label}” of “{table.name}” is"
        value = evaluation.fit(value, column.type_name, subject, allowed=column.allowed)
        found.append(InputValue(label=column.label, expression=column.expression.text, value=value))
    return tuple(found)


def _hits(
    table: DecisionTable, inputs: Sequence[InputValue], scope: Mapping[str, Any], evaluation: Evaluation
) -> list[_Hit]:
    hits: list[_Hit] = []
    for rule in table.rules:
        if not all(
            evaluation.matches(cell, column.value, scope, (table.name, rule.number, column.label))
            for cell, column in zip(rule.input_entries, inputs, strict=True)
        ):
            continue
        values = tuple(
            _output_value(output, cell, scope, evaluation, f"Rule {rule.number} of “{table.name}”", type_name)
            for cell, output, type_name in zip(rule.output_entries, table.outputs, rule.output_types, strict=True)
        )
        hits.append(_Hit(rule=rule, values=values))
        if table.hit_policy is HitPolicy.FIRST:
            break
    return hits


def _output_value(
    output: OutputClause,
    cell: Formula,
    scope: Mapping[str, Any],
    evaluation: Evaluation,
    subject: str,
    type_name: str | None = None,
) -> Any:
    value = evaluation.value(cell, scope, f"{subject}, {output.label}")
    where = f" in the column “{output.label}”"
    if type_name is not None:
        value = evaluation.fit(value, type_name, f"{subject} gives", where=where)
    return evaluation.fit(value, output.type_name, f"{subject} gives", allowed=output.allowed, where=where)


def _default(table: DecisionTable, scope: Mapping[str, Any], evaluation: Evaluation) -> Any:
    values = tuple(
        None
        if output.default is None
        else _output_value(output, output.default, scope, evaluation, f"The default of “{table.name}”")
        for output in table.outputs
    )
    is_list = table.hit_policy in _LISTS and table.aggregation is None
    return [_result(table, values)] if is_list else _result(table, values)


def _require_agreement(table: DecisionTable, hits: Sequence[_Hit]) -> None:
    for hit in hits[1:]:
        # FEEL's equality: Python holds true and 1 to be equal
        if evaluate("a = b", {"a": list(hit.values), "b": list(hits[0].values)}) is not True:
            _refuse(table, [hits[0], hit], "both match and give different outputs. Make them agree, or narrow one")


def _refuse(table: DecisionTable, hits: Sequence[_Hit], why: str) -> None:
    named = " and ".join(_rule_name(hit.rule) for hit in hits[:2])
    more = f" (and {len(hits) - 2} more)" if len(hits) > 2 else ""
    raise DmnError(f"“{table.name}” has the hit policy {table.hit_policy}: {named}{more} {why}.")


def _rule_name(rule: DecisionRule) -> str:
    said = "; ".join(rule.annotations.values()) or rule.rule_id
    return f"rule {rule.number} ({said})" if said else f"rule {rule.number}"


def _counting(table: DecisionTable, hits: list[_Hit]) -> list[_Hit]:
    """The hits whose outputs make the result, in the order of the result."""
    if table.hit_policy is HitPolicy.ANY:
        return hits[:1]
    if table.hit_policy not in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER):
        return hits
    ordered = sorted(hits, key=lambda hit: _rank(table, hit))  # stable: equals stay in the order of the rules
    return ordered if table.hit_policy is HitPolicy.OUTPUT_ORDER else ordered[:1]


def _rank(table: DecisionTable, hit: _Hit) -> list[int]:
    ranks: list[int] = []
    for output, value in zip(table.outputs, hit.values, strict=True):
        if output.allowed is not None and output.allowed.in_order is not None:
            order = output.allowed.in_order
            # null is allowed everywhere and comes last
            ranks.append(order.index(value) if value in order else len(order))
    return ranks


def _result(table: DecisionTable, values: Sequence[Any]) -> Any:
    if len(table.outputs) == 1:
        return values[0]
    return {output.name: value for output, value in zip(table.outputs, values, strict=True)}


def _combined(table: DecisionTable, results: list[Any]) -> Any:
    if table.hit_policy not in _LISTS:
        return results[0] if results else None
    if table.aggregation is Aggregation.COUNT:
        return Decimal(len(results))
    if table.aggregation is None:
        return results if results or table.hit_policy is HitPolicy.COLLECT else None
    if not results:
        return None
    value = evaluate(_FUNCTIONS[table.aggregation], {"values": results})
    if value is None:
        listed = ", ".join(in_words(result) for result in results)
        raise DmnError(f"“{table.name}” cannot make the {table.aggregation} of {listed}: correct its outputs.")
    return value


def _matched(table: DecisionTable, hit: _Hit, counts: bool) -> MatchedRule:
    return MatchedRule(
        rule_id=hit.rule.rule_id,
        number=hit.rule.number,
        counts=counts,
        annotations=hit.rule.annotations,
        input_entries=tuple(cell.text for cell in hit.rule.input_entries),
        outputs={output.name or output.label: value for output, value in zip(table.outputs, hit.values, strict=True)},
    )
