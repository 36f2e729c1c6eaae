"""A council that promises the whole in eight weeks: where its people, and the applicant, see the day."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.serving import make_server

from engine.bootstrap import build_office
from engine.casework.applications.applicant import case_for_applicant
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.scenarios import play, scenarios_of
from engine.scenarios.movement import go_to, rest
from engine.scenarios.scenario import Scenario
from engine.settings import Settings
from engine.staff.demonstration import email_for
from engine.staff.sessions import Account, start_session
from engine.store import cases, facts, staff
from engine.variants import Variant, load_variant
from tests.in_force import put_in_force
from tests.model.test_model import VARIANTS, council_that_says
from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.office import make_app

LINES = '[limits]\n"whole review" = "8 weeks after completed_on"\n'
LAST_DAY = "27 April 2026"  #: eight weeks after Monday 2 March


class Council:
    """Its screens, and one case whose threshold is met."""

    def __init__(self, home: Path, database: bytes) -> None:
        self.variant: Variant = load_variant(council_that_says(home, LINES), root=VARIANTS)
        (home / "asb.sqlite").write_bytes(database)
        settings = Settings.from_environment({"ASB_HOME": str(home), "ASB_VARIANTS": f"{home}:{VARIANTS}"})
        self.clock = SettableClock(datetime(2026, 3, 2, 10, 15, tzinfo=UTC))
        self.office: Office = replace(build_office(settings), clock=self.clock)
        put_in_force(self.office, self.variant)
        self._add_people()
        self.app: Flask = make_app(settings, office=self.office)
        self.app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
        outcome = play(self.scenario("01_whole_way"), self.variant, self.office)
        assert not outcome.misses
        self.reference = outcome.reference or ""

    def scenario(self, name: str) -> Scenario:
        return next(each for each in scenarios_of(self.variant) if each.name == name)

    def client_of(self, name: str) -> FlaskClient:
        client = self.app.test_client()
        with self.office.database.read() as connection:
            found = staff.person_named(connection, self.variant.id, name)
        assert found is not None
        with client.session_transaction() as session:
            session["token"] = start_session(self.office.database, self.clock, Account.of(found))
        return client

    def code(self) -> str:
        with self.office.database.read() as connection:
            case_id = cases.find_case(connection, self.reference).case_id
            return next(row.value.strip('"') for row in facts.history(connection, case_id) if row.name == "access_code")

    def _add_people(self) -> None:
        with self.office.database.begin() as connection:
            for one in self.variant.settings.people:
                staff.add_person(
                    connection, self.variant.id, name=one.name, email=email_for(one.name), roles=" ".join(one.roles),
                    teams=" ".join(one.teams), line_manager=one.line_manager, head_of_service=one.head_of_service,
                    added_at=self.clock.now(),
                )  # fmt: skip
            staff.note_change(connection, self.variant.id, self.clock.now())


@pytest.fixture
def council(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Council]:
    made = Council(tmp_path, migrated_sqlite.read_bytes())
    yield made
    made.office.database.close()


def words(client: FlaskClient, address: str) -> str:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]*>", " ", answer.get_data(as_text=True)).split())


def test_every_task_shows_by_when_the_whole_has_to_be_done(council: Council) -> None:
    officer = council.client_of("Officer A")
    assert "The procedure: in all by 27 April 2026" in words(officer, "/tasks?tab=teams")
    assert "The procedure: in all by 27 April 2026" in words(officer, "/tasks?tab=teams&sort=whole")
    case = words(officer, f"/cases/{council.reference}")
    assert f"Due Monday {LAST_DAY}: 8 weeks after" in case.partition("As a whole The procedure")[2]
    number = re.search(
        rf"/tasks/{council.reference}/(\d+)", officer.get(f"/cases/{council.reference}").get_data(as_text=True)
    )
    assert number is not None
    task = words(officer, f"/tasks/{council.reference}/{number[1]}")
    assert f"The whole that it is part of “The procedure”: due Monday {LAST_DAY}: 8 weeks after" in task


def test_the_end_is_put_off_on_the_page_of_the_case_and_the_applicant_is_written_to(council: Council) -> None:
    manager = council.client_of("Manager M")
    tasks = manager.get(f"/cases/{council.reference}/tasks").get_data(as_text=True)
    address = re.search(r'href="([^"]+/deadline)">Change the deadline<span class="[^"]*"> of The procedure', tasks)
    assert address is not None
    page = words(manager, address[1])
    assert f"Due Monday {LAST_DAY}: 8 weeks after" in page
    assert "Give the reason in words that they can read." in page
    day = {"until-day": "15", "until-month": "5", "until-year": "2026"}
    told = {"change": "extend", "reason": "The landlord has not answered yet.", **day}
    answer = manager.post(address[1], data=told, follow_redirects=True).get_data(as_text=True)
    assert "Friday 15 May 2026: extended by Manager M" in answer
    rest(council.office)
    letters = words(manager, f"/cases/{council.reference}/letters")
    assert "Your case will take longer than we told you" in letters
    history = words(manager, f"/cases/{council.reference}/history")
    assert f"Manager M extended the deadline of “The procedure” from {LAST_DAY} to 15 May 2026" in history


def test_a_manager_sees_what_is_late_as_a_whole_and_who_has_a_word_to_say(council: Council) -> None:
    go_to(council.office, datetime(2026, 4, 28, 9, tzinfo=UTC))
    manager = council.client_of("Manager M")
    late = words(manager, "/manage")
    assert "1 late as a whole" in late
    assert f"The procedure {council.reference}" in late
    missed = words(
        manager, "/manage/deadlines?from-day=1&from-month=4&from-year=2026&to-day=30&to-month=4&to-year=2026"
    )
    assert "The procedure, as a whole" in missed
    inbox = words(manager, "/tasks?tab=teams")
    assert "Tell until when it takes, and why" in inbox
    assert "late as a whole The procedure: was to be done by 27 April 2026" in inbox


def test_the_applicant_reads_by_when_the_whole_is_done_and_then_that_it_is_late(council: Council) -> None:
    seen = case_for_applicant(council.office, council.variant.id, council.reference, council.code())
    whole = "We look at your case and agree what is to be done"
    assert [(each.due_on, each.is_late) for each in seen.now if each.words == whole] == [(date(2026, 4, 27), False)]
    go_to(council.office, datetime(2026, 4, 28, 9, tzinfo=UTC))
    seen = case_for_applicant(council.office, council.variant.id, council.reference, council.code())
    assert [each.is_late for each in seen.now if each.words == whole] == [True]


@pytest.mark.parametrize("width", [1280, 320])
def test_its_pages_can_be_used_by_everybody_and_on_a_phone(council: Council, page: Page, width: int) -> None:
    go_to(council.office, datetime(2026, 4, 28, 9, tzinfo=UTC))
    manager = council.client_of("Manager M")
    html = manager.get(f"/cases/{council.reference}/tasks").get_data(as_text=True)
    deadline = re.search(r'href="([^"]+/deadline)">Change the deadline<span class="[^"]*"> of The procedure', html)
    assert deadline is not None
    server = make_server("127.0.0.1", 0, council.app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    cookie = manager.get_cookie("asb")
    assert cookie is not None
    page.context.add_cookies([{"name": "asb", "value": cookie.value, "url": address}])
    page.set_viewport_size({"width": width, "height": 900})
    for place, path in enumerate(("/tasks?tab=teams", f"/cases/{council.reference}", deadline[1], "/manage")):
        page.goto(address + path)
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{width}-{place}.png", full_page=True)
        assert violations(page) == []
        assert not scrolls_sideways(page)
    server.shutdown()
