"""The figures as Word and PDF: the published table, entered numbers apart, what is missing, a chart with its words."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from engine.bootstrap import build_simulation_office
from engine.casework.overview import yearly_figures
from engine.casework.overview.figures_pdf import chart_picture, figures_pdf
from engine.casework.overview.figures_sheet import FiguresSheet, figures_sheet
from engine.casework.overview.figures_word import figures_word
from engine.variants import load_variant
from tests.house.checkout import ROOT

BPMN = ROOT / "bpmn"


@pytest.fixture(scope="module")
def commissioner() -> FiguresSheet:
    return sheet_of("derbyshire_commissioner", date(2021, 4, 1))


@pytest.fixture(scope="module")
def selby() -> FiguresSheet:
    return sheet_of("selby", date(2016, 4, 1))


def sheet_of(name: str, first: date, language: str = "en") -> FiguresSheet:
    variant = load_variant(BPMN / name, root=BPMN)
    table = yearly_figures(build_simulation_office(), [variant], first=first, last=date(2022, 12, 31))
    return figures_sheet(table, [variant], made_on=date(2023, 1, 9), language=language)


def test_what_was_published_has_the_published_shape_and_stands_apart(commissioner: FiguresSheet) -> None:
    entered, counted = commissioner.tables
    assert entered.caption == "Entered, and in no total, 2021/22"
    assert [row.cells[7].text for row in entered.rows] == ["7", "4", "2", "2", "0"]
    assert counted.caption == "Counted, 2022/23 (1 April 2022 to 31 December 2022)"
    assert [row.cells[7].text for row in counted.rows] == ["–", "–", "–", "–", "0"]
    assert entered.heading == counted.heading
    source = next(note for note in commissioner.notes if note.startswith("Source of "))
    assert source.endswith("Community Trigger statistics 2021/22 (entered on 30 November 2026).")
    assert not any("Chief Executive" in note for note in commissioner.notes)


def test_years_stand_below_one_another_where_there_is_one_area(selby: FiguresSheet) -> None:
    counted, entered = selby.tables
    assert [row.head for row in counted.rows] == ["2021/22", "2022/23 (1 April 2022 to 31 December 2022)"]
    assert {row.head: row.cells[0].text for row in entered.rows} == {
        "2016/17": "2", "2017/18": "1", "2018/19": "1", "2019/20": "0", "2020/21": "2",
    }  # fmt: skip
    # S-12: the four that the Act asks for, beside the one that was published.
    missing = next(note for note in selby.notes if note.startswith("Of 2016/17, 2017/18, 2018/19, 2019/20 and 2020/21"))
    assert "nobody entered: Applications for an ASB case review; Decisions that the threshold was not met;" in missing
    # S6: what its documents disagree on is a footnote.
    assert any(note.startswith("One number is published for a year; the Act asks for four.") for note in selby.notes)


def test_the_word_document_holds_the_table_its_head_and_the_chart_in_words(commissioner: FiguresSheet) -> None:
    data = figures_word(commissioner)
    document = Document(io.BytesIO(data))
    assert document.core_properties.title == "Community Trigger statistics"
    assert [paragraph.text for paragraph in document.paragraphs][1:4] == [
        "Police and Crime Commissioner for Derbyshire", "1 April 2021 to 31 December 2022", "Made on 9 January 2023",
    ]  # fmt: skip
    first = document.tables[0]
    assert [cell.text for cell in first.rows[0].cells] == list(commissioner.tables[0].heading)
    assert [cell.text for cell in first.rows[1].cells][1:] == ["2", "2", "0", "0", "0", "2", "3", "7", "0"]
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert "w:tblHeader" in xml
    assert f'descr="{commissioner.charts[0].title}. Amber Valley: 2 entered; Bolsover: 2 entered;' in xml
    assert len(document.inline_shapes) == len(commissioner.charts) == 4


def test_the_pdf_is_tagged_and_the_same_each_time(commissioner: FiguresSheet) -> None:
    data = figures_pdf(commissioner)
    assert data.startswith(b"%PDF-")
    assert b"pdfuaid:part" in data
    assert data == figures_pdf(commissioner)


def test_what_is_counted_and_what_is_entered_differ_without_colour(selby: FiguresSheet) -> None:
    (chart,) = selby.charts
    assert [bar.is_entered for bar in chart.bars] == [True] * 5 + [False] * 2
    turned = replace(chart, bars=tuple(replace(bar, is_entered=not bar.is_entered) for bar in chart.bars))
    assert chart_picture(selby, 0) != chart_picture(replace(selby, charts=(turned,)), 0)


def test_words_of_a_folder_are_text_and_never_markup(commissioner: FiguresSheet) -> None:
    hostile = replace(commissioner, title='#read("/etc/passwd") *x* \U0001f600', intro="</w:t>&<b>", notes=("$1+1$",))
    assert figures_pdf(hostile).startswith(b"%PDF-")
    document = Document(io.BytesIO(figures_word(hostile)))
    assert document.paragraphs[0].text.startswith('#read("/etc/passwd") *x*')
    assert any(paragraph.text == "</w:t>&<b>" for paragraph in document.paragraphs)


def test_a_document_is_in_the_language_of_its_readers() -> None:
    sheet = sheet_of("selby", date(2016, 4, 1), language="cy")
    assert sheet.lines[2] == "Lluniwyd ar 9 Ionawr 2023"
    assert sheet.tables[0].heading[0] == "Blwyddyn"
    assert Document(io.BytesIO(figures_word(sheet))).core_properties.language == "cy-GB"
