"""The figures as tagged PDF (PDF/UA-1), set by Typst from the same table as the page; and their charts as pictures."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from engine.casework.overview.figures_charts import FiguresChart
from engine.casework.overview.figures_sheet import FiguresSheet
from engine.language import say, speaking
from engine.letters.glyphs import set_printable
from engine.letters.typesetter import set_document, set_picture

_WIDE = 7
_TEMPLATE = Path(__file__).with_name("figures.typ").read_bytes()


def figures_pdf(sheet: FiguresSheet) -> bytes:
    """The same figures of the same day give the same bytes."""
    stamp = int(datetime.combine(sheet.made_on, time.min, tzinfo=UTC).timestamp())
    return set_printable(lambda content: set_document(_TEMPLATE, {"figures": content}, stamp=stamp), _content(sheet))


def chart_picture(sheet: FiguresSheet, place: int) -> bytes:
    """The chart at that place, as PNG."""
    chart = str(place)
    return set_printable(lambda content: set_picture(_TEMPLATE, {"figures": content, "chart": chart}), _content(sheet))


def is_wide(sheet: FiguresSheet) -> bool:
    """Whether a table has so many columns that the page lies on its side."""
    return any(len(table.heading) >= _WIDE for table in sheet.tables)


def _content(sheet: FiguresSheet) -> str:
    """What the template reads."""
    with speaking(sheet.language):
        page = say("Page %(number)s of %(all)s", number="\n", all="\n").split("\n")
        charts_title, notes_title = say("In pictures"), say("How to read the figures")
    content = {
        "title": sheet.title,
        "council": sheet.council,
        "language": sheet.language,
        "year": sheet.made_on.year,
        "month": sheet.made_on.month,
        "day": sheet.made_on.day,
        "lines": sheet.lines,
        "intro": sheet.intro,
        "page": page,
        "wide": is_wide(sheet),
        "tables": [
            {
                "caption": table.caption,
                "heading": table.heading,
                "rows": [{"head": row.head, "cells": [cell.text for cell in row.cells]} for row in table.rows],
            }
            for table in sheet.tables
        ],
        "charts": [_chart(chart) for chart in sheet.charts],
        "charts-title": charts_title,
        "notes-title": notes_title,
        "notes": sheet.notes,
    }
    return json.dumps(content, ensure_ascii=False)


def _chart(chart: FiguresChart) -> dict[str, Any]:
    bars = [
        {"label": bar.label, "number": bar.number, "value": bar.value, "entered": bar.is_entered} for bar in chart.bars
    ]
    return {"title": chart.title, "words": chart.words, "bars": bars}
