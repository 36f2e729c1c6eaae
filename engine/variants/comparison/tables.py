"""Decision tables that differ, by row and cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.dmn import Decision, DecisionRule, DecisionTable, Formula
from engine.variants.comparison.difference import Detail, Difference, How, details_of, in_words, is_there, sentence_of
from engine.variants.comparison.renamed import Renamed
from engine.variants.comparison.sameness import means_the_same
from engine.variants.limits import DECISION
from engine.variants.variant import Variant
from engine.words import listed

#: A cell that is left empty: any value.
_ANY = "-"
_CLAUSE = "clause"
#: So many rows that stand elsewhere are named.
_MOST_NAMED = 4


def tables_between(before: Variant, after: Variant) -> Iterator[Difference]:
    old, new, names = _decisions(before), _decisions(after), Renamed(before, after)
    for decision_id in dict.fromkeys((*old, *new)):
        was, now = old.get(decision_id), new.get(decision_id)
        if decision_id == DECISION:
            continue
        if was is not None and now is not None:
            yield from _Decisions(was=was[1], now=now[1], file=now[0], names=names).differences()
        elif now is not None:
            yield _whole(*now, How.ADDED)
        elif was is not None:
            yield _whole(*was, How.GONE)


def _decisions(variant: Variant) -> Mapping[str, tuple[str, Decision]]:
    return {
        decision_id: (file, decision)
        for file, definitions in variant.definitions.items()
        for decision_id, decision in definitions.decisions.items()
    }


def _whole(file: str, decision: Decision, how: How) -> Difference:
    rules = decision.table.rules if decision.table is not None else ()
    clauses = dict.fromkeys(clause for rule in rules for clause in clauses_of(rule))
    return Difference(
        how=how, what="table", sentence=f"The decision “{decision.name}” is {is_there(how)}.", clauses=tuple(clauses),
        file=file, element_id=decision.element_id,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Decisions:
    """One decision, as it was and as it is."""

    was: Decision
    now: Decision
    file: str
    names: Renamed

    def differences(self) -> Iterator[Difference]:
        about = details_of((("its name", self.was.name, self.now.name),))
        was, now = self.was.table, self.now.table
        if was is None or now is None:
            yield from self._logic(about)
            return
        about += details_of((
            ("which of its rows hold", was.hit_policy, now.hit_policy),
            ("what comes of several rows", was.aggregation, now.aggregation),
            ("what it asks", _asked(was), _asked(now)),
            ("what it says", _named(was), _named(now)),
        ))  # fmt: skip
        if about:
            yield self._changed(about)
        yield from self._rows(was, now)

    def _logic(self, about: tuple[Detail, ...]) -> Iterator[Difference]:
        was, now = self.was.logic, self.now.logic
        if isinstance(was, Formula) and isinstance(now, Formula):
            about += details_of((("how it is worked out", was.text, now.text),))
        if about:
            yield self._changed(about)
        elif not means_the_same(was, now):
            yield Difference(
                how=How.CHANGED, what="table", sentence=f"“{self.now.name}” is worked out otherwise.", file=self.file,
                element_id=self.now.element_id,
            )  # fmt: skip

    def _changed(self, details: tuple[Detail, ...]) -> Difference:
        return Difference(
            how=How.CHANGED, what="table", sentence=f"“{self.was.name}”: {sentence_of(details)}.", file=self.file,
            element_id=self.now.element_id, details=details,
        )  # fmt: skip

    def _rows(self, was: DecisionTable, now: DecisionTable) -> Iterator[Difference]:
        old, new = ({rule.rule_id: rule for rule in table.rules} for table in (was, now))
        for rule_id in dict.fromkeys((*old, *new)):
            before, after = old.get(rule_id), new.get(rule_id)
            if before is not None and after is not None:
                details = details_of(self._cells(was, before, now, after))
                if details:
                    yield self._row(after, How.CHANGED, sentence_of(details), details)
            elif after is not None:
                yield self._row(after, How.ADDED, f"{row_in_words(after)}, is new")
            elif before is not None:
                yield self._row(before, How.GONE, f"{row_in_words(before)}, is gone")
        were, are = ([rule for rule in rules if rule in old and rule in new] for rules in (old, new))
        moved = [rule for rule, other in zip(were, are, strict=True) if rule != other]
        if moved:
            told = [f"row {old[rule].number} is row {new[rule].number} now" for rule in moved[:_MOST_NAMED]]
            sentence = f"The rows of “{self.now.name}” stand in another order: {listed(told)}."
            yield Difference(
                how=How.MOVED, what="table", sentence=sentence, file=self.file, element_id=self.now.element_id
            )

    def _cells(
        self, was: DecisionTable, before: DecisionRule, now: DecisionTable, after: DecisionRule
    ) -> Iterator[tuple[str, str, str]]:
        old = dict(zip(columns_of(was), cells_of(before), strict=False))
        new = dict(zip(columns_of(now), cells_of(after), strict=False))
        for column in dict.fromkeys((*new, *old)):
            yield column, old.get(column, _ANY), new.get(column, _ANY)
        for heading in dict.fromkeys((*before.annotations, *after.annotations)):
            if heading.strip().lower() != _CLAUSE:
                words = f"what stands beside it ({heading})"
                yield words, before.annotations.get(heading, ""), after.annotations.get(heading, "")
        stood, stands = clauses_of(before), clauses_of(after)
        if self.names.clauses_differ(stood, stands):
            yield "the clause it stands on", ", ".join(stood), ", ".join(stands)

    def _row(self, rule: DecisionRule, how: How, said: str, details: tuple[Detail, ...] = ()) -> Difference:
        comma = ": " if details else ", "
        return Difference(
            how=how, what="table", sentence=f"“{self.now.name}”, row {rule.number}{comma}{said}.",
            clauses=clauses_of(rule), file=self.file, element_id=rule.rule_id, details=details,
        )  # fmt: skip


def columns_of(table: DecisionTable) -> list[str]:
    """What each column is called, those that it asks first."""
    return [*_labels(table), *_named(table)]


def _labels(table: DecisionTable) -> list[str]:
    return [column.label or column.expression.text for column in table.inputs]


def _asked(table: DecisionTable) -> list[str]:
    return [
        column.expression.text if column.label in ("", column.expression.text) else
        f"{column.label} ({column.expression.text})"
        for column in table.inputs
    ]  # fmt: skip


def _named(table: DecisionTable) -> list[str]:
    return [output.label or output.name or "result" for output in table.outputs]


def cells_of(rule: DecisionRule) -> list[str]:
    """What each cell says, in the order of the columns."""
    return [in_words(entry) for entry in (*rule.input_entries, *rule.output_entries)]


def row_in_words(rule: DecisionRule) -> str:
    inputs = _joined(entry.text for entry in rule.input_entries if entry.text.strip() not in ("", _ANY))
    return f"{inputs or 'always'} → {_joined(entry.text for entry in rule.output_entries)}"


def _joined(texts: Iterable[str]) -> str:
    return ", ".join(text.strip() for text in texts)


def clauses_of(rule: DecisionRule) -> tuple[str, ...]:
    named = {heading.strip().lower(): text for heading, text in rule.annotations.items()}.get(_CLAUSE, "")
    return tuple(named.replace(",", " ").split())
