"""On the page on which staff enter what reached them, the email itself says when it was received."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine.casework.cases.corrections import correct_fact
from engine.errors import BadInputError, FileGoneError
from engine.store import cases, facts, record
from engine.store.attachments import attachments_of
from tests.webui.apply.person import parts
from tests.webui.apply.test_email_of_a_message import DIGEST, EMAIL
from tests.webui.apply.test_starts import REPORT, Coventry, coventry

__all__ = ["coventry"]

NEW = "/applications/new"
ANSWERS: dict[str, Any] = {
    "received_through": "email",
    "applicant_is": "victim",
    "applicant_name": "Mr D",
    "applicant_channel": "email",
    "applicant_email": "mr.d@example.org",
    "applicant_postal_address": "1 Example Street, Coventry",
    "asb_description": "The neighbour insults him.",
    "happened_where": "1 Example Street, Coventry",
    "asb_persists": "yes",
    "effective_action_felt": "no",
    "victim_name": "Mr D",
    "hoped_for": "That it stops.",
    "reports.0.what_happened": "An insult.",
    "reports.0.incident_on": (10, 1, 2026),
    "reports.0.reported_on": (10, 1, 2026),
    "reports.0.reported_to": "police",
    "reports.0.hate_motive": "none",
}


def email() -> tuple[io.BytesIO, str]:
    return io.BytesIO(EMAIL), "applied.eml"


def post(coventry: Coventry, to: str = NEW, **more: Any) -> TestResponse:
    sent = {name: value for key, answer in ANSWERS.items() for name, value in parts(key, answer).items()}
    said = {**sent, "action": "complete", "once": "page-1", **more}
    return coventry.client.post(to, data=said, content_type="multipart/form-data")


def reference_in(answer: TestResponse) -> str:
    assert answer.status_code == 302, re.findall(r"govuk-error-message[^>]*>.*?</p>", answer.text, re.DOTALL)
    return answer.headers["Location"].rpartition("/")[2]


def received_on(coventry: Coventry, reference: str, name: str = "received_on") -> list[tuple[str, str]]:
    with coventry.office.database.read() as connection:
        case = cases.find_case(connection, reference)
        return [(fact.value, fact.source) for fact in facts.history(connection, case.case_id, name)]


def test_the_stamped_day_is_the_day_of_receipt_and_stays(coventry: Coventry) -> None:
    reference = reference_in(post(coventry, original=email()))
    ((value, source),) = received_on(coventry, reference)
    assert "2026-02-28" in value
    assert source == "stamped on receipt"
    with coventry.office.database.read() as connection:
        case = cases.find_case(connection, reference)
        kept = attachments_of(connection, case.case_id)
        entries = {entry.kind: entry.content for entry in record.entries_of(connection, case.case_id)}
    assert [(file.name, file.digest) for file in kept] == [("applied.eml", DIGEST)]
    assert coventry.office.files.get(DIGEST) == EMAIL
    assert entries["original kept"]["server"] == "mx.coventry.example"
    assert entries["application received"]["stamped"] == ["received_on"]
    with pytest.raises(BadInputError, match="“received_on” was stamped by the mail server"):
        correct_fact(coventry.office, reference, "received_on", "2026-03-01", reason="A slip.", by="Officer 1")


def test_another_day_is_refused_at_its_question(coventry: Coventry) -> None:
    answer = post(coventry, **parts("received_on", (2, 3, 2026)), original=email())
    assert answer.status_code == 422
    assert "28 February 2026, as mx.coventry.example stamped it" in answer.text
    assert "“applied.eml” is kept" in answer.text


def test_an_email_stays_with_the_draft_until_the_case_is_opened(coventry: Coventry) -> None:
    assert post(coventry, action="draft", original=email()).status_code == 302
    assert "“applied.eml” is kept" in coventry.client.get(NEW).text
    reference = reference_in(post(coventry))
    assert "2026-02-28" in received_on(coventry, reference)[0][0]
    assert "is kept: mx" not in coventry.client.get(NEW).text  # the next application has none yet


def test_a_draft_that_is_deleted_takes_its_email_with_it(coventry: Coventry) -> None:
    post(coventry, action="draft", original=email())
    coventry.client.post(f"{NEW}/clear")
    assert "is kept: mx" not in coventry.client.get(NEW).text
    with pytest.raises(FileGoneError):
        coventry.office.files.get(DIGEST)


def test_an_email_of_another_server_is_refused_beside_the_question(coventry: Coventry) -> None:
    other = EMAIL.replace(b"by mx.coventry.example", b"by mx.elsewhere.example")
    answer = post(coventry, original=(io.BytesIO(other), "applied.eml"))
    assert answer.status_code == 422
    assert "was not stamped by a mail server of the council" in answer.text
    assert 'id="original-error"' in answer.text


def test_what_begins_a_case_without_an_application_is_stamped_too(coventry: Coventry) -> None:
    report = {name: value for name, value in REPORT.items() if not name.startswith("report_received_on")}
    sent = {**report, "original": email()}
    answer = coventry.client.post("/starts/remedy", data=sent, content_type="multipart/form-data")
    ((value, source),) = received_on(coventry, reference_in(answer), "report_received_on")
    assert "2026-02-28" in value
    assert source == "stamped on receipt"
