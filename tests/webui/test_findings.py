"""What the check finds, on the screen: the cause, and behind it what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from engine.check import Finding
from engine.workshop.judgement import Checked
from tests.webui.office import Web
from webui.policy import views

FOLLOWS = Finding(
    rule="limits", file="application.bpmn", element_id="check", sentence="There is no limit “acknowledge”."
)
CAUSE = Finding(
    rule="readable", file="time_limits.dmn", element_id="row_1", element_name="row 1",
    sentence="The limit “acknowledge” has the amount ten. Write a whole number.", follows=(FOLLOWS,),
)  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_is_kept() -> Iterator[None]:
    """What was found before this test is not shown in it, and what is found in it not afterwards."""
    views._findings_of.cache_clear()
    yield
    views._findings_of.cache_clear()


def test_a_cause_is_counted_once_and_shows_what_follows_from_it(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*_given: Any) -> Checked:
        return Checked(errors=(CAUSE,), warnings=())

    monkeypatch.setattr(views, "check_in_force", found)
    page = web.client_of("Officer 1").get("/policy/findings").get_data(as_text=True)
    words = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert "1 error to put right before a case may run by it." in words
    assert "What follows from it: 1 more finding" in words
    assert words.index(CAUSE.sentence) < words.index("What follows from it") < words.index(FOLLOWS.sentence)


def test_a_version_of_which_the_folder_was_not_kept_is_not_called_sound(web: Web) -> None:
    page = web.client_of("Officer 1").get("/policy/findings").get_data(as_text=True)
    assert "The folder of the version in force was not kept, so it cannot be checked." in page
    assert "Sound" not in page
