"""The figures as a Word document, from the same table as the page and the PDF."""

from __future__ import annotations

import io

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from engine.casework.overview.figures_pdf import chart_picture, is_wide
from engine.casework.overview.figures_sheet import FiguresSheet, SheetTable
from engine.language import say, speaking
from engine.letters.values import plain
from engine.letters.word import keep_rows_whole, make_header, new_document

_SMALL = Pt(9)
_CHART_WIDTH = Cm(15)


def figures_word(sheet: FiguresSheet) -> bytes:
    """The bytes of a .docx."""
    document = new_document(title=sheet.title, author=sheet.council, language=sheet.language)
    if is_wide(sheet):
        for section in document.sections:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(plain(sheet.title), level=1)
    for line in (*sheet.lines, sheet.intro):
        if line:
            document.add_paragraph(plain(line))
    for table in sheet.tables:
        _table(document, table)
    with speaking(sheet.language):
        charts, notes = say("In pictures"), say("How to read the figures")
    if sheet.charts:
        document.add_heading(charts, level=2)
    for place, chart in enumerate(sheet.charts):
        document.add_heading(plain(chart.title), level=3)
        picture = document.add_picture(io.BytesIO(chart_picture(sheet, place)), width=_CHART_WIDTH)
        picture._inline.docPr.set("descr", plain(f"{chart.title}. {chart.words}"))
    document.add_heading(notes, level=2)
    for note in sheet.notes:
        document.add_paragraph(plain(note), style="List Bullet")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _table(document: WordDocument, sheet_table: SheetTable) -> None:
    document.add_heading(plain(sheet_table.caption), level=2)
    table = document.add_table(rows=1, cols=len(sheet_table.heading), style="Table Grid")
    make_header(table, sheet_table.heading)
    for row in sheet_table.rows:
        head, *cells = table.add_row().cells
        head.paragraphs[0].add_run(plain(row.head)).bold = True
        for cell, held in zip(cells, row.cells, strict=True):
            cell.paragraphs[0].add_run(held.text)
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for row in table.rows:
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = _SMALL
    keep_rows_whole(table)
    # The first column heads the rows; without it a screen reader tells a number without its line.
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstColumn"), "1")
