"""What a draft does is looked at before it counts: its worked examples, and what is said of each element."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from engine.workshop.examples import ask_to_play, play_waiting_examples
from tests.webui.office import Web
from tests.webui.test_publication import here, root, words  # noqa: F401  # fixtures
from tests.workshop.folder import EXAMPLE, FIRST

DRAFT = "/policy/drafts/1"
LETTER = "letters/panel-invitation.md"


@pytest.fixture
def owner(here: Web) -> FlaskClient:  # noqa: F811
    """A draft of what is in force is there, in which a letter is edited."""
    browser = here.client_of(FIRST)
    browser.post("/policy/drafts", data={"title": "Say it otherwise", "where": "in-force"})
    edit(browser, LETTER, "Yours sincerely", "Yours")
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
    assert "See it as it is printed , to " in told
    assert "[" not in told.partition("Our reference")[2]
    assert "Yours sincerely" not in told
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
    sent = {"text": saved.replace("Yours", "Kind regards"), "example": EXAMPLE}
    told = owner.post(f"{DRAFT}/preview/{LETTER}", data=sent)
    assert "Kind regards" in words(told)
    assert "not saved" in words(told)
    assert owner.post(f"{DRAFT}/preview/{LETTER}", data=sent | {"pdf": "1"}).data.startswith(b"%PDF-")
    assert owner.get(f"{DRAFT}/raw/{LETTER}").get_data(as_text=True) == saved
    raw = owner.post(f"{DRAFT}/preview/{LETTER}", data=saved.replace("Yours", "Best").encode())
    assert "Best" in words(raw)


def test_what_is_no_letter_is_said(owner: FlaskClient) -> None:
    broken = owner.post(f"{DRAFT}/preview/{LETTER}", data={"text": "Dear you"})
    assert broken.status_code == 422
    assert "Begin it with +++" in words(broken)
    assert owner.get(f"{DRAFT}/preview/{LETTER}?example=none").status_code == 422
    assert owner.get(f"{DRAFT}/preview/variant.toml").status_code == 404
    assert owner.get(f"{DRAFT}/preview/letters/none.md").status_code == 404


def test_a_page_is_seen_as_the_public_reads_it(owner: FlaskClient) -> None:
    told = words(owner.get(f"{DRAFT}/preview/pages/apply.md"))
    assert "020 8207 7801" in told
    assert "((" not in told
