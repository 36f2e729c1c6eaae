"""Staff begin a case for which nobody applied: the remedy that the Ombudsman asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.bootstrap import build_office
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.settings import Settings
from engine.staff.sessions import Account, start_session
from engine.store import staff
from tests.house.checkout import ROOT
from tests.in_force import put_folders_in_force
from tests.webui.office import START_AT, make_app

REPORT = {
    "ombudsman_reference": "21 000 098",
    "report_received_on-day": "27",
    "report_received_on-month": "2",
    "report_received_on-year": "2026",
    "remedy_about": "An email was misdated.",
    "remedy_actions.0.remedy_kind": "apology",
    "remedy_actions.0.remedy_action": "Apologise.",
    "remedy_actions.0.remedy_owner": "Officer 1",
    "remedy_actions.0.remedy_team": "community_safety",
    "remedy_actions.0.remedy_due_on-day": "30",
    "remedy_actions.0.remedy_due_on-month": "3",
    "remedy_actions.0.remedy_due_on-year": "2026",
    "action": "complete",
    "once": "page-1",
}


@dataclass(frozen=True)
class Coventry:
    """Its screens, with an officer signed in."""

    office: Office
    client: FlaskClient


@pytest.fixture
def coventry(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Coventry]:
    (tmp_path / "asb.sqlite").write_bytes(migrated_sqlite.read_bytes())
    settings = Settings.from_environment({"ASB_HOME": str(tmp_path), "ASB_VARIANTS": str(ROOT / "bpmn")})
    office = replace(build_office(settings), clock=SettableClock(START_AT))
    put_folders_in_force(office, settings.variants)
    with office.database.begin() as connection:
        staff.add_person(
            connection, "coventry", name="Officer 1", email="officer.1@example.org", roles="officer",
            teams="community_safety", line_manager=None, head_of_service=None, added_at=START_AT,
        )  # fmt: skip
        staff.note_change(connection, "coventry", START_AT)
        found = staff.person_named(connection, "coventry", "Officer 1")
    assert found is not None
    app = make_app(settings, office=office)
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    made = app.test_client()
    with made.session_transaction() as session:
        session["token"] = start_session(office.database, office.clock, Account.of(found))
    yield Coventry(office, made)
    office.database.close()


@pytest.fixture
def client(coventry: Coventry) -> FlaskClient:
    return coventry.client


def test_the_page_for_applications_leads_to_it(client: FlaskClient) -> None:
    assert 'href="/starts/remedy"' in client.get("/applications/new").text


def test_the_case_is_opened_and_shows_by_when_the_ombudsman_is_told(client: FlaskClient) -> None:
    assert "A case for which nobody applied" in client.get("/starts/remedy").text
    sent = client.post("/starts/remedy", data=REPORT, content_type="multipart/form-data")
    assert sent.headers["Location"].endswith("/cases/COVR-2026-0001"), sent.text
    page = client.get("/cases/COVR-2026-0001").text
    assert "26 May 2026" in page  # three months that begin with 27 February
    assert "21 000 098" in page


def test_a_start_that_there_is_not_is_said_in_a_sentence(client: FlaskClient) -> None:
    answer = client.get("/starts/remdy")
    assert answer.status_code in (400, 404, 422)
    assert "begins no case with" in answer.text
