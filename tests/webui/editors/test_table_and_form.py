"""A policy owner changes a decision table and a form in the browser."""

from __future__ import annotations

from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.editors.desk import Desk

TABLE, FORM = "threshold.dmn", "forms/application.form"


def open_threshold(desk: Desk) -> None:
    desk.open(TABLE)
    desk.page.get_by_role("group", name="Tables of this file").get_by_role(
        "button", name="Hertsmere's threshold"
    ).click()
    desk.selected("Hertsmere's threshold")


def test_a_cell_is_changed_and_nothing_else_in_the_file_is_new(desk: Desk) -> None:
    open_threshold(desk)
    before = desk.raw(TABLE).splitlines()
    desk.page.locator("[data-element-id=threshold_three_complaints_in_2]").click()
    desk.page.keyboard.press("End")
    desk.page.keyboard.press("Backspace")
    desk.page.keyboard.type("4")
    desk.is_saved()
    assert [line.strip() for line in desk.raw(TABLE).splitlines() if line not in before] == ["<text>&gt;= 4</text>"]


def test_a_cell_that_cannot_be_read_is_found_and_shown_from_the_overview(desk: Desk) -> None:
    open_threshold(desk)
    desk.page.locator("[data-element-id=threshold_safeguarding_in_1]").click()
    desk.page.keyboard.press("End")
    desk.page.keyboard.type(" yes")
    found = desk.part("What the check finds").locator(".asb-finding--error").first
    found.wait_for()
    desk.page.get_by_role("button", name="Overview").click()
    desk.selected("Nothing is selected")
    found.get_by_role("button", name="Show me").click()
    desk.page.locator("[data-element-id=threshold_safeguarding_in_1]").wait_for()


def test_the_mark_of_its_makers_is_in_sight_beside_every_table(desk: Desk) -> None:
    open_threshold(desk)
    mark = desk.page.locator(".asb-canvas .bjs-powered-by").locator("visible=true")
    canvas, place = desk.page.locator(".asb-canvas").bounding_box(), mark.bounding_box()
    assert canvas is not None
    assert place is not None
    assert place["y"] > canvas["y"] + canvas["height"] / 2  # at its lower edge, as it was made
    mark.click(trial=True)
    assert violations(desk.page) == []


def test_a_question_is_changed_and_seen_as_people_will_see_it(desk: Desk) -> None:
    desk.open(FORM)
    before = desk.raw(FORM).splitlines()
    seen = desk.part("As people see it")
    seen.get_by_text("Is it still going on?").wait_for()
    desk.page.locator(".asb-canvas .fjs-element", has_text="Is it still going on?").last.click()
    desk.selected("Is it still going on?")
    desk.page.locator(".bio-properties-panel-group-header", has_text="General").click()
    desk.page.get_by_label("Field label").fill("Does it still happen?")
    seen.get_by_text("Does it still happen?").wait_for()
    desk.is_saved()
    assert [line.strip() for line in desk.raw(FORM).splitlines() if line not in before] == [
        '"label": "Does it still happen?",'
    ]


def test_a_question_that_another_depends_on_can_be_tried_in_the_preview(desk: Desk) -> None:
    desk.open(FORM)
    seen = desk.part("As people see it")
    assert seen.get_by_text("Which senior manager raises it?").count() == 0
    seen.get_by_label("Nobody: a senior manager raises the case to safeguard a victim").check()
    seen.get_by_text("Which senior manager raises it?").wait_for()


def test_a_form_and_a_table_have_room_on_a_phone(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 844})
    for file in (TABLE, FORM):
        desk.open(file)
        assert not scrolls_sideways(desk.page, 390)
        assert violations(desk.page) == []
