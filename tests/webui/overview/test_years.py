"""The figures year by year, as a manager sees them, and what was published before the system beside them."""

from __future__ import annotations

import csv
import io

import pytest

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
    assert "Entered:" not in page


def test_what_was_published_before_stands_beside_and_says_what_nobody_entered(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    selby = load_variant(ROOT / "bpmn" / "selby", root=ROOT / "bpmn")
    monkeypatch.setattr(years, "policy", lambda: selby)
    client = web.client_of(MANAGER)
    page = " ".join(client.get("/manage/figures/years").text.split())
    assert "2 entered as “cases”" in page  # in the chart
    assert '<th scope="row" class="govuk-table__header">2016/17</th>' in page
    assert "Of these years nobody entered: Applications for an ASB case review;" in page
    rows = list(csv.DictReader(io.StringIO(client.get("/manage/years.csv").data.decode("utf-8-sig"))))
    entered = {row["Year"]: row["Number"] for row in rows if row["How"] == "entered"}
    assert entered == {"2016/17": "2", "2017/18": "1", "2018/19": "1", "2019/20": "0", "2020/21": "2"}
    # A year of which a number was published has none counted: a nought would say that there was nothing.
    assert not entered.keys() & {row["Year"] for row in rows if row["How"] == "counted"}
    assert {row["Applications for an ASB case review"] for row in rows if row["How"] == "counted"} == {"0"}
