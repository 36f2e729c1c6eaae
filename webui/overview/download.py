"""Tables as CSV files that Excel opens rightly, and in which no cell runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from engine.casework.words.cells import safe_cell
from engine.letters.word import DOCX

PDF = "pdf"
#: By how a file's name ends, what it is.
_KINDS = {PDF: "application/pdf", "docx": DOCX}


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A file called `name`.csv to download, with a byte order mark, by which Excel knows UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(header)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return Response(
        written.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def file_of(name: str, ending: str, data: bytes) -> Response:
    """A document called `name`.`ending` to download."""
    return Response(
        data, content_type=_KINDS[ending],
        headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'},
    )  # fmt: skip


def heading_of(names: Iterable[object]) -> list[str]:
    """Names of columns as the head of a table has them."""
    return [f"{name}"[:1].upper() + f"{name}"[1:] for name in names]
