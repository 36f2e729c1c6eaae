"""The table of the figures in the shape in which it is published, for pages and documents alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from engine.casework.overview.figures import Counted
from engine.casework.overview.figures_charts import FiguresChart, charts_of
from engine.casework.overview.figures_notes import notes_of
from engine.casework.overview.figures_years import FiguresYear
from engine.casework.overview.yearly_figures import CountedRow, EnteredRow, YearlyFigures
from engine.language import say, speaking
from engine.variants import EnteredFigure, Figure, FiguresAs, Variant
from engine.words import day_in_words, listed

#: What stands where nobody here knows the number.
UNKNOWN = "–"


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetCell:
    text: str  #: "1,234"; a nought is "0"
    counted: Counted | None = None  #: what was counted
    year: FiguresYear | None = None  #: and in which year


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetRow:
    head: str
    cells: tuple[SheetCell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetTable:
    caption: str
    heading: tuple[str, ...]  #: of every column, the first above the heads of the rows
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FiguresSheet:
    title: str
    council: str  #: or several, as a sentence lists them
    language: str
    made_on: date
    period: str  #: the days it is about, in words
    intro: str  #: "" for nothing
    tables: tuple[SheetTable, ...]
    charts: tuple[FiguresChart, ...]
    notes: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands below the title: whose figures, of which days, and when they were put together."""
        with speaking(self.language):
            return (self.council, self.period, say("Made on %(day)s", day=day_in_words(self.made_on, self.language)))


def figures_sheet(
    table: YearlyFigures, variants: Sequence[Variant], *, made_on: date, language: str, names_who_entered: bool = False
) -> FiguresSheet:
    """The table as the first of the variants lays it out. Who entered a number is named to those who may know it."""
    settings = variants[0].settings
    with speaking(language):
        first, last = (day_in_words(day, language) for day in (table.years[0].first, table.years[-1].last))
        return FiguresSheet(
            title=settings.said(settings.figures_table.title, language) or say("Figures of ASB case reviews"),
            council=listed([each.settings.said(each.name, language) for each in variants], language),
            language=language,
            made_on=made_on,
            period=say("%(first)s to %(last)s", first=first, last=last),
            intro=settings.said(settings.figures_table.intro, language),
            tables=tuple(_Layout(table, variants[0], language).tables()),
            charts=charts_of(table, variants[0], language),
            notes=notes_of(table, variants, language, names_who_entered=names_who_entered),
        )


class _Layout:
    def __init__(self, table: YearlyFigures, variant: Variant, language: str) -> None:
        self._table = table
        self._settings = variant.settings
        self._language = language

    def tables(self) -> Iterator[SheetTable]:
        """What was counted, then what was entered: year by year where there are areas."""
        counted, entered = self._table.counted, self._table.entered
        if self._table.is_of_one_area:
            yield from self._counted(say("Counted"), counted)
            yield from self._entered(say("Entered, and in no total"), entered)
            return
        for year in self._table.years:
            caption = say("Counted, %(year)s", year=self._year(year))
            yield from self._counted(caption, [row for row in counted if row.year == year])
            caption = say("Entered, and in no total, %(year)s", year=year.name)
            yield from self._entered(caption, [row for row in entered if row.year == year])

    def _counted(self, caption: str, rows: Sequence[CountedRow]) -> Iterator[SheetTable]:
        if rows:
            lines = [self._said(figure.label) for figure in self._table.figures]
            grid = [[_counted_cell(row, figure) for figure in self._table.figures] for row in rows]
            yield self._laid(caption, [self._place(row) for row in rows], lines, grid)

    def _entered(self, caption: str, rows: Sequence[EnteredRow]) -> Iterator[SheetTable]:
        if rows:
            entered: list[EnteredFigure] = []
            for row in rows:
                entered += [row.entered] if row.entered not in entered else []
            places = {(row.council_id, row.area_id, row.year.begins_in): self._place(row) for row in rows}
            grid = [
                [_entered_cell([row for row in rows if _key(row) == place], line) for line in entered]
                for place in places
            ]
            yield self._laid(caption, list(places.values()), [self._said(line.label) for line in entered], grid)

    def _laid(
        self, caption: str, places: list[str], lines: list[str], grid: Sequence[Sequence[SheetCell]]
    ) -> SheetTable:
        """`grid` has a row of cells for each place; the figures stand in the columns, or in the rows."""
        corner = say("Year") if self._table.is_of_one_area else say("Area")
        if self._settings.figures_table.figures_as is FiguresAs.ROWS:
            corner, places, lines, grid = say("Figure"), lines, places, list(zip(*grid, strict=True))
        rows = zip(places, grid, strict=True)
        return SheetTable(
            caption=caption,
            heading=(corner, *lines),
            rows=tuple(SheetRow(head=head, cells=tuple(cells)) for head, cells in rows),
        )

    def _place(self, row: CountedRow | EnteredRow) -> str:
        if not self._table.is_of_one_area:
            return self._said(row.area)
        return self._year(row.year) if isinstance(row, CountedRow) else row.year.name

    def _year(self, year: FiguresYear) -> str:
        """Its name, with its days where only a part of it is counted."""
        if year.is_whole:
            return year.name
        first, last = (day_in_words(day, self._language) for day in (year.first, year.last))
        return say("%(year)s (%(first)s to %(last)s)", year=year.name, first=first, last=last)

    def _said(self, words: str) -> str:
        return self._settings.said(words, self._language)


def _key(row: EnteredRow) -> tuple[str, str, int]:
    return row.council_id, row.area_id, row.year.begins_in


def _counted_cell(row: CountedRow, figure: Figure) -> SheetCell:
    counted = row.of(figure)
    if counted is None:
        return SheetCell(text=UNKNOWN)
    return SheetCell(text=f"{counted.count:,}", counted=counted, year=row.year)


def _entered_cell(rows: Sequence[EnteredRow], line: EnteredFigure) -> SheetCell:
    number = next((row.count for row in rows if row.entered == line), None)
    return SheetCell(text=UNKNOWN if number is None else f"{number:,}")
