"""What all Word documents share: their language, their looks, and tables that a screen reader can follow."""

from __future__ import annotations

from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table

from engine.letters.values import plain

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def new_document(*, title: str, author: str, language: str) -> WordDocument:
    """An A4 document; its language is what a screen reader speaks by."""
    document = Document()
    known = document.core_properties
    spoken_here = f"{language}-GB"
    known.title, known.author, known.language = plain(title), plain(author), spoken_here
    for stated in document.styles.element.iter(qn("w:lang")):
        stated.set(qn("w:val"), spoken_here)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.2)
    for name, size in (("Normal", 12), ("Heading 1", 22), ("Heading 2", 14), ("Heading 3", 13)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), RGBColor(0, 0, 0)
        # a theme's font would win over the name
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    return document


def make_header(table: Table, words: Sequence[str]) -> None:
    """The first row as the table's head, which is told with each cell and stands again on the next page."""
    for cell, text in zip(table.rows[0].cells, words, strict=True):
        cell.paragraphs[0].add_run(plain(text)).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_rows_whole(table: Table) -> None:
    """No row is parted by the end of a page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
