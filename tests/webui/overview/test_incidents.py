"""What is stuck is seen, tried again, or resolved with a reason."""

from __future__ import annotations

import pytest

from engine.store import cases, record
from tests.webui.office import Web, hertsmere, web
from tests.webui.overview.cases import MANAGER, OFFICER, stick, task_of, work

__all__ = ["hertsmere", "web"]


@pytest.fixture
def address(web: Web) -> str:
    """Of the page of the first incident."""
    stick(web)
    page = web.client_of(MANAGER).get("/manage/incidents").text
    place = page.index("/manage/incidents/HBC")
    return page[place : page.index('"', place)]


def entries(web: Web, address: str) -> dict[str, dict[str, object]]:
    with web.office.database.read() as connection:
        case = cases.find_case(connection, address.split("/")[3])
        return {entry.kind: dict(entry.content or {}) for entry in record.entries_of(connection, case.case_id)}


def test_an_incident_says_what_is_stuck_and_why(web: Web, address: str) -> None:
    listed = web.client_of(MANAGER).get("/manage/incidents").text
    shown = web.client_of(MANAGER).get(address).text
    for page in (listed, shown):
        assert "&lt;b&gt;403" in page
        assert "tried" in page
    assert "for you" in web.client_of(MANAGER).get("/manage").text


def test_a_retried_job_is_worked_again(web: Web, address: str) -> None:
    answered = web.client_of(MANAGER).post(f"{address}/retry", follow_redirects=True)
    assert "is being tried again" in answered.text
    assert entries(web, address)["incident retried"]["by"] == MANAGER
    work(web.office)
    assert task_of(web, address.split("/")[3])


def test_a_resolved_one_keeps_the_reason_in_the_record(web: Web, address: str) -> None:
    answered = web.client_of(MANAGER).post(
        f"{address}/resolve", data={"reason": "posted by hand"}, follow_redirects=True
    )
    assert "is resolved" in answered.text
    assert entries(web, address)["incident resolved"]["reason"] == "posted by hand"


@pytest.mark.parametrize(("reason", "sentence"), [(" ", "Enter how it was resolved"), ("x" * 2_001, "or fewer")])
def test_without_a_reason_nothing_is_resolved(web: Web, address: str, reason: str, sentence: str) -> None:
    answered = web.client_of(MANAGER).post(f"{address}/resolve", data={"reason": reason})
    assert answered.status_code == 400
    assert "<title>Error: " in answered.text
    assert sentence in answered.text
    assert 'href="#reason"' in answered.text
    assert "incident resolved" not in entries(web, address)


def test_who_comes_second_is_told_that_it_was_settled(web: Web, address: str) -> None:
    first, second = web.client_of(MANAGER), web.client_of(MANAGER)
    first.post(f"{address}/resolve", data={"reason": "posted by hand"})
    for way in ("retry", "resolve"):
        answered = second.post(f"{address}/{way}", data={"reason": "again"}, follow_redirects=True)
        assert "was settled already" in answered.text
    assert second.get(address).status_code == 404


def test_an_officer_settles_nothing(web: Web, address: str) -> None:
    for way in ("retry", "resolve"):
        assert web.client_of(OFFICER).post(f"{address}/{way}", data={"reason": "x"}).status_code == 403
    assert "incident resolved" not in entries(web, address)


def test_a_manager_whom_the_policy_does_not_let_is_refused_in_its_words(web: Web, address: str) -> None:
    answered = web.client_of("Head of Service").post(f"{address}/retry")
    assert answered.status_code == 403
    assert "may settle incidents" in answered.text
