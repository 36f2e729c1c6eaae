"""On the page that tells a case something, the email itself says when it was received."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from engine.casework.cases.intake import open_case
from engine.casework.cases.kept_emails import keep_email, kept_email, page_of_message
from engine.casework.cases.originals import take_original_for
from engine.casework.tasks.completion import complete_task
from engine.clock import SettableClock
from engine.errors import FileGoneError
from engine.scenarios import scenarios_of
from engine.scenarios.movement import open_tasks
from engine.variants import load_variant
from tests.house.checkout import ROOT
from tests.webui.apply.test_starts import Coventry, coventry

__all__ = ["coventry"]

EMAIL = b"""Received: from inbound.example by mx.coventry.example; Sat, 28 Feb 2026 16:02:11 +0000\r
Date: Mon, 02 Mar 2026 10:00:00 +0000\r
\r
How does my case stand?\r
"""
DIGEST = hashlib.sha256(EMAIL).hexdigest()
COVENTRY = load_variant(ROOT / "bpmn" / "coventry", root=ROOT / "bpmn")


def case_of(coventry: Coventry) -> str:
    """An application of the day before, acknowledged."""
    scenario = next(each for each in scenarios_of(COVENTRY) if each.name == "05_one_hate_incident")
    office = coventry.office
    reference = open_case(office, COVENTRY, {**scenario.application, "received_on": "2026-02-27"}, by="the applicant")
    complete_task(office, open_tasks(office, reference)[0].task_id, scenario.steps[0].answers, by="Officer 1")
    return reference


def send(client: FlaskClient, address: str, **more: object) -> str:
    sent = {"update_asked": "How does my case stand?", "action": "complete", **more}
    return client.post(address, data=sent, content_type="multipart/form-data", follow_redirects=True).text


def test_the_stamped_day_is_the_day_of_receipt(coventry: Coventry) -> None:
    address = f"/cases/{case_of(coventry)}/tell/update_request"
    assert 'name="original"' in coventry.client.get(address).text
    page = send(coventry.client, address, original=(io.BytesIO(EMAIL), "asked.eml"))
    assert "is in the record of the case" in page
    assert "28 February 2026" in page


def test_another_day_is_refused_with_the_stamped_one(coventry: Coventry) -> None:
    address = f"/cases/{case_of(coventry)}/tell/update_request"
    typed = {"update_received_on-day": "2", "update_received_on-month": "3", "update_received_on-year": "2026"}
    page = send(coventry.client, address, original=(io.BytesIO(EMAIL), "asked.eml"), **typed)
    assert "28 February 2026, as mx.coventry.example stamped it" in page
    assert "is in the record of the case" not in page


def message_id_of(page: str) -> str:
    found = re.search(r'name="message_id" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_an_email_is_chosen_once_and_what_would_happen_is_shown_by_its_stamp(coventry: Coventry) -> None:
    reference = case_of(coventry)
    address = f"/cases/{reference}/tell/update_request"
    shown = send(coventry.client, address, action="next", original=(io.BytesIO(EMAIL), "asked.eml"))
    assert "If you record this" in shown
    assert "“asked.eml” is kept: mx.coventry.example received it on Saturday 28 February 2026" in shown
    assert "5 working days after Saturday 28 February" in shown  # counted from the stamped day
    again = send(coventry.client, address, action="next", message_id=message_id_of(shown))
    assert "“asked.eml” is kept" in again
    page = send(coventry.client, address, message_id=message_id_of(again))
    assert "is in the record of the case" in page
    assert "28 February 2026" in page
    assert "asked.eml" in coventry.client.get(f"/cases/{reference}/attachments").text
    assert coventry.office.files.get(DIGEST) == EMAIL  # the case has it now


def test_an_email_stays_with_the_page_that_another_answer_was_refused_on(coventry: Coventry) -> None:
    address = f"/cases/{case_of(coventry)}/tell/update_request"
    refused = send(coventry.client, address, update_asked="", original=(io.BytesIO(EMAIL), "asked.eml"))
    assert "“asked.eml” is kept" in refused
    page = send(coventry.client, address, message_id=message_id_of(refused))
    assert "28 February 2026" in page


def test_an_email_that_is_left_out_after_all_is_kept_no_longer(coventry: Coventry) -> None:
    address = f"/cases/{case_of(coventry)}/tell/update_request"
    message_id = message_id_of(send(coventry.client, address, action="next", original=(io.BytesIO(EMAIL), "asked.eml")))
    asked = {"message_id": message_id, "without_original": "yes"}
    assert "“asked.eml” is kept" in send(coventry.client, address, action="update", **asked)  # it is not sent yet
    page = send(coventry.client, address, action="complete", **asked)
    assert "is in the record of the case" not in page  # the day of receipt is asked for again
    assert "“asked.eml” is kept" not in page
    with pytest.raises(FileGoneError):
        coventry.office.files.get(DIGEST)


def test_an_email_that_cannot_be_taken_is_not_replaced_by_one_that_was_kept_before(coventry: Coventry) -> None:
    address = f"/cases/{case_of(coventry)}/tell/update_request"
    message_id = message_id_of(send(coventry.client, address, action="next", original=(io.BytesIO(EMAIL), "asked.eml")))
    other = EMAIL.replace(b"by mx.coventry.example", b"by mx.elsewhere.example")
    page = send(coventry.client, address, message_id=message_id, original=(io.BytesIO(other), "other.eml"))
    assert "was not stamped by a mail server of the council" in page
    assert "“asked.eml” is kept" not in page
    assert "is in the record of the case" not in send(coventry.client, address, message_id=message_id)


def test_an_email_of_a_page_that_was_left_is_deleted_in_time(coventry: Coventry) -> None:
    address = f"/cases/{case_of(coventry)}/tell/update_request"
    send(coventry.client, address, action="next", original=(io.BytesIO(EMAIL), "asked.eml"))
    own = {"council_id": "coventry", "person": "Officer 1"}
    office = coventry.office
    assert isinstance(office.clock, SettableClock)
    office.clock.advance(timedelta(days=15))
    original = take_original_for(office, COVENTRY, "other.eml", EMAIL + b"\r\nAnd mine?")
    keep_email(office, page_of_message("another"), original, **own)
    with pytest.raises(FileGoneError):
        office.files.get(DIGEST)
    assert kept_email(office, page_of_message("another"), **own) == ("other.eml", EMAIL + b"\r\nAnd mine?")
