"""Staff enter an application that came by phone, letter or email, with its own day and way of receipt."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.errors import FileGoneError
from engine.store import cases
from engine.store import record as chain
from engine.store.attachments import attachments_of
from tests.webui.apply.person import PDF, REPORTS, VICTIM, parts
from tests.webui.office import HERTSMERE, Web

NEW = "/applications/new"
BY_LETTER: dict[str, Any] = {
    **{key: value for key, value in VICTIM.items() if key != "people"},
    "application_date": (27, 2, 2026),
    "application_channel": "letter",
}


def data(answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    sent = {name: value for key, answer in answers.items() for name, value in parts(key, answer).items()}
    for number, report in enumerate(REPORTS):
        for key, answer in report.items():
            sent |= parts(f"reports.{number}.{key}", answer)
    return {**sent, "action": "complete", "once": "page-1", **more}


def post(client: FlaskClient, sent: dict[str, Any]) -> TestResponse:
    return client.post(NEW, data=sent, content_type="multipart/form-data")


def scan(name: str = "letter.pdf", content: bytes = PDF) -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(content), name)]


@pytest.fixture
def officer(web: Web) -> FlaskClient:
    return web.client_of("Officer 1")


def references(web: Web) -> list[str]:
    with web.office.database.read() as connection:
        return [case.reference for case in cases.all_cases(connection)]


def test_a_letter_becomes_a_case_with_the_day_it_came_and_its_scan(web: Web, officer: FlaskClient) -> None:
    answer = post(officer, data(BY_LETTER, came_besides=scan()))
    (reference,) = references(web)
    assert answer.headers["Location"].endswith(f"/cases/{reference}")
    with web.office.database.read() as connection:
        case = cases.find_case(connection, reference, HERTSMERE)
        received = next(iter(chain.entries_of(connection, case.case_id))).content
        attached = attachments_of(connection, case.case_id)
    assert (received["by"], received["answers"]["application_date"]) == ("Officer 1", "2026-02-27")
    assert received["answers"]["application_channel"] == "letter"
    assert [(file.name, file.added_by) for file in attached] == [("letter.pdf", "Officer 1")]
    assert 'value="Ms Applicant"' not in officer.get(NEW).text  # the draft is gone


def test_what_is_missing_is_shown_and_what_was_typed_stays_with_the_scan(web: Web, officer: FlaskClient) -> None:
    gone = {key: value for key, value in BY_LETTER.items() if key != "application_date"}
    answer = post(officer, data(gone, came_besides=scan()))
    assert answer.status_code == 422
    assert 'href="#application_date-day"' in answer.text
    assert 'value="Ms Applicant"' in answer.text
    assert "letter.pdf" in answer.text
    assert references(web) == []
    post(officer, data(BY_LETTER))  # the scan is not chosen again
    with web.office.database.read() as connection:
        (reference,) = (case.reference for case in cases.all_cases(connection))
        assert len(attachments_of(connection, cases.find_case(connection, reference).case_id)) == 1


def test_a_draft_is_kept_for_who_wrote_it_and_for_nobody_else(web: Web, officer: FlaskClient) -> None:
    post(officer, data({"applicant_name": "Ms Applicant"}, action="draft", came_besides=scan()))
    assert 'value="Ms Applicant"' in officer.get(NEW).text
    assert "letter.pdf" in officer.get(NEW).text
    assert "Ms Applicant" not in web.client_of("Officer 2").get(NEW).text
    officer.post(f"{NEW}/clear")
    assert "Ms Applicant" not in officer.get(NEW).text
    assert references(web) == []
    with pytest.raises(FileGoneError):
        web.office.files.get(hashlib.sha256(PDF).hexdigest())


def test_a_scan_can_be_left_out_again(web: Web, officer: FlaskClient) -> None:
    post(officer, data({}, action="draft", came_besides=scan()))
    post(officer, data(BY_LETTER, remove_file="letter.pdf"))
    with web.office.database.read() as connection:
        assert attachments_of(connection, cases.find_case(connection, references(web)[0]).case_id) == []


def test_a_file_that_is_not_taken_is_refused_and_nothing_is_opened(web: Web, officer: FlaskClient) -> None:
    answer = post(officer, data(BY_LETTER, came_besides=scan("macro.exe", b"MZ\x90\x00" + bytes(64))))
    assert answer.status_code == 422
    assert "kind that is not taken" in answer.text
    assert references(web) == []


def test_the_consent_of_a_victim_answers_its_question(web: Web, officer: FlaskClient) -> None:
    third = BY_LETTER | {"applicant_role": "third_party", "victim_consent": "yes", "victim_contact": "By phone"}
    post(officer, data(third, consent_document=scan("consent.pdf")))
    with web.office.database.read() as connection:
        case = cases.find_case(connection, references(web)[0])
        received = next(iter(chain.entries_of(connection, case.case_id))).content
        assert [file.name for file in attachments_of(connection, case.case_id)] == ["consent.pdf"]
    assert received["answers"]["consent_document"] == ["consent.pdf"]


def test_two_clicks_open_one_case(web: Web, officer: FlaskClient) -> None:
    places = [post(officer, data(BY_LETTER)).headers["Location"] for _ in range(2)]
    assert len(set(places)) == 1
    assert len(references(web)) == 1


def test_two_applications_one_after_the_other_are_two_cases(web: Web, officer: FlaskClient) -> None:
    post(officer, data(BY_LETTER))
    post(officer, data(BY_LETTER, once="page-2"))
    assert len(references(web)) == 2


def test_a_senior_manager_may_raise_a_case_here(officer: FlaskClient) -> None:
    assert "senior manager raises the case" in officer.get(NEW).text


@pytest.mark.parametrize("name", ["Neighbourhood Inspector", "Reader 1"])
def test_who_may_not_enter_applications_is_refused(web: Web, name: str) -> None:
    client = web.client_of(name)
    assert client.get(NEW).status_code == 403
    assert post(client, data(BY_LETTER)).status_code == 403
    assert references(web) == []
