"""On the page that tells a case something, the email itself says when it was received."""

from __future__ import annotations

import io

from flask.testing import FlaskClient

from engine.casework.cases.intake import open_case
from engine.casework.tasks.completion import complete_task
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


def case_of(coventry: Coventry) -> str:
    """An application of the day before, acknowledged."""
    policy = load_variant(ROOT / "bpmn" / "coventry", root=ROOT / "bpmn")
    scenario = next(each for each in scenarios_of(policy) if each.name == "05_one_hate_incident")
    office = coventry.office
    reference = open_case(office, policy, {**scenario.application, "received_on": "2026-02-27"}, by="the applicant")
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
