"""The council's figures year by year, with what was published before the system: as a page and as a CSV file."""

from __future__ import annotations

from flask import Response, render_template

from engine.casework.overview import YearlyFigures, figures_by_year
from engine.variants import Variant
from engine.words import listed
from webui.access import Right, allow
from webui.overview.charts import chart_of_years
from webui.overview.download import csv_file
from webui.overview.period import Period
from webui.overview.views import blueprint
from webui.shell.office import office, policy, today


@blueprint.get("/figures/years")
@allow(Right.SEE_FIGURES)
def years() -> str:
    variant = policy()
    table = _table(variant) if variant.settings.figures else None
    return render_template(
        "overview/years.html",
        table=table,
        addresses={row.year.name: Period(first=row.year.first, last=row.year.last).address for row in table.counted}
        if table
        else {},
        chart=chart_of_years(table) if table else "",
        not_entered=_not_entered(table) if table else {},
    )


def _not_entered(table: YearlyFigures) -> dict[str, str]:
    """What nobody entered → the years in which it lacks the same, both as a sentence lists them."""
    years: dict[tuple[str, ...], dict[str, None]] = {}
    for row in table.entered:
        if row.missing:
            years.setdefault(row.missing, {})[row.year.name] = None
    return {"; ".join(missing): listed(list(names)) for missing, names in years.items()}


@blueprint.get("/years.csv")
@allow(Right.SEE_FIGURES)
def years_file() -> Response:
    table = _table(policy())
    labels = [figure.label for figure in table.figures]
    counted = (
        (row.area, row.year.name, row.year.first, row.year.last, "counted", *map(row.number, table.figures), "", "", "")
        for row in table.counted
    )
    entered = (
        (
            row.area, row.year.name, row.year.first, row.year.last, "entered", *("" for _ in labels),
            row.entered.label, row.count, row.entered.source,
        )
        for row in table.entered
    )  # fmt: skip
    return csv_file(
        f"figures-by-year-to-{today().isoformat()}",
        ("Area", "Year", "From", "To", "How", *labels, "Entered as", "Number", "Source"),
        (*counted, *entered),
    )


def _table(variant: Variant) -> YearlyFigures:
    return figures_by_year(office(), variant, last=today())
