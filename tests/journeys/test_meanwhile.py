"""What happens meanwhile: a colleague was quicker, or the victim withdraws. Nothing that was typed is lost."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.answers import answer
from tests.journeys.service import Service


def test_the_second_of_two_people_sees_who_was_quicker_and_what_they_had_typed(
    service: Service, page: Page, other_page: Page
) -> None:
    _, step = service.play("13", before="decide_threshold")
    for mine, name in ((page, "Officer 1"), (other_page, "Officer 2")):
        service.sign_in(mine, name)
        mine.get_by_role("link", name="My teams’ tasks").click()
        mine.get_by_role("link", name="Decide whether the threshold is met").click()
    answer(page, service.form("decide_threshold"), {**step.answers, "threshold_reasons": "My own reasons."})
    answer(other_page, service.form("decide_threshold"), step.answers)
    other_page.get_by_role("button", name="Send and complete").click()
    expect(other_page.get_by_role("heading", level=1)).to_contain_text("done")

    page.get_by_role("button", name="Send and complete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This changed while you were writing")
    expect(page.get_by_role("main")).to_contain_text("Officer 2")
    expect(page.get_by_role("main")).to_contain_text("12 March 2026")
    expect(page.get_by_role("main")).to_contain_text("My own reasons.")
    page.get_by_role("link", name="What became of the task").click()
    expect(page.get_by_role("main")).to_contain_text("Officer 2 completed it on 12 March 2026")


def test_a_withdrawal_meanwhile_keeps_what_an_officer_was_typing(
    service: Service, page: Page, other_page: Page
) -> None:
    reference, step = service.play("13", before="decide_threshold")
    service.sign_in(page, "Officer 2")
    page.get_by_role("link", name="My teams’ tasks").click()
    page.get_by_role("link", name="Decide whether the threshold is met").click()
    answer(page, service.form("decide_threshold"), step.answers)

    service.sign_in(other_page, "Officer 1")
    other_page.get_by_role("link", name="Cases", exact=True).click()
    other_page.get_by_role("link", name=reference).click()
    other_page.get_by_role("link", name="Record something new").click()
    other_page.get_by_role("link", name="Withdraw").click()
    other_page.get_by_label("The applicant", exact=True).check()
    other_page.get_by_label("Reasons").fill("It has stopped.")
    other_page.get_by_role("button", name="Record it").click()
    expect(other_page.get_by_role("main")).to_contain_text("is in the record of the case")

    page.get_by_role("button", name="Send and complete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This changed while you were writing")
    expect(page.get_by_role("main")).to_contain_text("Officer 1")
    expect(page.get_by_role("main")).to_contain_text("The reports bear it out.")
    page.get_by_role("link", name="The history of the case").click()
    expect(page.get_by_role("main")).to_contain_text("It has stopped.")
