"""Derby City in one installation, the Commissioner for Derbyshire in another, each with screens of its own."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree, ignore_patterns

from flask import Flask
from flask.testing import FlaskClient

from engine.bootstrap import build_office, make_simulation
from engine.casework.copies.case_file import read_case_file
from engine.casework.step.office import Office
from engine.scenarios import Expectation, Scenario, play
from engine.scenarios.movement import go_to, rest, take_step, virtual_clock
from engine.seals import OwnKeys
from engine.settings import Settings
from engine.staff.sessions import Account, start_session
from engine.store import cases, incidents, staff
from engine.variants import Variant, load_variant
from tests.councils.two_bodies import OF_DERBY, until_the_appeal
from tests.house.checkout import ROOT
from tests.in_force import put_folders_in_force
from webui import create_app


@dataclass(frozen=True, kw_only=True)
class Installation:
    council_id: str
    variant: Variant
    office: Office
    app: Flask
    people: tuple[str, ...]  #: who take and give files

    def browser(self) -> FlaskClient:
        """Somebody has signed in."""
        with self.office.database.begin() as connection:
            if not staff.has_people(connection):
                for name in self.people:
                    staff.add_person(
                        connection, self.council_id, name=name, email="officer@example.org", roles="manager",
                        teams=self.variant.settings.teams[0].id, line_manager=None, head_of_service=None,
                        added_at=self.office.clock.now(),
                    )  # fmt: skip
                staff.note_change(connection, self.council_id, self.office.clock.now())
            account = Account.of(staff.person_named(connection, self.council_id, self.people[0]))
        client = self.app.test_client()
        token = start_session(self.office.database, self.office.clock, account)
        with client.session_transaction() as session:
            session["token"] = token
        return client

    def page(self) -> str:
        return self.browser().get("/by-file").get_data(as_text=True)

    def taken(self, link: str) -> list[bytes]:
        """The files that the page offers under such links: “Take the file”, “Take the receipt”."""
        browser = self.browser()
        found = re.findall(rf'href="(/by-file/[0-9a-f]+/file)">{link}', self.page())
        return [browser.get(address).get_data() for address in found]

    def given(self, data: bytes) -> str:
        """What the page says when it is given the file."""
        answer = self.browser().post(
            "/by-file", data={"files": (io.BytesIO(data), "it.asb-parcel")}, follow_redirects=True
        )
        rest(self.office)
        return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())

    def references(self) -> list[str]:
        with self.office.database.read() as connection:
            return [row.reference for row in cases.all_cases(connection)]

    def act(self, reference: str, scenario: Scenario, task: str) -> None:
        """Somebody does the task as the example says, on the day on which it does, or later."""
        step = next(each for each in scenario.steps if task in (each.task, each.tell) and each.refused is None)
        go_to(self.office, max(step.at, virtual_clock(self.office).now()))
        take_step(self.office, reference, step)
        rest(self.office)

    def stuck(self) -> list[str]:
        with self.office.database.read() as connection:
            return [incident.message for incident in incidents.open_incidents(connection)]


def installation(home: Path, council_id: str, bases: tuple[str, ...], says: str, person: str) -> Installation:
    policies = home / "policies"
    for name in (*bases, council_id):
        copytree(ROOT / "bpmn" / name, policies / name, ignore=ignore_patterns("scenarios"))
    file = policies / council_id / "variant.toml"
    file.write_text(file.read_text(encoding="utf-8") + says, encoding="utf-8")
    settings = Settings.from_environment({"ASB_HOME": str(home), "ASB_VARIANTS": str(policies)})
    make_simulation(settings, OF_DERBY["01_threshold_met"].applied_at).database.close()
    office = build_office(settings)
    put_folders_in_force(office, settings.variants)
    app = create_app(settings, office=office)
    app.config.update(WTF_CSRF_ENABLED=False, TESTING=True)
    return Installation(
        council_id=council_id, variant=load_variant(policies / council_id, root=policies), office=office, app=app,
        people=(person,),
    )  # fmt: skip


def elsewhere(party: str, name: str, keys: OwnKeys) -> str:
    key = keys.make().public.text
    return f'\n[agreements.appeals.elsewhere.{party}]\nname = "{name}"\nkey = "{key}"\nreceipt_within = 3\n'


def both_in(folder: Path) -> tuple[Installation, Installation]:
    """Derby City, whose appeal waits to be handed over, and the Commissioner."""
    of_derby = elsewhere("derby_city", "Derby City Council", OwnKeys(folder / "derby" / "parcel_keys"))
    of_body = elsewhere("derbyshire_commissioner", "The Commissioner", OwnKeys(folder / "body" / "parcel_keys"))
    derby = installation(folder / "derby", "derby_city", ("statutory", "model"), of_body, "Officer 1")
    body = installation(folder / "body", "derbyshire_commissioner", ("model_appeals",), of_derby, "Casework Officer 1")
    return derby, body


def until_it_is_packed(derby: Installation) -> str:
    at_derby = until_the_appeal(OF_DERBY["12_appeal_goes_to_the_commissioner"])
    steps = tuple(replace(step, then=Expectation()) for step in at_derby.steps)
    outcome = play(replace(at_derby, steps=steps, after_application=Expectation()), derby.variant, derby.office)
    assert outcome.misses == ()
    return outcome.reference or ""


def same_time(*sides: Installation) -> None:
    at = max(virtual_clock(side.office).now() for side in sides)
    for side in sides:
        go_to(side.office, at)


def letters(at: Installation, reference: str) -> list[str]:
    return [each.letter for each in read_case_file(at.office, reference).letters]
