"""What a version changed, as its people see it: in sentences, in drawings, by cell, question and word."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from threading import Thread

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from engine.variants import Variant
from engine.workshop.differences import sample_pdf
from tests.in_force import put_in_force
from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.office import Web

PAGE = "/policy/versions/2/differences"
FILES = ("action.bpmn", "threshold.dmn", "letters/ct1.md", "forms/application.form", "policy.toml")


def other(variant: Variant, **edits: tuple[str, str]) -> Variant:
    files = dict(variant.files)
    for file, (old, new) in edits.items():
        text = files[file].decode()
        assert old in text
        files[file] = text.replace(old, new, 1).encode()
    return Variant.from_files(files, variant.id, origin=variant.origin)


@pytest.fixture
def changed(web: Web) -> Web:
    rows = web.variant.files["threshold.dmn"].decode()
    gone = re.findall(r"      <rule id=.*?</rule>\n", rows, re.DOTALL)[2]
    edits = {
        "action.bpmn": ('name="Carry out the action"', 'name="Do &#60;it&#62;"'),
        "threshold.dmn": (gone, ""),
        "letters/ct1.md": ("write to you by", "tell you by"),
        "forms/application.form": ("What has been happening?", "What is going on?"),
        "policy.toml": ("within 2 working days", "within 3 working days"),
    }
    put_in_force(web.office, other(web.variant, **edits))
    return web


@pytest.fixture
def address(changed: Web, page: Page) -> Iterator[str]:
    """Where the screens are served; somebody who works there is signed in."""
    server = make_server("127.0.0.1", 0, changed.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    cookie = changed.client_of("Officer 1").get_cookie("asb")
    assert cookie is not None
    page.context.add_cookies([{"name": "asb", "value": cookie.value, "url": url}])
    yield url
    server.shutdown()
    thread.join()


def words(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def page_of(web: Web, address: str) -> str:
    answer = web.client_of("Officer 1").get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_all_is_told_in_sentences_under_its_clause(changed: Web) -> None:
    page = page_of(changed, PAGE)
    told = words(page)
    assert "5 differences: 4 changed and 1 gone." in told
    assert "~ Changed The clause says “… is acknowledged (CT1) within 3 working days" in told
    assert told.index("H11.1 The application is acknowledged") < told.index("H11.18 ")
    assert "its name is “Do &lt;it&gt;” instead of “Carry out the action”" in told
    assert f"{PAGE}/file?since=1&amp;name=action.bpmn" in page
    assert f"{PAGE}?since=1" in page_of(changed, "/policy/versions")


def test_a_version_is_compared_with_any_other(changed: Web, page: Page, address: str) -> None:
    edits = {"action.bpmn": ('x="232" y="262"', 'x="252" y="262"')}
    put_in_force(changed.office, other(changed.variant, **edits))
    page.goto(f"{address}/policy/versions/3/differences")
    assert "Version 3 beside version 2" in page.inner_text("main")
    assert violations(page) == []
    page.get_by_label("Compare with version").select_option("1")
    page.get_by_role("button", name="Compare").click()
    assert "1 difference: 1 moved." in page.inner_text("main")
    page.get_by_role("link", name="action.bpmn").click()
    assert page.locator("#after-action_agreed").count() == 1


def test_a_diagram_stands_beside_what_it_was_with_marks_in_words_and_signs(changed: Web) -> None:
    page = page_of(changed, f"{PAGE}/file?name=action.bpmn")
    assert page.count("<svg ") == 2
    assert "Changed: Do &lt;it&gt;." in page
    assert "Changed: Carry out the action." in page
    assert '<a class="govuk-link" href="#after-carry_out_action">Do &lt;it&gt;</a>' in page
    assert page.count('id="after-carry_out_action"') == 1
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_table_shows_its_rows_and_the_one_that_is_gone(changed: Web) -> None:
    told = words(page_of(changed, f"{PAGE}/file?name=threshold.dmn"))
    assert "3 \N{MINUS SIGN} Gone" in told
    assert "was: &gt;= 1" in told


def test_a_form_shows_what_was_and_is_asked(changed: Web) -> None:
    page = page_of(changed, f"{PAGE}/file?name=forms/application.form")
    assert '<del class="app-words">What has been happening?</del>' in page
    assert '<ins class="app-words">What is going on?</ins>' in page


def test_a_letter_is_told_by_word_and_shown_as_it_is_sent(changed: Web) -> None:
    page = page_of(changed, f"{PAGE}/file?name=letters/ct1.md")
    assert "gone: write to (end of gone) new: tell (end of new) you by" in re.sub(" +", " ", words(page))
    sent = []
    for number in (1, 2):
        answer = changed.client_of("Officer 1").get(f"/policy/versions/{number}/letter?name=letters/ct1.md")
        assert (answer.status_code, answer.content_type) == (200, "application/pdf")
        assert answer.get_data().startswith(b"%PDF-")
        sent.append(answer.get_data())
        assert f"/policy/versions/{number}/letter?name=letters/ct1.md" in page
    assert sent[0] != sent[1]


def test_every_letter_can_be_shown_with_samples(hertsmere: Variant) -> None:
    for letter in hertsmere.letters.values():
        assert sample_pdf(hertsmere, letter, date(2026, 3, 2)).startswith(b"%PDF-"), letter.id


@pytest.mark.parametrize(
    "address",
    [
        "/policy/versions/1/differences",  # there is none before the first
        "/policy/versions/9/differences",
        f"{PAGE}/file?name=action.dmn",
        f"{PAGE}/file",
        "/policy/versions/2/letter?name=letters/none.md",
    ],
)
def test_what_is_not_there_is_not_found(changed: Web, address: str) -> None:
    assert changed.client_of("Officer 1").get(address).status_code == 404


def test_the_pages_have_no_barrier_and_fit_a_telephone(page: Page, address: str) -> None:
    for place, file in enumerate(("", *FILES)):
        page.goto(f"{address}{PAGE}{f'/file?name={file}' if file else ''}")
        if folder := os.environ.get("PICTURES"):
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=f"{folder}/{place}-{width}.png", full_page=True)
        assert (file, violations(page)) == (file, [])
        assert (file, scrolls_sideways(page)) == (file, False)
