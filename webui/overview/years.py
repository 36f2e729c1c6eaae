"""The figures year by year in the shape in which they are published, with what was entered: as a page and as files."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, render_template

from engine.casework.overview import YearlyFigures, figures_by_year
from engine.casework.overview.figures_pdf import figures_pdf
from engine.casework.overview.figures_rows import figures_rows
from engine.casework.overview.figures_sheet import FiguresSheet, SheetCell, figures_sheet
from engine.casework.overview.figures_word import figures_word
from engine.language import ENGLISH
from engine.variants import Variant
from webui.access import Right, allow
from webui.overview.charts import chart_of_sheet
from webui.overview.download import PDF, csv_file, file_of, heading_of
from webui.overview.period import Period
from webui.overview.views import blueprint
from webui.shell.office import council_served, office, policy, today


@blueprint.get("/figures/years")
@allow(Right.SEE_FIGURES)
def years() -> str:
    variant = policy()
    sheet = _sheet(variant, _table(variant)) if _has_figures(variant) else None
    return render_template(
        "overview/years.html",
        variant=variant,
        sheet=sheet,
        charts=[chart_of_sheet(chart) for chart in sheet.charts] if sheet else [],
        address_of=_address_of_cases,
    )


@blueprint.get("/years.csv")
@allow(Right.SEE_FIGURES)
def years_file() -> Response:
    heading, *rows = figures_rows(_table(policy()))
    return csv_file(_name(), heading_of(heading), rows)


@blueprint.get("/years.docx")
@allow(Right.SEE_FIGURES)
def years_word() -> Response:
    return _document("docx", figures_word)


@blueprint.get("/years.pdf")
@allow(Right.SEE_FIGURES)
def years_pdf() -> Response:
    return _document(PDF, figures_pdf)


def _document(ending: str, write: Callable[[FiguresSheet], bytes]) -> Response:
    variant = policy()
    return file_of(_name(), ending, write(_sheet(variant, _table(variant))))


def _address_of_cases(cell: SheetCell) -> dict[str, str] | None:
    """What the address says of the page with the cases behind a number; None where there are none to be seen here."""
    if cell.counted is None or not cell.counted.cases or cell.year is None:
        return None
    areas = {case.area for case in cell.counted.cases} if cell.counted.figure.by_area else set()
    of_area = {"area": areas.pop()} if len(areas) == 1 else {}
    period = Period(first=cell.year.first, last=cell.year.last)
    return {**period.address, "figure": cell.counted.figure.id, **of_area}


def _name() -> str:
    return f"figures-by-year-to-{today().isoformat()}"


def _has_figures(variant: Variant) -> bool:
    return bool(variant.settings.figures)


def _table(variant: Variant) -> YearlyFigures:
    return figures_by_year(office(), variant, last=today(), council_of=council_served)


def _sheet(variant: Variant, table: YearlyFigures) -> FiguresSheet:
    return figures_sheet(table, [variant], made_on=today(), language=ENGLISH, names_who_entered=True)
