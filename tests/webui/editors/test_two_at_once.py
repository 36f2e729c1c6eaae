"""Two owners have one file of a draft open, or one is signed out: nothing is overwritten, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from tests.webui.editors.desk import Desk, sit_down
from tests.workshop.folder import FIRST

DIAGRAM = "review.bpmn"
TASK = "record_outcome"


def test_the_second_is_told_and_keeps_a_copy_and_loads_what_is_saved(desk: Desk, second: Desk) -> None:
    desk.open(DIAGRAM)
    second.open(DIAGRAM)
    second.page.get_by_text(f"Open at the same time: {FIRST}, since").wait_for()
    desk.rename(TASK, "As the first has it")
    desk.is_saved()
    second.rename(TASK, "As the second has it")
    second.page.keyboard.press("Control+s")
    told = second.page.get_by_role("alert")
    told.get_by_text("is not saved and nothing is overwritten").wait_for()
    assert FIRST in told.inner_text()
    assert 'name="As the first has it"' in desk.raw(DIAGRAM)
    with second.page.expect_download() as downloaded:
        told.get_by_role("button", name="Download my copy").click()
    assert downloaded.value.suggested_filename == DIAGRAM
    assert 'name="As the second has it"' in Path(downloaded.value.path()).read_text(encoding="utf-8")
    told.get_by_role("button", name="Load what is saved").click()
    told.wait_for(state="detached")
    second.rename(TASK, "As both want it")
    second.is_saved()
    assert 'name="As both want it"' in desk.raw(DIAGRAM)


def test_what_is_drawn_after_the_session_has_ended_is_saved_once_one_is_signed_in_again(desk: Desk) -> None:
    desk.open(DIAGRAM)
    desk.page.context.clear_cookies()
    desk.rename(TASK, "Drawn while signed out")
    told = desk.page.get_by_role("alert")
    told.get_by_text("You are no longer signed in.").wait_for()
    assert told.get_by_role("button", name="Download my copy").is_visible()
    assert "Drawn while signed out" not in desk.raw(DIAGRAM)
    sit_down(desk.page, desk.web, desk.address, FIRST)  # in another tab, with another token
    desk.page.keyboard.press("Control+s")
    desk.is_saved()
    assert told.count() == 0
    assert 'name="Drawn while signed out"' in desk.raw(DIAGRAM)
