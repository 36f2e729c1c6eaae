"""A file of decisions that differs, row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.dmn import DecisionRule, DecisionTable
from engine.variants import Variant
from engine.variants.comparison import How
from engine.variants.comparison.tables import cells_of, columns_of
from engine.workshop.differences.whole import PolicyComparison


@dataclass(frozen=True, kw_only=True, slots=True)
class CellBeside:
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, kw_only=True, slots=True)
class RowBeside:
    number: int  #: in the second; in the first where it is gone
    how: How | None  #: None: as it was
    cells: tuple[CellBeside, ...]  #: one for each column; of a row that only one has, the other side is ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TableBeside:
    name: str
    columns: tuple[str, ...]  #: of the second, then those that are gone
    rows: tuple[RowBeside, ...]  #: in the order of the second, each that is gone where it stood


def tables_beside(compared: PolicyComparison, file: str) -> tuple[TableBeside, ...]:
    """The tables of the file in which a row differs, each with all its rows."""
    old, new = _tables(compared.before, file), _tables(compared.after, file)
    beside = (_beside(old.get(name), new.get(name)) for name in dict.fromkeys((*new, *old)))
    return tuple(table for table in beside if any(row.how is not None for row in table.rows))


def _tables(variant: Variant, file: str) -> dict[str, DecisionTable]:
    definitions = variant.definitions.get(file)
    decisions = definitions.decisions.items() if definitions is not None else ()
    return {key: decision.table for key, decision in decisions if decision.table is not None}


def _beside(was: DecisionTable | None, now: DecisionTable | None) -> TableBeside:
    columns = tuple(dict.fromkeys(column for table in (now, was) if table is not None for column in _headings(table)))
    old, new = _rows(was), _rows(now)
    return TableBeside(
        name=(now or was).name if now or was else "",  # type: ignore[union-attr]  # one of them is there
        columns=columns,
        rows=tuple(_row(old.get(key), new.get(key), columns) for key in _order(list(old), list(new))),
    )


def _order(was: list[str], now: list[str]) -> Iterator[str]:
    """The rows of the second, and each that is gone behind the row behind which it stood."""
    gone_behind: dict[str, list[str]] = {}
    behind = ""
    for key in was:
        if key in now:
            behind = key
        else:
            gone_behind.setdefault(behind, []).append(key)
    yield from gone_behind.get("", ())
    for key in now:
        yield key
        yield from gone_behind.get(key, ())


#: A row as its cells by column, with its number.
_Row = tuple[int, dict[str, str]]


def _rows(table: DecisionTable | None) -> dict[str, _Row]:
    rules = table.rules if table is not None else ()
    return {rule.rule_id: (rule.number, _cells(table, rule)) for rule in rules if table is not None}


def _cells(table: DecisionTable, rule: DecisionRule) -> dict[str, str]:
    return {**dict(zip(columns_of(table), cells_of(rule), strict=False)), **rule.annotations}


def _headings(table: DecisionTable) -> list[str]:
    return [*columns_of(table), *(heading for rule in table.rules for heading in rule.annotations)]


def _row(was: _Row | None, now: _Row | None, columns: tuple[str, ...]) -> RowBeside:
    old, new = (row[1] if row is not None else {} for row in (was, now))
    cells = tuple(CellBeside(before=old.get(column, ""), after=new.get(column, "")) for column in columns)
    how = How.ADDED if was is None else How.GONE if now is None else None
    if how is None and any(cell.differs for cell in cells):
        how = How.CHANGED
    return RowBeside(number=(now or was or (0, {}))[0], how=how, cells=cells)
