"""A threshold decision: from the first page to the history of the case, on a telephone."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import Page, expect

from tests.journeys.service import Service


def test_an_officer_clears_the_most_overdue_task_and_watches_the_case_move(service: Service, page: Page) -> None:
    service.play("01", before="decide_threshold")
    service.wait_until(date(2026, 3, 23))
    service.apply("05", application_date="2026-03-23")  # so that there is more than one task
    service.wait_until(date(2026, 3, 24))
    page.set_viewport_size({"width": 390, "height": 844})

    service.sign_in(page, "Officer 1")
    page.get_by_role("link", name="See what nobody has taken").click()
    page.get_by_role("link", name="1 Overdue").click()
    row = page.get_by_role("row").filter(has_text="Decide whether the threshold is met")
    expect(row).to_contain_text("2 working days late")
    row.get_by_role("link", name="Decide whether the threshold is met").click()

    about = page.get_by_role("complementary", name="About this task")
    expect(about).to_contain_text("Friday 20 March 2026: 14 working days after Monday 2 March")
    expect(about).to_contain_text("the relevant bodies decide that the threshold is met")  # L104.1, in words
    expect(about).to_contain_text("Shouting, banging and threats from the flat above")

    page.get_by_role("link", name="What happens after each answer").click()
    met, not_met = (
        page.get_by_role("region", name="If you answer “Yes”"),
        page.get_by_role("region", name="If you answer “No”"),
    )
    expect(met).to_contain_text(re.compile("Contact the victim.{0,40} due 31 March 2026"))
    met.get_by_text("Everything that follows").click()
    letter = met.get_by_text("Your application: the threshold is met, to Mr S by email")
    letter.click()
    expect(met.get_by_text("Dear Mr S")).to_be_visible()
    expect(not_met).to_contain_text("the threshold is met, and nobody can decide that it is not (L104.4b)")
    page.get_by_role("link", name="Back to the task").first.click()

    page.get_by_label("How persistent is the behaviour?").fill("Most nights for half a year.")
    page.get_by_label("What harm does it do, or could it do?").fill("The victim cannot sleep.")
    page.get_by_label("How adequate was the response so far?").fill("One visit and one letter.")
    page.get_by_role("button", name="Send and complete").click()
    expect(page).to_have_title(
        "Error: Decide whether the threshold is met, HBC-2026-0001 – ASB case review – Hertsmere Borough Council"
    )
    page.get_by_role("alert").get_by_role("link", name="Reasons").click()
    expect(page.get_by_label("Reasons for the decision")).to_be_focused()
    page.get_by_label("Reasons for the decision").fill("Three reports, and it goes on.")
    page.get_by_role("group", name="Is the threshold met?").get_by_label("Yes").check()
    page.get_by_role("button", name="See what happens").click()
    expect(page.get_by_role("region", name="If you send these answers")).to_contain_text("Check the SafetyNet+ case")
    page.get_by_role("button", name="Send and complete").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Decide whether the threshold is met: done")
    service.sweep()
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("link", name="See where the case is on its diagram").click()
    expect(page.get_by_role("main")).to_contain_text("It is now at “")
    expect(page.get_by_role("region", name="Diagram of")).to_contain_text("Now")
    page.get_by_role("link", name="Letters", exact=True).click()
    page.get_by_role("link", name="Your application: the threshold is met", exact=True).click()
    expect(page.get_by_role("region", name="Text of the letter")).to_contain_text("Three reports, and it goes on.")
    page.get_by_role("link", name="History", exact=True).click()
    history = page.get_by_role("main")
    expect(history).to_contain_text("Officer 1 did “Decide whether the threshold is met”")
    expect(history).to_contain_text("Your application: the threshold is met")
