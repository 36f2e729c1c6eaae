"""Beside the drawing stands what is known of the selected element."""

from __future__ import annotations

from playwright.sync_api import expect

from engine.workshop.examples import ask_to_play, play_waiting_examples
from tests.webui.editors.desk import Desk


def test_what_the_policy_says_of_a_step_and_what_goes_through_it_stands_beside_the_drawing(desk: Desk) -> None:
    ask_to_play(desk.web.office, desk.web.variant)
    assert play_waiting_examples(desk.web.office)
    desk.open("application.bpmn", element="send_ct1")
    expect(desk.about).to_contain_text("“We have received your application” (CT1)")
    expect(desk.about).to_contain_text("H11.1")
    desk.about.get_by_role("link", name="Threshold just met").click()
    desk.page.get_by_role("heading", name="Threshold just met").wait_for()
    expect(desk.page.locator("main")).to_contain_text("Played on draft 1.")


def test_what_was_not_played_yet_is_said_to_be_so(desk: Desk) -> None:
    desk.open("application.bpmn", element="acknowledge_application")
    expect(desk.about).to_contain_text("Due: 2 working days after the application date")
    expect(desk.about).to_contain_text("The worked examples were not played yet.")
