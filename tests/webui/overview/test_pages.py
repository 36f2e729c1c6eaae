"""A manager on a Monday: what is late, whose it is, why; which limits were kept; the figures."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from engine.casework.overview import late_now
from engine.casework.overview.figures import count_figures
from engine.casework.overview.late_tasks import Late, LateFrame
from engine.casework.tasks.completion import claim_task
from engine.casework.tasks.deadlines import suspend_deadline
from engine.staff.roles import RIGHTS, Right, Role
from tests.webui.office import Web, hertsmere, web
from tests.webui.overview.cases import AGENCY_OFFICER, MANAGER, OFFICER, acknowledge, apply, take_rung, task_of, wait

__all__ = ["hertsmere", "web"]

PAGES = ("/manage", "/manage/deadlines", "/manage/rungs", "/manage/figures")
FILES = ("late", "deadlines", "missed", "rungs", "figures", "counted")
MARCH = "from-day=1&from-month=3&from-year=2026&to-day=31&to-month=March&to-year=2026"


def text_of(web: Web, address: str, who: str = MANAGER, status: int = 200) -> str:
    response = web.client_of(who).get(address)
    assert response.status_code == status, response.text
    return " ".join(response.text.split())


def rows_of(web: Web, address: str) -> list[dict[str, str]]:
    data = web.client_of(MANAGER).get(address).data
    assert data.startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "address",
    [
        *PAGES,
        "/manage/incidents",
        "/manage/figures/years",
        "/manage/years.csv",
        *(f"/manage/{file}.csv" for file in FILES),
    ],
)
def test_only_those_who_see_figures_see_them(web: Web, address: str) -> None:
    assert web.client_of(MANAGER).get(address).status_code == 200
    assert web.client_of(OFFICER).get(address).status_code == 403
    assert web.client_of(AGENCY_OFFICER).get(address).status_code == 403
    assert web.client_of().get(address).status_code == 302


def test_nothing_late_says_so(web: Web) -> None:
    assert "Nothing is late on Monday 2 March 2026." in text_of(web, "/manage")


@pytest.mark.parametrize(("listed", "in_all", "cut"), [(1, 1, False), (2, 1_204, True)])
def test_what_is_late_as_a_whole_is_counted_in_full(
    web: Web, monkeypatch: pytest.MonkeyPatch, listed: int, in_all: int, cut: bool
) -> None:
    frame = LateFrame(
        reference=apply(web), title="", name="The whole review", item="", due_on=date(2026, 2, 27), working_days=1,
        explanation="",
    )  # fmt: skip

    def late(*of: Any, **asked: Any) -> Late:
        return replace(late_now(*of, **asked), frames=(frame,) * listed, frames_in_all=in_all)

    monkeypatch.setattr("webui.overview.views.late_now", late)
    page = text_of(web, "/manage")
    assert f'<b class="app-counts__number">{in_all:,}</b> late as a whole' in page
    assert "No task by itself is late on Monday 2 March 2026." in page
    assert ("These are the 2 that are late the longest, of 1,204." in page) is cut


def test_a_late_task_says_how_late_whose_and_why(web: Web) -> None:
    reference = apply(web, applicant_name="<i>Ms T</i>")
    claim_task(web.office, task_of(web, reference), by=OFFICER)
    apply(web)
    wait(web, days=7)
    page = text_of(web, "/manage")
    assert "2 tasks are late on Monday 9 March 2026, the longest by 3 working days." in page
    assert f"<b>{OFFICER}</b>, Community Safety Team" in page
    assert "<b>Nobody has taken it</b>, Community Safety Team" in page
    assert "Wednesday 4 March 2026: 2 working days after Monday 2 March. H11.1" in page
    assert '<b class="app-counts__number">1</b> late that nobody has taken' in page
    assert "<i>Ms T" not in page


def test_late_tasks_can_be_narrowed_to_a_person_or_to_nobody(web: Web) -> None:
    mine, free = apply(web), apply(web)
    claim_task(web.office, task_of(web, mine), by=OFFICER)
    wait(web, days=7)
    page = text_of(web, "/manage?person=Officer+1")
    assert f"/cases/{mine}" in page
    assert f"/cases/{free}" not in page
    assert "what Officer 1 has: 1 task." in page
    nobody = text_of(web, "/manage?person=-&team=community_safety")
    assert f"/cases/{free}" in nobody
    assert f"/cases/{mine}" not in nobody
    assert "Nothing of this is late." in text_of(web, "/manage?team=police")
    assert [row["Case"] for row in rows_of(web, "/manage/late.csv?person=-")] == [free]


def test_a_stopped_clock_stands_apart_with_its_reason(web: Web) -> None:
    suspend_deadline(web.office, task_of(web, apply(web)), reason="the police ask us to wait", by=OFFICER)
    wait(web, days=30)
    page = text_of(web, "/manage")
    assert "Nothing is late" in page
    assert "Stopped by Officer 1 on 2 March 2026 at 10:15: the police ask us to wait" in page


def test_a_limit_shows_what_was_kept_and_missed_with_its_clause(web: Web) -> None:
    acknowledge(web, apply(web))
    apply(web)
    wait(web, days=5)
    page = text_of(web, f"/manage/deadlines?{MARCH}&limit=acknowledge")
    assert "1 deadline kept, 1 missed: 50% kept." in page
    assert "1 kept, 1 missed" in page
    assert "Ran out 1 March 2026 to 31 March 2026" in page
    assert "<b>H11.1</b> The application is acknowledged" in page
    assert "3 days late" in page
    (row,) = [row for row in rows_of(web, f"/manage/deadlines.csv?{MARCH}") if row["Limit"] == "acknowledge"]
    assert (row["Kept"], row["Missed"], row["Kept of 100"], row["Longest days late"]) == ("1", "1", "50", "3")
    (missed,) = rows_of(web, f"/manage/missed.csv?{MARCH}")
    assert (missed["Due"], missed["Done"], missed["Days late"]) == ("2026-03-04", "", "3")


def test_figures_are_of_the_period_that_the_address_names(web: Web) -> None:
    apply(web)
    assert "Applications for an ASB case review" in (page := text_of(web, f"/manage/figures?{MARCH}"))
    assert 'role="img"' in page
    (row, *_) = rows_of(web, f"/manage/figures.csv?{MARCH}")
    assert (row["From"], row["To"], row["Number"]) == ("2026-03-01", "2026-03-31", "1")
    earlier = "from-day=1&from-month=3&from-year=2025&to-day=31&to-month=3&to-year=2025"
    assert rows_of(web, f"/manage/figures.csv?{earlier}")[0]["Number"] == "0"


def test_each_number_leads_to_the_cases_behind_it(web: Web) -> None:
    reference = apply(web, applicant_name="<i>Ms T</i>")
    page = text_of(web, f"/manage/figures?{MARCH}")
    link = re.search(r'<a class="govuk-link" href="([^"]*figure=applications[^"]*)">1<span', page)
    assert link is not None
    listed = text_of(web, unescape(link[1]))
    assert f"/cases/{reference}" in listed
    assert '<td class="govuk-table__cell">2 March 2026</td>' in listed
    assert "<i>Ms T" not in listed
    assert f"/cases/{reference}" not in page
    assert "Nothing is counted under it in this period." in text_of(web, f"/manage/figures?{MARCH}&figure=appeals")
    text_of(web, f"/manage/figures?{MARCH}&figure=applications&page=2", status=404)
    assert 'id="cases"' not in text_of(web, f"/manage/figures?{MARCH}&figure=none")
    (row,) = rows_of(web, f"/manage/counted.csv?{MARCH}")
    assert (row["Case"], row["Counts on"], row["About"]) == (reference, "2026-03-02", "")
    assert row["Figure"] == "Applications for an ASB case review"


def test_the_number_of_a_year_before_leads_to_the_cases_of_that_year(web: Web) -> None:
    reference = apply(web)
    later = "from-day=1&from-month=3&from-year=2027&to-day=31&to-month=3&to-year=2027"
    link = re.search(r'href="([^"]*from-year=2026[^"]*)">1<span', text_of(web, f"/manage/figures?{later}"))
    assert link is not None
    assert f"/cases/{reference}" in text_of(web, unescape(link[1]))


def test_the_page_and_the_command_count_the_same(web: Web) -> None:
    for _ in range(3):
        apply(web)
    counts = count_figures(web.office, web.variant, first=date(2026, 3, 1), last=date(2026, 3, 31))
    shown = [(row["Figure"], row["Number"]) for row in rows_of(web, f"/manage/figures.csv?{MARCH}")]
    assert shown == [(each.figure.label, str(each.count)) for each in counts]
    behind = [(row["Figure"], row["Case"]) for row in rows_of(web, f"/manage/counted.csv?{MARCH}")]
    assert behind == [(each.figure.label, case.reference) for each in counts for case in each.cases]


@pytest.mark.parametrize(
    ("address", "sentence", "at"),
    [
        ("from-day=1&from-month=3&from-year=2026", "Enter the day the period ends", "#to-day"),
        ("from-month=3&to-day=1&to-month=1&to-year=2026", "must include a day and a year", "#from-day"),
        ("from-day=31&from-month=2&from-year=2026&to-day=1&to-month=4&to-year=2026", "must be a real day", "#from-day"),
        ("from-day=1&from-month=4&from-year=2026&to-day=1&to-month=3&to-year=2026", "1 April 2026 or later", "#to-day"),
        ("from-day=1&from-month=4&from-year=0001&to-day=1&to-month=3&to-year=9999", "from 2000 to 2099", "#to-day"),
        ("from-day=²&from-month=4&from-year=2026&to-day=1&to-month=5&to-year=2026", "must be a real day", "#from-day"),
    ],
)
def test_a_period_that_cannot_be_read_says_what_to_enter(web: Web, address: str, sentence: str, at: str) -> None:
    for page in PAGES[1:]:
        shown = text_of(web, f"{page}?{address}")
        assert "<title>Error: " in shown
        assert sentence in shown
        assert f'href="{at}"' in shown
    text_of(web, f"/manage/figures.csv?{address}", status=400)


def test_a_page_that_is_none_is_not_found(web: Web) -> None:
    for page in ("0", "2", "-1", "x", "99999999999999999999", "²"):
        for address in ("/manage", "/manage/deadlines", "/manage/rungs", "/manage/incidents"):
            text_of(web, f"{address}?page={page}", status=404)


def test_no_page_holds_style_or_script_of_its_own(web: Web) -> None:
    apply(web)
    wait(web, days=7)
    for address in PAGES:
        page = text_of(web, address)
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page


def test_rungs_are_counted_and_lead_to_their_cases(web: Web) -> None:
    first = apply(web)
    take_rung(web, first, 1)
    take_rung(web, first, 2)
    page = text_of(web, f"/manage/rungs?{MARCH}")
    assert "2 rungs were taken." in page
    assert "Community Safety Team: 1" in page
    chosen = text_of(web, f"/manage/rungs?{MARCH}&process=application&rung=2")
    assert "Show all rungs" in chosen
    assert chosen.count(f'href="/cases/{first}"') == 1
    assert [row["Rung"] for row in rows_of(web, f"/manage/rungs.csv?{MARCH}")] == ["1", "2"]
    assert "rung was not taken" in text_of(web, f"/manage/rungs?{MARCH}&process=other&rung=2")
    assert "Rung 2 reached on 2 March 2026" not in text_of(web, "/manage")
    wait(web, days=7)
    assert "Rung 2 reached on 2 March 2026" in text_of(web, "/manage")


def test_who_sees_figures_but_no_cases_is_not_told_whose_they_are(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = apply(web, applicant_name="Ms Tell-Nobody", victim_name="Ms Tell-Nobody")
    take_rung(web, reference, 1)
    wait(web, days=7)
    addresses = ("/manage", "/manage/deadlines", "/manage/rungs", "/manage/late.csv", "/manage/missed.csv")
    shown = [text_of(web, address) for address in (*addresses, "/manage/rungs.csv")]
    assert all("Ms Tell-Nobody" in page for page in shown)
    monkeypatch.setitem(RIGHTS, Role.MANAGER, RIGHTS[Role.MANAGER] - {Right.SEE_CASES})  # type: ignore[arg-type]
    shown = [text_of(web, address) for address in (*addresses, "/manage/rungs.csv")]
    assert all(reference in page for page in shown)
    assert not any("Ms Tell-Nobody" in page or f"/cases/{reference}" in page for page in shown)
