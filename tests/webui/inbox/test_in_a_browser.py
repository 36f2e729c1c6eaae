"""The pages of the inbox in a real browser: no violation, no sideways scrolling, and the day's first deed."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.inbox.builders import open_cases, open_tasks
from tests.webui.office import Web

OFFICER = "Officer 1"


@pytest.fixture
def address(web: Web) -> Iterator[str]:
    """Where the screens are served."""
    server = make_server("127.0.0.1", 0, web.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def sign_in(page: Page, web: Web, address: str, name: str = OFFICER) -> None:
    cookie = web.client_of(name).get_cookie("asb")
    assert cookie is not None
    page.context.add_cookies([{"name": "asb", "value": cookie.value, "url": address}])


@pytest.mark.parametrize(
    "path", ["/tasks", "/tasks?tab=teams&sort=oldest", "/tasks?tab=teams&search=nobody", "/absences"]
)
def test_a_page_has_no_violation_and_fits_a_telephone(page: Page, web: Web, address: str, path: str) -> None:
    open_cases(web, "Zoë O’Brien-Featherstonehaugh-Cholmondeley", "Jo Ward")
    sign_in(page, web, address)
    page.goto(address + path)
    assert violations(page) == []
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert violations(page) == []


def test_without_scripts_an_officer_finds_a_case_and_claims_its_task(
    page_without_scripts: Page, web: Web, address: str
) -> None:
    page, (reference, _) = page_without_scripts, open_cases(web, "Zoë O’Brien", "Jo Ward")
    sign_in(page, web, address)
    page.goto(f"{address}/tasks")
    page.get_by_role("link", name="See what nobody has taken").click()
    page.get_by_label("Search by reference, name or address").fill("o'bri")
    page.get_by_role("button", name="Search").click()
    assert page.url == f"{address}/tasks?tab=teams&search=o%27bri&unclaimed=yes"
    page.get_by_label("Select").check()
    page.get_by_role("button", name="Claim").click()
    expect(page.get_by_text("You have claimed 1 task.")).to_be_visible()
    assert open_tasks(web, reference)[0].claimed_by == OFFICER


def test_what_is_wrong_is_reached_from_the_summary(page: Page, web: Web, address: str) -> None:
    open_cases(web, "Zoë O’Brien")
    sign_in(page, web, address)
    page.goto(f"{address}/tasks?tab=teams")
    page.get_by_label("Select").check()
    page.get_by_text("Follow up on a day").click()
    page.get_by_role("button", name="Follow up", exact=True).click()
    assert violations(page) == []
    page.get_by_role("link", name="Enter the day on which to follow up.").click()
    assert page.evaluate("document.activeElement.id") == "day-day"
    assert page.get_by_label("Select").is_checked()
