"""What can be said of a table before it is ever run: its columns, its constant outputs, its rules that overlap."""

from __future__ import annotations

from engine.dmn.constants import is_constant
from engine.dmn.model import DecisionTable, Formula, HitPolicy, OutputClause
from engine.dmn.overlaps import overlapping_rules
from engine.dmn.problems import Problems
from engine.dmn.shown_values import in_words
from engine.dmn.types import TypeTable, allowed_refusal
from engine.errors import FeelError
from engine.problems import Severity

_ORDERED = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})


def check_table(table: DecisionTable, types: TypeTable, problems: Problems, *, is_read: bool) -> None:
    """Add to `problems` what is wrong with the table. `is_read` is False where some of its cells could not be read."""
    check = _TableCheck(table, types, problems)
    check.columns()
    check.order()
    check.constant_outputs()
    if is_read:
        check.overlaps()


class _TableCheck:
    def __init__(self, table: DecisionTable, types: TypeTable, problems: Problems) -> None:
        self._table = table
        self._types = types
        self._problems = problems

    def columns(self) -> None:
        table = self._table
        if not table.outputs:
            self._add(f"“{table.name}” has no output column. Add one.")
        if len(table.outputs) < 2:
            return
        names = [output.name for output in table.outputs]
        for place, name in enumerate(names, 1):
            element_id = table.outputs[place - 1].element_id
            if not name:
                self._add(
                    f"Output column {place} of “{table.name}” has no name. Where there are several output columns, "
                    "each needs one.",
                    element_id,
                )
            elif name in names[: place - 1]:
                self._add(f"Two output columns of “{table.name}” are named “{name}”. Rename one.", element_id)
        if table.aggregation is not None:
            self._add(
                f"“{table.name}” has {len(names)} output columns and the aggregation {table.aggregation}, which works "
                "on one. Take the aggregation away, or make a table of its own for the number."
            )

    def order(self) -> None:
        table = self._table
        if table.hit_policy not in _ORDERED or not table.outputs:
            return
        ranked = [output.allowed for output in table.outputs if output.allowed is not None]
        if not ranked or any(allowed.in_order is None for allowed in ranked):
            self._add(
                f"“{table.name}” has the hit policy {table.hit_policy}, which needs to know which output comes first. "
                "List the allowed values of its output, the most important first."
            )

    def constant_outputs(self) -> None:
        for place, output in enumerate(self._table.outputs):
            for rule in self._table.rules:
                if place < len(rule.output_entries):
                    self._constant_output(rule.output_entries[place], output, f"Rule {rule.number}", rule.rule_id)
            if output.default is not None:
                self._constant_output(output.default, output, "The default", output.element_id)

    def _constant_output(self, entry: Formula, output: OutputClause, subject: str, element_id: str) -> None:
        if not is_constant(entry.text):
            return
        try:
            value = entry.parsed.evaluate({})
        except FeelError:
            return  # said where it is run: a fault of a constant is seen in the first scenario
        refused = self._types.refusal(value, output.type_name) or allowed_refusal(value, output.allowed)
        if refused is not None:
            self._add(
                f"{subject} of “{self._table.name}” gives {in_words(value)} in the column “{output.label}”, which "
                f"takes {refused}. Correct the cell or the column.",
                element_id,
            )

    def overlaps(self) -> None:
        table = self._table
        for first, second in overlapping_rules(table, self._types):
            if table.hit_policy is HitPolicy.ANY:
                what = "give different outputs, which the hit policy ANY refuses"
            else:
                what = "can both match, which the hit policy UNIQUE refuses"
            self._add(
                f"Rules {first.number} and {second.number} of “{table.name}” {what}. "
                "Narrow one of them, or choose another hit policy.",
                second.rule_id,
                Severity.WARNING,
            )

    def _add(self, sentence: str, element_id: str | None = None, severity: Severity = Severity.ERROR) -> None:
        self._problems.add(
            sentence,
            element_id=self._table.element_id if element_id is None else element_id,
            element_name=self._table.name,
            severity=severity,
        )
