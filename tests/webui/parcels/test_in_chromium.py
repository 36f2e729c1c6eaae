"""Two installations on two ports, in a real browser: a file is taken from one page and given to the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from engine.scenarios.movement import go_to, rest
from tests.councils.two_bodies import open_in
from tests.councils.two_installations import Installation, both_in, same_time, until_it_is_packed
from tests.webui.chromium import scrolls_sideways, violations


@contextmanager
def served(at: Installation, host: str, page: Page) -> Iterator[str]:
    """Its address; somebody has signed in there. The two have hosts of their own, as cookies know no ports."""
    at.app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, at.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    cookie = at.browser().get_cookie("asb")
    assert cookie is not None
    page.context.add_cookies([{"name": "asb", "value": cookie.value, "domain": host, "path": "/"}])
    yield f"http://{host}:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Installation, Installation]]:
    found = both_in(tmp_path)
    yield found
    for each in found:
        each.office.database.close()


def check(page: Page) -> None:
    expect(page.locator("h1")).to_have_count(1)
    assert (page.url, violations(page)) == (page.url, [])
    assert (page.url, scrolls_sideways(page)) == (page.url, False)


def take(page: Page, link: str, folder: Path) -> Path:
    with page.expect_download() as loading:
        page.get_by_role("link", name=link).first.click()
    path = folder / loading.value.suggested_filename
    loading.value.save_as(path)
    return path


def give(page: Page, path: Path) -> None:
    page.set_input_files("#files", path)
    page.get_by_role("button", name="Take in").click()


def test_an_appeal_goes_from_one_page_to_the_other_and_its_receipt_comes_back(
    both: tuple[Installation, Installation], page: Page, tmp_path: Path
) -> None:
    derby, body = both
    reference = until_it_is_packed(derby)
    same_time(derby, body)
    with ExitStack() as stack:
        ours = stack.enter_context(served(derby, "127.0.0.1", page))
        theirs = stack.enter_context(served(body, "localhost", page))
        page.goto(f"{theirs}/by-file")
        check(page)
        page.goto(ours)
        page.get_by_role("link", name="By file").click()
        expect(page.get_by_text("Waits for the receipt of The Commissioner")).to_be_visible()
        check(page)
        file = take(page, "Take the file", tmp_path)
        page.goto(f"{theirs}/by-file")
        broken = tmp_path / "broken.asb-parcel"
        broken.write_bytes(file.read_bytes()[:-1])
        give(page, broken)
        expect(page.get_by_role("alert")).to_contain_text("only a part of it came")
        check(page)
        give(page, file)
        expect(page.get_by_role("alert")).to_contain_text("Send the receipt back")
        check(page)
        receipt = take(page, "Take the receipt", tmp_path)
        page.goto(f"{ours}/by-file")
        give(page, receipt)
        expect(page.get_by_role("alert")).to_contain_text("it is handed over")
        check(page)
        page.goto(f"{ours}/cases/{reference}/handed-over")
        expect(page.get_by_text("With the receiver since")).to_be_visible()
        check(page)
    rest(derby.office)
    assert open_in(derby.office, reference) == ["await_appeal_answer"]


def test_an_overdue_receipt_is_given_up_with_a_reason(both: tuple[Installation, Installation], page: Page) -> None:
    derby, _ = both
    reference = until_it_is_packed(derby)
    go_to(derby.office, derby.office.clock.now().replace(day=25))
    with served(derby, "127.0.0.1", page) as ours:
        page.goto(f"{ours}/cases/{reference}/handed-over")
        expect(page.get_by_text("Not handed over yet")).to_be_visible()
        check(page)
        page.goto(f"{ours}/by-file")
        expect(page.get_by_text("Overdue", exact=True)).to_be_visible()
        check(page)
        expect(page.get_by_role("link", name="By file (1 overdue)")).to_be_visible()
        page.get_by_role("link", name="Wait no longer").click()
        check(page)
        page.get_by_role("button", name="Wait no longer").click()
        expect(page.get_by_role("alert")).to_contain_text("Say why")
        check(page)
        page.fill("#reason", "They rang: nothing came.")
        page.get_by_role("button", name="Wait no longer").click()
        expect(page.get_by_role("alert")).to_contain_text("goes another way")
        check(page)
    rest(derby.office)
    assert open_in(derby.office, reference) == ["hand_over_appeal"]
