"""The questions in a real browser: with scripts and without, by keyboard, on a narrow screen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.webui.chromium import scrolls_sideways, violations, wait_for_focus
from tests.webui.policyforms.every_kind import every_kind, site


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The form with every kind of question, served."""
    server = make_server("127.0.0.1", 0, site(), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()


def by_id(element_id: str) -> str:
    return f'[id="{element_id}"]'


def test_every_kind_is_without_barrier_and_fits_a_narrow_screen(page: Page, address: str) -> None:
    page.goto(address)
    assert violations(page) == []
    assert not scrolls_sideways(page)
    page.click(by_id("agencies-add"))
    page.fill("#happened_on-day", "31")
    page.click("text=Send")
    page.wait_for_selector(".govuk-error-summary")
    assert violations(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("key", [key for key in every_kind().keys if key not in ("panel_missing", "told")])
def test_each_question_alone_is_without_barrier(page: Page, address: str, key: str) -> None:
    page.goto(address + key)
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_what_is_wrong_is_said_first_and_each_line_leads_to_an_input(page: Page, address: str) -> None:
    page.goto(address)
    page.click(by_id("agencies-add"))
    wait_for_focus(page, "agencies.1.agency_name")
    page.check(by_id("agencies.1.is_public"))
    page.wait_for_selector(by_id("agencies.1.asked_on-day"))
    page.fill("#meets_at-day", "1")
    page.click("text=Send")
    page.wait_for_selector(".govuk-error-summary:focus")
    expect(page).to_have_title(re.compile("^Error: "))
    page.wait_for_load_state()
    focused = []
    for line in page.query_selector_all(".govuk-error-summary a"):
        line.click()
        focused.append(page.evaluate("document.activeElement.id"))
    assert focused == [
        "applicant_name",
        "consent",
        "is_met",
        "reached",
        "happened_on-day",
        "meets_at-day",
        "agencies.1.agency_name",
        "agencies.1.asked_on-day",
    ]
    assert page.evaluate("document.activeElement.tagName") == "INPUT"


def test_with_scripts_a_question_comes_and_goes_without_losing_what_is_typed(page: Page, address: str) -> None:
    page.goto(address)
    assert not page.is_visible("text=Update the questions")
    page.check("#reached")
    page.wait_for_selector("#told")
    wait_for_focus(page, "reached")
    page.fill("#told", "That we call")
    page.focus("#story")
    page.keyboard.type("one two")
    page.keyboard.press("ArrowLeft")
    page.evaluate("document.querySelector('#reached-2').click()")
    page.wait_for_selector("#told", state="detached")
    assert page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == ["story", 6]
    assert page.input_value("#story") == "one two"
    page.check("#reached")
    page.wait_for_selector("#told")
    assert page.input_value("#told") == "That we call"
    assert violations(page) == []


def test_where_the_server_does_not_answer_the_button_is_there(page: Page, address: str) -> None:
    page.goto(address)
    page.route(address, lambda route: route.abort())
    page.check("#reached")
    page.wait_for_selector("text=Update the questions")


def test_without_scripts_buttons_do_the_same(page_without_scripts: Page, address: str) -> None:
    page = page_without_scripts
    page.goto(address)
    page.fill("#applicant_name", "A. Lee")
    page.check("#reached")
    page.click("text=Update the questions")
    page.fill("#told", "That we call")
    page.click(by_id("agencies-add"))
    page.fill(by_id("agencies.1.agency_name"), "Fire and rescue")
    page.click(by_id("agencies-add"))
    page.click("text=Remove entry 3")
    page.check("#consent")
    page.check("#is_met-2")
    for part, text in (("day", "7"), ("month", "3"), ("year", "2026")):
        page.fill(f"#happened_on-{part}", text)
    page.click("text=Send")
    sent = json.loads(page.inner_text("#sent"))
    assert sent["told"] == "That we call"
    assert sent["happened_on"] == "2026-03-07"
    assert sent["agencies"] == [
        {"agency_name": "Hertfordshire Constabulary", "id": "agencies-1"},
        {"agency_name": "Fire and rescue"},
    ]
    page.wait_for_load_state()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def test_the_form_is_filled_in_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    page.focus("#applicant_name")
    reached = []
    for _ in range(60):
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.innerText"))
        if reached[-1] == "Send":
            break
        page.keyboard.press("Tab")
    assert reached[-1] == "Send"
    assert {"story", "consent", "reached", "ways", "team", "happened_on-year", "papers", "chair"} <= set(reached)
    assert "Continue" not in reached
    # Enter in a text field sends the answers; it does not press the nearest button of a list.
    page.focus(by_id("agencies.0.agency_name"))
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    page.focus("#reached")
    page.keyboard.press("Space")
    page.wait_for_selector("#told")
