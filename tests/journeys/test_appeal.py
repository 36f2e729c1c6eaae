"""An appeal: who decided before cannot hear it, and somebody else does."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from tests.journeys.answers import answer, enter_day
from tests.journeys.service import Service


def test_an_appeal_is_heard_by_somebody_who_did_not_take_the_decision(service: Service, page: Page) -> None:
    reference, step = service.play("16", before="appeal")  # the Community Safety Manager decided the threshold

    service.sign_in(page, "Officer 1")
    page.get_by_role("link", name="Cases", exact=True).click()
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_role("main")).to_contain_text("Closed on 12 March 2026")
    page.get_by_role("link", name="Record something new").click()
    page.get_by_role("link", name="Appeal").click()
    answer(page, service.form("appeal"), {**step.answers, "appeal_against": "That the threshold is not met"})
    page.get_by_role("button", name="See what happens").click()
    expect(page.get_by_role("region", name="If you record this")).to_contain_text("Arrange who hears the appeal")
    page.get_by_role("button", name="Record it").click()
    service.sweep()

    page.get_by_role("link", name="Arrange who hears the appeal").click()
    arranged = {
        "appeal_decider": "Head of Service",
        "appeal_independent_person": {"name": "A manager of another partnership"},
        "appeal_hearing_on": "2026-04-14",
    }
    answer(page, service.form("arrange_appeal"), arranged)
    page.get_by_role("button", name="Send and complete").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("done")
    service.sweep()

    service.wait_until(date(2026, 4, 14))
    service.sign_in(page, "Community Safety Manager")
    page.get_by_role("link", name="My teams’ tasks").click()
    page.get_by_role("link", name="Hear and decide the appeal").click()
    expect(page.get_by_role("main")).to_contain_text("somebody else must do")
    expect(page.get_by_role("button", name="Send and complete")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()

    service.sign_in(page, "Head of Service")
    page.get_by_role("link", name="My teams’ tasks").click()
    page.get_by_role("link", name="Hear and decide the appeal").click()
    enter_day(page.get_by_role("group", name="When was it heard?"), date(2026, 4, 14))
    page.get_by_label("Allowed").check()
    page.get_by_label("Reasons", exact=True).fill("The delay is explained, and the harm is serious.")
    page.get_by_role("button", name="Send and complete").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("done")
    service.sweep()
    page.get_by_role("button", name="Sign out").click()

    service.sign_in(page, "Officer 1")
    page.get_by_role("link", name="My teams’ tasks").click()
    page.get_by_role("link", name="Tell the applicant the outcome").click()
    expect(page.get_by_role("complementary")).to_contain_text("Allowed")
    step = next(each for each in service.scenario("16").steps if each.task == "tell_appeal_outcome")
    answer(page, service.form("tell_appeal_outcome"), {**step.answers, "appeal_phoned_on": "2026-04-14"})
    page.get_by_role("button", name="Send and complete").click()
    service.sweep()
    page.get_by_role("link", name=reference).click()
    page.get_by_role("link", name="Letters", exact=True).click()
    page.get_by_role("link", name="allowed").first.click()
    expect(page.get_by_role("region", name="Text of the letter")).to_contain_text("The delay is explained")
    page.get_by_role("link", name="Overview", exact=True).click()
    expect(page.get_by_role("region", name="To do")).to_contain_text("Contact the victim")  # the review begins
