"""The panel: it is arranged, held, and agrees who does what by when."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from tests.journeys.answers import answer
from tests.journeys.service import Service


def test_a_panel_is_arranged_and_held_and_its_actions_stand_in_the_plan(service: Service, page: Page) -> None:
    reference, arranged = service.play("11", before="arrange_panel")
    steps = {step.task: step for step in service.scenario("11").steps}

    service.sign_in(page, "Officer 1")
    page.get_by_role("link", name="My teams’ tasks").click()
    page.get_by_role("link", name="Arrange the panel").click()
    answer(page, service.form("arrange_panel"), arranged.answers)
    page.get_by_role("button", name="Send and complete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Arrange the panel: done")
    service.sweep()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("main").get_by_role("link", name="The papers for the case review panel")).to_have_count(
        5
    )  # H11.12
    page.get_by_role("button", name="Sign out").click()

    service.wait_until(date(2026, 4, 1))
    service.sign_in(page, "Panel Chair")
    page.get_by_role("link", name="My teams’ tasks").click()
    page.get_by_role("link", name="Hold the panel").click()
    held = steps["hold_panel"].answers
    bodies = [{"id": each["id"], "attended": True, "own_powers": each["own_powers"]} for each in held["bodies"]]
    answer(page, service.form("hold_panel"), {**held, "chair_attended": True, "bodies": bodies})
    page.get_by_role("button", name="Send and complete").click()
    page.get_by_role("link", name="Record the outcome and the actions").click()
    answer(page, service.form("record_outcome"), steps["record_outcome"].answers)
    page.get_by_role("button", name="See what happens").click()
    expect(page.get_by_role("region", name="If you send these answers")).to_contain_text("Carry out the action")
    page.get_by_role("button", name="Send and complete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Record the outcome and the actions: done")
    service.sweep()

    page.get_by_role("link", name=reference).click()
    page.get_by_role("link", name="Action plan", exact=True).click()
    action = page.get_by_role("region", name="Serve a community protection notice")
    expect(action.get_by_role("listitem").first).to_contain_text("1 May 2026 Due")
    action.get_by_text("What was agreed").click()
    expect(action).to_contain_text("Neighbourhood Inspector")
    page.get_by_role("link", name="Diagram", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Carry out the action")
