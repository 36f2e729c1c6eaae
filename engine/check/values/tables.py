"""Rows that never match, rows that others always take first, and what no row is for: a value of each class is tried.

Only cells that hold values written out are tried. Nothing is said of a table with a column of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import Any

from engine.check.finding import Place
from engine.check.values.decision_homes import MetTable
from engine.check.values.domain import ValueKind, constant
from engine.check.values.phrases import told
from engine.check.values.samples import ANOTHER, samples
from engine.check.values.slip import Misfit, Slip, SlipKind
from engine.dmn.constants import is_constant
from engine.dmn.model import CellTests, HitPolicy
from engine.errors import FeelError

#: More combinations of values than this are not tried.
_MOST_TRIED = 20_000
#: Hit policies by which a table gives one row's outputs, and nothing where no row matches.
_ONE_ROW = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY})
_ANYTHING = ("", "-")


def table_misfits(met: MetTable) -> Iterator[Misfit]:
    """What is to be said of the rows of a table."""
    trial = _Trial(met)
    yield from trial.unread_columns()
    yield from trial.never_matching()
    if trial.is_complete:
        yield from trial.combined()


class _Trial:
    def __init__(self, met: MetTable) -> None:
        self._met = met
        self._table = met.table
        self._columns = range(len(met.table.inputs))
        rules = met.table.rules
        self._values: list[list[Any] | None] = [
            samples(met.columns[i], [rule.input_entries[i].text for rule in rules if i < len(rule.input_entries)])
            for i in self._columns
        ]
        is_plain = all(is_constant(cell.text) for rule in rules for cell in rule.input_entries)
        tried = 1
        for values in self._values:
            tried *= len(values) if values is not None else _MOST_TRIED + 1
        #: whether every combination of values can be tried
        self.is_complete = bool(rules and self._columns) and is_plain and tried <= _MOST_TRIED

    def unread_columns(self) -> Iterator[Misfit]:
        """A column that no row looks at: a row is missing, or the column is too much."""
        rules = self._table.rules
        for i in self._columns if len(self._columns) > 1 and len(rules) > 1 else ():
            if all(rule.input_entries[i].text.strip() in _ANYTHING for rule in rules if i < len(rule.input_entries)):
                yield self._misfit(
                    self._table.inputs[i].element_id or self._table.element_id,
                    f"No row of “{self._table.name}” looks at the column “{self._table.inputs[i].label}”. Is a row "
                    "missing? Else take the column out.",
                )

    def never_matching(self) -> Iterator[Misfit]:
        """A row with a cell that holds for nothing that its column can be."""
        for rule in self._table.rules:
            for i, cell in zip(self._columns, rule.input_entries, strict=False):
                values = self._values[i]
                if values is None or not is_constant(cell.text) or any(_matches(cell, each) for each in values):
                    continue
                yield self._misfit(
                    rule.rule_id,
                    f"Rule {rule.number} of “{self._table.name}” never matches: “{self._table.inputs[i].label}” can "
                    f"be nothing for which {cell.text} holds. Correct the cell, or take the row out.",
                    words=frozenset(_texts_in(cell)),
                    fact=self._met.columns[i].fact.rpartition(".")[2],
                )
                break

    def combined(self) -> Iterator[Misfit]:
        """Every combination of values: what no row is for, and what rows above take from rows below."""
        values = [each or [] for each in self._values]
        rules = self._table.rules
        masks = [
            [sum(1 << n for n, rule in enumerate(rules) if _matches(rule.input_entries[i], each)) for each in values[i]]
            for i in self._columns
        ]
        first, gap = 0, None
        for chosen in product(*(range(len(each)) for each in values)):
            matching = (1 << len(rules)) - 1
            for i, place in enumerate(chosen):
                matching &= masks[i][place]
            first |= matching & -matching
            if not matching and gap is None and self._is_asked(chosen, values):
                gap = chosen
        if self._table.hit_policy is HitPolicy.FIRST:
            yield from self._taken_before(first, masks)
        is_left = self._table.hit_policy in _ONE_ROW and not any(each.default for each in self._table.outputs)
        if gap is not None and is_left:
            yield self._gap(gap, values, masks)

    def _is_asked(self, chosen: Sequence[int], values: Sequence[list[Any]]) -> bool:
        """Whether people mean it: not null, nor what lies beside everything that the cells name."""
        return all(self._is_meant(i, values[i][place], values[i]) for i, place in enumerate(chosen))

    def _is_meant(self, column: int, value: Any, values: list[Any]) -> bool:
        if value is None or value == ANOTHER:
            return False
        if not isinstance(value, Decimal) or self._met.columns[column].choices is not None:
            return True
        numbers = [each for each in values if isinstance(each, Decimal)]
        return value == int(value) and min(numbers) < value < max(numbers)

    def _taken_before(self, first: int, masks: Sequence[Sequence[int]]) -> Iterator[Misfit]:
        for n, rule in enumerate(self._table.rules):
            can_match = all(any(mask & 1 << n for mask in column) for column in masks)
            if can_match and not first & 1 << n:
                yield self._misfit(
                    rule.rule_id,
                    f"Rule {rule.number} of “{self._table.name}” is never reached: the rows above it take everything "
                    "that it takes. Move it up, or take it out.",
                )

    def _gap(self, gap: Sequence[int], values: Sequence[list[Any]], masks: Sequence[Sequence[int]]) -> Misfit:
        """One combination that no row is for, without the columns on which that does not depend."""
        told_of = []
        for i in self._columns:
            others = (1 << len(self._table.rules)) - 1
            for other, place in enumerate(gap):
                if other != i:
                    others &= masks[other][place]
            if any(others & mask for mask in masks[i]):
                told_of.append(f"{self._table.inputs[i].label} {_written(values[i][gap[i]])}")
        shown = " and ".join(told_of) or "some of what its columns can be"
        return self._misfit(
            self._table.element_id,
            f"“{self._table.name}” has no row for {shown}, and gives nothing there. Add a row.",
        )

    def _misfit(self, element_id: str, sentence: str, words: frozenset[str] = frozenset(), fact: str = "") -> Misfit:
        place = Place(file=self._met.file, element_id=element_id, element_name=self._table.name)
        return Misfit(place=place, slip=Slip(kind=SlipKind.ROW, sentence=sentence, words=words, fact=fact))


def _matches(cell: CellTests, value: Any) -> bool:
    try:
        return cell.parsed.matches(value, {})
    except FeelError:
        return False


def _texts_in(cell: CellTests) -> list[str]:
    return [part for n, part in enumerate(cell.text.split('"')) if n % 2]


def _written(value: Any) -> str:
    (choice,) = constant(value).choices or {(ValueKind.DAY, value)}
    return told(choice)
