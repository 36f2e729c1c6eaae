"""A policy owner puts a policy in force on the screens: sends a folder, sees it judged, and a second one approves."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.bootstrap import build_office
from engine.clock import SettableClock
from engine.settings import Settings
from engine.variants import load_variant
from engine.workshop import judge_next_proposal
from tests.in_force import put_folders_in_force
from tests.webui.office import START_AT, Web, make_app
from tests.workshop.folder import COUNCIL, FIRST, SECOND, add_second_owner, copied, edit, new_phone
from tests.workshop.test_upload import files_of, zipped

ASKED = {"why": "A new phone", "despite": "They are known."}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = copied(tmp_path)
    add_second_owner(made)
    return made


@pytest.fixture
def here(root: Path, migrated_sqlite: Path) -> Iterator[Web]:
    """Hertsmere with two policy owners, of a folder with one worked example."""
    (root / "asb.sqlite").write_bytes(migrated_sqlite.read_bytes())
    settings = Settings.from_environment({"ASB_HOME": str(root), "ASB_VARIANTS": str(root)})
    clock = SettableClock(START_AT)
    office = replace(build_office(settings), clock=clock)
    put_folders_in_force(office, root, COUNCIL)
    app = make_app(settings, office=office)
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    yield Web(app=app, office=office, settings=settings, clock=clock, variant=load_variant(root / COUNCIL, root=root))
    office.database.close()


def words(answer: TestResponse) -> str:
    return " ".join(re.sub("<[^>]+>", " ", answer.get_data(as_text=True)).split())


def send(browser: FlaskClient, data: bytes, **more: str) -> TestResponse:
    file = (io.BytesIO(data), "hertsmere.zip")
    return browser.post("/policy/publish", data=ASKED | {"follows": "1", "where": "file", "file": file} | more)


def test_a_folder_that_is_sent_is_judged_and_in_force(here: Web, root: Path) -> None:
    owner = here.client_of(FIRST)
    page = words(owner.get("/policy/publish"))
    assert "The last is version 1, by Owner 1" in page
    assert "The folder “hertsmere” as it lies on the server now" in page
    kept = (root / COUNCIL / "variant.toml").read_text()
    new_phone(root)
    sent = zipped(files_of(root))
    (root / COUNCIL / "variant.toml").write_text(kept)
    answer = send(owner, sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/policy/proposals/1")
    waits = owner.get("/policy/proposals/1")
    assert "It waits to be judged" in words(waits)
    assert "http-equiv" not in waits.get_data(as_text=True)
    watching = owner.get("/policy/proposals/1?watch=yes").get_data(as_text=True)
    assert '<meta http-equiv="refresh" content="5">' in watching
    assert "Stop that" in watching
    assert "Proposal 1 Waiting by" in words(owner.get("/policy/versions"))

    assert judge_next_proposal(here.office, root)
    done = owner.get("/policy/proposals/1?watch=yes")
    assert "It is version 2 , in force from Monday 2 March 2026" in words(done)
    assert "01234 000000" in words(done)
    assert "http-equiv" not in done.get_data(as_text=True)
    versions = words(owner.get("/policy/versions"))
    assert f"Version 2 In force From Monday 2 March 2026. Put in force by {FIRST}" in versions
    assert "What is proposed" not in versions


def test_the_folder_on_the_server_is_put_in_force_from_a_later_day(here: Web, root: Path) -> None:
    new_phone(root)
    day = {"from-day": "7", "from-month": "Dec", "from-year": "2026"}
    owner = here.client_of(FIRST)
    assert owner.post("/policy/publish", data=ASKED | day | {"where": "server", "follows": "1"}).status_code == 302
    judge_next_proposal(here.office, root)
    assert "in force from Monday 7 December 2026" in words(owner.get("/policy/proposals/1"))


def test_one_that_is_refused_says_why(here: Web, root: Path) -> None:
    edit(root, "variant.toml", 'extends = "model"', 'extends = "model"\nname_of_nothing = 1')
    owner = here.client_of(FIRST)
    send(owner, zipped(files_of(root)))
    judge_next_proposal(here.office, root)
    page = words(owner.get("/policy/proposals/1"))
    assert "It is not put in force, because:" in page
    assert "name_of_nothing" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"why": " "}, "Enter why"),
        ({"from-day": "31", "from-month": "2", "from-year": "2026"}, "Enter a real day"),
        ({"from-day": "1", "from-month": "1", "from-year": "2026"}, "is past"),
        ({"follows": "0"}, "Version 1 was put in force meanwhile, by Owner 1"),
        ({"where": "server"}, "You send a ZIP file, and have chosen another policy above it."),
        ({"where": "draft"}, "You send a ZIP file, and have chosen another policy above it."),
    ],
)
def test_what_is_quick_to_see_is_said_at_once_and_what_was_typed_is_kept(
    here: Web, root: Path, more: dict[str, str], said: str
) -> None:
    new_phone(root)
    answer = send(here.client_of(FIRST), zipped(files_of(root)), **more)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "They are known." in words(answer)


def test_a_file_that_is_none_and_a_policy_that_is_in_force_already_are_refused(here: Web, root: Path) -> None:
    owner = here.client_of(FIRST)
    nothing = owner.post("/policy/publish", data=ASKED | {"where": "file", "follows": "1"})
    assert (nothing.status_code, "Select the ZIP file" in words(nothing)) == (422, True)
    none = send(owner, b"nothing of the kind")
    assert (none.status_code, "This is no ZIP file that can be read" in words(none)) == (422, True)
    same = send(owner, zipped(files_of(root)))
    assert (same.status_code, "There is nothing to put in force" in words(same)) == (422, True)


def test_where_the_council_asks_for_it_a_second_policy_owner_approves(here: Web, root: Path) -> None:
    ask_for_second_owner_once(root)
    first, second = here.client_of(FIRST), here.client_of(SECOND)
    send(first, zipped(files_of(root)))
    judge_next_proposal(here.office, root)
    page = words(first.get("/policy/proposals/1"))
    assert f"Another policy owner has to approve it before it is in force: {SECOND}" in page
    assert "Take it back" in page
    own = first.post("/policy/proposals/1/approve")
    assert (own.status_code, "it is another policy owner who approves it" in words(own)) == (422, True)
    silent = second.post("/policy/proposals/1/decline")
    assert (silent.status_code, f"Say why: {FIRST} reads it" in words(silent)) == (422, True)
    assert second.post("/policy/proposals/1/approve").status_code == 302
    assert f"approved by {SECOND}" in words(first.get("/policy/proposals/1"))

    new_phone(root)
    send(second, zipped(files_of(root)), follows="2")
    assert first.post("/policy/proposals/2/decline", data={"why": "Nobody answers."}).status_code == 302
    assert f"{FIRST} declined it: Nobody answers." in words(second.get("/policy/proposals/2"))
    assert not judge_next_proposal(here.office, root)


def ask_for_second_owner_once(root: Path) -> None:
    edit(root, "variant.toml", "[[people]]", "[publishing]\nsecond_owner = true\n\n[[people]]")


def test_an_earlier_version_is_put_in_force_again_with_a_reason(here: Web, root: Path) -> None:
    new_phone(root)
    owner = here.client_of(FIRST)
    send(owner, zipped(files_of(root)))
    judge_next_proposal(here.office, root)
    assert "Put version 1 in force again" in words(owner.get("/policy/versions"))
    assert "Put version 1 in force again" in words(owner.get("/policy/versions/1/again"))
    silent = owner.post("/policy/versions/1/again", data={"why": "", "follows": "2"})
    assert (silent.status_code, "Enter why" in words(silent)) == (422, True)
    asked = owner.post("/policy/versions/1/again", data={"why": "Nobody answers there", "follows": "2"})
    assert asked.headers["Location"] == "/policy/proposals/2"
    judge_next_proposal(here.office, root)
    assert "It is version 3 , in force" in words(owner.get("/policy/proposals/2"))
    assert owner.get("/policy/versions/9/again").status_code == 404
    assert owner.get("/policy/proposals/9").status_code == 404


def test_nobody_else_puts_a_policy_in_force(here: Web, root: Path) -> None:
    new_phone(root)
    send(here.client_of(FIRST), zipped(files_of(root)))
    officer = here.client_of("Officer 1")
    assert send(officer, zipped(files_of(root))).status_code == 403
    for address in ("/policy/publish", "/policy/proposals/1", "/policy/versions/1/again"):
        assert officer.get(address).status_code == 403
    assert officer.post("/policy/proposals/1/approve").status_code == 403
    page = words(officer.get("/policy/versions"))
    assert "Put a policy in force" not in page
    assert "What is proposed" not in page
