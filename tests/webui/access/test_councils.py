"""Somebody who works for two councils, and a directory that speaks for one of them alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import oidc_provider_mock
import pytest
from flask.testing import FlaskClient

from engine.bootstrap import build_office
from engine.clock import SettableClock
from engine.settings import OpenIdConnect, Settings
from engine.staff.passwords import hash_password
from engine.staff.people import invite_again
from engine.store import staff
from engine.variants import Variant
from tests.house.checkout import ROOT
from tests.in_force import put_folders_in_force
from tests.webui.access.test_directory import come_back, is_signed_in
from tests.webui.office import HERTSMERE, START_AT, Web, make_app

pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")

OTHER = "othershire"
PASSWORD = "otter umbrella canal"  # noqa: S105  # for the test alone
BOTH = "both@example.org"
USERS = (
    oidc_provider_mock.User(sub="boss", claims={"email": "boss@othershire.example", "email_verified": True}),
    oidc_provider_mock.User(sub="both", claims={"email": BOTH, "email_verified": True}),
)


@pytest.fixture
def councils(tmp_path: Path, migrated_sqlite: Path, hertsmere: Variant) -> Iterator[Web]:
    """Two councils; Officer 1 works for both, and Othershire has an administrator."""
    shutil.copytree(ROOT / "bpmn", tmp_path / "bpmn")
    (tmp_path / "bpmn" / OTHER).mkdir()
    (tmp_path / "bpmn" / OTHER / "variant.toml").write_text(
        'name = "Othershire Council"\nextends = "hertsmere"\nreference_prefix = "OBC"\n', encoding="utf-8"
    )
    (tmp_path / "asb.sqlite").write_bytes(migrated_sqlite.read_bytes())
    settings = Settings.from_environment({"ASB_HOME": str(tmp_path), "ASB_VARIANTS": str(tmp_path / "bpmn")})
    clock = SettableClock(START_AT)
    office = replace(build_office(settings), clock=clock)
    hashed = hash_password(PASSWORD)
    people = (
        (HERTSMERE, "Officer 1", BOTH, "officer"),
        (OTHER, "Officer 1", BOTH, "reader"),
        (OTHER, "Boss", "boss@othershire.example", "administrator"),
    )
    with office.database.begin() as connection:
        for council, name, email, role in people:
            staff.add_person(
                connection, council, name=name, email=email, roles=role, teams="", line_manager=None,
                head_of_service=None, password_hash=hashed, added_at=START_AT,
            )  # fmt: skip
            staff.note_change(connection, council, START_AT)
    put_folders_in_force(office, settings.variants)
    app = make_app(settings, office=office)
    app.config.update(WTF_CSRF_ENABLED=False)
    yield Web(app=app, office=office, settings=settings, clock=clock, variant=hertsmere)
    office.database.close()


def sign_in(client: FlaskClient, email: str = BOTH, to: str = ""):
    return client.post("/sign-in", data={"email": email, "password": PASSWORD, "next": to})


def choose(client: FlaskClient, council: str):
    page = client.get("/sign-in/council").get_data(as_text=True)
    offered = re.findall(r'name="account" value="(\d+)">\s*<button[^>]*>([^<]+)<', page)
    (chosen,) = [number for number, name in offered if name == council]
    return client.post("/sign-in/council", data={"account": chosen})


def test_who_works_for_two_councils_chooses_one_and_changes_in_the_header(councils: Web) -> None:
    client = councils.client_of()
    assert sign_in(client, to="/cases?q=Smith").headers["Location"] == "/sign-in/council"
    assert not is_signed_in(client)  # before a council is chosen nobody is in
    assert choose(client, "Othershire Council").headers["Location"] == "/cases?q=Smith"
    page = client.get("/cases").get_data(as_text=True)
    assert "Othershire Council" in page
    assert "Change council" in page
    assert client.get("/applications/new").status_code == 403  # a reader there
    assert choose(client, "Hertsmere Borough Council").headers["Location"] == "/"
    assert "Hertsmere Borough Council" in client.get("/cases").get_data(as_text=True)
    assert client.get("/applications/new").status_code == 200  # an officer here


def test_who_works_for_one_council_is_asked_nothing(councils: Web) -> None:
    client = councils.client_of()
    assert sign_in(client, "boss@othershire.example").headers["Location"] == "/"
    assert "Change council" not in client.get("/people").get_data(as_text=True)
    assert client.get("/sign-in/council").headers["Location"] == "/"


def test_nobody_changes_to_an_account_that_was_not_shown_to_be_theirs(councils: Web) -> None:
    client = councils.client_of()
    sign_in(client, "boss@othershire.example")
    assert client.post("/sign-in/council", data={"account": "1"}).headers["Location"] == "/"
    assert "Boss" in client.get("/account").get_data(as_text=True)


def test_a_password_that_one_council_had_set_anew_leads_to_no_other(councils: Web) -> None:
    client = councils.client_of()
    sign_in(client)
    choose(client, "Hertsmere Borough Council")
    secret = invite_again(councils.office.database, councils.clock, OTHER, 2, by="Boss")
    stranger = councils.client_of()
    stranger.post(f"/invitation/{secret}", data={"password": "another pass phrase"})
    answer = stranger.post("/sign-in", data={"email": BOTH, "password": "another pass phrase"})
    assert answer.headers["Location"] == "/"
    assert "Othershire Council" in stranger.get("/cases").get_data(as_text=True)
    assert client.get("/sign-in/council").headers["Location"] == "/"  # nothing is left to change to


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread(user_claims=USERS, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


def with_directory(councils: Web, issuer: str, council: str | None) -> Web:
    chosen = OpenIdConnect(issuer=issuer, client_id="asb", client_secret="between us", name="Sign in elsewhere")  # noqa: S106
    told = {"directory": chosen} if council is None else {"directories": {council: chosen}}
    settings = replace(councils.settings, public_url="http://reviews.test", **told)
    app = make_app(settings, office=councils.office)
    app.config.update(WTF_CSRF_ENABLED=False)
    return replace(councils, app=app, settings=settings)


def test_a_directory_signs_in_people_of_its_own_council_only(councils: Web, issuer: str) -> None:
    web = with_directory(councils, issuer, HERTSMERE)
    client = web.client_of()
    answer = come_back(client, "boss")
    assert answer.status_code == 403
    assert "nobody with this address works here" in answer.get_data(as_text=True)
    come_back(client, "both")
    assert "Hertsmere Borough Council" in client.get("/cases").get_data(as_text=True)
    assert "Change council" not in client.get("/cases").get_data(as_text=True)


def test_a_directory_that_says_no_council_signs_in_nobody_where_there_are_several(councils: Web, issuer: str) -> None:
    client = with_directory(councils, issuer, None).client_of()
    assert "Sign in elsewhere" not in client.get("/sign-in").get_data(as_text=True)
    assert client.get("/sign-in/directory").status_code == 404
