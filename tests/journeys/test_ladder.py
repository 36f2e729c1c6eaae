"""An action that nobody carries out: the ladder by date, as the clock goes on."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.journeys.service import Service


def test_each_rung_writes_to_the_next_above_and_stands_in_a_line_of_dates(service: Service, page: Page) -> None:
    reference, step = service.play("13", before="circulate_minutes")
    service.take(reference, step)

    expect(_action_plan(service, page, reference)).to_have_text(
        [
            "1 May 2026 Due",
            "23 May 2026 Rung 1 comes: More than 3 weeks, unless it is done before",
            "2 July 2026 Rung 2 comes: More than 2 months, unless it is done before",
            "2 August 2026 Rung 3 comes: More than 3 months, unless it is done before",
        ]
    )
    service.wait_until(date(2026, 5, 22))  # H13.2: three weeks, and not more
    expect(_action_plan(service, page, reference).filter(has_text="taken")).to_have_count(0)

    for rung, day, recipient in (
        (1, date(2026, 5, 23), "Superintendent C"),
        (2, date(2026, 7, 2), "Chief Superintendent D"),
        (3, date(2026, 8, 2), "Chief Constable E"),
    ):
        service.wait_until(day)
        line = _action_plan(service, page, reference)
        expect(line.filter(has_text="taken")).to_have_count(rung)
        expect(line.filter(has_text=f"Rung {rung} taken")).to_contain_text(f"{day:%-d %B %Y}")
        page.get_by_role("link", name="Letters", exact=True).click()
        sent = page.get_by_role("main").get_by_role("listitem").filter(has_text="An agreed action is")
        sent = sent.filter(has_text=f"To {recipient} by")
        expect(sent).to_have_count(1)
        sent.get_by_role("link").first.click()
        text = page.get_by_role("region", name="Text of the letter")
        expect(text).to_contain_text("Serve a community protection notice.")

    page.goto(f"{service.address}/cases/{reference}/tasks")
    expect(page.get_by_role("main")).to_contain_text("working days late")


def test_an_action_that_is_not_viable_stays_on_its_ladder_until_something_else_is_agreed(
    service: Service, page: Page
) -> None:
    reference, step = service.play("181", before="agree_instead")
    expect(_action_plan(service, page, reference)).to_have_text(
        [
            "1 May 2026 Due late",
            "23 May 2026 Rung 1 taken: More than 3 weeks",
            "2 July 2026 Rung 2 taken: More than 2 months",
            "2 August 2026 Rung 3 comes: More than 3 months, unless it is done before",
        ]
    )
    page.get_by_role("link", name="Agree what happens instead").click()
    ladder = page.get_by_role("listitem").filter(has_text="Rung")
    expect(ladder.first).to_contain_text("Rung 2 More than 2 months, taken")
    expect(ladder.last).to_contain_text("Rung 3 More than 3 months, on")

    page.get_by_role("button", name="Sign out").click()
    service.sign_in(page, "Community Safety Manager")
    page.goto(f"{service.address}/manage")
    late = page.get_by_role("listitem").filter(has_text=reference)
    expect(late.filter(has_text="Agree what happens instead")).to_contain_text("More than 2 months")
    page.get_by_role("button", name="Sign out").click()

    service.take(reference, step)
    service.wait_until(date(2026, 8, 2))
    line = _action_plan(service, page, reference)
    expect(line.last).to_have_text("10 July 2026 Done: Agree what happens instead")
    expect(line.filter(has_text="Rung 3")).to_have_count(0)


def _action_plan(service: Service, page: Page, reference: str) -> Locator:
    """The dates of the late action's ladder, as an officer finds them who signs in today."""
    service.sign_in(page, "Officer 1")
    page.get_by_role("link", name="Cases", exact=True).click()
    page.get_by_role("link", name=reference).click()
    page.get_by_role("link", name="Action plan", exact=True).click()
    action = page.get_by_role("region", name="Serve a community protection notice")
    return action.get_by_role("list", name="its ladder by date").get_by_role("listitem")
