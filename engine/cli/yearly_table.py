"""The figures of several councils by area and year, as text, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.casework.overview import CountedRow, EnteredRow, FiguresYear, YearlyFigures
from engine.cli.layout import paragraph
from engine.words import day_in_words

_HOW = {True: "counted", False: "entered"}
_NOTE = (
    "Each figure is counted by itself on its own day; they need not add up. Entered numbers are those published before "
    "the system, and in no total."
)


def as_lines(table: YearlyFigures, *, shows_cases: bool) -> Iterator[str]:
    """A part for each year: a line for each area, a column for each figure, the columns explained below."""
    areas = [*(row.area for row in table.counted), *(row.area for row in table.entered), "Total"]
    width = max(map(len, areas))
    for year in table.years:
        yield f"{year.name}: {day_in_words(year.first)} to {day_in_words(year.last)}"
        counted = [row for row in table.counted if row.year == year]
        if counted:
            yield "  " + " " * width + "".join(f"{_letter(place):>6}" for place, _ in enumerate(table.figures))
        for row in counted:
            numbers = (row.number(figure) for figure in table.figures)
            yield f"  {row.area:<{width}}" + "".join(f"{'-' if each is None else each:>6}" for each in numbers)
            yield from _cases(row) if shows_cases else ()
        if len(counted) > 1:
            yield f"  {'Total':<{width}}" + "".join(f"{table.total(year, figure):>6}" for figure in table.figures)
        for entered in (row for row in table.entered if row.year == year):
            yield paragraph(f"{entered.area}: {_entered(entered)}", first="  ", indent=4)
    for place, figure in enumerate(table.figures):
        yield paragraph(figure.label, first=f"{_letter(place):>4}  ", indent=6)
    yield paragraph(_NOTE)


def as_rows(table: YearlyFigures) -> Iterator[tuple[object, ...]]:
    """A heading, then a row for each area and year; what an area does not count, or nobody entered, is empty."""
    yield (
        "area", "year", "from", "to", "how", *(figure.label for figure in table.figures), "entered as", "number",
        "source",
    )  # fmt: skip
    for row in table.counted:
        yield (*_head(row, _HOW[True]), *map(row.number, table.figures), "", "", "")
    for each in table.entered:
        numbers = (each.count if figure.id == each.entered.figure else None for figure in table.figures)
        yield (*_head(each, _HOW[False]), *numbers, each.entered.label, each.count, each.entered.source)


def as_json(table: YearlyFigures, *, shows_cases: bool) -> dict[str, Any]:
    return {
        "figures": [{"figure": figure.id, "label": figure.label} for figure in table.figures],
        "counted": [
            {**_named(row), "figures": [each.to_json(with_cases=shows_cases) for each in row.counted]}
            for row in table.counted
        ],
        "entered": [
            {
                **_named(row), "label": row.entered.label, "figure": row.entered.figure or None, "count": row.count,
                "source": row.entered.source, "not_entered": list(row.missing),
            }
            for row in table.entered
        ],
        "totals": [
            {"year": year.name, **{figure.id: table.total(year, figure) for figure in table.figures}}
            for year in table.years
        ],
    }  # fmt: skip


def _cases(row: CountedRow) -> Iterator[str]:
    for place, each in enumerate(row.counted):
        for case in each.cases:
            about = f", {case.item}" if case.item else ""
            yield f"      {_letter(place)}  {case.day.isoformat()}  {case.reference}{about}"


def _entered(row: EnteredRow) -> str:
    missing = f" Not entered: {'; '.join(row.missing)}." if row.missing else ""
    return f"{row.count} entered as “{row.entered.label}” ({row.entered.source}).{missing}"


def _head(row: CountedRow | EnteredRow, how: str) -> tuple[object, ...]:
    return row.area, row.year.name, row.year.first.isoformat(), row.year.last.isoformat(), how


def _named(row: CountedRow | EnteredRow) -> dict[str, object]:
    year: FiguresYear = row.year
    return {
        "area": row.area, "council": row.council_id, "year": year.name, "from": year.first.isoformat(),
        "to": year.last.isoformat(),
    }  # fmt: skip


def _letter(place: int) -> str:
    return f"[{place + 1}]"
