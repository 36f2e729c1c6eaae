"""The keyboard alone: from signing in to a task that is done."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from engine.staff.demonstration import email_for
from tests.journeys.service import PASSWORD, Service

#: More elements than take the focus on any page of this journey.
_TABS = 120


def test_a_task_is_found_answered_and_sent_by_keyboard_alone(service: Service, page: Page) -> None:
    service.play("13", before="acknowledge_application")
    page.goto(service.address)
    _tab_to(page, page.get_by_label("E-mail address"))
    page.keyboard.type(email_for("Officer 1"))
    _tab_to(page, page.get_by_label("Password", exact=True))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("My tasks")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_role("link", name="See what nobody has taken"))
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_role("checkbox", name="Select Acknowledge the application"))
    page.keyboard.press("Space")
    _tab_to(page, page.get_by_role("button", name="Claim", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("You have claimed 1 task.")
    _tab_to(page, page.get_by_role("link", name="My tasks"))
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_role("link", name="Acknowledge the application", exact=True))
    page.keyboard.press("Enter")

    _tab_to(page, page.get_by_label("Who is the point of contact?"))
    page.keyboard.type("Officer 1")
    send = page.get_by_role("button", name="Send and complete")
    _tab_to(page, send)
    page.keyboard.press("Enter")  # without an answer to the second question
    expect(page.locator(":focus")).to_contain_text("There is a problem")
    _tab_to(page, page.get_by_role("alert").get_by_role("link"))
    page.keyboard.press("Enter")
    radios = page.get_by_role("group", name="Is there an immediate risk of harm?")
    expect(radios.get_by_label("Yes")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(radios.get_by_label("No")).to_be_checked()
    _tab_to(page, send)
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=1)).to_have_text("Acknowledge the application: done")


def _tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the element has the focus, and see that the focus can be seen."""
    wanted.wait_for()
    for _ in range(_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            shown = wanted.evaluate(
                "element => { const style = getComputedStyle(element); return style.outlineStyle + style.boxShadow }"
            )
            assert shown != "nonenone", f"{wanted} shows no focus"
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab")
