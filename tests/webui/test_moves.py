"""A policy owner sees what moving open cases to a version would do, and moves those that are chosen."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from threading import Thread

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.serving import make_server

from engine.casework.cases.intake import open_case
from engine.staff.roles import Role
from engine.staff.sessions import Account, start_session
from engine.store import cases, staff
from engine.variants import Variant
from tests.cli.calls import APPLICATION
from tests.in_force import put_in_force
from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.office import HERTSMERE, START_AT, Web

PAGE = "/policy/versions/2/moves"
FIRST = "HBC-2026-0001"


def later(variant: Variant) -> Variant:
    limits = variant.files["time_limits.dmn"].replace(b"<text>2</text>", b"<text>4</text>", 1)
    return Variant.from_files({**variant.files, "time_limits.dmn": limits}, variant.id)


@pytest.fixture
def moving(web: Web) -> Web:
    """Two cases are open by version 1, and version 2 gives more time to acknowledge."""
    web.set_up()
    for _ in range(2):
        open_case(web.office, web.variant, json.loads(APPLICATION.read_text()), by="the applicant")
    put_in_force(web.office, later(web.variant))
    return web


def owner(web: Web) -> FlaskClient:
    with web.office.database.begin() as connection:
        if staff.person_named(connection, HERTSMERE, "Owner 1") is None:
            staff.add_person(
                connection, HERTSMERE, name="Owner 1", email="owner@hertsmere.example", roles=Role.POLICY_OWNER.value,
                teams="", line_manager=None, head_of_service=None, added_at=START_AT,
            )  # fmt: skip
            staff.note_change(connection, HERTSMERE, START_AT)
        account = Account.of(staff.person_named(connection, HERTSMERE, "Owner 1"))  # type: ignore[arg-type]
    client = web.app.test_client()
    token = start_session(web.office.database, web.clock, account)
    with client.session_transaction() as session:
        session["token"] = token
    return client


def words(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def moved(web: Web) -> list[bool]:
    with web.office.database.read() as connection:
        return [row.variant_digest != web.variant.digest for row in cases.all_cases(connection)]


def test_the_page_says_what_it_would_do_to_each_and_changes_nothing(moving: Web) -> None:
    browser = owner(moving)
    assert PAGE in browser.get("/policy/versions").get_data(as_text=True)
    page = words(browser.get(PAGE).get_data(as_text=True))
    assert "2 open cases are of another version." in page
    assert "2 open: 2 with a later day." in page
    assert "“Acknowledge the application”: Tuesday 3 March 2026 → Thursday 5 March 2026 (counted anew)." in page
    assert moved(moving) == [False, False]


def test_nobody_is_named_to_whoever_may_not_see_cases(moving: Web) -> None:
    assert "Ms A" not in owner(moving).get(PAGE).get_data(as_text=True)


def test_the_chosen_ones_are_moved_with_the_reason(moving: Web) -> None:
    browser = owner(moving)
    answer = browser.post(PAGE, data={"case": [FIRST], "why": "The cabinet gave more time"}, follow_redirects=True)
    page = words(answer.get_data(as_text=True))
    assert "1 case moved. Your reason is in the record of each." in page
    assert "1 open case is of another version." in page
    assert moved(moving) == [True, False]


def test_where_all_are_moved_nothing_is_left_to_choose(moving: Web) -> None:
    browser = owner(moving)
    browser.post(PAGE, data={"case": [FIRST, "HBC-2026-0002"], "why": "More time"})
    assert "Every open case is of this version." in browser.get(PAGE).get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"case": FIRST}, "Enter why they are moved"),
        ({"why": "More time"}, "Choose the cases that are to be moved"),
        ({"case": FIRST, "why": "x" * 2001}, "The reason must be 2,000 characters or fewer"),
        ({"case": FIRST, "why": "x", "table": "[steps]"}, "The table has “steps”."),
        ({"case": FIRST, "why": "x", "table": "#" * 20_001}, "The table must be 20,000 characters or fewer"),
        ({"case": "HBC-2026-0009", "why": "x"}, "HBC-2026-0009 is no open case of hertsmere"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_it_and_what_was_typed_stays(
    moving: Web, data: dict[str, str], said: str
) -> None:
    answer = owner(moving).post(PAGE, data={"despite": "They were phoned", **data})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert said in page.replace("&#34;", '"')
    assert "They were phoned" in page
    assert moved(moving) == [False, False]


def test_one_looks_again_with_a_table_before_anything_is_moved(moving: Web) -> None:
    data = {"action": "look", "table": '[deadlines]\nacknowledge = "kept"'}
    page = words(owner(moving).post(PAGE, data=data).get_data(as_text=True))
    assert "“Acknowledge the application” stays on Tuesday 3 March 2026 (kept)" in page
    assert moved(moving) == [False, False]


@pytest.mark.parametrize("number", [3, 99])
def test_a_version_that_is_not_there_is_not_found(moving: Web, number: int) -> None:
    assert owner(moving).get(f"/policy/versions/{number}/moves").status_code == 404


def test_an_officer_may_not_move_them(moving: Web) -> None:
    browser = moving.client_of("Officer 1")
    assert browser.get(PAGE).status_code == 403
    assert PAGE not in browser.get("/policy/versions").get_data(as_text=True)


@pytest.fixture
def address(moving: Web, page: Page) -> Iterator[str]:
    """Where the screens are served; the policy owner is signed in."""
    cookie = owner(moving).get_cookie("asb")
    server = make_server("127.0.0.1", 0, moving.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    assert cookie is not None
    page.context.add_cookies([{"name": "asb", "value": cookie.value, "url": url}])
    yield url
    server.shutdown()
    thread.join()


def test_the_page_has_no_barrier_and_fits_a_telephone(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}")
    for place in ("asked", "refused"):
        if folder := os.environ.get("PICTURES"):
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=f"{folder}/{place}-{width}.png", full_page=True)
        assert violations(page) == []
        assert not scrolls_sideways(page)
        page.get_by_role("button", name="Move the chosen cases").click()


def test_where_everything_in_a_case_would_stand_is_told_where_somebody_wants_to_know_it(moving: Web) -> None:
    page = owner(moving).get(PAGE).get_data(as_text=True)
    assert f'Where everything would stand<span class="govuk-visually-hidden"> in {FIRST}</span>' in page
    assert "(task, Tuesday 3 March 2026) → “Acknowledge the application” (task, Thursday 5 March 2026)." in page
    assert "“Withdrawn” (message) stays as it is." in page
