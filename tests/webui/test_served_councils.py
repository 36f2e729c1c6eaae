"""What the public and a council's people read where it has nobody yet, or no policy in force."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.bootstrap import build_office
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.settings import Settings
from engine.staff.people import Details, add_person
from engine.staff.roles import Role
from engine.staff.sessions import Account, start_session
from engine.staff.sign_in import accept_invitation
from engine.store import staff
from engine.variants import load_variant
from tests.house.checkout import ROOT
from tests.in_force import put_folders_in_force, put_in_force
from tests.webui.office import HERTSMERE, START_AT, make_app

OTHER = "othershire"


class Councils:
    """Two councils in one installation; both have an officer, unless it is said that one has nobody."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self.office, self.settings = office, settings
        self.folder = settings.variants / OTHER

    def start(self) -> Flask:
        """With the policies that are in force."""
        app = make_app(self.settings, office=self.office)
        app.config.update(WTF_CSRF_ENABLED=False)
        return app

    def add_officer(self, council_id: str) -> None:
        with self.office.database.begin() as connection:
            staff.add_person(
                connection, council_id, name="Officer 1", email="o1@example.org", roles="officer", teams="",
                line_manager=None, head_of_service=None, added_at=START_AT,
            )  # fmt: skip
            staff.note_change(connection, council_id, START_AT)

    def client_of(self, app: Flask, council_id: str) -> FlaskClient:
        client = app.test_client()
        with self.office.database.read() as connection:
            account = Account.of(staff.people_of(connection, council_id)[0])
        with client.session_transaction() as session:
            session["token"] = start_session(self.office.database, self.office.clock, account)
        return client


@pytest.fixture
def councils(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Councils]:
    shutil.copytree(ROOT / "bpmn", tmp_path / "bpmn")
    (tmp_path / "bpmn" / OTHER).mkdir()
    (tmp_path / "bpmn" / OTHER / "variant.toml").write_text(
        'name = "Othershire Council"\nextends = "hertsmere"\nreference_prefix = "OBC"\n', encoding="utf-8"
    )
    (tmp_path / "asb.sqlite").write_bytes(migrated_sqlite.read_bytes())
    settings = Settings.from_environment({"ASB_HOME": str(tmp_path), "ASB_VARIANTS": str(tmp_path / "bpmn")})
    office = replace(build_office(settings), clock=SettableClock(START_AT))
    made = Councils(office, settings)
    made.add_officer(HERTSMERE)
    yield made
    office.database.close()


def text_of(client: FlaskClient, path: str) -> tuple[int, str]:
    answer = client.get(path)
    return answer.status_code, answer.get_data(as_text=True)


def test_nobody_applies_to_a_council_that_has_nobody_yet(councils: Councils) -> None:
    put_folders_in_force(councils.office, councils.settings.variants)
    app = councils.start()
    public = app.test_client()
    status, page = text_of(public, f"/apply/{OTHER}")
    assert status == 503
    assert "Othershire Council does not take applications on these pages yet." in page
    assert public.post(f"/apply/{OTHER}/start").status_code == 503
    assert public.get(f"/apply/{HERTSMERE}").status_code == 200
    councils.add_officer(OTHER)
    assert public.get(f"/apply/{OTHER}").status_code == 200


def test_a_folder_that_is_broken_or_gone_changes_nothing_of_what_is_served(councils: Councils) -> None:
    councils.add_officer(OTHER)
    put_folders_in_force(councils.office, councils.settings.variants)
    for spoil in (
        lambda: (councils.folder / "variant.toml").write_text("[broken"),
        lambda: shutil.rmtree(councils.folder),
    ):
        spoil()
        app = councils.start()
        officer = councils.client_of(app, OTHER)
        assert officer.get("/tasks").status_code == 200
        assert officer.get("/applications/new").status_code == 200
        assert app.test_client().get(f"/apply/{OTHER}").status_code == 200


def test_a_version_that_is_put_in_force_while_the_screens_run_is_served_at_once(councils: Councils) -> None:
    councils.add_officer(OTHER)
    put_folders_in_force(councils.office, councils.settings.variants)
    app = councils.start()
    public = app.test_client()
    assert "Othershire Council" in text_of(public, f"/apply/{OTHER}")[1]
    file = councils.folder / "variant.toml"
    file.write_text(file.read_text().replace("Othershire Council", "Othershire City Council"))
    assert "Othershire City Council" not in text_of(public, f"/apply/{OTHER}")[1]
    put_in_force(councils.office, load_variant(councils.folder, root=councils.settings.variants))
    assert "Othershire City Council" in text_of(public, f"/apply/{OTHER}")[1]


def test_a_council_of_which_nothing_is_in_force_has_a_page_that_says_so(councils: Councils) -> None:
    councils.add_officer(OTHER)
    put_in_force(councils.office, load_variant(councils.settings.variants / HERTSMERE, root=councils.settings.variants))
    app = councils.start()
    for path in ("/tasks", "/account"):
        status, page = text_of(councils.client_of(app, OTHER), path)
        assert status == 503
        assert "No policy of “othershire” is in force" in page
    assert app.test_client().get("/sign-in").status_code == 200
    assert app.test_client().get(f"/apply/{OTHER}").status_code == 503
    assert app.test_client().get("/apply/nowhere").status_code == 404
    assert councils.client_of(app, HERTSMERE).get("/tasks").status_code == 200


def test_people_sign_in_where_no_policy_is_in_force_yet_and_read_what_is_missing(councils: Councils) -> None:
    office, password = councils.office, "every morning, sixty open cases"
    details = Details(email="owner@example.org", roles=frozenset({Role.POLICY_OWNER}), teams=())
    _, secret = add_person(
        office.database, office.clock, HERTSMERE, name="Owner 1", details=details, teams=set(), by="A manager"
    )
    accept_invitation(office.database, office.clock, secret, password, council="Hertsmere")
    owner = councils.start().test_client()
    signed_in = owner.post("/sign-in", data={"email": details.email, "password": password}, follow_redirects=True)
    assert signed_in.status_code == 200
    assert "No version was put in force yet" in signed_in.get_data(as_text=True)
    for page in ("/policy/limits", "/policy/findings", "/account"):
        assert "No policy of “hertsmere” is in force" in owner.get(page).get_data(as_text=True)
