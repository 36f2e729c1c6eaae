"""What a draft does is looked at before it counts: its worked examples, and what is said of each element."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.serving import make_server

from engine.workshop.examples import ask_to_play, play_waiting_examples
from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.office import Web
from tests.webui.test_publication import here, root, words  # noqa: F401  # fixtures
from tests.workshop.folder import EXAMPLE, FIRST

DRAFT = "/policy/drafts/1"
LETTER = "letters/ct1.md"


@pytest.fixture
def owner(here: Web) -> FlaskClient:  # noqa: F811
    """A draft of what is in force is there, in which a letter is edited."""
    browser = here.client_of(FIRST)
    browser.post("/policy/drafts", data={"title": "Say it otherwise", "where": "in-force"})
    edit(browser, LETTER, "Thank you for", "Many thanks for")
    return browser


def edit(browser: FlaskClient, file: str, old: str, new: str) -> None:
    answer = browser.get(f"{DRAFT}/raw/{file}")
    text = answer.get_data(as_text=True)
    assert old in text
    digest = answer.headers["ETag"].strip('"')
    sent = {"text": text.replace(old, new, 1), "digest": digest}
    assert browser.post(f"{DRAFT}/files/{file}", data=sent).status_code == 302


def test_the_examples_of_a_draft_are_played_as_it_is(here: Web, owner: FlaskClient) -> None:  # noqa: F811
    assert "How its worked examples come out" in words(owner.get(DRAFT))
    page = f"{DRAFT}/examples"
    assert "Worked examples of draft 1 0 of 1 worked example were played." in words(owner.get(page))
    assert owner.post(page).headers["Location"] == f"{page}?watch=yes"
    assert play_waiting_examples(here.office)
    assert "1 of 1 worked example was played, and all come out as they say." in words(owner.get(page))
    told = words(owner.get(f"{page}/{EXAMPLE}?frame=2"))
    assert "Played on draft 1." in told
    change = f"{DRAFT}/files/scenarios/{EXAMPLE}.toml"
    assert f'href="{change}">Change this example' in owner.get(f"{page}/{EXAMPLE}").get_data(as_text=True)
    assert owner.get(f"{DRAFT}/drawings/application.bpmn").content_type.startswith("image/svg+xml")
    assert owner.get("/policy/drafts/2/examples").status_code == 404


def test_an_editor_is_told_which_examples_go_through_an_element(here: Web, owner: FlaskClient) -> None:  # noqa: F811
    address = f"{DRAFT}/elements/application.bpmn"
    assert owner.get(address).json["send_ct4"]["examples"] == []  # type: ignore[index]
    ask_to_play(here.office, here.variant)
    assert play_waiting_examples(here.office)
    said = owner.get(address).json["send_ct4"]  # type: ignore[index]
    assert [each["name"] for each in said["examples"]] == [EXAMPLE]
    assert said["examplesNote"].startswith("As they go through it in the policy in force")
    through = words(owner.get(f"{DRAFT}/examples?element=send_ct4&file=application.bpmn"))
    assert EXAMPLE in through
    assert "As they go through it in the policy in force" in through
    assert owner.get(f"{DRAFT}/elements/none.bpmn").status_code == 404


def test_an_example_that_cannot_be_read_is_said(owner: FlaskClient) -> None:
    edit(owner, f"scenarios/{EXAMPLE}.toml", "[application]", "[application")
    assert "Cannot be read" in words(owner.get(f"{DRAFT}/examples"))
    assert owner.get(f"{DRAFT}/examples/{EXAMPLE}").status_code == 400


def test_a_letter_is_seen_as_it_will_be_with_samples_and_with_the_facts_of_an_example(owner: FlaskClient) -> None:
    page = f"{DRAFT}/preview/{LETTER}"
    assert "Dear [name]" in words(owner.get(page))
    told = words(owner.get(f"{page}?example={EXAMPLE}"))
    assert "To Mr S, Tuesday 3 March 2026 See it as it is printed , to Mr S (PDF)" in told
    assert "Dear Mr S Many thanks for your application" in told
    pdf = owner.get(f"{page}?example={EXAMPLE}&pdf=1")
    assert pdf.content_type == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")
    assert owner.get(f"{page}?example={EXAMPLE}&pdf=99").status_code == 404
    assert owner.get(f"{page}?pdf=1").data.startswith(b"%PDF-")


def test_a_letter_that_an_example_does_not_send_is_shown_as_it_would_be_at_its_end(owner: FlaskClient) -> None:
    told = words(owner.get(f"{DRAFT}/preview/letters/ct3.md?example={EXAMPLE}"))
    assert "The example does not send it." in told
    assert "Our reference: HBC-2026-0001" in told
    assert "[reports in words]" in told  # nobody has put them into words


def test_what_is_not_saved_is_shown_too(owner: FlaskClient) -> None:
    saved = owner.get(f"{DRAFT}/raw/{LETTER}").get_data(as_text=True)
    sent = {"text": saved.replace("Many thanks", "A thousand thanks"), "example": EXAMPLE}
    told = owner.post(f"{DRAFT}/preview/{LETTER}", data=sent)
    assert "A thousand thanks" in words(told)
    assert "not saved" in words(told)
    assert owner.post(f"{DRAFT}/preview/{LETTER}", data=sent | {"pdf": "1"}).data.startswith(b"%PDF-")
    assert owner.get(f"{DRAFT}/raw/{LETTER}").get_data(as_text=True) == saved
    raw = owner.post(f"{DRAFT}/preview/{LETTER}?example={EXAMPLE}", data=saved.replace("Many", "Best").encode())
    assert "Best thanks" in words(raw)


def test_what_is_no_letter_is_said(owner: FlaskClient) -> None:
    broken = owner.post(f"{DRAFT}/preview/{LETTER}", data={"text": "Dear you"})
    assert broken.status_code == 422
    assert "Begin it with +++" in words(broken)
    none = owner.get(f"{DRAFT}/preview/{LETTER}?example=none")
    assert none.status_code == 422
    assert "has no worked example “none”. " in words(none)
    assert "Choose another worked example" in words(none)
    assert owner.get(f"{DRAFT}/preview/variant.toml").status_code == 404
    assert owner.get(f"{DRAFT}/preview/letters/none.md").status_code == 404


def test_a_page_is_seen_as_the_public_reads_it(owner: FlaskClient) -> None:
    told = words(owner.get(f"{DRAFT}/preview/pages/apply.md"))
    assert "020 8207 7801" in told
    assert "((" not in told


def test_what_a_draft_changes_is_told_and_what_comes_out_otherwise_once_both_were_played(
    here: Web,  # noqa: F811
    owner: FlaskClient,
) -> None:
    assert "What it changes" in words(owner.get(DRAFT))
    page = f"{DRAFT}/differences"
    told = words(owner.get(page))
    assert "Draft 1 beside version 1" in told
    assert "Both have 1 worked example; none was played on both yet." in told
    edit(owner, "time_limits.dmn", "<text>2</text>", "<text>3</text>")
    asked = owner.post(page)
    assert asked.headers["Location"] == f"{page}?since=1&watch=yes#examples"
    assert "The others are being played." in words(owner.get(f"{page}?watch=yes"))
    while play_waiting_examples(here.office):
        pass
    told = words(owner.get(page))
    assert "Of 1 worked example that both have 1 was played on both." in told
    assert "In 1 worked example “Acknowledge the application” is due on other days" in told
    assert "4 March 2026 5 March 2026" in told


def test_a_letter_of_a_draft_is_seen_beside_the_one_in_force_with_the_facts_of_an_example(owner: FlaskClient) -> None:
    page = owner.get(f"{DRAFT}/differences/file?name={LETTER}&example={EXAMPLE}")
    assert "Many thanks (end of new)" in words(page)
    text = page.get_data(as_text=True)
    for address in (f"/policy/versions/1/letter?name={LETTER}", f"{DRAFT}/letter?name={LETTER}"):
        address = f"{address}&amp;example={EXAMPLE}"
        assert address in text
        answer = owner.get(address.replace("&amp;", "&"))
        assert answer.content_type == "application/pdf"
        assert answer.data.startswith(b"%PDF-")


PAGES = [
    f"{DRAFT}/examples",
    f"{DRAFT}/examples/{EXAMPLE}?frame=3",
    f"{DRAFT}/files/application.bpmn",
    f"{DRAFT}/differences",
    f"{DRAFT}/differences/file?name={LETTER}",
    f"{DRAFT}/preview/{LETTER}?example={EXAMPLE}",
    f"{DRAFT}/preview/pages/apply.md",
]


def test_every_page_is_without_barriers_and_fits_a_telephone(
    here: Web,  # noqa: F811
    owner: FlaskClient,
    page: Page,
) -> None:
    ask_to_play(here.office, here.variant)
    owner.post(f"{DRAFT}/examples")
    while play_waiting_examples(here.office):
        pass
    cookie = owner.get_cookie("asb")
    assert cookie is not None
    with served(here.app) as url:
        page.context.add_cookies([{"name": "asb", "value": cookie.value, "url": url}])
        for address in PAGES:
            page.goto(url + address)
            assert violations(page) == [], address
            assert not scrolls_sideways(page), address
            seen(page, address)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def seen(page: Page, address: str) -> None:
    """Pictures for whoever wants to look, at both sizes."""
    folder = os.environ.get("PICTURES")
    if folder is None:
        return
    name = address.replace("/", "-").partition("?")[0]
    for width, height in ((1280, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_the_examples_take_over_the_days_that_a_draft_moves(here: Web, owner: FlaskClient) -> None:  # noqa: F811
    edit(owner, "time_limits.dmn", "<text>2</text>", "<text>3</text>")
    page = f"{DRAFT}/examples"
    refused = owner.post(f"{DRAFT}/new-days")
    assert refused.status_code == 422
    assert "comes out otherwise in nothing but days" in words(refused)
    owner.post(page)
    assert play_waiting_examples(here.office)
    told = words(owner.get(page))
    assert "1 example comes out otherwise in nothing but days" in told
    assert "→" in told
    answer = owner.post(f"{DRAFT}/new-days", follow_redirects=True)
    assert "New days in 1 worked example, which are played again." in words(answer)
    assert play_waiting_examples(here.office)
    assert "and all come out as they say" in words(owner.get(page))
    assert f"{FIRST} changed scenarios/{EXAMPLE}.toml" in words(owner.get(DRAFT))
