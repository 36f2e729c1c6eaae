"""A case on paper: over the full width, with whole words, and without the addresses of links."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.webui.case.test_in_chromium import address, reference

__all__ = ["address", "reference"]

#: Of what is printed after a link, and of words that may be broken anywhere.
_AFTER_LINKS = "[...document.querySelectorAll('a')].map(a => getComputedStyle(a, '::after').content)"
_BREAKS = "[...document.querySelectorAll('body *')].map(e => getComputedStyle(e).overflowWrap)"
#: How much of the paper's width the widest thing in the page takes.
_SHARE = """Math.max(...[...document.querySelectorAll('.app-case__page > *')].map(e => e.getBoundingClientRect().width))
            / document.documentElement.clientWidth"""


@pytest.mark.parametrize("place", ["", "/known", "/history", "/letters", "/actions", "/notes"])
def test_the_page_has_the_full_width_whole_words_and_no_addresses(
    page: Page, address: str, reference: str, place: str
) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # of A4 between its margins
    page.goto(f"{address}/{reference}{place}")
    assert page.evaluate(_SHARE) > 0.9
    assert {content for content in page.evaluate(_AFTER_LINKS) if "/" in content} == set()
    assert "anywhere" not in page.evaluate(_BREAKS)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for gone in (".app-case__pages", ".govuk-service-navigation", ".govuk-template__footer", ".govuk-button"):
        assert not any(element.is_visible() for element in page.query_selector_all(gone)), gone


def test_the_history_on_paper_holds_what_was_said(page: Page, address: str, reference: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{address}/{reference}/history")
    said = page.locator(".app-history__details .govuk-details__text").first
    assert said.is_visible()
