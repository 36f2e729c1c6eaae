"""The figures by area and year for spreadsheets: a row for each, with what was entered in columns of its own."""

from __future__ import annotations

from collections.abc import Iterator

from engine.casework.overview.yearly_figures import CountedRow, EnteredRow, YearlyFigures


def figures_rows(table: YearlyFigures) -> Iterator[tuple[object, ...]]:
    """A heading, then a row for each area and year; what an area does not count, or nobody entered, is empty."""
    yield (
        "area", "year", "from", "to", "how", *(figure.label for figure in table.figures), "entered as", "number",
        "source",
    )  # fmt: skip
    for row in table.counted:
        yield (*_head(row, "counted"), *map(row.number, table.figures), "", "", "")
    for each in table.entered:
        numbers = (each.count if figure.id == each.entered.figure else None for figure in table.figures)
        yield (*_head(each, "entered"), *numbers, each.entered.label, each.count, each.entered.source)


def _head(row: CountedRow | EnteredRow, how: str) -> tuple[object, ...]:
    return row.area, row.year.name, row.year.first.isoformat(), row.year.last.isoformat(), how
