"""What the charts of the figures show: a bar for each area, or for each year, each with its number as a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.casework.overview.figures_years import FiguresYear
from engine.casework.overview.yearly_figures import YearlyFigures
from engine.language import say
from engine.variants import Figure, Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class FiguresBar:
    label: str  #: the area or the year
    number: int
    value: str  #: in words
    is_entered: bool  #: drawn hatched, as no count of this system


@dataclass(frozen=True, kw_only=True, slots=True)
class FiguresChart:
    title: str
    bars: tuple[FiguresBar, ...]

    @property
    def words(self) -> str:
        """The same in words, for whoever does not see the picture."""
        return "; ".join(f"{bar.label}: {bar.value}" for bar in self.bars) + "."


def charts_of(table: YearlyFigures, variant: Variant, language: str) -> tuple[FiguresChart, ...]:
    """A chart for each figure of which a number is more than nought: by year where there is one area, else by area for
    the last year with such a number."""
    charts = []
    for place, figure in enumerate(table.figures):
        label = variant.settings.said(figure.label, language)
        if table.is_of_one_area:
            found = [
                FiguresChart(title=label, bars=tuple(_by_year(table, figure, variant, language, is_first=place == 0)))
            ]
        else:
            found = [
                FiguresChart(
                    title=say("%(figure)s, %(year)s", figure=label, year=year.name),
                    bars=tuple(_by_area(table, figure, year, variant, language)),
                )
                for year in reversed(table.years)
            ]
        charts += [chart for chart in found if any(bar.number for bar in chart.bars)][:1]
    return tuple(charts)


def _by_year(
    table: YearlyFigures, figure: Figure, variant: Variant, language: str, *, is_first: bool
) -> Iterator[FiguresBar]:
    """A number that was entered for nothing that is counted today stands beside the first of the figures alone."""
    for year in table.years:
        for row in table.counted:
            number = row.number(figure)
            if row.year == year and number is not None:
                yield _counted(year.name, number)
        for entered in table.entered:
            if entered.year == year and (entered.entered.figure or (figure.id if is_first else "")) == figure.id:
                yield _entered(year.name, entered.count, variant.settings.said(entered.entered.label, language))


def _by_area(
    table: YearlyFigures, figure: Figure, year: FiguresYear, variant: Variant, language: str
) -> Iterator[FiguresBar]:
    for row in table.counted:
        number = row.number(figure)
        if row.year == year and number is not None:
            yield _counted(variant.settings.said(row.area, language), number)
    for entered in table.entered:
        if entered.year == year and entered.entered.figure == figure.id:
            yield _entered(variant.settings.said(entered.area, language), entered.count, "")


def _counted(label: str, number: int) -> FiguresBar:
    return FiguresBar(
        label=label, number=number, value=say("%(number)s counted", number=f"{number:,}"), is_entered=False
    )


def _entered(label: str, number: int, words: str) -> FiguresBar:
    value = (
        say("%(number)s entered as “%(words)s”", number=f"{number:,}", words=words)
        if words
        else say("%(number)s entered", number=f"{number:,}")
    )
    return FiguresBar(label=label, number=number, value=value, is_entered=True)
