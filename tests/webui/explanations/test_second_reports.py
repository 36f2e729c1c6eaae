"""The pages of the log of second reports: entering, what is still to be explained, correcting, the file, erasing."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.webui.office import Web

LOG = "/second-reports"
TOLD: dict[str, Any] = {
    "told_to": "Ms A", "second_report_on-day": "26", "second_report_on-month": "2", "second_report_on-year": "2026",
    "report_taken_by": "police", "second_report_reference": "P/77", "action": "complete",
}  # fmt: skip
EXPLAINED = {
    "review_explained_on-day": "27", "review_explained_on-month": "2", "review_explained_on-year": "2026",
    "review_explained_how": "phone", "review_explained_by": "Officer 2",
}  # fmt: skip


@pytest.fixture
def officer(web: Web) -> FlaskClient:
    return web.client_of("Officer 1")


def enter(client: FlaskClient, **more: str) -> TestResponse:
    return client.post(f"{LOG}/new", data={**TOLD, "once": "page-1", **more})


def test_the_navigation_leads_to_the_log_for_those_who_keep_it(web: Web, officer: FlaskClient) -> None:
    assert "Second reports" in officer.get("/tasks").text
    assert "There is none here yet" in officer.get(LOG).text
    of_another_team = web.client_of("Head of Service")
    assert f'href="{LOG}"' not in of_another_team.get("/tasks").text
    for path in ("", "/new", "/1", "/log.csv"):
        assert of_another_team.get(LOG + path).status_code == 403


def test_a_second_report_stands_among_those_to_be_explained_until_it_is(officer: FlaskClient) -> None:
    answer = enter(officer)
    assert answer.headers["Location"].endswith(f"{LOG}/1")
    listed = officer.get(LOG, query_string={"explained": "no"}).text
    assert "Ms A" in listed
    assert "Not explained yet" in listed
    assert "1 second report: not explained yet" in officer.get(LOG).text
    assert officer.post(f"{LOG}/1/change", data={**TOLD, **EXPLAINED}).status_code == 302
    shown = officer.get(f"{LOG}/1").text
    assert "By phone" in shown
    assert "Changed</strong> by Officer 1" in shown
    assert "Ms A" not in officer.get(LOG, query_string={"explained": "no"}).text


def test_two_clicks_on_one_page_are_one_entry(officer: FlaskClient) -> None:
    assert enter(officer).headers["Location"] == enter(officer).headers["Location"]


def test_what_is_wrong_is_said_at_its_question_and_nothing_is_kept(officer: FlaskClient) -> None:
    answer = enter(officer, told_to="", **{"second_report_on-day": "31"})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "P/77" in answer.text
    assert "There is none here yet" in officer.get(LOG).text


def test_without_scripts_the_further_questions_are_asked_when_the_page_is_updated(officer: FlaskClient) -> None:
    assert "How was it explained?" not in officer.get(f"{LOG}/new").text
    updated = enter(officer, **EXPLAINED, action="update")
    assert updated.status_code == 200
    assert "How was it explained?" in updated.text


def test_a_correction_asks_why(officer: FlaskClient) -> None:
    enter(officer)
    refused = officer.post(f"{LOG}/1/change", data={**TOLD, "told_to": "Mr B"})
    assert refused.status_code == 422
    assert "Say why “Who made the second report?”" in refused.text
    assert 'href="#reason"' in refused.text
    officer.post(f"{LOG}/1/change", data={**TOLD, "told_to": "Mr B", "reason": "Misheard"})
    shown = officer.get(f"{LOG}/1").text
    assert "Misheard" in shown
    assert "Ms A, now Mr B" in shown


def test_the_same_again_is_refused_in_a_sentence(officer: FlaskClient) -> None:
    enter(officer)
    assert "says already" in officer.post(f"{LOG}/1/change", data=TOLD, follow_redirects=True).text


def test_the_file_holds_what_the_list_shows_and_runs_nothing(officer: FlaskClient) -> None:
    enter(officer, told_to="=1+1")
    enter(officer, **EXPLAINED, once="page-2", told_to="Mr B")
    rows = list(csv.DictReader(io.StringIO(officer.get(f"{LOG}/log.csv").get_data().decode("utf-8-sig"))))
    assert [row["Who made the second report?"] for row in rows] == ["Mr B", "'=1+1"]
    assert rows[0]["When was the ASB case review explained to them?"] == "2026-02-27"
    found = officer.get(f"{LOG}/log.csv", query_string={"explained": "no"}).text
    assert "Mr B" not in found


def test_erasing_says_first_what_it_means_and_asks_why(officer: FlaskClient) -> None:
    enter(officer)
    assert "All that was entered is gone" in officer.get(f"{LOG}/1/erase").text
    assert officer.post(f"{LOG}/1/erase", data={"reason": " "}).status_code == 422
    officer.post(f"{LOG}/1/erase", data={"reason": "Asked for it"})
    shown = officer.get(f"{LOG}/1").text
    assert "Asked for it" in shown
    assert "Ms A" not in shown
    assert "P/77" not in officer.get(LOG).text


@pytest.mark.parametrize("path", ["/99", "/99/change", "/99/erase", "/0"])
def test_what_is_not_in_the_log_is_not_found(officer: FlaskClient, path: str) -> None:
    assert officer.get(LOG + path).status_code == 404


def test_the_figure_names_the_entries_behind_it(web: Web, officer: FlaskClient) -> None:
    enter(officer, **EXPLAINED)
    manager = next(p.name for p in web.variant.settings.people if "manager" in p.roles)
    page = web.client_of(manager).get("/manage/figures", query_string={"figure": "explained_at_second_report"}).text
    assert "Second reports at which the ASB case review was explained" in page
    assert "Second report 1" in page
