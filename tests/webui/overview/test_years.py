"""The figures year by year, as a manager sees them, and what was published before the system beside them."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from docx import Document

from engine.variants import load_variant
from tests.house.checkout import ROOT
from tests.webui.office import Web, hertsmere, web
from tests.webui.overview.cases import MANAGER, apply
from webui.overview import years

__all__ = ["hertsmere", "web"]


def test_each_year_has_its_row_and_each_number_leads_to_its_cases(web: Web) -> None:
    apply(web)
    page = web.client_of(MANAGER).get("/manage/figures/years").text
    assert page.count("the cases counted under “Applications for an ASB case review” in 20") == 1
    # A nought for a year in which nobody could apply here would say that nobody did.
    assert re.findall(r'<th scope="row"[^>]*>([^<]+)<', page) == ["2025/26 (1 April 2025 to 2 March 2026)"]
    assert "<h3" in page.partition('<svg class="app-chart"')[0].partition("<h1")[2]
    assert "Entered," not in page
    assert "the page that anybody can read" not in page


def test_the_same_comes_as_word_and_as_pdf(web: Web) -> None:
    apply(web)
    client = web.client_of(MANAGER)
    word = client.get("/manage/years.docx")
    (table,) = Document(io.BytesIO(word.data)).tables
    assert table.rows[1].cells[0].text == "2025/26 (1 April 2025 to 2 March 2026)"
    assert table.rows[1].cells[1].text == "1"
    pdf = client.get("/manage/years.pdf")
    assert (pdf.content_type, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    assert 'filename="figures-by-year-to-2026-03-02.pdf"' in pdf.headers["Content-Disposition"]


def test_a_commissioner_sees_numbers_of_the_councils_and_links_to_its_own_cases_alone(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    commissioner = load_variant(ROOT / "bpmn" / "derbyshire_commissioner", root=ROOT / "bpmn")
    monkeypatch.setattr(years, "policy", lambda: commissioner)
    page = web.client_of(MANAGER).get("/manage/figures/years").text
    assert re.findall(r'<th scope="col"[^>]*>([^<]+)<', page)[:3] == ["Figure", "Amber Valley", "Bolsover"]
    assert "Entered, and in no total, 2021/22" in page
    assert "entered on 30 November 2026 by Chief Executive 1" in page
    assert "the cases counted under" not in page


def test_what_was_published_before_stands_beside_and_says_what_nobody_entered(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    selby = load_variant(ROOT / "bpmn" / "selby", root=ROOT / "bpmn")
    monkeypatch.setattr(years, "policy", lambda: selby)
    client = web.client_of(MANAGER)
    page = " ".join(client.get("/manage/figures/years").text.split())
    assert "2 entered as “cases”" in page  # in the chart
    assert '<th scope="row" class="govuk-table__header">2016/17</th>' in page
    assert "the page that anybody can read" in page
    assert (
        "Of 2016/17, 2017/18, 2018/19, 2019/20 and 2020/21 nobody entered: Applications for an ASB case review;" in page
    )
    rows = list(csv.DictReader(io.StringIO(client.get("/manage/years.csv").data.decode("utf-8-sig"))))
    entered = {row["Year"]: row["Number"] for row in rows if row["How"] == "entered"}
    assert entered == {"2016/17": "2", "2017/18": "1", "2018/19": "1", "2019/20": "0", "2020/21": "2"}
    # A year of which a number was published has none counted: a nought would say that there was nothing.
    assert not entered.keys() & {row["Year"] for row in rows if row["How"] == "counted"}
    assert {row["Applications for an ASB case review"] for row in rows if row["How"] == "counted"} == {"0"}


MORE = """
[[entered_figures]]
label = "applications received"
figure = "applications"
source = "The annual report"
by_year = { "2016/17" = 3 }

[[entered_figures]]
label = "reviews held"
figure = "reviews"
source = "The annual report"
by_year = { "2016/17" = 1, "2018/19" = 8 }
"""


def test_the_chart_shows_each_number_by_itself_and_none_of_another_figure(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "selby"
    shutil.copytree(ROOT / "bpmn" / "selby", folder)
    text = (folder / "variant.toml").read_text()
    (folder / "variant.toml").write_text(text.replace("[figures.applications]", f"{MORE}\n[figures.applications]", 1))
    council = load_variant(folder, root=ROOT / "bpmn")
    assert len(council.settings.entered_figures) == 3
    monkeypatch.setattr(years, "policy", lambda: council)
    page = web.client_of(MANAGER).get("/manage/figures/years").text
    chart = page[page.index('<svg class="app-chart"') : page.index("</svg>", page.index('<svg class="app-chart"'))]
    said = re.findall(r'class="app-chart__(?:label|value)"[^>]*>([^<]+)<', chart)
    assert said[:6] == [
        "2016/17", "2 entered as “cases”", "2016/17", "3 entered as “applications received”",
        "2017/18", "1 entered as “cases”",
    ]  # fmt: skip
    assert "reviews held" not in chart
    assert re.findall(r'class="app-chart__second" x="0.00%" width="([0-9.]+)%"', chart)[:2] == ["66.67", "100.00"]
    words = " ".join(page.split())
    assert "Of 2016/17 nobody entered: " in words  # two of the figures are there, and in other years fewer
    assert "Of 2017/18, 2019/20 and 2020/21 nobody entered: Applications for an ASB case review;" in words
    assert "Of 2018/19 nobody entered: Applications for an ASB case review;" in words
