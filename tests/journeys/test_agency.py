"""An agency's answer: an officer of the police, who sees of the case what agencies may see."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.answers import answer
from tests.journeys.service import Service


def test_an_agencys_officer_answers_and_sees_only_what_agencies_may(service: Service, page: Page) -> None:
    reference, step = service.play("01", before="answer_request")
    other = service.apply("05")

    service.sign_in(page, "Neighbourhood Inspector")
    expect(page.get_by_role("navigation", name="Menu").get_by_role("link")).to_have_text(["Tasks", "Cases"])
    page.get_by_role("link", name="My teams’ tasks").click()
    page.get_by_role("link", name="Answer the request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer the request")
    expect(page.get_by_role("complementary")).to_contain_text("2 working days after Thursday 12 March")
    expect(page.get_by_text("What happens after each answer")).to_have_count(0)
    answer(page, service.form("agency_response"), step.answers)
    page.get_by_role("button", name="Send and complete").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("done")

    page.get_by_role("link", name=reference).click()
    pages = page.get_by_role("navigation", name=f"Pages of {reference}").get_by_role("link")
    expect(pages).not_to_have_count(0)
    seen = pages.all_inner_texts()
    assert {"Notes", "Related cases", "Take a copy"} & set(seen) == set()
    for name in seen:
        pages.filter(has_text=name).first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        main = page.get_by_role("main")
        expect(main).not_to_contain_text("mr.s@example.org")
        expect(main).not_to_contain_text("lost work")  # the harm, which only the victim and the officers read

    page.goto(f"{service.address}/cases/{other}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.get_by_role("button", name="Sign out").click()

    service.sign_in(page, "Officer 1")
    page.goto(f"{service.address}/cases/{reference}")
    expect(page.get_by_role("region", name="What happened last")).to_contain_text(
        "Neighbourhood Inspector did “Answer the request”"
    )
