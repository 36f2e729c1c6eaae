"""Applying in a real browser: on a telephone, without scripts, and away from it in one click."""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.webui.apply.person import PDF
from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.office import Web


@pytest.fixture
def address(web: Web) -> Iterator[str]:
    """Where the screens are served, with tokens asked for as in earnest."""
    web.app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, web.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


class Telephone:
    """Somebody who reads each page and goes on, and finds no barrier on it."""

    def __init__(self, page: Page, *, is_looked_at: bool) -> None:
        self.page = page
        self._is_looked_at = is_looked_at

    def look(self) -> None:
        if self._is_looked_at:
            assert violations(self.page) == [], self.page.url
            assert not scrolls_sideways(self.page), self.page.url

    def go_on(self, name: str = "Continue") -> None:
        self.look()
        self.page.get_by_role("button", name=name).click()

    def choose(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()
        self.go_on()

    def write(self, text: str) -> None:
        self.page.locator("main input[type=text], main input[type=tel], main textarea").first.fill(text)
        self.go_on()

    def report(self, day: int) -> None:
        self.page.get_by_label("What happened?").fill("Banging for hours")
        for name, on in (("incident_on", day), ("reported_on", day + 1)):
            for part, value in (("day", on), ("month", 2), ("year", 2026)):
                self.page.locator(f"#{name}-{part}").fill(str(value))
        self.page.get_by_label("To whom?").select_option("council")
        self.page.get_by_label("Was it motivated by hate?").select_option("none")
        self.go_on("Save and continue")


def apply(page: Page, address: str, *, is_looked_at: bool = False) -> str:
    """From the start page to the receipt, for somebody else; gives the case's reference."""
    phone = Telephone(page, is_looked_at=is_looked_at)
    page.goto(f"{address}/apply/hertsmere")
    phone.go_on("Start now")
    phone.go_on()
    phone.go_on()  # nothing is chosen
    expect(page).to_have_title(re.compile("Error: "))
    phone.choose("Somebody on behalf of the victim")
    phone.go_on()
    phone.write("Ms Helper")
    phone.write("1 Example Street\nBorehamwood")
    phone.write("020 7946 0123")
    phone.choose("By post")
    phone.write("Mr Victim")
    phone.choose("Yes")
    phone.write("By phone in the evening")
    phone.go_on()
    page.set_input_files("#consent_document", {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": PDF})
    phone.go_on()
    phone.go_on()
    phone.write("Shouting at night")
    phone.write("Example Street, Borehamwood")
    phone.go_on()
    phone.choose("Yes")
    phone.choose("No")
    phone.write("That it stops")
    phone.report(3)
    phone.choose("Yes")
    phone.report(10)
    phone.choose("No")
    phone.choose("No")
    phone.go_on()
    phone.write("")
    phone.go_on("Accept and send")
    phone.look()
    return page.locator(".govuk-panel strong").inner_text()


def test_every_page_on_the_way_is_without_barrier_and_fits_a_telephone(page: Page, address: str) -> None:
    assert apply(page, address, is_looked_at=True).startswith("HBC-2026-")


def test_somebody_without_scripts_gets_through_and_finds_the_case(page_without_scripts: Page, address: str) -> None:
    page = page_without_scripts
    reference = apply(page, address)
    code = page.locator(".app-code strong").inner_text()
    page.goto(f"{address}/my-case/hertsmere")
    page.get_by_label("Your reference").fill(reference)
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="See my case").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Your case"
    assert "We acknowledge your application" in page.locator("main").inner_text()


def test_the_page_of_the_case_is_without_barrier_and_fits_a_telephone(page: Page, address: str) -> None:
    reference = apply(page, address)
    code = page.locator(".app-code strong").inner_text()
    page.goto(f"{address}/my-case/hertsmere")
    page.get_by_role("button", name="See my case").click()  # with nothing entered
    assert violations(page) == []
    page.locator(".govuk-error-summary a").first.click()
    page.keyboard.type(reference)
    page.keyboard.press("Tab")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/case")
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_three_times_shift_leads_away_and_closes_the_application(
    page: Page, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webui.apply.views.ELSEWHERE", f"{address}/health")  # no test leaves this machine
    page.goto(f"{address}/apply/hertsmere")
    page.get_by_role("button", name="Start now").click()
    page.wait_for_url("**/code")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/health")
    page.go_back()
    page.goto(f"{address}/apply/hertsmere/code")
    assert page.url == f"{address}/apply/hertsmere"


def test_the_page_for_staff_is_without_barrier_and_fits_a_telephone(page: Page, web: Web, address: str) -> None:
    cookie = web.client_of("Officer 1").get_cookie("asb")
    assert cookie is not None
    page.context.add_cookies([{"name": "asb", "value": cookie.value, "url": address}])
    page.goto(f"{address}/applications/new")
    assert violations(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Open the case").click()
    page.wait_for_selector(".govuk-error-summary")
    assert violations(page) == []
