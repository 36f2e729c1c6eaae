"""The pages of a case: each shows what it should, records who looked, and keeps from agencies what is not theirs."""

from __future__ import annotations

import io
import zipfile

import pytest

from engine.store import cases
from engine.store.deadlines import current_deadline
from tests.casework.cases.test_attachments import PDF
from tests.webui.case.cases import INSPECTOR, OFFICER, entries, letter_to, new_case, open_task, rich_case
from tests.webui.office import Web, hertsmere, web

__all__ = ["hertsmere", "web"]

#: Address behind the case's own, and what stands on the page.
PAGES = {
    "": "Separate qualifying complaints",
    "/tasks": "Write minutes and action plan",
    "/actions": "Rung 3 comes: More than 3 months",
    "/letters": "Chief Superintendent D",
    "/known": "new@example.org",
    "/diagram": "It is late at “Carry out the action”",
    "/history": "Officer 1 corrected “Email address”",
    "/notes": "The victim rang.",
    "/attachments": "diary.pdf",
    "/related": "No other case names the same people",
    "/tell": "Appeal received",
    "/tell/appeal": "Grounds",
    "/copy": "The Ombudsman",
    "/known/reported_to?item=reports-2": "Correct “To whom?”",
}


@pytest.fixture
def reference(web: Web) -> str:
    return rich_case(web)


def text_of(web: Web, address: str, name: str = OFFICER) -> str:
    answer = web.client_of(name).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.get_data(as_text=True)


def test_every_page_shows_what_it_is_about(web: Web, reference: str) -> None:
    for place, words in PAGES.items():
        text = text_of(web, f"/cases/{reference}{place}")
        assert words in text, place
        assert text.count("<h1") == 1, place
        assert "style=" not in text, place


def test_each_look_stands_in_the_record_with_the_page(web: Web, reference: str) -> None:
    before = len(entries(web, reference))
    text_of(web, f"/cases/{reference}")
    text_of(web, f"/cases/{reference}/letters")
    assert entries(web, reference)[before:] == [
        ("case viewed", {"by": OFFICER, "page": "overview"}),
        ("case viewed", {"by": OFFICER, "page": "letters"}),
    ]
    assert "Officer 1 looked" not in text_of(web, f"/cases/{reference}/history")
    assert "Officer 1 looked at the case: letters." in text_of(web, f"/cases/{reference}/history?views=yes")


def test_what_people_wrote_is_shown_and_never_read_as_markup(web: Web, reference: str) -> None:
    text = text_of(web, f"/cases/{reference}/notes")
    assert "&lt;b&gt;The victim rang.&lt;/b&gt;" in text
    assert "<b>The victim" not in text


def test_the_list_finds_a_case_and_says_when_there_is_none(web: Web, reference: str) -> None:
    new_case(web, applicant_name="Mr Quill", victim_name="Mr Quill", applicant_postal_address="9 Far Lane")
    everybody = text_of(web, "/cases")
    assert "2 cases" in everybody
    found = text_of(web, "/cases?search=quill&status=open")
    assert reference not in found
    assert "1 case with" in found
    assert "No case has “zzzz”" in text_of(web, "/cases?search=zzzz")
    assert "There is no case here yet" in text_of(web, "/cases?status=closed")


def test_a_letter_is_read_on_the_page_and_as_pdf(web: Web, reference: str) -> None:
    number = letter_to(web, reference, "Ms A")
    assert "Dear Ms A" in text_of(web, f"/cases/{reference}/letters/{number}")
    answer = web.client_of(OFFICER).get(f"/cases/{reference}/letters/{number}.pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
    assert web.client_of(OFFICER).get(f"/cases/{reference}/letters/9999").status_code == 404


def test_a_file_comes_back_as_it_was_and_is_never_run(web: Web, reference: str) -> None:
    client = web.client_of(OFFICER)
    answer = client.post(
        f"/cases/{reference}/attachments",
        data={"files": [(io.BytesIO(PDF), "notice.exe"), (io.BytesIO(b"<script>alert(1)</script>"), "x.html")]},
    )
    assert answer.status_code == 422
    assert "“x.html” is of a kind that is not taken" in answer.get_data(as_text=True)
    number = next(c["attachment"] for kind, c in reversed(entries(web, reference)) if kind == "file attached")
    given = client.get(f"/cases/{reference}/attachments/{number}")
    assert given.data == PDF
    assert given.headers["Content-Disposition"] == "attachment; filename=notice.exe.pdf"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_no_file_chosen_is_said_at_the_input(web: Web, reference: str) -> None:
    answer = web.client_of(OFFICER).post(f"/cases/{reference}/attachments", data={})
    assert answer.status_code == 422
    assert 'href="#files"' in answer.get_data(as_text=True)


def test_a_note_is_added_once_it_says_something(web: Web, reference: str) -> None:
    client = web.client_of(OFFICER)
    assert client.post(f"/cases/{reference}/notes", data={"note": "  "}).status_code == 422
    assert client.post(f"/cases/{reference}/notes", data={"note": "Visit on Monday."}).status_code == 302
    assert "Visit on Monday." in text_of(web, f"/cases/{reference}/notes")


def test_a_correction_needs_a_reason_and_keeps_what_was_said(web: Web, reference: str) -> None:
    client, address = web.client_of(OFFICER), f"/cases/{reference}/known/reported_to?item=reports-2"
    answer = client.post(address, data={"reported_to": "council"})
    assert answer.status_code == 422
    assert "Enter why it is corrected." in answer.get_data(as_text=True)
    assert client.post(address, data={"reported_to": "council", "reason": "Misread"}).status_code == 302
    known = text_of(web, f"/cases/{reference}/known")
    assert "Corrected: Misread" in known
    assert ">The police</s>" in known


def test_a_correction_of_a_day_is_typed_as_a_day(web: Web, reference: str) -> None:
    address = f"/cases/{reference}/known/incident_on?item=reports-1"
    assert 'value="2025"' in text_of(web, address)
    day = {"incident_on-day": "31", "incident_on-month": "2", "incident_on-year": "2025", "reason": "Misread"}
    assert web.client_of(OFFICER).post(address, data=day).status_code == 422
    day |= {"incident_on-day": "9", "incident_on-month": "11"}
    assert web.client_of(OFFICER).post(address, data=day).status_code == 302
    assert "9 November 2025" in text_of(web, f"/cases/{reference}/known")


def test_what_no_form_asks_for_is_not_corrected_here(web: Web, reference: str) -> None:
    assert web.client_of(OFFICER).get(f"/cases/{reference}/known/table_ground").status_code == 400


def test_an_appeal_is_told_once_however_often_the_button_is_pressed(web: Web, reference: str) -> None:
    client, address = web.client_of(OFFICER), f"/cases/{reference}/tell/appeal"
    answers = {
        "message_id": "one-press", "action": "complete", "appeal_against": "review", "appeal_grounds": "Too little.",
        "appeal_received_on-day": "9", "appeal_received_on-month": "7", "appeal_received_on-year": "2026",
    }  # fmt: skip
    for _ in range(2):
        assert client.post(address, data=answers).status_code == 302
    told = [content for kind, content in entries(web, reference) if kind == "told"]
    assert [content["message"] for content in told] == ["appeal"]
    assert "Arrange who hears the appeal" in text_of(web, f"/cases/{reference}/tasks")


def test_what_would_happen_is_shown_and_nothing_is_told(web: Web, reference: str) -> None:
    answers = {
        "action": "next", "appeal_against": "review", "appeal_grounds": "Too little.", "appeal_received_on-day": "9",
        "appeal_received_on-month": "7", "appeal_received_on-year": "2026",
    }  # fmt: skip
    text = web.client_of(OFFICER).post(f"/cases/{reference}/tell/appeal", data=answers).get_data(as_text=True)
    assert "Community Safety Team is to do “Arrange who hears the appeal”" in text
    assert "Too little." in text
    assert "told" not in [kind for kind, _ in entries(web, reference)]


def test_an_incomplete_appeal_says_what_is_missing_and_keeps_what_was_typed(web: Web, reference: str) -> None:
    answer = web.client_of(OFFICER).post(
        f"/cases/{reference}/tell/appeal", data={"action": "complete", "appeal_grounds": "Too little."}
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "There is a problem" in text
    assert "Too little." in text


def test_what_cannot_be_told_now_says_why(web: Web, reference: str) -> None:
    answer = web.client_of(OFFICER).get(f"/cases/{reference}/tell/further_application")
    assert answer.status_code == 409
    assert "The case is still open" in answer.get_data(as_text=True)
    assert web.client_of(OFFICER).get(f"/cases/{reference}/tell/nothing_of_the_kind").status_code == 404


def test_a_deadline_is_extended_stopped_and_started_with_a_reason(web: Web, reference: str) -> None:
    client, number = web.client_of(OFFICER), open_task(web, reference, "Write minutes and action plan")
    address = f"/cases/{reference}/tasks/{number}/deadline"
    until = {"until-day": "1", "until-month": "8", "until-year": "2026"}
    missing = client.post(address, data={"change": "extend", **until})
    assert missing.status_code == 422
    assert "Enter why it changes." in missing.get_data(as_text=True)
    assert client.post(address, data={"change": "extend", "reason": "x", "until-day": "40"}).status_code == 422
    too_early = client.post(address, data={"change": "extend", "reason": "x", **until, "until-month": "1"})
    assert "must be to a later day" in too_early.get_data(as_text=True)
    assert client.post(address, data={"change": "extend", "reason": "Minutes are late", **until}).status_code == 302
    assert "extended by Officer 1" in text_of(web, f"/cases/{reference}/tasks")
    assert client.post(address, data={"change": "suspend", "reason": "The victim is ill"}).status_code == 302
    assert "clock stopped" in text_of(web, f"/cases/{reference}/tasks")
    until["until-month"] = "9"
    assert client.post(address, data={"change": "resume", "reason": "Well again", **until}).status_code == 302
    assert "Tuesday 1 September 2026" in text_of(web, f"/cases/{reference}/tasks")


def test_a_copy_is_an_archive_and_the_record_says_for_whom(web: Web, reference: str) -> None:
    client = web.client_of(OFFICER)
    assert client.post(f"/cases/{reference}/copy", data={}).status_code == 422
    answer = client.post(f"/cases/{reference}/copy", data={"for": "victim"})
    assert answer.headers["Content-Disposition"] == f"attachment; filename={reference}-victim.zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        told = archive.read(f"{reference}-victim.json").decode()
    assert {f"{reference}-victim.pdf", f"{reference}-victim.json"} <= set(names)
    assert "Superintendent C" not in told
    assert ("copy made", {"by": OFFICER, "made_for": "the victim"}) in entries(web, reference)
    assert "took a copy of the case file for the victim" in text_of(web, f"/cases/{reference}/history")


def test_an_agency_reads_its_part_and_nothing_else(web: Web, reference: str) -> None:
    hidden = ("new@example.org", "1 Any Street", "Superintendent C", "The victim rang", "diary.pdf")
    client = web.client_of(INSPECTOR)
    for place in ("", "/tasks", "/actions", "/letters", "/known", "/diagram", "/history?views=yes", "/attachments"):
        text = text_of(web, f"/cases/{reference}{place}", INSPECTOR)
        assert not [words for words in hidden if words in text], place
    for place in ("/notes", "/related", "/copy"):
        assert client.get(f"/cases/{reference}{place}").status_code == 403, place
    assert client.get(f"/cases/{reference}/letters/{letter_to(web, reference, 'Ms A')}").status_code == 404
    assert client.get(f"/cases/{reference}/known/applicant_email").status_code == 400
    assert client.post(f"/cases/{reference}/notes", data={"note": "x"}).status_code == 403


def test_an_agency_with_no_part_in_a_case_is_not_told_that_there_is_one(web: Web) -> None:
    reference = new_case(web)
    client = web.client_of(INSPECTOR)
    assert client.get(f"/cases/{reference}").status_code == 404
    assert reference not in client.get("/cases").get_data(as_text=True)


def test_who_may_not_change_deadlines_or_facts_by_the_policy_is_refused(web: Web, reference: str) -> None:
    number = open_task(web, reference, "Write minutes and action plan")
    client = web.client_of(INSPECTOR)
    answer = client.post(f"/cases/{reference}/tasks/{number}/deadline", data={"change": "suspend", "reason": "No time"})
    assert answer.status_code == 403
    answer = client.post(f"/cases/{reference}/known/victim_name", data={"victim_name": "Mr X", "reason": "No"})
    assert answer.status_code == 403
    with web.office.database.read() as connection:
        case = cases.find_case(connection, reference)
        assert current_deadline(connection, case.case_id, number).status == "current"  # type: ignore[union-attr]
