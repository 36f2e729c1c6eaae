"""Why a decision came out as it did: what was read, which rules matched, in the words of the policy owner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.dmn.model import Aggregation, HitPolicy
from engine.dmn.shown_values import in_words, shown

_MEANING: Mapping[HitPolicy, str] = {
    HitPolicy.UNIQUE: "at most one rule may match",
    HitPolicy.FIRST: "the first rule that matches counts",
    HitPolicy.ANY: "rules that match must agree",
    HitPolicy.PRIORITY: "the most important output counts",
    HitPolicy.RULE_ORDER: "every rule that matches counts, in the order of the rules",
    HitPolicy.OUTPUT_ORDER: "every rule that matches counts, the most important output first",
    HitPolicy.COLLECT: "every rule that matches counts",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class InputValue:
    """What a condition column of a table saw."""

    label: str
    expression: str
    value: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchedRule:
    rule_id: str
    number: int  #: 1-based
    counts: bool  #: False where PRIORITY preferred another rule
    annotations: Mapping[str, str]  #: annotation column to text
    input_entries: tuple[str, ...]  #: the cells as written, one per input
    outputs: Mapping[str, Any]  #: output column's name (its label where it has none) to value


@dataclass(frozen=True, kw_only=True, slots=True)
class TableExplanation:
    table_id: str
    name: str
    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[InputValue, ...]
    matched: tuple[MatchedRule, ...]  #: in the order of the rules
    used_default: bool  #: no rule matched and the columns name a default
    value: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideValue:
    """Something read from outside."""

    name: str
    value: Any
    was_given: bool  #: False where nobody said it; it then counts as null


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """One decision, with the decisions it required."""

    decision_id: str
    decision_name: str
    value: Any
    told: tuple[OutsideValue, ...]  #: in the order in which it was read
    tables: tuple[TableExplanation, ...]  #: in the order in which they were completed, those in called models included
    requires: tuple[Explanation, ...] = field(repr=False)
    notes: tuple[str, ...]  #: why something was null, each said once

    def to_json(self) -> dict[str, Any]:
        """Plain values for the record, as Python's `json` writes them; FEEL values in the way of `engine.feel.to_json`.

        `requires` are ids; the decisions they name stand in `required`, each once, however many require it.
        """
        required: dict[str, Explanation] = {}
        waiting = list(reversed(self.requires))
        while waiting:
            explanation = waiting.pop()
            if explanation.decision_id not in required:
                required[explanation.decision_id] = explanation
                waiting.extend(reversed(explanation.requires))
        return {**self._own_json(), "required": [explanation._own_json() for explanation in required.values()]}

    def _own_json(self) -> dict[str, Any]:
        return {
            "decision_id": self.decision_id,
            "decision_name": self.decision_name,
            "value": shown(self.value),
            "told": [
                {"name": told.name, "value": shown(told.value), "was_given": told.was_given} for told in self.told
            ],
            "tables": [_table_to_json(table) for table in self.tables],
            "requires": [explanation.decision_id for explanation in self.requires],
            "notes": list(self.notes),
        }

    def text(self, *, with_notes: bool = True) -> str:
        """Plain sentences, a line each; what the decision required stands below it, each decision once. Notes say why
        something was null."""
        lines: list[str] = []
        said: set[str] = set()
        waiting = [self]
        while waiting:
            explanation = waiting.pop()
            if explanation.decision_id not in said:
                said.add(explanation.decision_id)
                lines.extend(explanation._own_lines(with_notes=with_notes))
                waiting.extend(reversed(explanation.requires))
        return "\n".join(lines)

    def _own_lines(self, *, with_notes: bool) -> Iterator[str]:
        yield f"“{self.decision_name}” is {in_words(self.value)}."
        for told in self.told:
            yield f"  {told.name}: {in_words(told.value) if told.was_given else 'not said, so it counts as null'}."
        for table in self.tables:
            yield from _table_lines(table)
        for note in self.notes if with_notes else ():
            yield f"  Note: {note}"


def _table_lines(table: TableExplanation) -> Iterator[str]:
    aggregated = f" {table.aggregation}" if table.aggregation is not None else ""
    yield f"  Table “{table.name}” ({table.hit_policy}{aggregated}: {_MEANING[table.hit_policy]}):"
    for column in table.inputs:
        source = "" if column.label == column.expression else f" ({column.expression})"
        yield f"    {column.label}{source} is {in_words(column.value)}."
    for rule in table.matched:
        outputs = _outputs(rule.outputs)
        annotations = "; ".join(rule.annotations.values())
        passed_over = "" if rule.counts else " Another rule that matched was more important."
        yield f"    Rule {rule.number} matched: {outputs}.{passed_over}{f' ({annotations})' if annotations else ''}"
    if not table.matched:
        result = "the default was given" if table.used_default else "nothing was given"
        yield f"    No rule matched; {result}: {in_words(table.value)}."


def _outputs(outputs: Mapping[str, Any]) -> str:
    return ", ".join(f"{label} is {in_words(value)}" for label, value in outputs.items())


def _table_to_json(table: TableExplanation) -> dict[str, Any]:
    return {
        "table_id": table.table_id,
        "name": table.name,
        "hit_policy": str(table.hit_policy),
        "aggregation": None if table.aggregation is None else str(table.aggregation),
        "inputs": [
            {"label": column.label, "expression": column.expression, "value": shown(column.value)}
            for column in table.inputs
        ],
        "matched": [
            {
                "rule_id": rule.rule_id,
                "number": rule.number,
                "counts": rule.counts,
                "annotations": dict(rule.annotations),
                "input_entries": list(rule.input_entries),
                "outputs": {label: shown(value) for label, value in rule.outputs.items()},
            }
            for rule in table.matched
        ],
        "used_default": table.used_default,
        "value": shown(table.value),
    }
