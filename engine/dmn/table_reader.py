"""Reading a decision table from its elements."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from engine.dmn.elements import attribute, child, children, text_of, type_of
from engine.dmn.model import Aggregation, DecisionRule, DecisionTable, HitPolicy, InputClause, OutputClause
from engine.dmn.problems import Problems
from engine.dmn.types import TypeTable

#: The annotation column that the Camunda modeller shows; it keeps the text as the rule's description.
DESCRIPTION_COLUMN = "Annotation"


def read_table(
    element: etree._Element, *, name: str, names: frozenset[str], types: TypeTable, problems: Problems
) -> DecisionTable:
    """The table in a `decisionTable` element; `name` is what the reader calls it, `names` what its cells may read."""
    return _TableReader(element, name=name, names=names, types=types, problems=problems).read()


class _TableReader:
    def __init__(
        self, element: etree._Element, *, name: str, names: frozenset[str], types: TypeTable, problems: Problems
    ) -> None:
        self._element = element
        self._name = name
        self._names = names
        self._types = types
        self._problems = problems
        self._table_id = attribute(element, "id")

    def read(self) -> DecisionTable:
        hit_policy = self._hit_policy()
        inputs = tuple(self._input(column, place) for place, column in enumerate(self._columns("input"), 1))
        outputs = tuple(self._output(column, place) for place, column in enumerate(self._columns("output"), 1))
        annotations = [attribute(column, "name") for column in self._columns("annotation")]
        rules = tuple(
            self._rule(row, number, inputs, outputs, annotations)
            for number, row in enumerate(children(self._element, "rule"), 1)
        )
        return DecisionTable(
            element_id=self._table_id,
            name=self._name,
            hit_policy=hit_policy,
            aggregation=self._aggregation(hit_policy),
            type_name=self._types.known(type_of(self._element), self._element, f"“{self._name}”"),
            inputs=inputs,
            outputs=outputs,
            rules=rules,
        )

    def _columns(self, kind: str) -> list[etree._Element]:
        return list(children(self._element, kind))

    def _add(self, sentence: str, element_id: str | None = None) -> None:
        self._problems.add(
            sentence, element_id=self._table_id if element_id is None else element_id, element_name=self._name
        )

    def _hit_policy(self) -> HitPolicy:
        written = attribute(self._element, "hitPolicy") or HitPolicy.UNIQUE
        try:
            return HitPolicy(written)
        except ValueError:
            known = ", ".join(HitPolicy)
            self._add(f"The hit policy “{written}” of “{self._name}” is not known. Choose one of {known}.")
            return HitPolicy.UNIQUE

    def _aggregation(self, hit_policy: HitPolicy) -> Aggregation | None:
        written = attribute(self._element, "aggregation")
        if not written:
            return None
        if hit_policy is not HitPolicy.COLLECT:
            self._add(
                f"“{self._name}” has the hit policy {hit_policy} and the aggregation {written}. "
                "Only COLLECT aggregates: choose COLLECT, or take the aggregation away."
            )
            return None
        try:
            return Aggregation(written)
        except ValueError:
            known = ", ".join(Aggregation)
            self._add(f"The aggregation “{written}” of “{self._name}” is not known. Choose one of {known}, or none.")
            return None

    def _input(self, column: etree._Element, place: int) -> InputClause:
        inner = child(column, "inputExpression")
        text = text_of(inner)
        label = attribute(column, "label")
        where = f"“{self._name}”, input column {place}{f' “{label}”' if label else ''}"
        if not text:
            self._add(f"{where} does not say what it looks at. Write an expression for it.", attribute(column, "id"))
        expression_element = column if inner is None else inner
        formula = self._problems.formula(expression_element, text or "null", self._names, where=where)
        values = child(column, "inputValues")
        return InputClause(
            element_id=attribute(column, "id"),
            label=label or text or f"input {place}",
            expression=formula,
            type_name=self._types.known(type_of(expression_element), expression_element, where),
            allowed=self._problems.allowed(values, text_of(values), where=f"{where}, its allowed values"),
        )

    def _output(self, column: etree._Element, place: int) -> OutputClause:
        name = attribute(column, "name")
        label = attribute(column, "label") or name
        where = f"“{self._name}”, output column {place}{f' “{label}”' if label else ''}"
        values = child(column, "outputValues")
        default = child(column, "defaultOutputEntry")
        default_text = text_of(default)
        type_name = self._types.known(type_of(column), column, where)
        allowed = self._problems.allowed(values, text_of(values), where=f"{where}, its allowed values")
        return OutputClause(
            element_id=attribute(column, "id"),
            name=name,
            label=label or self._name,
            type_name=type_name,
            allowed=allowed or self._types.allowed(type_name),
            default=None
            if default is None or not default_text
            else self._problems.formula(default, default_text, self._names, where=f"{where}, its default"),
        )

    def _rule(
        self,
        row: etree._Element,
        number: int,
        inputs: tuple[InputClause, ...],
        outputs: tuple[OutputClause, ...],
        annotation_columns: list[str],
    ) -> DecisionRule:
        rule_id = attribute(row, "id")
        conditions = list(children(row, "inputEntry"))
        conclusions = list(children(row, "outputEntry"))
        for cells, columns, kind in ((conditions, inputs, "input"), (conclusions, outputs, "output")):
            if len(cells) != len(columns):
                self._add(
                    f"Rule {number} of “{self._name}” has {len(cells)} {kind} cells; the table has {len(columns)} "
                    f"{kind} columns. Delete the rule and write it again.",
                    rule_id,
                )
        where = f"“{self._name}”, rule {number}"
        return DecisionRule(
            rule_id=rule_id,
            number=number,
            input_entries=tuple(
                self._problems.tests(cell, text_of(cell), self._names, where=f"{where}, {column.label}")
                for cell, column in zip(conditions, inputs, strict=False)
            ),
            output_entries=tuple(
                self._problems.formula(cell, text_of(cell) or "null", self._names, where=f"{where}, {column.label}")
                for cell, column in zip(conclusions, outputs, strict=False)
            ),
            output_types=tuple(self._types.known(type_of(cell), cell, where) for cell in conclusions[: len(outputs)]),
            annotations=_annotations(row, annotation_columns),
        )


def _annotations(row: etree._Element, columns: list[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    described = child(row, "description")
    description = "".join(str(part) for part in described.itertext()).strip() if described is not None else ""
    if description:
        found[DESCRIPTION_COLUMN] = description
    for place, entry in enumerate(children(row, "annotationEntry")):
        name = columns[place] if place < len(columns) and columns[place] else f"{DESCRIPTION_COLUMN} {place + 1}"
        text = text_of(entry)
        if text:
            found[name] = text
    return found
