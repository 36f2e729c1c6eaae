"""The managers' pages in a real browser: no barrier, no sideways scrolling, the focus where something is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from engine.casework.tasks.completion import claim_task
from engine.casework.tasks.deadlines import suspend_deadline
from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.office import Web
from tests.webui.overview.cases import MANAGER, OFFICER, acknowledge, apply, stick, take_rung, task_of, wait


@pytest.fixture
def address(web: Web, page: Page) -> Iterator[str]:
    """Of a server to which the page is signed in: late tasks, kept and missed deadlines, a rung, an incident."""
    stick(web)
    acknowledge(web, apply(web))
    late = apply(web)
    take_rung(web, late, 1)
    claimed = apply(web, applicant_name="Ms Averylongnamewithoutanyblankinit-Fortescue-Cholmondeley")
    suspended = apply(web)
    wait(web, days=7)
    claim_task(web.office, task_of(web, claimed), by=OFFICER)
    suspend_deadline(web.office, task_of(web, suspended), reason="the police ask us to wait", by=OFFICER)
    server = make_server("127.0.0.1", 0, web.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    client = web.client_of(MANAGER)
    cookie = client.get_cookie("asb")
    assert cookie is not None
    url = f"http://127.0.0.1:{server.server_port}"
    page.context.add_cookies([{"name": "asb", "value": cookie.value, "url": url}])
    yield url
    server.shutdown()
    thread.join()


def test_the_pages_have_no_barrier_and_fit_a_narrow_screen(page: Page, address: str) -> None:
    for place in (
        "",
        "/deadlines",
        "/deadlines?limit=acknowledge",
        "/rungs",
        "/figures",
        "/figures?figure=applications",
        "/figures/years",
        "/incidents",
    ):
        page.goto(f"{address}/manage{place}")
        expect(page.locator("h1")).to_have_count(1)
        assert (place, violations(page)) == (place, [])
        assert (place, scrolls_sideways(page)) == (place, False)
    page.click("a:has-text('retry or resolve') >> nth=0")
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_a_period_that_cannot_be_read_takes_the_focus_to_what_is_wrong(page: Page, address: str) -> None:
    page.goto(f"{address}/manage/deadlines")
    page.click("text=Choose another period")
    page.fill("#to-month", "13")
    page.click("text=Show this period")
    page.wait_for_selector(".govuk-error-summary:focus")
    assert violations(page) == []
    page.click("text=must be a real day >> nth=0")
    page.wait_for_selector("#to-day:focus")


def test_an_incident_is_resolved_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/manage/incidents")
    page.focus("a:has-text('retry or resolve') >> nth=0")
    page.keyboard.press("Enter")
    page.focus("button:has-text('Resolve')")
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary:focus")
    assert violations(page) == []
    page.fill("#reason", "posted by hand")
    page.focus("button:has-text('Resolve')")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=is resolved")
