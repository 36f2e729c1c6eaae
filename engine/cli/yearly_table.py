"""The figures of several councils by area and year, as text and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from engine.casework.overview import CountedRow, EnteredRow, FiguresYear, YearlyFigures
from engine.cli.layout import paragraph
from engine.words import day_in_words

#: After an area whose numbers nobody counted here.
_ENTERED = ", entered"
_NOTE = (
    "Each figure is counted by itself on its own day; they need not add up. Entered numbers are those that others, or "
    "former years, published; they are in no total."
)


def as_lines(table: YearlyFigures, *, shows_cases: bool) -> Iterator[str]:
    """A part for each year: a line for each area, a column for each figure, the columns explained below."""
    areas = [*(row.area for row in table.counted), *(f"{row.area}{_ENTERED}" for row in table.entered), "Total"]
    width = max(map(len, areas))
    head = "  " + " " * width + "".join(f"{_letter(place):>6}" for place, _ in enumerate(table.figures))
    for year in table.years:
        yield f"{year.name}: {day_in_words(year.first)} to {day_in_words(year.last)}"
        counted = [row for row in table.counted if row.year == year]
        entered = [row for row in table.entered if row.year == year]
        of_areas = {row.area: [each for each in entered if each.area == row.area] for row in entered if row.area_id}
        if counted or of_areas:
            yield head
        for row in counted:
            yield _line(row.area, width, map(row.number, table.figures))
            yield from _cases(row) if shows_cases else ()
        if len(counted) > 1:
            yield _line("Total", width, (table.total(year, figure) for figure in table.figures))
        for area, rows in of_areas.items():
            numbers = {each.entered.figure: each.count for each in rows}
            yield _line(f"{area}{_ENTERED}", width, (numbers.get(figure.id) for figure in table.figures))
        for source in dict.fromkeys(row.entered.source for row in entered if row.area_id):
            yield paragraph(f"Entered: {source}.", first="  ", indent=4)
        for each in entered:
            if not each.area_id:
                yield paragraph(f"{each.area}: {_entered(each)}", first="  ", indent=4)
    for place, figure in enumerate(table.figures):
        yield paragraph(figure.label, first=f"{_letter(place):>4}  ", indent=6)
    yield paragraph(_NOTE)


def _line(area: str, width: int, numbers: Iterable[int | None]) -> str:
    return f"  {area:<{width}}" + "".join(f"{'-' if each is None else each:>6}" for each in numbers)


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
                "source": row.entered.source, "entered_by": row.entered.entered_by or None,
                "entered_on": row.entered.entered_on, "not_entered": list(row.missing),
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
            yield f"      {_letter(place)}  {case.day.isoformat()}  {case.words}"


def _entered(row: EnteredRow) -> str:
    missing = f" Not entered: {'; '.join(row.missing)}." if row.missing else ""
    return f"{row.count} entered as “{row.entered.label}” ({row.entered.source}).{missing}"


def _named(row: CountedRow | EnteredRow) -> dict[str, object]:
    year: FiguresYear = row.year
    return {
        "area": row.area, "area_id": row.area_id or None, "council": row.council_id, "year": year.name,
        "from": year.first.isoformat(),
        "to": year.last.isoformat(),
    }  # fmt: skip


def _letter(place: int) -> str:
    return f"[{place + 1}]"
