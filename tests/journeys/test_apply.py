"""Applying: on a small telephone without scripts, with a break in the middle and something forgotten."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Locator, Page, expect

from engine.scenarios.movement import open_tasks
from tests.journeys.answers import enter_day
from tests.journeys.service import Service

INCIDENTS = (
    ("Music until 3 in the morning.", date(2026, 1, 10), date(2026, 1, 11), "The council"),
    ("Shouting and banging.", date(2026, 2, 1), date(2026, 2, 1), "The police"),
    ("Threats on the stairs.", date(2026, 2, 20), date(2026, 2, 21), "A registered housing provider"),
)


def test_a_victim_applies_with_three_incidents_and_follows_the_case(service: Service, phone: Page) -> None:
    service.wait_until(date(2026, 3, 2))
    heading = phone.get_by_role("heading", level=1)

    phone.goto(f"{service.address}/apply/hertsmere")
    phone.get_by_role("button", name="Start now").click()
    return_code = phone.locator("strong").filter(has_text="-").inner_text()
    phone.get_by_role("button", name="Continue").click()
    _choose(phone, "Who is applying?", "The victim")
    _go_on(phone)  # past the question whether no name is to be given
    _write(phone, "What is your name?", "Ms A")
    _write(phone, "What is your postal address?", "1 Any Street\nBorehamwood")
    _go_on(phone)  # without a phone number
    _choose(phone, "How may we write to you?", "By email")
    _write(phone, "What is your email address?", "ms.a@example.org")
    _write(phone, "What is the name of the victim?", "Ms A")
    _write(phone, "What has been happening?", "Shouting, banging and threats from the flat above.")
    _write(phone, "Where does it happen?", "Example Street, Borehamwood")
    _go_on(phone)  # without saying who does it

    phone.get_by_role("link", name="Save and come back later").click()
    phone.get_by_role("button", name="Save and close").click()
    expect(heading).to_have_text("Your answers are kept")
    phone.get_by_role("link", name="Return to it").click()
    phone.get_by_label("Your return code").fill(return_code.lower())
    _go_on(phone)
    _choose(phone, "Is it still going on?", "Yes")

    phone.get_by_role("link", name="See all my answers").click()  # with two questions unanswered
    expect(heading).to_have_text("Check your answers")
    missing = phone.get_by_role("region", name="What is still missing").get_by_role("listitem")
    expect(missing).to_have_count(2)
    expect(phone.get_by_role("button", name="Accept and send")).to_have_count(0)
    missing.filter(has_text="reported").get_by_role("link").click()
    for number, incident in enumerate(INCIDENTS):
        if number:
            _choose(phone, "Do you want to add another report?", "Yes")
        _report(phone.get_by_role("main"), *incident)
    expect(heading).to_have_text("You have added 3 reports")
    _choose(phone, "Do you want to add another report?", "No")
    # the page then leads to what else was not answered
    _choose(phone, "Do you feel that effective action has been taken?", "No")
    phone.get_by_role("link", name="See all my answers").click()
    expect(missing).to_have_count(0)
    expect(phone.get_by_role("main")).to_contain_text("Threats on the stairs.")
    phone.get_by_role("button", name="Accept and send").click()

    expect(heading).to_have_text("We have your application")
    receipt = phone.get_by_role("main")
    expect(receipt).to_contain_text("We received it on 2 March 2026 at 09:00.")
    expect(receipt).to_contain_text("by Wednesday 4 March 2026")  # H11.1: two working days
    reference, code = (each.strip() for each in receipt.locator("strong").filter(has_text="-").all_inner_texts())

    phone.get_by_role("link", name="see where your case is").click()
    _look_up(phone, reference, code)
    expect(receipt).to_contain_text("We have not written to you yet.")
    phone.get_by_role("button", name="Close my case on this device").click()

    (task,) = open_tasks(service.office, reference)
    acknowledged = service.scenario("13").steps[0]
    assert acknowledged.task == task.element_id
    service.take(reference, acknowledged)
    phone.goto(f"{service.address}/my-case/hertsmere")
    _look_up(phone, reference, code)
    expect(receipt).to_contain_text("Officer 1 deals with your case.")
    phone.get_by_role("list").filter(has=phone.get_by_role("link")).get_by_role("link", name="application").click()
    expect(receipt).to_contain_text("Ms A")
    expect(receipt).to_contain_text(reference)


def _go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue", exact=True).click()


def _choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
    _go_on(page)


def _write(page: Page, question: str, answer: str) -> None:
    page.get_by_label(question).fill(answer)
    _go_on(page)


def _report(main: Locator, what: str, happened: date, reported: date, to: str) -> None:
    main.get_by_label("What happened?").fill(what)
    enter_day(main.get_by_role("group", name="When did it happen?"), happened)
    enter_day(main.get_by_role("group", name="When was it reported?"), reported)
    main.get_by_label("To whom?").select_option(to)
    main.get_by_label("Was it motivated by hate?").select_option("No")
    main.get_by_role("button", name="Save and continue").click()


def _look_up(page: Page, reference: str, code: str) -> None:
    page.get_by_label("Your reference").fill(reference)
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="See my case").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your case")
