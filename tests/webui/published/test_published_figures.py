"""What anybody may read of the figures: numbers of years that are over, where the council publishes them."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from docx import Document
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from engine.bootstrap import build_office
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.scenarios import scenarios_of
from engine.settings import Settings
from engine.store import staff
from engine.variants import load_variant
from tests.house.checkout import ROOT
from tests.in_force import put_folders_in_force
from tests.statements import counted
from tests.webui.chromium import scrolls_sideways, violations
from webui import create_app

WELSH = """
[figures_table]
public = true
[figures_table.figures]
applications = "Applications"
[[entered_figures]]
label = "Applications"
source = "The annual report"
by_year = { "2020/21" = 3 }
"""
IN_WELSH = '[translations.cy]\n"Applications" = "Ceisiadau"\n"The annual report" = "Yr adroddiad blynyddol"\n'


@dataclass(frozen=True)
class Public:
    """An installation with two cases of Selby, received on 1 March 2022."""

    app: Flask
    office: Office
    clock: SettableClock
    references: tuple[str, ...]

    def get(self, path: str) -> str:
        return self.app.test_client().get(path).text


@pytest.fixture
def public(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Public]:
    shutil.copytree(ROOT / "bpmn", tmp_path / "bpmn", ignore=shutil.ignore_patterns("scenarios"))
    welsh = tmp_path / "bpmn" / "glanrhyd"
    shutil.copytree(ROOT / "tests" / "councils" / "glanrhyd", welsh, ignore=shutil.ignore_patterns("scenarios"))
    words = (welsh / "variant.toml").read_text(encoding="utf-8").replace("[translations.cy]\n", IN_WELSH, 1)
    (welsh / "variant.toml").write_text(f"{words}{WELSH}", encoding="utf-8")
    (tmp_path / "asb.sqlite").write_bytes(migrated_sqlite.read_bytes())
    settings = Settings.from_environment({"ASB_HOME": str(tmp_path), "ASB_VARIANTS": str(tmp_path / "bpmn")})
    clock = SettableClock(datetime(2022, 3, 1, 10, 15, tzinfo=UTC))
    office = replace(build_office(settings), clock=clock)
    put_folders_in_force(office, settings.variants)
    app = create_app(settings, office=office)
    selby = load_variant(tmp_path / "bpmn" / "selby", root=tmp_path / "bpmn")
    scenario = next(
        each
        for each in scenarios_of(load_variant(ROOT / "bpmn" / "selby", root=ROOT / "bpmn"))
        if each.name.startswith("01")
    )
    references = tuple(open_case(office, selby, scenario.application, by="the applicant") for _ in range(2))
    yield Public(app=app, office=office, clock=clock, references=references)
    office.database.close()


def test_a_year_is_published_when_it_is_over_and_no_case_is_named(public: Public) -> None:
    before = public.get("/figures/selby")
    assert re.findall(r'<th scope="row"[^>]*>([^<]+)<', before) == [
        "2016/17", "2017/18", "2018/19", "2019/20", "2020/21",
    ]  # fmt: skip
    public.clock.set(datetime(2022, 4, 1, 9, 0, tzinfo=UTC))
    page = public.get("/figures/selby")
    assert re.findall(r'<th scope="row"[^>]*>([^<]+)<', page)[0] == "2021/22"
    assert re.search(r"2021/22</th>\s*<td[^>]*>2</td>\s*<td[^>]*>0</td>", page)
    assert "Source of “cases”" in page
    assert "Made on 1 April 2022" in page
    assert not [each for each in (*public.references, "Ms S", "/manage", "/case") if each in page]


def test_it_comes_as_csv_word_and_pdf(public: Public) -> None:
    public.clock.set(datetime(2022, 4, 1, 9, 0, tzinfo=UTC))
    client = public.app.test_client()
    rows = list(csv.DictReader(io.StringIO(client.get("/figures/selby/figures.csv").data.decode("utf-8-sig"))))
    assert [row["Applications for an ASB case review"] for row in rows if row["Year"] == "2021/22"] == ["2"]
    assert {row["Year"]: row["Number"] for row in rows if row["How"] == "entered"}["2016/17"] == "2"
    word = client.get("/figures/selby/figures.docx")
    assert [cell.text for cell in Document(io.BytesIO(word.data)).tables[0].rows[1].cells][:2] == ["2021/22", "2"]
    pdf = client.get("/figures/selby/figures.pdf")
    assert (pdf.content_type, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    for reference in public.references:
        assert reference not in client.get("/figures/selby/figures.csv").text


@pytest.mark.parametrize("path", ["", "/figures.csv", "/figures.docx", "/figures.pdf"])
def test_who_does_not_publish_has_no_page(public: Public, path: str) -> None:
    client = public.app.test_client()
    assert client.get(f"/figures/selby{path}").status_code == 200
    for council in ("hertsmere", "model", "nowhere"):
        assert client.get(f"/figures/{council}{path}").status_code == 404
    assert client.get("/figures/selby/figures.xlsx").status_code == 404


def test_what_is_counted_once_is_not_counted_again_on_that_day(public: Public) -> None:
    public.clock.set(datetime(2022, 4, 1, 9, 0, tzinfo=UTC))
    paths = [
        f"/figures/derbyshire_commissioner{each}" for each in ("", "/figures.csv", "/figures.docx", "/figures.pdf")
    ]
    with counted(public.office.database) as first:
        public.get(paths[0])
    of_figures = [each for each in first if re.search(r"\b(facts|record|deadlines)\b", each)]
    # The Commissioner's own, and those of the one council that is here: two at most for each thing that is counted.
    assert 0 < len(of_figures) <= 12
    with counted(public.office.database) as again:
        for path in paths:
            assert public.app.test_client().get(path).status_code == 200
    assert [each for each in again if re.search(r"\b(facts|record|deadlines|cases)\b", each)] == []
    public.clock.set(datetime(2022, 4, 2, 9, 0, tzinfo=UTC))
    with counted(public.office.database) as next_day:
        public.get(paths[0])
    assert [each for each in next_day if re.search(r"\bfacts\b", each)] != []


def test_a_commissioner_publishes_the_table_of_its_areas(public: Public) -> None:
    assert "No year of the figures is over yet." in public.get("/figures/derbyshire_commissioner")
    public.clock.set(datetime(2022, 4, 1, 9, 0, tzinfo=UTC))
    page = public.get("/figures/derbyshire_commissioner")
    assert re.findall(r'<th scope="col"[^>]*>([^<]+)<', page)[:3] == ["Figure", "Amber Valley", "Bolsover"]
    assert "Entered, and in no total, 2021/22" in page
    assert "Chief Executive" not in page
    assert len(re.findall(r'<svg class="app-chart"', page)) == 4


def test_it_is_read_in_each_language_of_the_council(public: Public) -> None:
    welsh, english = public.get("/figures/glanrhyd?lang=cy"), public.get("/figures/glanrhyd?lang=en")
    for words in ("Sut i ddarllen y ffigurau", "Blwyddyn", "Ceisiadau", "Yr adroddiad blynyddol"):
        assert words in welsh
        assert words not in english
    for words in ("How to read the figures", "Year", "Applications", "The annual report"):
        assert words in english
        assert words not in welsh
    file = public.app.test_client().get("/figures/glanrhyd/figures.docx?lang=cy")
    assert Document(io.BytesIO(file.data)).core_properties.language == "cy-GB"


def test_the_page_on_which_one_applies_leads_to_it(public: Public) -> None:
    with public.office.database.begin() as connection:
        staff.add_person(
            connection, "selby", name="Manager 1", email="manager.1@selby.example", roles="administrator", teams="",
            line_manager=None, head_of_service=None, added_at=public.clock.now(),
        )  # fmt: skip
        staff.note_change(connection, "selby", public.clock.now())
    assert 'href="/figures/selby">Figures we publish</a>' in public.get("/apply/selby")


@pytest.mark.parametrize("council", ["selby", "derbyshire_commissioner", "glanrhyd"])
def test_the_page_has_no_barrier_and_fits_a_telephone(public: Public, page: Page, council: str) -> None:
    public.clock.set(datetime(2022, 4, 1, 9, 0, tzinfo=UTC))
    server = make_server("127.0.0.1", 0, public.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"http://127.0.0.1:{server.server_port}/figures/{council}")
            assert violations(page) == []
            assert not scrolls_sideways(page)
    finally:
        server.shutdown()
        thread.join()
