"""The worked examples of a policy, as those who work by it see them: how each comes out, and each on the drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from engine.variants import Variant
from engine.workshop.examples import has_examples_to_play, play_waiting_examples
from tests.in_force import put_in_force
from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.office import Web

MET, NOT_MET = "01_threshold_just_met", "27_anonymous_at_first"
PAGE = "/policy/examples"


@pytest.fixture
def few(web: Web) -> Web:
    """Two examples, of which the one expects at its end a letter that is not sent."""
    files = {
        file: data
        for file, data in web.variant.files.items()
        if not file.startswith("scenarios/") or file.endswith(".json") or Path(file).stem in (MET, NOT_MET)
    }
    expected = files[f"scenarios/{MET}.toml"]
    assert b'["closed"]' in expected
    files[f"scenarios/{MET}.toml"] = expected.replace(b'["closed"]', b'["never-sent"]')
    files["policy.toml"] += b"\n# as tested\n"  # another policy: its digest leaves its examples out
    put_in_force(web.office, Variant.from_files(files, web.variant.id, origin=web.variant.origin))
    return web


@pytest.fixture
def address(few: Web, page: Page, page_without_scripts: Page) -> Iterator[str]:
    """Where the screens are served; somebody who works there is signed in, in both."""
    server = make_server("127.0.0.1", 0, few.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    cookie = few.client_of("Officer 1").get_cookie("asb")
    assert cookie is not None
    for each in (page, page_without_scripts):
        each.context.add_cookies([{"name": "asb", "value": cookie.value, "url": url}])
    yield url
    server.shutdown()
    thread.join()


def words(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def told(web: Web, address: str) -> str:
    answer = web.client_of("Officer 1").get(address)
    assert answer.status_code == 200
    return words(answer.get_data(as_text=True))


def test_they_are_played_in_the_background_when_somebody_asks(few: Web) -> None:
    assert "0 of 2 worked examples were played." in told(few, PAGE)
    assert told(few, PAGE).count("Not played yet") == 2
    asked = few.client_of("Officer 1").post(PAGE)
    assert asked.status_code == 302
    page = few.client_of("Officer 1").get(asked.location).get_data(as_text=True)
    assert "The others are being played." in page
    assert '<meta http-equiv="refresh"' in page
    assert play_waiting_examples(few.office)
    assert not has_examples_to_play(few.office)
    page = told(few, PAGE)
    assert "2 of 2 worked examples were played; 1 example comes out otherwise." in page
    assert "Otherwise step 17 (" in page
    assert "As it says" in page
    through = told(few, f"{PAGE}?element=send_ct4&file=application.bpmn")
    assert MET in through
    assert NOT_MET not in through
    assert "goes through it" in told(few, f"{PAGE}?element=nothing")


def test_each_moment_is_a_page_without_scripts(address: str, page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto(f"{address}{PAGE}/{NOT_MET}")
    assert "Monday 2 March 2026" in page.inner_text("main")
    expect(page.locator("svg [data-element=acknowledge_application]")).to_have_attribute("id", "where-it-is-now")
    page.get_by_role("link", name="Later").click()
    assert "Moment 2 of " in page.inner_text("main")
    assert "did “Acknowledge the application”" in page.inner_text("[data-sentences]")
    assert page.locator("svg").get_by_text("Now", exact=True).count() == 1
    assert page.locator("svg").get_by_text("Done", exact=True).count() > 1
    page.get_by_role("navigation", name="Drawings").get_by_role("link", name="ASB case review").click()
    assert page.locator("svg [data-element=decide_on_application]").count() == 1


def test_a_token_walks_over_the_drawings(address: str, page: Page) -> None:
    page.goto(f"{address}{PAGE}/{NOT_MET}")
    assert violations(page) == []
    assert not scrolls_sideways(page)
    expect(page.locator("svg").get_by_text("▶ now")).to_have_count(1)
    page.get_by_role("button", name="Later").click()
    expect(page.locator("[data-day]")).to_have_text(re.compile("March 2026"))
    expect(page.locator("svg").get_by_text("✓ done").first).to_be_visible()
    assert "frame=2" in page.url
    page.get_by_role("slider").press("Home")
    expect(page.locator("[data-number]")).to_have_text("1")
    page.get_by_role("button", name="Play").press("Enter")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    expect(page.locator("[data-number]")).to_have_text("2")
    page.get_by_role("button", name="Pause").press("Enter")
    expect(page.get_by_role("button", name="Play")).to_be_focused()


def test_who_wants_less_motion_sees_no_walk(address: str, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}{PAGE}/{NOT_MET}")
    page.get_by_role("button", name="Later").click()
    expect(page.locator("svg").get_by_text("✓ done").first).to_be_visible()
    assert page.locator(".app-walk__token").count() == 0


def test_what_comes_out_otherwise_is_said_where_it_does(few: Web) -> None:
    page = told(few, f"{PAGE}/{MET}")
    assert "It does not come out as it says. step 17 (" in page
    assert few.client_of("Officer 1").get(f"{PAGE}/none").status_code == 404
    assert few.client_of("Officer 1").get("/policy/drawings/none.bpmn").status_code == 404
