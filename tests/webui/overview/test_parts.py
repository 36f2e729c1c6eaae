"""The parts of these pages: periods, bars, files and pages of lists."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from lxml import etree

from webui.overview.chart import Bar, draw_bars
from webui.overview.download import csv_file
from webui.overview.period import Period, period_of, shortcuts
from webui.shell.pagination import PageNumber


def test_without_an_address_the_period_is_the_twelve_months_that_end_today() -> None:
    asked = period_of({}, date(2026, 3, 2))
    assert asked.period == Period(first=date(2025, 3, 3), last=date(2026, 3, 2))
    assert period_of(asked.period.address, date(2030, 1, 1)).period == asked.period


@pytest.mark.parametrize(
    ("today", "this_year", "last_year", "last_month"),
    [
        (date(2026, 3, 31), date(2025, 4, 1), date(2024, 4, 1), date(2026, 2, 28)),
        (date(2026, 4, 1), date(2026, 4, 1), date(2025, 4, 1), date(2026, 3, 31)),
        (date(2024, 3, 1), date(2023, 4, 1), date(2022, 4, 1), date(2024, 2, 29)),
    ],
)
def test_a_financial_year_begins_in_april(today: date, this_year: date, last_year: date, last_month: date) -> None:
    periods = dict(shortcuts(today))
    assert periods["This financial year so far"] == Period(first=this_year, last=today)
    assert periods["Last financial year"].first == last_year
    assert periods["Last financial year"].last == this_year.replace(day=31, month=3)
    assert periods["Last month"].last == last_month
    assert periods["Last month"].first == last_month.replace(day=1)


@pytest.mark.parametrize("hostile", ["=1+1", "+44", "-1+1", "@SUM(A1)", "\tx", " =1", "\r=1", "＝1"])  # noqa: RUF001
def test_no_cell_of_a_file_is_a_formula(hostile: str) -> None:
    data = csv_file("figures", ("Reason",), [(hostile,), ("plain",), (-3,), (None,), (date(2026, 3, 2),)]).data
    text = data.decode("utf-8-sig")
    assert f"'{hostile}" in text
    assert text.endswith('plain\r\n-3\r\n""\r\n2026-03-02\r\n')


def test_bars_are_a_picture_with_a_name_and_their_values_as_text() -> None:
    with Flask(__name__).app_context():
        first = draw_bars(
            [Bar("Police & <others>", "3 kept, 1 missed", 3, 1), Bar("Nobody", "0 kept", 0)],
            title="Kept & missed", description="In the table below.",
        )  # fmt: skip
        second = draw_bars([Bar("One", "1", 1)], title="Kept", description="Below.")
        assert draw_bars([], title="Nothing", description="") == ""
    svg = etree.fromstring(str(first))
    assert svg.get("role") == "img"
    named = [svg.xpath(f"//*[@id='{each}']")[0].text for each in svg.get("aria-labelledby").split()]
    assert named == ["Kept & missed", "In the table below."]
    texts = ["".join(each.itertext()) for each in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["Police & <others>", "3 kept, 1 missed", "Nobody", "0 kept"]
    bars = [(each.get("class"), each.get("x"), each.get("width")) for each in svg.iter("{*}rect")]
    assert ("app-chart__first", "0", "75.00%") in bars
    assert ("app-chart__second", "75.00%", "25.00%") in bars
    assert " style=" not in first
    ids = {each.get("id") for each in svg.iter() if each.get("id")}
    assert not ids & {each.get("id") for each in etree.fromstring(str(second)).iter() if each.get("id")}


def test_pages_lead_to_their_neighbours_and_to_both_ends() -> None:
    app = Flask(__name__)
    app.add_url_rule("/late", "late", lambda: "")
    with app.test_request_context("/late"):
        assert PageNumber(1).links(25, {}) is None
        links = PageNumber(5).links(250, {"team": "police"})
    assert links is not None
    assert [item.get("number", "…") for item in links["items"]] == [1, "…", 4, 5, 6, "…", 10]
    assert links["items"][0]["href"] == "/late?team=police"
    assert links["next"] == {"href": "/late?team=police&page=6"}
