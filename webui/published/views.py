"""The page of the published figures, and the same as CSV, Word and PDF."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from engine.casework.overview.figures_pdf import figures_pdf
from engine.casework.overview.figures_rows import figures_rows
from engine.casework.overview.figures_word import figures_word
from engine.language import spoken
from engine.variants import Variant
from webui.access import Right, allow
from webui.overview.charts import chart_of_sheet
from webui.overview.download import PDF, csv_file, file_of, heading_of
from webui.published.kept import kept, published_sheet, published_table
from webui.shell.public_pages import public_page, public_policy

blueprint = Blueprint("published", __name__)


@blueprint.get("/figures/<council>")
@allow(Right.PUBLIC)
def figures(council: str) -> str:
    variant = _publishing(council)
    sheet = published_sheet(variant, spoken())
    return public_page(
        "published/figures.html", variant, sheet=sheet, charts=[chart_of_sheet(chart) for chart in sheet.charts]
    )


@blueprint.get("/figures/<council>/figures.<any(csv, docx, pdf):document>")
@allow(Right.PUBLIC)
def figures_file(council: str, document: str) -> Response:
    variant = _publishing(council)
    name = f"{council}-figures"
    if document == "csv":
        heading, *rows = figures_rows(published_table(variant))
        return csv_file(name, heading_of(heading), rows)
    write = figures_pdf if document == PDF else figures_word
    return file_of(name, document, kept(variant, spoken(), document, lambda: write(published_sheet(variant, spoken()))))


def _publishing(council: str) -> Variant:
    """The policy of a council that publishes its figures here. Ends the request with 404 for any other."""
    variant = public_policy(council)
    if not variant.settings.figures_table.is_public:
        abort(404)
    return variant
