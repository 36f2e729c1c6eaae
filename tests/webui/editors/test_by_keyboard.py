"""What is drawn can be found, chosen, named, added and connected without a mouse."""

from __future__ import annotations

from tests.webui.chromium import violations
from tests.webui.editors.desk import Desk

DIAGRAM = "review.bpmn"


def press(desk: Desk, *keys: str) -> None:
    for key in keys:
        desk.page.keyboard.press(key)


def test_a_step_is_found_added_named_and_connected(desk: Desk) -> None:
    desk.open(DIAGRAM)
    desk.page.locator(".asb-canvas svg[tabindex]").first.focus()
    press(desk, "Control+f")
    desk.page.keyboard.type("Hear what the victim")
    press(desk, "Enter")
    desk.selected("Hear what the victim says of the draft plan (task)")
    press(desk, "a")
    desk.page.locator(".djs-popup-search input").wait_for()
    desk.page.keyboard.type("user task")
    press(desk, "Enter")
    desk.page.keyboard.type("Think again")
    press(desk, "Enter")
    desk.selected("Think again (task)")
    desk.page.get_by_label("Connect to", exact=True).select_option(label="Confirm the outcome in writing (send task)")
    desk.page.get_by_role("button", name="Connect", exact=True).press("Enter")
    desk.selected("Flow from Think again to Confirm the outcome in writing")
    press(desk, "Control+s")
    desk.is_saved()
    assert 'name="Think again"' in desk.raw(DIAGRAM)


def test_everything_that_is_drawn_is_in_a_list_that_chooses_it(desk: Desk) -> None:
    desk.open(DIAGRAM)
    listed = desk.part("Everything in this file")
    listed.locator("summary").press("Enter")
    listed.get_by_role("button", name="Write minutes and action plan (task)").press("Enter")
    desk.selected("Write minutes and action plan (task)")
    press(desk, "e", "Control+a")
    desk.page.keyboard.type("Write it all down")
    press(desk, "Enter")
    desk.selected("Write it all down (task)")
    assert violations(desk.page) == []
