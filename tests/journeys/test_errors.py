"""What a person sees when something is wrong: with an address, with a form, or with what they may do."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from engine.staff.demonstration import email_for
from tests.journeys.answers import answer
from tests.journeys.demonstration import HERTSMERE, MANAGER, OFFICER
from tests.journeys.page_checks import Visitor


def test_what_may_not_be_seen_is_not_there_or_cannot_be_done_is_said_on_a_page(visitor: Visitor) -> None:
    shown, heading = visitor.demonstration, visitor.page.get_by_role("heading", level=1)
    shown.service.sign_in(visitor.page, OFFICER)
    visitor.visit("setup.people", status=403)
    expect(heading).to_have_text("You cannot see or do this")
    visitor.visit("case.show", {"reference": "HBC-2026-9999"}, status=404)
    expect(heading).to_have_text("Page not found")
    visitor.visit("case.tell", {"reference": shown.late, "message": "appeal"}, status=409)
    expect(visitor.page.get_by_role("main")).to_contain_text("no decision yet")


def test_a_task_that_a_colleague_did_meanwhile_is_shown_with_what_was_typed(visitor: Visitor) -> None:
    shown, page = visitor.demonstration, visitor.page
    reference = shown.service.apply("13")
    shown.service.sign_in(page, "Officer 2")
    visitor.open("task.show", {"reference": reference, "number": shown.open_task(reference)})
    answer(page, shown.service.form("acknowledge_application"), {"csio_name": "Officer 2"})
    shown.service.take(reference, shown.service.scenario("13").steps[0])
    page.get_by_role("button", name="Send and complete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This changed while you were writing")
    visitor.look()


@pytest.mark.parametrize(
    ("endpoint", "button"),
    [
        ("inbox.tasks", "Claim"),
        ("absence.list", "Save absence"),
        ("task.show", "Send and complete"),
        ("case.notes", "Add the note"),
        ("case.attachments", "Add"),
        ("case.deadline", "Change it"),
        ("case.tell", "Record it"),
        ("apply.enter", "Open the case"),
        ("access.change_password", "Change my password"),
    ],
)
def test_an_officers_empty_form_says_what_is_missing_and_leads_there(
    visitor: Visitor, endpoint: str, button: str
) -> None:
    shown = visitor.demonstration
    task = shown.open_task(shown.late)
    values: dict[str, dict[str, str | int]] = {
        "inbox.tasks": {"tab": "teams"},
        "task.show": {"reference": shown.late, "number": task},
        "case.notes": {"reference": shown.late},
        "case.attachments": {"reference": shown.late},
        "case.deadline": {"reference": shown.late, "number": task},
        "case.tell": {"reference": shown.late, "message": "withdraw"},
    }
    shown.service.sign_in(visitor.page, OFFICER)
    visitor.open(endpoint, values.get(endpoint, {}))
    visitor.page.get_by_role("button", name=button, exact=True).click()
    visitor.see_what_is_wrong()


def test_an_administrators_empty_forms_say_what_is_missing_and_lead_there(visitor: Visitor) -> None:
    visitor.demonstration.service.sign_in(visitor.page, MANAGER)
    for endpoint, button in (("setup.add_person", "Add and make a link"), ("setup.add_team", "Save")):
        visitor.open(endpoint)
        visitor.page.get_by_role("button", name=button).click()
        visitor.see_what_is_wrong()


def test_the_publics_empty_forms_say_what_is_missing_and_lead_there(visitor: Visitor) -> None:
    page = visitor.page
    for endpoint, button in (("apply.come_back", "Continue"), ("applicant.sign_in", "See my case")):
        visitor.open(endpoint, {"council": HERTSMERE})
        page.get_by_role("button", name=button).click()
        visitor.see_what_is_wrong()
    visitor.open("apply.start", {"council": HERTSMERE})
    page.get_by_role("button", name="Start now").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    visitor.see_what_is_wrong()
    visitor.open("apply.entry", {"council": HERTSMERE, "key": "reports", "number": 1})
    page.get_by_role("button", name="Save and continue").click()
    visitor.see_what_is_wrong()
    visitor.open("access.sign_in")
    page.get_by_label("E-mail address").fill(email_for(OFFICER))
    page.get_by_role("button", name="Sign in", exact=True).click()
    visitor.see_what_is_wrong()
