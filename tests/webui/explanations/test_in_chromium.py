"""The log of second reports in a real browser: no barrier, no sideways scrolling, the focus where it is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from engine.casework.explanations.log import enter_explanation
from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.office import Web

TOLD: dict[str, Any] = {"second_report_on": "2026-02-26", "report_taken_by": "police"}
EXPLAINED = {"review_explained_on": "2026-02-27", "review_explained_how": "phone", "review_explained_by": "Officer 2"}


@pytest.fixture
def address(web: Web, page: Page) -> Iterator[str]:
    """Of a server to which the page is signed in: one explained, one not."""
    web.set_up()
    for name, more in (("Ms Averylongnamewithoutanyblankinit-Fortescue-Cholmondeley", {}), ("Mr B", EXPLAINED)):
        enter_explanation(web.office, web.variant, {"told_to": name, **TOLD, **more}, by="Officer 1")
    server = make_server("127.0.0.1", 0, web.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    cookie = web.client_of("Officer 1").get_cookie("asb")
    assert cookie is not None
    url = f"http://127.0.0.1:{server.server_port}"
    page.context.add_cookies([{"name": "asb", "value": cookie.value, "url": url}])
    yield f"{url}/second-reports"
    server.shutdown()
    thread.join()


def test_the_pages_have_no_barrier_and_fit_a_narrow_screen(page: Page, address: str) -> None:
    for place in ("", "?explained=no", "?search=nobody", "/new", "/1", "/2", "/1/change", "/2/change", "/1/erase"):
        page.goto(address + place)
        expect(page.locator("h1")).to_have_count(1)
        assert (place, violations(page)) == (place, [])
        assert (place, scrolls_sideways(page)) == (place, False)


def test_a_second_report_is_entered_explained_and_found(page: Page, address: str) -> None:
    page.goto(f"{address}/new")
    page.click("text=Save")
    page.wait_for_selector(".govuk-error-summary:focus")
    assert violations(page) == []
    page.get_by_label("Who made the second report?").fill("Mx C")
    for part, value in (("day", "1"), ("month", "3"), ("year", "2026")):
        page.fill(f"[name=second_report_on-{part}]", value)
    page.get_by_label("Which organisation took it?").select_option("other")
    page.get_by_label("Which one?").fill("A college")
    page.click("text=Save")
    expect(page.locator("h1")).to_have_text("Mx C")
    page.click("text=Enter that it was explained")
    for part, value in (("day", "2"), ("month", "3"), ("year", "2026")):
        page.fill(f"[name=review_explained_on-{part}]", value)
    page.keyboard.press("Tab")  # the further questions are asked when the day is left
    page.get_by_label("How was it explained?").select_option("phone")
    page.get_by_label("Who explained it?").fill("Officer 1")
    assert violations(page) == []
    page.click("text=Save")
    expect(page.locator("main")).to_contain_text("Explained")
    page.goto(f"{address}?search=college")
    expect(page.locator(".app-tasks__task")).to_have_count(1)
