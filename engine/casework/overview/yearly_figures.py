"""The figures of several councils or areas by year, as they are published: counted, and beside them entered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from engine.casework.overview.area_figures import (
    AreaFigures,
    CouncilOf,
    count_areas,
    no_council,
    published_figures_of,
)
from engine.casework.overview.figures import Counted
from engine.casework.overview.figures_years import MOST_YEARS, FiguresYear, end_of_last_year, year_of, years_between
from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.variants import EnteredFigure, Figure, Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedRow:
    """What was counted of one area in one year, each figure by its own day."""

    area: str
    area_id: str  #: "" where the area is the council's own
    council_id: str
    year: FiguresYear
    counted: tuple[Counted, ...]  #: in the order of the figures; not those that nobody counts here

    def number(self, figure: Figure) -> int | None:
        """None where nobody counts such a figure of the area here."""
        found = self.of(figure)
        return None if found is None else found.count

    def of(self, figure: Figure) -> Counted | None:
        return next((each for each in self.counted if each.figure.id == figure.id), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class EnteredRow:
    """A number of a whole year as it was published, or as somebody else counted it."""

    area: str
    area_id: str  #: "" where the area is the council's own, or it is of all areas
    council_id: str
    year: FiguresYear
    entered: EnteredFigure
    count: int
    missing: tuple[str, ...]  #: labels of the figures that nothing was entered for, of that area and year


@dataclass(frozen=True, kw_only=True, slots=True)
class YearlyFigures:
    """The table that is published (L104.9)."""

    figures: tuple[Figure, ...]  #: those of all areas, each once, in the order in which they are published
    years: tuple[FiguresYear, ...]
    counted: tuple[CountedRow, ...]  #: by year, then in the order of the areas
    entered: tuple[EnteredRow, ...]  #: the same

    @property
    def is_of_one_area(self) -> bool:
        """Whether it is a row for each year; else it is of several areas in each."""
        counted = {(row.council_id, row.area_id) for row in self.counted}
        return len(counted | {(row.council_id, row.area_id) for row in self.entered}) <= 1

    def total(self, year: FiguresYear, figure: Figure) -> int:
        """Of what was counted in all areas: entered numbers are in no total."""
        return sum(row.number(figure) or 0 for row in self.counted if row.year == year)


def yearly_figures(
    office: Office, variants: Sequence[Variant], *, first: date, last: date, council_of: CouncilOf = no_council
) -> YearlyFigures:
    """The figures of each variant's council, or of its areas, by year, from `first` to `last`, both days included.

    Where a year has entered numbers and nothing was counted in it, there is no counted row: a nought would say that
    there was nothing. Raises BadInputError where the period ends before it begins or has too many years, an area is
    named twice, or the areas' years begin on different days.
    """
    if len({variant.id for variant in variants}) < len(variants):
        raise BadInputError("A council is named twice. Name each once.")
    begins = {variant.settings.year_begins for variant in variants}
    if len(begins) != 1:
        raise BadInputError(
            "The years of these councils begin on different days, so that they are no rows of one table. Ask for each "
            "by itself, or write the same year_begins under [calendar] in their variant.toml."
        )
    years = years_between(first, last, begins.pop())
    counted = [
        area
        for variant in variants
        for area in count_areas(office, variant, first=first, last=last, council_of=council_of)
    ]
    return _table(variants, counted, years, since=first)


def figures_by_year(
    office: Office, variant: Variant, *, last: date, council_of: CouncilOf = no_council
) -> YearlyFigures:
    """The figures of one council, from the first year in which something was counted or of which a number was entered
    up to `last`: a nought for a year before that would say that nobody applied."""
    return _by_year(office, variant, last, council_of, since=last)


def figures_of_whole_years(
    office: Office, variant: Variant, *, today: date, council_of: CouncilOf = no_council
) -> YearlyFigures:
    """`figures_by_year` up to the last year that is over, numbers alone: what anybody may know."""
    last = end_of_last_year(today, variant.settings.year_begins)
    # Where nothing was counted in it either, the council has not begun yet.
    table = _by_year(office, variant, last, council_of, since=last + timedelta(days=1))
    rows = [replace(row, counted=tuple(each.number_alone() for each in row.counted)) for row in table.counted]
    return replace(table, counted=tuple(rows))


def _by_year(office: Office, variant: Variant, last: date, council_of: CouncilOf, *, since: date) -> YearlyFigures:
    """`since` which day there are figures where nothing was counted up to `last`."""
    begins = variant.settings.year_begins
    first = date(last.year - MOST_YEARS + 1, *begins)
    counted = list(count_areas(office, variant, first=first, last=last, council_of=council_of))
    since = min([since, *(case.day for area in counted for each in area.counted for case in each.cases)])
    entered = [year for each in variant.settings.entered_figures for year in each.by_year]
    begins_in = min([year_of(min(since, last), begins), *entered])
    return _table([variant], counted, years_between(date(begins_in, *begins), last, begins), since=since)


def _table(
    variants: Sequence[Variant], areas: Sequence[AreaFigures], years: Sequence[FiguresYear], *, since: date
) -> YearlyFigures:
    """What was counted of each area over all the years, told apart by year; no years before `since`."""
    figures: dict[str, Figure] = {}
    for variant in variants:
        figures = {**{figure.id: figure for figure in published_figures_of(variant)}, **figures}
    rows: list[CountedRow] = []
    entered: list[EnteredRow] = []
    for year in years:
        for variant in variants:
            published = tuple(_entered_rows(variant, year))
            entered += published
            of_areas = {row.area_id for row in published}
            for area in areas:
                if area.council.id != variant.id:
                    continue
                counted = tuple(each.between(year.first, year.last) for each in area.counted)
                is_entered = area.area_id in of_areas or "" in of_areas
                if any(each.count for each in counted) or (not is_entered and year.last >= since):
                    rows.append(
                        CountedRow(
                            area=area.area, area_id=area.area_id, council_id=variant.id, year=year,
                            counted=tuple(_theirs_as_numbers(each) for each in counted),
                        )
                    )  # fmt: skip
    return YearlyFigures(
        figures=tuple(figures.values()), years=tuple(years), counted=tuple(rows), entered=tuple(entered)
    )


def _theirs_as_numbers(counted: Counted) -> Counted:
    """Of another council the days were only for telling the years apart."""
    return counted if counted.figure.counts else counted.number_alone()


def _entered_rows(variant: Variant, year: FiguresYear) -> Iterator[EnteredRow]:
    of_year = [each for each in variant.settings.entered_figures if year.begins_in in each.by_year]
    names = {"": variant.name, **{area.id: area.name for area in variant.settings.areas}}
    for area_id, area in names.items():
        here = [each for each in of_year if area_id in each.by_year[year.begins_in]]
        known = {each.figure for each in here}
        missing = tuple(figure.label for figure in published_figures_of(variant) if figure.id not in known)
        for each in here:
            yield EnteredRow(
                area=area, area_id=area_id, council_id=variant.id, year=year, entered=each,
                count=each.by_year[year.begins_in][area_id], missing=missing,
            )  # fmt: skip
