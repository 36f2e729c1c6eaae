"""The settings of a draft are changed in a form: each where it stands, with the Act's word beside it."""

from __future__ import annotations

import difflib
import os

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.test_drafts import DRAFT, address, owner, raw  # noqa: F401  # fixtures
from tests.webui.test_publication import here, root, words  # noqa: F401  # fixtures

PAGE = f"{DRAFT}/settings"


def change(owner: FlaskClient, key: str, was: str, now: str) -> str:  # noqa: F811
    return words(owner.post(PAGE, data={f"was-{key}": was, f"now-{key}": now}, follow_redirects=True))


def changed_lines(before: bytes, after: bytes) -> list[str]:
    told = difflib.unified_diff(before.decode().splitlines(), after.decode().splitlines(), n=0, lineterm="")
    return [line.strip() for line in told if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_a_limit_is_changed_in_its_own_cell_and_nothing_else_of_the_table(owner: FlaskClient) -> None:  # noqa: F811
    page = words(owner.get(PAGE))
    assert "Acknowledge Counted from the application date. Clauses: H11.1. Held against:" in page
    before = raw(owner, "time_limits.dmn")
    assert "1 setting changed." in change(owner, "limits.acknowledge", "2 working days", "3 working days")
    after = raw(owner, "time_limits.dmn")
    assert [line.replace(" ", "") for line in changed_lines(before, after)] == ["-<text>2</text>", "+<text>3</text>"]
    assert 'value="3 working days"' in owner.get(PAGE).get_data(as_text=True)


def test_a_number_of_the_contact_is_changed_in_its_line(owner: FlaskClient) -> None:  # noqa: F811
    before = raw(owner, "variant.toml")
    change(owner, "contact.phone", "020 8207 7801", "01234 000000")
    told = changed_lines(before, raw(owner, "variant.toml"))
    assert told == ['-phone = "020 8207 7801"', '+phone = "01234 000000"']


def test_what_nobody_changed_stays_as_somebody_else_left_it(owner: FlaskClient) -> None:  # noqa: F811
    change(owner, "limits.acknowledge", "2 working days", "3 working days")
    assert "Nothing was changed." in change(owner, "limits.acknowledge", "2 working days", "2 working days")
    assert 'value="3 working days"' in owner.get(PAGE).get_data(as_text=True)
    told = change(owner, "limits.acknowledge", "2 working days", "4 working days")
    assert "Somebody has changed it to “3 working days” since you opened the page." in told


@pytest.mark.parametrize("words_typed", ["soon", "-1 days", "2 fortnights", "99999999 days"])
def test_what_is_no_limit_is_said_beside_it_and_nothing_is_saved(owner: FlaskClient, words_typed: str) -> None:  # noqa: F811
    told = change(owner, "limits.acknowledge", "2 working days", words_typed)
    assert "is no limit. Write a number" in told
    assert words_typed in owner.post(
        PAGE, data={"was-limits.acknowledge": "2 working days", "now-limits.acknowledge": words_typed}
    ).get_data(as_text=True)
    assert "Nothing is changed yet" in words(owner.get(DRAFT))


def test_the_form_has_no_barrier_and_fits_a_telephone(page: Page, address: str) -> None:  # noqa: F811
    page.goto(address + PAGE)
    page.get_by_label("Acknowledge").fill("soon")
    page.get_by_role("button", name="Save").click()
    assert violations(page) == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/form-{width}.png", full_page=True)
        assert not scrolls_sideways(page)
