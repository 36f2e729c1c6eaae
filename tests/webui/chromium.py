"""A real browser: pages to open, and what axe finds on them. Every test can ask for the fixtures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

#: What the system may call it, best first.
_CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
#: What WCAG 2.2 AA asks for, and what axe calls good practice, such as one main heading.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
#: To tell every element that keeps a rule takes longer than to look whether it does.
_RUN = "rules => axe.run({ runOnly: rules, resultTypes: ['violations'] }).then(found => found.violations)"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium or, where there is none, Playwright's own; `make test` sees to it that there is one.

    The shell is Chromium without windows, and works a third less for the same pages.
    """
    chromium = next(filter(None, map(shutil.which, _CHROMIUMS)), None)
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not start where tests run as root or in a container with little shared memory.
        launched = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own session, 1280 by 900. What goes wrong in its scripts, and what is refused, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
    yield opened
    context.close()
    assert wrong == []


@pytest.fixture
def page_without_scripts(browser: Browser) -> Iterator[Page]:
    """A page in which no script runs."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    """What axe finds on the page, once it is there: rule, what it asks for, and the elements."""
    page.wait_for_load_state()  # after a click the next page may only be on its way
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found: list[dict[str, Any]] = page.evaluate(_RUN, _RULES)
    return [
        f"{each['id']}: {each['help']}: {', '.join(node['html'][:200] for node in each['nodes'])}" for each in found
    ]


def scrolls_sideways(page: Page, width: int = 320) -> bool:
    """Whether the page is wider than a window of `width` pixels. The window's size is put back."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 800})
    wide = bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
    if before is not None:
        page.set_viewport_size(before)
    return wide


def wait_for_focus(page: Page, element_id: str) -> None:
    """Wait until this element has the focus. (A script that waits would be refused by the pages' security policy.)"""
    page.wait_for_selector(f'[id="{element_id}"]:focus')
