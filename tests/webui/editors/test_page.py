"""The page around an editor: what it allows the browser, and what it has for those whom no script serves."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests.webui.editors.desk import DRAFT, sit_down
from tests.webui.office import Web
from tests.workshop.folder import FIRST
from webui.shell.headers import EDITOR_STYLES, POLICY


@pytest.fixture
def owner(here: Web) -> FlaskClient:
    browser = here.client_of(FIRST)
    browser.post("/policy/drafts", data={"title": "Drawn", "where": "in-force"})
    return browser


@pytest.mark.parametrize("file", ["review.bpmn", "threshold.dmn", "forms/application.form"])
def test_what_is_allowed_besides_is_the_styles_of_the_editors_letter_by_letter(owner: FlaskClient, file: str) -> None:
    answer = owner.get(f"{DRAFT}/files/{file}")
    common, _, besides = answer.headers["Content-Security-Policy"].rpartition("; ")
    assert common == POLICY
    assert besides.startswith("style-src-attr 'unsafe-hashes' 'sha256-")
    assert besides.count("'sha256-") == len(EDITOR_STYLES)


@pytest.mark.parametrize("page", [DRAFT, f"{DRAFT}/files/letters/ct1.md", f"{DRAFT}/files/policy.toml", "/policy"])
def test_no_other_page_allows_it(owner: FlaskClient, page: str) -> None:
    answer = owner.get(page)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == POLICY


def test_a_form_is_previewed_with_the_answers_of_whoever_tries_it(owner: FlaskClient) -> None:
    form = owner.get(f"{DRAFT}/raw/forms/application.form").get_data(as_text=True)
    address, asked = f"{DRAFT}/form-preview/forms/application.form", "Which senior manager raises it?"
    seen = owner.post(address, data={"the-form": form}).get_data(as_text=True)
    assert "Who applies?" in seen
    assert asked not in seen
    tried = owner.post(address, data={"the-form": form, "applicant_role": "senior_manager", "action": "update"})
    assert asked in tried.get_data(as_text=True)
    refused = owner.post(address, data={"the-form": "{"})
    assert refused.status_code == 422
    assert "is no readable form" in refused.get_json()["sentence"]


def test_without_scripts_there_is_the_picture_and_the_text_to_change(
    address: str, here: Web, page_without_scripts: Page
) -> None:
    desk = sit_down(page_without_scripts, here, address, FIRST)
    desk.page.goto(f"{address}{DRAFT}/files/review.bpmn")
    assert desk.page.get_by_role("region", name="review.bpmn as a picture").is_visible()
    assert not desk.page.locator(".asb-editor").is_visible()
    desk.page.get_by_text("As text").click()
    text = desk.page.get_by_role("textbox", name="review.bpmn")
    text.fill(text.input_value().replace("Record the outcome and the actions", "Write it down"))
    desk.page.get_by_role("button", name="Save").click()
    desk.page.get_by_text("review.bpmn is saved.").wait_for()
    assert 'name="Write it down"' in desk.raw("review.bpmn")
