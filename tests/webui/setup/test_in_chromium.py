"""Signing in and setting up in a real browser: no barrier, nothing wider than a phone, the focus where it is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from engine.staff.demonstration import add_demonstration_accounts
from engine.staff.first_start import set_up_code
from engine.store import address_book
from tests.webui.chromium import scrolls_sideways, violations, wait_for_focus
from tests.webui.office import HERTSMERE, Web

PASSWORD = "otter umbrella canal"  # noqa: S105  # for the test alone


@pytest.fixture
def address(web: Web) -> Iterator[str]:
    web.app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, web.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def check(page: Page) -> None:
    expect(page.locator("h1")).to_have_count(1)  # waits for a page that is on its way
    assert (page.url, violations(page)) == (page.url, [])
    assert (page.url, scrolls_sideways(page)) == (page.url, False)


def test_a_council_is_set_up_by_keyboard_and_mouse(web: Web, page: Page, address: str) -> None:
    code = set_up_code(web.office.database, HERTSMERE)
    assert code is not None
    page.goto(address)
    check(page)
    page.click("text=Continue")
    check(page)
    page.keyboard.press("Tab")  # from the summary, which has the focus
    page.keyboard.press("Enter")
    wait_for_focus(page, "code")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.click("button:has-text('Set up')")
    check(page)
    page.fill("#name", "Manager 1")
    page.fill("#email", "manager.1@example.org")
    page.fill("#password", PASSWORD)
    page.check("text=Manager")
    page.click("button:has-text('Set up')")
    check(page)
    with web.office.database.begin() as connection:
        address_book.add_entry(
            connection, HERTSMERE, "person-c", by="Manager 1", now=web.clock.now(), name="Superintendent C",
            role="Superintendent", email="superintendent.c@hertfordshire-constabulary.example", phone="01992 000111",
            agency="Hertfordshire Constabulary",
        )  # fmt: skip
    for place in ("people", "people/add", "people/add?name=Officer+1", "people/1", "people/1/deactivate", "teams",
                  "teams/add", "teams/panel", "agencies", "agencies/add", "agencies/police", "account",
                  "account/password", "account/second-step", "address-book", "address-book/person-c",
                  "address-book/person-c/erase"):  # fmt: skip
        page.goto(f"{address}/{place}")
        check(page)
    page.goto(f"{address}/people/add?name=Officer+1")
    page.fill("#email", "officer.1@example.org")
    page.click("text=Add and make a link")
    check(page)
    link = page.locator(".app-key").inner_text()
    page.click("text=Sign out")
    page.goto(link)
    check(page)
    page.fill("#password", "short")
    page.click("text=Set my password")
    check(page)
    page.fill("#password", "harbour violin teapot")
    page.click("text=Set my password")
    check(page)
    page.goto(link)
    check(page)
    page.goto(f"{address}/sign-in")
    page.fill("#email", "officer.1@example.org")
    page.fill("#password", "harbour violin teapot")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Officer 1")


def test_a_demonstration_is_entered_without_scripts(web: Web, page_without_scripts: Page, address: str) -> None:
    add_demonstration_accounts(web.office.database, web.clock, web.variant, PASSWORD)
    page_without_scripts.goto(address)
    page_without_scripts.click("button:has-text('Neighbourhood Inspector')")
    page_without_scripts.goto(f"{address}/account")
    assert page_without_scripts.locator("h1").inner_text() == "Your account"


def test_the_page_of_a_demonstration_has_no_barrier(web: Web, page: Page, address: str) -> None:
    add_demonstration_accounts(web.office.database, web.clock, web.variant, PASSWORD)
    page.goto(address)
    check(page)
    page.click("button:has-text('Sign in') >> nth=0")
    check(page)
