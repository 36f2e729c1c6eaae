"""Decision tables that differ, by row and cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.dmn import Decision, DecisionRule, DecisionTable
from engine.variants.comparison.difference import Difference, How, instead
from engine.variants.limits import DECISION
from engine.variants.variant import Variant


def tables_between(before: Variant, after: Variant) -> Iterator[Difference]:
    old, new = _decisions(before), _decisions(after)
    for decision_id in dict.fromkeys((*old, *new)):
        if decision_id == DECISION:
            continue
        was, now = old.get(decision_id), new.get(decision_id)
        if was is None or now is None:
            file, decision = was or now or ("", None)
            how = How.ADDED if was is None else How.GONE
            name = decision.name if decision is not None else decision_id
            yield Difference(
                how=how, what="table", sentence=f"The decision “{name}” is {_there(how)}.", file=file,
                element_id=decision_id,
            )  # fmt: skip
        else:
            yield from _within(was[1], now[1], now[0])


def _decisions(variant: Variant) -> Mapping[str, tuple[str, Decision]]:
    return {
        decision_id: (file, decision)
        for file, definitions in variant.definitions.items()
        for decision_id, decision in definitions.decisions.items()
    }


def _within(was: Decision, now: Decision, file: str) -> Iterator[Difference]:
    if was.table is None or now.table is None:
        if was.logic != now.logic:
            yield Difference(
                how=How.CHANGED, what="table", sentence=f"“{now.name}” is worked out otherwise.", file=file,
                element_id=now.element_id,
            )  # fmt: skip
        return
    old = {rule.rule_id: rule for rule in was.table.rules}
    new = {rule.rule_id: rule for rule in now.table.rules}
    for rule_id in dict.fromkeys((*old, *new)):
        before, after = old.get(rule_id), new.get(rule_id)
        rule, how = after or before, How.ADDED if before is None else How.GONE if after is None else How.CHANGED
        if rule is None:
            continue
        row = f"“{now.name}”, row {rule.number}"
        cells = list(_cells(was.table, before, now.table, after)) if before and after else []
        if before and after and not cells:
            continue
        sentence = f"{row}: {'; '.join(cells)}." if cells else f"{row}, {_said(rule)}, is {_there(how)}."
        yield Difference(
            how=how, what="table", sentence=sentence, clauses=_clauses(rule), file=file, element_id=rule_id
        )  # fmt: skip


def _cells(was: DecisionTable, before: DecisionRule, now: DecisionTable, after: DecisionRule) -> Iterator[str]:
    old = dict(zip(_columns(was), _texts(before), strict=False))
    for column, text in zip(_columns(now), _texts(after), strict=False):
        if old.get(column) != text:
            yield f"{column} is {instead(text, old.get(column))}"


def _columns(table: DecisionTable) -> list[str]:
    return [column.label or column.expression.text for column in table.inputs] + [
        output.label or output.name or "result" for output in table.outputs
    ]


def _texts(rule: DecisionRule) -> list[str]:
    inputs = [entry.text.strip() for entry in rule.input_entries]
    return inputs + [entry.text.strip() for entry in rule.output_entries]


def _said(rule: DecisionRule) -> str:
    inputs = ", ".join(entry.text.strip() for entry in rule.input_entries if entry.text.strip() not in ("", "-"))
    outputs = ", ".join(entry.text.strip() for entry in rule.output_entries)
    return f"{inputs or 'always'} → {outputs}"


def _clauses(rule: DecisionRule) -> tuple[str, ...]:
    named = {heading.casefold(): text for heading, text in rule.annotations.items()}.get("clause", "")
    return tuple(named.replace(",", " ").split())


def _there(how: How) -> str:
    return "new" if how is How.ADDED else "gone"
