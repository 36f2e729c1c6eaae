"""A policy owner draws a diagram in the browser."""

from __future__ import annotations

from tests.webui.chromium import scrolls_sideways, violations
from tests.webui.editors.desk import DRAFT, Desk
from tests.workshop.folder import FIRST

DIAGRAM = "review.bpmn"
TASK, FLOW = "record_outcome", "is_plan_a_draft_to_send_draft"


def type_condition(desk: Desk, text: str) -> None:
    """Write the condition of the selected flow, in the properties panel."""
    desk.page.locator(".bio-properties-panel-group-header", has_text="Condition").click()
    field = desk.page.locator(".bio-properties-panel .cm-content").first
    field.click()
    desk.page.keyboard.press("End")
    desk.page.keyboard.type(text)


def test_a_task_that_is_renamed_is_saved_by_itself_and_nothing_else_in_the_file_is_new(desk: Desk) -> None:
    desk.open(DIAGRAM)
    before = desk.raw(DIAGRAM).splitlines()
    desk.rename(TASK, "Write down the outcome")
    desk.page.get_by_text("Not saved yet.").wait_for()
    desk.is_saved()
    after = desk.raw(DIAGRAM).splitlines()
    assert [line.strip() for line in after if line not in before] == [
        f'<bpmn:userTask id="{TASK}" name="Write down the outcome">'
    ]
    assert len(after) == len(before)


def test_a_file_in_which_nothing_changes_is_not_saved(desk: Desk) -> None:
    desk.open(DIAGRAM)
    desk.page.get_by_role("button", name="Save", exact=True).first.click()
    desk.page.get_by_text("Nothing has changed since the file was opened.").wait_for()
    assert f"{FIRST} changed" not in desk.web.client_of(FIRST).get(DRAFT).get_data(as_text=True)


def test_what_is_undone_is_saved_as_it_was_opened_to_the_letter(desk: Desk) -> None:
    desk.open(DIAGRAM)
    before = desk.raw(DIAGRAM)
    desk.rename(TASK, "Something else")
    desk.is_saved()
    assert desk.raw(DIAGRAM) != before
    desk.page.get_by_role("button", name="Undo", exact=True).click()
    desk.page.get_by_text("Not saved yet.").wait_for()
    desk.is_saved()
    assert desk.raw(DIAGRAM) == before


def test_control_and_s_save_at_once_also_while_a_name_is_being_written(desk: Desk) -> None:
    desk.open(DIAGRAM)
    desk.shape(TASK).dblclick()
    desk.page.keyboard.press("Control+a")
    desk.page.keyboard.type("Half a na")
    desk.page.keyboard.press("Control+s")
    desk.is_saved()
    assert 'name="Half a na"' in desk.raw(DIAGRAM)


def test_a_misspelt_condition_is_marked_on_its_flow_and_shown(desk: Desk) -> None:
    desk.open(DIAGRAM, element=FLOW)
    desk.selected("Yes (flow)")
    type_condition(desk, " and plan_iss = 1")
    badge = desk.page.locator(".asb-canvas .asb-badge.asb-has-error")
    badge.wait_for()
    sentence = "In “Yes”, the condition reads “plan_iss”, which no form, mapping, script or decision gives."
    assert sentence in badge.inner_text() or sentence in (badge.text_content() or "")
    assert sentence in desk.about.inner_text()
    found = desk.part("What the check finds")
    assert found.get_by_role("heading", name="New since the draft began (1)").is_visible()
    desk.shape(TASK).click()
    desk.selected("Record the outcome and the actions (task)")
    found.get_by_role("button", name="Show me “Yes (flow)”").click()
    desk.selected("Yes (flow)")
    assert desk.page.evaluate("document.activeElement.matches('.asb-canvas svg')")


def test_names_of_facts_and_our_functions_are_offered_in_an_expression(desk: Desk) -> None:
    desk.open(DIAGRAM, element=FLOW)
    desk.selected("Yes (flow)")
    type_condition(desk, " and working")
    desk.page.locator(".cm-tooltip-autocomplete li", has_text="working days between(a, b)").wait_for()
    desk.page.keyboard.press("Escape")


def test_what_is_known_of_an_element_stands_beside_it(desk: Desk) -> None:
    desk.open(DIAGRAM)
    desk.shape("circulate_minutes").click()
    desk.selected("Write minutes and action plan (task)")
    desk.about.get_by_text("Due: 5 working days after the day of the panel").wait_for()
    assert desk.about.get_by_text("H11.12, H11.17").is_visible()
    assert desk.about.get_by_text("The worked examples were not played yet.").is_visible()


def test_the_drawing_can_fill_the_window(desk: Desk) -> None:
    desk.open(DIAGRAM)
    button = desk.page.get_by_role("button", name="Fill the window")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    canvas = desk.page.locator(".asb-canvas").bounding_box()
    assert canvas is not None
    assert canvas["y"] < 120
    assert canvas["y"] + canvas["height"] <= 900
    assert violations(desk.page) == []
    button.click()
    assert desk.page.get_by_role("heading", name=DIAGRAM).is_visible()


def test_a_comment_on_an_element_stands_beside_it_until_it_is_settled(desk: Desk) -> None:
    desk.open(DIAGRAM)
    desk.shape(TASK).click()
    desk.about.get_by_text("Comment on this element").click()
    desk.page.get_by_label("What you have to say").fill("Why <b>here</b>?")
    desk.page.get_by_role("button", name="Add the comment").click()
    said = desk.part("Comments").get_by_role("listitem")
    said.wait_for()
    assert "Why <b>here</b>?" in said.inner_text()
    assert "on “Record the outcome and the actions (task)”" in said.inner_text()
    desk.page.locator(".asb-canvas .asb-commented").wait_for()
    said.get_by_role("button", name="Settled").click()
    desk.part("Comments").get_by_text("None.").wait_for()
    assert desk.page.locator(".asb-canvas .asb-commented").count() == 0


def test_it_has_room_on_a_phone_and_stands_in_nobodys_way(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.open(DIAGRAM, element=TASK)
    desk.selected("Record the outcome and the actions (task)")
    assert not scrolls_sideways(desk.page, 390)
    assert violations(desk.page) == []


def test_the_mark_of_its_makers_is_in_sight(desk: Desk) -> None:
    desk.open(DIAGRAM)
    mark = desk.page.locator(".asb-canvas .bjs-powered-by")
    box = mark.bounding_box()
    assert box is not None
    mark.click(trial=True)  # fails where something covers it
