"""Looking at a page as somebody does who cannot see it, has a small telephone, or made a mistake in its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect

from tests.journeys.demonstration import Demonstration
from tests.webui.chromium import scrolls_sideways, violations

_NOTHING: Mapping[str, str | int] = MappingProxyType({})


@dataclass
class Visitor:
    """A browser, and what was wrong with the pages it has seen."""

    page: Page
    demonstration: Demonstration
    wrong: list[str] = field(default_factory=list)

    def open(self, endpoint: str, values: Mapping[str, str | int] = _NOTHING, *, status: int = 200) -> None:
        """Open the page of this endpoint; `values` stand in its address."""
        service = self.demonstration.service
        with service.app.test_request_context():
            address = service.app.url_map.bind("localhost").build(endpoint, dict(values))
        answer = self.page.goto(f"{service.address}{address}")
        assert answer is not None
        assert (address, answer.status, self.page.url) == (address, status, f"{service.address}{address}")

    def visit(self, endpoint: str, values: Mapping[str, str | int] = _NOTHING, *, status: int = 200) -> None:
        """Open the page and look at it."""
        self.open(endpoint, values, status=status)
        self.look()

    def look(self) -> None:
        """Look at the page, once it is there."""
        page = self.page
        page.wait_for_load_state()
        if (count := page.locator("h1").count()) != 1:
            self._note(f"{count} main headings")
        if not page.title().partition(" – ")[0].strip():
            self._note("no title")
        if page.locator("html").get_attribute("lang") != "en":
            self._note("no language")
        for each in violations(page):
            self._note(each)
        if scrolls_sideways(page):
            self._note("wider than 320 pixels")

    def see_what_is_wrong(self) -> None:
        """A form is shown again: its title says so, the summary has the focus, and each line leads to an input."""
        expect(self.page).to_have_title(re.compile("^Error: "))
        expect(self.page.locator(":focus")).to_have_class(re.compile("govuk-error-summary"))
        self.look()
        lines = self.page.locator(".govuk-error-summary").get_by_role("link").all()
        assert lines
        for line in lines:
            words = line.inner_text()
            line.press("Enter")
            reached = self.page.locator("input:focus, select:focus, textarea:focus, button:focus")
            expect(reached, words).to_have_count(1)

    def _note(self, what: str) -> None:
        self.wrong.append(f"{self.page.url.removeprefix(self.demonstration.service.address)}: {what}")


@contextmanager
def visiting(browser: Browser, demonstration: Demonstration) -> Iterator[Visitor]:
    """A visitor in a browser of their own; at the end nothing may have been wrong, in the console neither."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    visitor = Visitor(page, demonstration)

    def hear_answer(answer: Response) -> None:
        if answer.status >= 400 and answer.request.resource_type != "document":
            visitor.wrong.append(f"{answer.url}: {answer.status}")

    def hear_console(message: ConsoleMessage) -> None:
        # that an answer was an error is heard above
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            visitor.wrong.append(f"{page.url}: {message.text}")

    page.on("response", hear_answer)
    page.on("console", hear_console)
    page.on("pageerror", lambda error: visitor.wrong.append(f"{page.url}: {error}"))
    yield visitor
    context.close()
    assert visitor.wrong == [], visitor.wrong
