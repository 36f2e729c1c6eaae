"""The page of a draft's file in a real browser, as its owner has it before them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

import pytest
from playwright.sync_api import Browser, Locator, Page
from werkzeug.serving import make_server

from tests.webui.office import Web
from tests.workshop.folder import FIRST, SECOND

DRAFT = "/policy/drafts/1"
#: Milliseconds that the first check of a folder may take on a machine that does much else.
_LONGEST_CHECK = 120_000


@dataclass(frozen=True)
class Desk:
    page: Page
    address: str
    web: Web
    owner: str

    def open(self, file: str, *, element: str = "") -> None:
        """Open the file, until the check has looked at it and nothing more is on its way."""
        self.page.goto(f"{self.address}{DRAFT}/files/{file}" + (f"?element={element}" if element else ""))
        self.part("What the check finds").get_by_text("in this file.").wait_for(timeout=_LONGEST_CHECK)

    def part(self, name: str) -> Locator:
        """What stands beside the drawing under this name."""
        return self.page.get_by_role("region", name=name, exact=True)

    @property
    def about(self) -> Locator:
        return self.part("About what is selected")

    def selected(self, name: str) -> None:
        """Wait until this is what is selected."""
        self.about.get_by_role("heading", name=name, exact=True).wait_for()

    def shape(self, element: str) -> Locator:
        return self.page.locator(f".asb-canvas [data-element-id={element}]").first

    def rename(self, element: str, name: str) -> None:
        self.shape(element).dblclick()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")

    def is_saved(self) -> None:
        """Wait until it says so."""
        self.page.get_by_text("Saved at").wait_for()

    def raw(self, file: str) -> str:
        """The file as the draft has it."""
        return self.web.client_of(self.owner).get(f"{DRAFT}/raw/{file}").get_data(as_text=True)


@contextmanager
def served(web: Web) -> Iterator[str]:
    """The address of the screens, on which a draft of what is in force was begun."""
    begun = web.client_of(FIRST).post("/policy/drafts", data={"title": "Drawn", "where": "in-force"})
    assert begun.headers["Location"] == DRAFT
    web.app.config.update(WTF_CSRF_ENABLED=True)  # what the editors send has to carry the page's token
    server = make_server("127.0.0.1", 0, web.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def sit_down(page: Page, web: Web, address: str, owner: str) -> Desk:
    """Their desk, in a browser in which they are signed in."""
    cookie = web.client_of(owner).get_cookie("asb")
    assert cookie is not None
    page.context.add_cookies([{"name": "asb", "value": cookie.value, "url": address}])
    return Desk(page=page, address=address, web=web, owner=owner)


@pytest.fixture
def address(here: Web) -> Iterator[str]:
    with served(here) as found:
        yield found


@pytest.fixture
def desk(page: Page, here: Web, address: str) -> Desk:
    return sit_down(page, here, address, FIRST)


@pytest.fixture
def second(browser: Browser, here: Web, address: str) -> Iterator[Desk]:
    """Another owner's, in another browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield sit_down(context.new_page(), here, address, SECOND)
    context.close()
