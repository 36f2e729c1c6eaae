"""The figures of several councils by area and year, as they are published: counted, and beside them entered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.casework.overview.figures import Counted, count_figures
from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.variants import EnteredFigure, Figure, Variant

_DAY = timedelta(days=1)
#: Years that are shown at once.
_MOST_YEARS = 50
_EARLIEST, _LATEST = 1900, 2199


@dataclass(frozen=True, kw_only=True, slots=True)
class FiguresYear:
    """A year of the figures, or the part of it that was asked for."""

    begins_in: int  #: the calendar year in which it begins
    name: str  #: "2021/22"; "2021" where it begins with January
    first: date
    last: date  #: included


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedRow:
    """What was counted of one area in one year, each figure by its own day."""

    area: str
    council_id: str
    year: FiguresYear
    counted: tuple[Counted, ...]  #: in the order of the variant's figures

    def number(self, figure: Figure) -> int | None:
        """None where the area counts no such figure."""
        return next((each.count for each in self.counted if each.figure.id == figure.id), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class EnteredRow:
    """A number of a whole year before the system, as it was published then."""

    area: str
    council_id: str
    year: FiguresYear
    entered: EnteredFigure
    count: int
    missing: tuple[str, ...]  #: labels of the figures that nothing was entered for, of that area and year


@dataclass(frozen=True, kw_only=True, slots=True)
class YearlyFigures:
    """The table that is published (L104.9)."""

    figures: tuple[Figure, ...]  #: its columns: those of all areas, each once
    years: tuple[FiguresYear, ...]
    counted: tuple[CountedRow, ...]  #: by year, then in the order of the areas
    entered: tuple[EnteredRow, ...]  #: the same

    def total(self, year: FiguresYear, figure: Figure) -> int:
        """Of what was counted in all areas: entered numbers are in no total."""
        return sum(row.number(figure) or 0 for row in self.counted if row.year == year)


def yearly_figures(office: Office, variants: Sequence[Variant], *, first: date, last: date) -> YearlyFigures:
    """The figures of each variant's council by year, from `first` to `last`, both days included.

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
    counted = [(variant, count_figures(office, variant, first=first, last=last)) for variant in variants]
    return _table(counted, years, since=first)


def figures_by_year(office: Office, variant: Variant, *, last: date) -> YearlyFigures:
    """The figures of one council, from the first year in which something was counted or of which a number was entered
    up to `last`: a nought for a year before that would say that nobody applied."""
    settings = variant.settings
    month, day = settings.year_begins
    counted = count_figures(office, variant, first=date(last.year - _MOST_YEARS + 1, month, day), last=last)
    since = min([last, *(case.day for each in counted for case in each.cases)])
    entered = (date(year, month, day) for each in settings.entered_figures for year in each.by_year)
    earliest = min([since, *entered])
    begins_in = earliest.year - ((earliest.month, earliest.day) < (month, day))
    years = years_between(date(begins_in, month, day), last, settings.year_begins)
    return _table([(variant, counted)], years, since=since)


def _table(
    counted: Sequence[tuple[Variant, Sequence[Counted]]], years: Sequence[FiguresYear], *, since: date
) -> YearlyFigures:
    """What was counted of each council over all the years, told apart by year; no years before `since`."""
    figures: dict[str, Figure] = {}
    for variant, _ in counted:
        figures = {**{figure.id: figure for figure in variant.settings.figures}, **figures}
    rows: list[CountedRow] = []
    entered: list[EnteredRow] = []
    for year in years:
        for variant, numbers in counted:
            published = tuple(_entered_rows(variant, year))
            entered += published
            of_year = tuple(_of_year(each, year) for each in numbers)
            if any(each.count for each in of_year) or (not published and year.last >= since):
                rows.append(CountedRow(area=variant.name, council_id=variant.id, year=year, counted=of_year))
    return YearlyFigures(
        figures=tuple(figures.values()), years=tuple(years), counted=tuple(rows), entered=tuple(entered)
    )


def _of_year(counted: Counted, year: FiguresYear) -> Counted:
    cases = tuple(case for case in counted.cases if year.first <= case.day <= year.last)
    return Counted(figure=counted.figure, cases=cases)


def years_between(first: date, last: date, begins: tuple[int, int]) -> tuple[FiguresYear, ...]:
    """The years from `first` to `last`; the first and the last of them only as far as they were asked for."""
    if last < first:
        raise BadInputError(f"The period ends on {last.isoformat()}, before it begins. Give the earlier day first.")
    if not _EARLIEST <= first.year <= last.year <= _LATEST:
        raise BadInputError(f"Give days in the years from {_EARLIEST} to {_LATEST}.")
    if last.year - first.year >= _MOST_YEARS:
        raise BadInputError(f"These are more than {_MOST_YEARS} years. Ask for fewer at once.")
    month, day = begins
    found = []
    for number in range(first.year - 1, last.year + 1):
        begin, end = date(number, month, day), date(number + 1, month, day) - _DAY
        if end < first or begin > last:
            continue
        name = str(number) if (month, day) == (1, 1) else f"{number}/{(number + 1) % 100:02}"
        found.append(
            FiguresYear(
                begins_in=number, name=name, first=max(begin, first), last=min(end, last)
            )
        )  # fmt: skip
    return tuple(found)


def _entered_rows(variant: Variant, year: FiguresYear) -> Iterable[EnteredRow]:
    of_year = [each for each in variant.settings.entered_figures if year.begins_in in each.by_year]
    known = {each.figure for each in of_year}
    missing = tuple(figure.label for figure in variant.settings.figures if figure.id not in known)
    for each in of_year:
        yield EnteredRow(
            area=variant.name, council_id=variant.id, year=year, entered=each, count=each.by_year[year.begins_in],
            missing=missing,
        )  # fmt: skip
