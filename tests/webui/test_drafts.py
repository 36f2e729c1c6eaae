"""A policy owner drafts on the screens: without a script, and through what the editors ask for."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from engine.workshop import judge_next_proposal
from engine.workshop.drafts import kept_draft
from tests.in_force import put_folders_in_force
from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.office import Web
from tests.webui.test_publication import here, root, words  # noqa: F401  # fixtures
from tests.workshop.folder import COUNCIL, FIRST, SECOND, new_phone

DRAFT = "/policy/drafts/1"
FILE = f"{DRAFT}/files/letters/acknowledgement.md"


@pytest.fixture
def owner(here: Web) -> FlaskClient:  # noqa: F811
    """A draft of what is in force is there."""
    browser = here.client_of(FIRST)
    begun = browser.post("/policy/drafts", data={"title": "Acknowledge sooner", "where": "in-force"})
    assert begun.headers["Location"] == DRAFT
    return browser


@pytest.fixture
def other(here: Web, owner: FlaskClient) -> FlaskClient:  # noqa: F811
    return here.client_of(SECOND)


def hidden(page: TestResponse, name: str) -> str:
    return page.get_data(as_text=True).split(f'name="{name}" value="')[1].split('"')[0]


def raw(browser: FlaskClient, file: str) -> bytes:
    return browser.get(f"{DRAFT}/raw/{file}").data


def letter_file(browser: FlaskClient) -> str:
    """The first letter that is listed."""
    return browser.get(DRAFT).get_data(as_text=True).split("/files/letters/")[1].split('"')[0]


def ask(browser: FlaskClient, what: str, file: str, data: bytes = b"", **headers: str) -> TestResponse:
    sent = {"X-Sitting": "abc"} | {f"X-{name.capitalize()}": value for name, value in headers.items()}
    return browser.post(f"{DRAFT}/{what}/{file}", data=data, headers=sent, content_type="application/octet-stream")


def test_a_file_is_edited_as_text_and_the_draft_tells_it(owner: FlaskClient) -> None:
    page = owner.get(f"{DRAFT}/files/variant.toml")
    text = raw(owner, "variant.toml").decode()
    typed = text.replace("020 8207 7801", "01234 000000")
    sent = {"text": typed.replace("\n", "\r\n"), "digest": hidden(page, "digest")}
    assert owner.post(f"{DRAFT}/files/variant.toml", data=sent).status_code == 302
    assert raw(owner, "variant.toml").decode() == typed
    told = words(owner.get(DRAFT))
    assert "1 file changed since." in told
    assert f"{FIRST} changed variant.toml" in told
    put_back = owner.post(f"{DRAFT}/put-back/1", follow_redirects=True)
    assert "variant.toml is as it was before change 1" in words(put_back)
    assert raw(owner, "variant.toml").decode() == text


def test_who_edited_it_meanwhile_is_named_and_what_was_typed_stays(owner: FlaskClient, other: FlaskClient) -> None:
    page, theirs = owner.get(f"{DRAFT}/files/policy.toml"), other.get(f"{DRAFT}/files/policy.toml")
    text = raw(owner, "policy.toml").decode()
    other.post(f"{DRAFT}/files/policy.toml", data={"text": text + "# theirs\n", "digest": hidden(theirs, "digest")})
    mine = {"text": text + "# mine\n", "digest": hidden(page, "digest")}
    refused = owner.post(f"{DRAFT}/files/policy.toml", data=mine)
    assert refused.status_code == 422
    assert f"{SECOND} saved policy.toml" in words(refused)
    assert "# mine" in words(refused)
    assert raw(owner, "policy.toml").decode() == text + "# theirs\n"


def test_a_draft_goes_to_a_modeller_and_comes_back_as_a_zip_file(owner: FlaskClient) -> None:
    downloaded = zipfile.ZipFile(io.BytesIO(owner.get(f"{DRAFT}/folder").data))
    edited = io.BytesIO()
    with zipfile.ZipFile(edited, "w") as archive:
        for name in downloaded.namelist():
            data = downloaded.read(name)
            archive.writestr(name, data.replace(b"020 8207 7801", b"01234 000000"))
    sent = {"file": (io.BytesIO(edited.getvalue()), "draft.zip")}
    answer = owner.post(f"{DRAFT}/folder", data=sent, follow_redirects=True)
    assert "The folder is taken in: 1 file new or otherwise." in words(answer)
    assert b"01234 000000" in raw(owner, "variant.toml")
    refused = owner.post(f"{DRAFT}/folder", data={"file": (io.BytesIO(b"no"), "draft.zip")})
    assert refused.status_code == 422
    assert "no ZIP file that can be read" in words(refused)


def test_a_draft_is_put_in_force_from_its_page(here: Web, root: Path, owner: FlaskClient) -> None:  # noqa: F811
    text = raw(owner, "variant.toml").replace(b"020 8207 7801", b"01234 000000")
    sent = {"do": "upload", "upload": (io.BytesIO(text), "variant.toml")}
    page = owner.get(f"{DRAFT}/files/variant.toml")
    owner.post(f"{DRAFT}/files/variant.toml", data=sent | {"digest": hidden(page, "digest")})
    page = owner.get("/policy/publish?draft=1")
    assert "Draft 1: Acknowledge sooner" in words(page)
    asked = {"where": "draft", "draft": "1", "why": "A phone", "despite": "Known.", "follows": "1"}
    assert owner.post("/policy/publish", data=asked).headers["Location"] == "/policy/proposals/1"
    judge_next_proposal(here.office, root)
    assert "It is version 2" in words(owner.get("/policy/proposals/1"))
    told = words(owner.get(DRAFT))
    assert "Proposal 1 was made of it In force" in told
    assert "As it was then it became version 2" in told
    assert "Nothing of it holds" not in told
    assert "A version was put in force after this draft began." not in told  # it is the draft's own
    other = here.client_of(SECOND)
    other.post("/policy/drafts", data={"title": "Earlier", "where": "version", "version": "1"})
    asked = {"where": "draft", "draft": "2", "why": "Back", "despite": "Known.", "follows": "2"}
    assert other.post("/policy/publish", data=asked).status_code == 302  # it began as version 1, knowing of version 2


def test_a_draft_that_is_behind_is_brought_up_before_it_is_put_in_force(
    here: Web,  # noqa: F811
    root: Path,  # noqa: F811
    owner: FlaskClient,
) -> None:
    page, text = owner.get(f"{DRAFT}/files/letters/ct1.md"), raw(owner, "letters/ct1.md").decode()
    mine = {"text": text.replace("Thank you for", "Many thanks for"), "digest": hidden(page, "digest")}
    owner.post(f"{DRAFT}/files/letters/ct1.md", data=mine)
    new_phone(root)
    put_folders_in_force(here.office, root, COUNCIL)
    assert "A version was put in force after this draft began." in words(owner.get(DRAFT))
    asked = {"where": "draft", "draft": "1", "why": "A phone", "despite": "Known.", "follows": "2"}
    refused = owner.post("/policy/publish", data=asked)
    assert refused.status_code == 422
    assert "Version 2 was put in force meanwhile" in words(refused)
    assert "Version 2 is brought in: 1 file changed." in words(
        owner.post(f"{DRAFT}/last-version", follow_redirects=True)
    )
    assert b"01234 000000" in raw(owner, "variant.toml")
    assert owner.post(f"{DRAFT}/last-version").status_code == 422
    asked_again = owner.post("/policy/publish", data=asked)
    assert asked_again.status_code == 302, words(asked_again)


def test_an_editor_saves_is_told_of_others_and_of_findings(owner: FlaskClient, other: FlaskClient) -> None:
    content = raw(owner, "review.bpmn")
    opened = owner.get(f"{DRAFT}/raw/review.bpmn").headers["ETag"].strip('"')
    assert ask(owner, "presence", "review.bpmn").json == {"others": [], "digest": opened, "by": None}
    wrong = content.replace(b'targetRef="', b'targetRef="nowhere_', 1)
    found = ask(owner, "findings", "review.bpmn", wrong).get_json()
    new = [found["findings"][place] for place in found["new"]]
    assert any("nowhere_" in each["message"] for each in new)
    assert {"file", "element_id", "severity", "rule", "message"} <= new[0].keys()
    saved = ask(owner, "save", "review.bpmn", wrong, digest=opened).get_json()
    assert saved["at"] == "10:15"
    late = ask(other, "save", "review.bpmn", content + b"\n", digest=opened, sitting="def")
    assert (late.status_code, late.get_json()["by"], late.get_json()["digest"]) == (409, FIRST, saved["digest"])
    assert ask(other, "presence", "review.bpmn", sitting="def").get_json()["others"] == [
        {"name": FIRST, "since": "10:15"}
    ]
    assert ask(owner, "save", "review.bpmn", b"no xml", digest=saved["digest"]).status_code == 422
    assert ask(owner, "save", "review.bpmn", content, sitting="../../x").status_code == 422
    assert ask(owner, "findings", "nothing.exe", content).status_code == 422


def test_comments_are_said_in_the_editor_and_on_the_page(owner: FlaskClient, other: FlaskClient) -> None:
    said = other.post(f"{DRAFT}/comments/review.bpmn", json={"element": "Task_1", "text": "Why <b>so late</b>?"})
    assert said.get_json()[0]["by"] == SECOND
    page = owner.get(f"{DRAFT}/files/review.bpmn").get_data(as_text=True)
    assert "Why &lt;b&gt;so late&lt;/b&gt;?" in page
    owner.post(f"{DRAFT}/say/review.bpmn", data={"comment": "1"})
    assert owner.get(f"{DRAFT}/comments/review.bpmn").get_json()[0]["settled"] is True
    assert owner.post(f"{DRAFT}/comments/review.bpmn", data=b"[[").status_code == 422
    assert "Write what you want to say" in words(owner.post(f"{DRAFT}/say/review.bpmn", data={"words": " "}))


def test_an_editor_is_told_which_facts_there_are_and_which_templates(owner: FlaskClient) -> None:
    facts = {each["name"]: each for each in owner.get(f"{DRAFT}/facts").get_json()}
    assert facts["applicant_name"]["type"] == "string"
    assert facts["applicant_name"]["info"]
    templates = owner.get("/policy/element-templates").get_json()
    assert "send-letter" in {each["id"] for each in templates}
    assert all(each["$schema"] for each in templates)


@pytest.mark.parametrize("typed", [{"title": " "}, {"title": "x", "where": "version", "version": "9"}, {"title": "x"}])
def test_a_draft_that_cannot_begin_says_why(owner: FlaskClient, typed: dict[str, str]) -> None:
    refused = owner.post("/policy/drafts", data={"where": "file"} | typed)
    assert refused.status_code == 422
    assert "There is a problem" in words(refused)


@pytest.mark.parametrize(
    "file", ["letters/delayed.md", "forms/delay.form", "delay.bpmn", "delay.dmn", "scenarios/delayed.toml"]
)
def test_a_new_file_begins_as_an_empty_one_that_can_be_read(
    here: Web,  # noqa: F811
    owner: FlaskClient,
    file: str,
) -> None:
    answer = owner.post(f"{DRAFT}/new", data={"name": file})
    assert answer.headers["Location"] == f"{DRAFT}/files/{file}"
    assert owner.get(answer.headers["Location"]).status_code == 200
    variant = kept_draft(here.office, COUNCIL, 1).policy(here.settings.variants).variant
    found = [each.sentence for each in variant.problems if each.file == file]
    to_be_filled_in = ["“Delay”, input column 1 does not say what it looks at. Write an expression for it."]
    assert found == (to_be_filled_in if file == "delay.dmn" else [])
    owner.post(f"{DRAFT}/new", data={"name": file})
    assert len(kept_draft(here.office, COUNCIL, 1).history) == 1


@pytest.mark.parametrize("name", ["", "delay", "letters/delay.bpmn", "../x.bpmn", "base.lock"])
def test_a_file_that_no_policy_has_is_not_begun(owner: FlaskClient, name: str) -> None:
    refused = owner.post(f"{DRAFT}/new", data={"name": name})
    assert refused.status_code == 422
    assert "cannot be begun here" in words(refused)


def test_what_is_not_there_is_not_found(owner: FlaskClient) -> None:
    for address in ("/policy/drafts/9", f"{DRAFT}/files/nothing.exe", f"{DRAFT}/raw/nothing.bpmn"):
        assert owner.get(address).status_code == 404


def test_what_is_put_away_says_by_whom(owner: FlaskClient) -> None:
    assert "Draft 1 is put away" in words(owner.post(f"{DRAFT}/put-away", follow_redirects=True))
    assert f"{FIRST} has put it away" in words(owner.get(DRAFT))
    assert "1 draft put away" in words(owner.get("/policy/drafts"))
    assert "can be edited again" in words(owner.post(f"{DRAFT}/put-away", follow_redirects=True))


@pytest.fixture
def address(here: Web, owner: FlaskClient, page: Page) -> Iterator[str]:  # noqa: F811
    """Where a browser is signed in as the policy owner."""
    server = make_server("127.0.0.1", 0, here.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    cookie = owner.get_cookie("asb")
    assert cookie is not None
    page.context.add_cookies([{"name": "asb", "value": cookie.value, "url": address}])
    yield address
    server.shutdown()
    thread.join()


@pytest.mark.parametrize(
    ("called", "path"),
    [
        ("drafts", "/policy/drafts"),
        ("draft", DRAFT),
        ("diagram", f"{DRAFT}/files/review.bpmn"),
        ("settings", f"{DRAFT}/files/variant.toml"),
        ("findings", f"{DRAFT}/findings"),
        ("publish", "/policy/publish?draft=1"),
    ],
)
def test_the_pages_have_no_barrier_and_fit_a_telephone(page: Page, address: str, called: str, path: str) -> None:
    page.goto(address + path)
    assert violations(page) == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{called}-{width}.png", full_page=True)
        assert not scrolls_sideways(page)
