"""Pairs of rules that some inputs would match at once, found without knowing the inputs.

A cell that looks only at its own column changes its answer only at the constants written in that column. So a column is
represented by its constants, a value between each two and one beyond each end; two rules overlap where every column has
such a value that both accept. Rules with a cell that reads something else are left out: nothing is claimed of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from itertools import combinations, pairwise
from typing import Any

from engine.dmn.constants import VALUE, is_constant
from engine.dmn.model import CellTests, DecisionRule, DecisionTable, HitPolicy, InputClause
from engine.dmn.types import TypeTable
from engine.errors import FeelError
from engine.feel import evaluate
from engine.feel.values import kind_of

#: Above this many cell evaluations or pairs the question is not asked.
_MOST_WORK = 20_000


def overlapping_rules(table: DecisionTable, types: TypeTable) -> Iterator[tuple[DecisionRule, DecisionRule]]:
    """Pairs that the table's hit policy would refuse if one input matched both."""
    if table.hit_policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
        return
    rules = [rule for rule in table.rules if _is_plain(rule, len(table.inputs))]
    samples = [
        _samples(column, [rule.input_entries[place] for rule in rules], types)
        for place, column in enumerate(table.inputs)
    ]
    work = sum(len(values) for values in samples) * len(rules)
    if max(work, len(rules) ** 2 // 2) > _MOST_WORK:
        return
    accepted = {
        rule.number: [_accepted(cell, samples[i]) for i, cell in enumerate(rule.input_entries)] for rule in rules
    }
    for first, second in combinations(rules, 2):
        if table.hit_policy is HitPolicy.ANY and _outputs(first) == _outputs(second):
            continue
        if all(a & b for a, b in zip(accepted[first.number], accepted[second.number], strict=True)):
            yield first, second


def _is_plain(rule: DecisionRule, columns: int) -> bool:
    cells = rule.input_entries
    return len(cells) == columns and all(is_constant(cell.text) for cell in cells)


def _outputs(rule: DecisionRule) -> tuple[str, ...]:
    return tuple(entry.text for entry in rule.output_entries)


def _accepted(cell: CellTests, values: list[Any]) -> frozenset[int]:
    found: set[int] = set()
    for place, value in enumerate(values):
        try:
            if cell.parsed.matches(value, {}):
                found.add(place)
        except FeelError:
            continue  # the cell refuses this value, so it does not match it
    return frozenset(found)


def _samples(column: InputClause, cells: list[CellTests], types: TypeTable) -> list[Any]:
    constants: list[Any] = []
    texts = [cell.text for cell in cells]
    if column.allowed is not None and column.allowed.in_order is not None:
        # A column with listed values takes no other.
        return list(column.allowed.in_order)
    for text in texts:
        for written in VALUE.findall(text):
            try:
                constants.append(evaluate(written, {}))
            except FeelError:
                continue
    values: list[Any] = [None, True, False]
    # A text that no cell names, for the cells that accept every other.
    values += [*sorted({value for value in constants if kind_of(value) == "string"}), "\u0000"]
    values += around_numbers(sorted({value for value in constants if kind_of(value) == "number"}))
    values += around_days(sorted({value for value in constants if kind_of(value) == "date"}))
    return [value for value in values if types.refusal(value, column.type_name) is None]


def around_numbers(numbers: list[Decimal]) -> list[Decimal]:
    """The numbers, in order, with one between each two, the next whole one after each, and one beyond each end."""
    if not numbers:
        return [Decimal(0)]
    between = [(low + high) / 2 for low, high in pairwise(numbers)]
    # the next whole number too, for a column of whole numbers
    following = [number.to_integral_value(ROUND_FLOOR) + 1 for number in numbers]
    return [numbers[0] - 1, *numbers, *between, *following]


def around_days(days: list[date]) -> list[date]:
    """The days, in order, with those before and after each."""
    one = timedelta(days=1)
    return [near for day in days for near in (day - one, day, day + one) if date.min < day < date.max]
