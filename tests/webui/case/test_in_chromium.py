"""The pages of a case in a real browser: no barrier, no sideways scrolling, and its work done by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.webui.case.cases import OFFICER, letter_to, new_case, open_task, rich_case
from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.office import Web


@pytest.fixture
def reference(web: Web) -> str:
    found = rich_case(web)
    new_case(web)
    return found


@pytest.fixture
def address(web: Web, page: Page, reference: str) -> Iterator[str]:
    """Of a server to which the page is signed in."""
    server = make_server("127.0.0.1", 0, web.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    cookie = web.client_of(OFFICER).get_cookie("asb")
    assert cookie is not None
    url = f"http://127.0.0.1:{server.server_port}"
    page.context.add_cookies([{"name": "asb", "value": cookie.value, "url": url}])
    yield f"{url}/cases"
    server.shutdown()
    thread.join()


def test_the_pages_have_no_barrier_and_fit_a_narrow_screen(page: Page, address: str, web: Web, reference: str) -> None:
    task = open_task(web, reference, "Write minutes and action plan")
    letter = letter_to(web, reference, "Ms A")
    own = [
        "", "/tasks", f"/tasks/{task}/deadline", "/actions", "/letters", f"/letters/{letter}", "/known",
        "/known/reported_to?item=reports-2", "/diagram", "/history", "/notes", "/attachments", "/related", "/tell",
        "/tell/appeal", "/copy",
    ]  # fmt: skip
    for place in ("", "?search=zzzz", *(f"/{reference}{each}" for each in own)):
        page.goto(f"{address}{place}")
        expect(page.locator("h1"), place).to_have_count(1)
        assert (place, violations(page)) == (place, [])
        assert (place, scrolls_sideways(page)) == (place, False)


def test_the_diagram_is_moved_by_keyboard_and_another_part_is_chosen(page: Page, address: str, reference: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{address}/{reference}/diagram")
    page.focus(".app-diagram")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.app-diagram').scrollLeft > 0")
    page.click(".app-parts a:has-text('ASB case review')")
    assert page.locator("h1").inner_text() == "ASB case review"
    assert page.locator(".app-diagram title").first.text_content() == "ASB case review"


def test_the_diagram_opens_where_the_case_is_while_the_page_stays_at_its_top(
    page: Page, address: str, reference: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{address}/{reference}/diagram")
    is_seen = """() => {
        const frame = document.querySelector('.app-diagram').getBoundingClientRect()
        const place = document.querySelector('#where-it-is-now').getBoundingClientRect()
        const middle = place.left + place.width / 2
        return frame.left < middle && middle < frame.right
    }"""
    page.wait_for_function(is_seen)
    assert page.evaluate("() => document.querySelector('.app-diagram').scrollLeft") > 0
    assert page.evaluate("() => window.scrollY") == 0


def test_what_is_missing_takes_the_focus_and_its_link_leads_to_the_input(
    page: Page, address: str, reference: str
) -> None:
    page.goto(f"{address}/{reference}/notes")
    page.focus("button:has-text('Add the note')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary:focus")
    expect(page).to_have_title(re.compile("^Error: "))
    assert violations(page) == []
    page.click(".govuk-error-summary a")
    page.wait_for_selector("#note:focus")


def test_an_appeal_is_looked_at_first_and_then_told(page: Page, address: str, reference: str) -> None:
    page.goto(f"{address}/{reference}/tell")
    page.click("text=Appeal received")
    page.check("input[type=radio][name=appeal_against] >> nth=0")
    page.fill("#appeal_received_on-day", "9")
    page.fill("#appeal_received_on-month", "7")
    page.fill("#appeal_received_on-year", "2026")
    page.fill("[name=appeal_grounds]", "The doors were forgotten.")
    page.click("text=See what happens")
    assert "Arrange who hears the appeal" in page.locator("#follows").inner_text()
    assert violations(page) == []
    page.click("button:has-text('Record it')")
    page.wait_for_selector("text=is in the record of the case")
    assert "Arrange who hears the appeal" in page.locator("main").inner_text()
