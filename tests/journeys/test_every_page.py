"""Every page that there is, as somebody who may see it: no barrier, nothing wider than a telephone, nothing refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from playwright.sync_api import Page

from tests.journeys.demonstration import AGENCY, CAREFUL, HERTSMERE, MANAGER, OFFICER, READER, Demonstration
from tests.journeys.page_checks import Visitor

#: Addresses that give no page: files, pictures, ways elsewhere, what a monitor reads.
NO_PAGES = {
    "static", "shell.council_style", "shell.health", "shell.home", "apply.exit_page", "access.second_step_picture",
    "case.letter_pdf", "case.attachment", "applicant.letter_pdf", "overview.deadlines_file", "overview.figures_file",
    "overview.late_file", "overview.missed_file", "overview.rungs_file", "overview.counted_file", "overview.years_file",
    "overview.years_word", "overview.years_pdf", "published.figures_file", "apply.word_form", "shell.council_logo",
    "explanations.file", "parcels.file", "policy.sample_letter", "policy.version_folder", "policy.drawing",
    "policy.draft_drawing", "policy.draft_sample_letter", "policy.elements_in_editor",
    "policy.comments_in_editor", "policy.facts_in_editor", "policy.templates_in_editor", "policy.draft_file_raw",
    "policy.draft_folder",
}  # fmt: skip
#: What needs an empty installation, an invitation, a council's directory, two councils or installations, one that
#: publishes its figures, an entry of the log of second reports, a draft or two versions of a policy: tests/webui/setup,
#: access, parcels, published, explanations, test_drafts and those beside it, test_differences and test_moves.
SEEN_THERE = {
    "setup.first", "setup.show_link", "access.invitation", "access.start_in_directory", "access.back_from_directory",
    "access.council", "published.figures", "explanations.show", "explanations.change", "explanations.erase",
    "parcels.give_up", "policy.differences", "policy.file_differences", "policy.moves",
    "policy.draft_differences", "policy.draft_file_differences", "policy.draft_examples", "policy.draft_example",
    "policy.preview", "policy.drafts", "policy.draft", "policy.draft_file", "policy.draft_findings",
    "policy.draft_settings", "policy.draft_impact",
}  # fmt: skip

#: An endpoint, and what stands in its address.
Visit = tuple[str, dict[str, str | int]]
APPLICANT, LINE_MANAGER = "Ms A", "Superintendent C"  # who got letters
COUNCIL: dict[str, str | int] = {"council": HERTSMERE}


# --- whoever looks, and how they come in


def staff(name: str, page: Page, shown: Demonstration) -> None:
    shown.service.sign_in(page, name)


def anybody(page: Page, shown: Demonstration) -> None:
    """Nothing is needed."""


def who_applies(page: Page, shown: Demonstration) -> None:
    _come_back(page, shown, shown.writing)


def who_has_applied(page: Page, shown: Demonstration) -> None:
    _come_back(page, shown, shown.sent)


def who_follows_a_case(page: Page, shown: Demonstration) -> None:
    page.goto(f"{shown.service.address}/my-case/{HERTSMERE}")
    page.get_by_label("Your reference").fill(shown.followed)
    page.get_by_label("Your code").fill(shown.access_code)
    page.get_by_role("button", name="See my case").click()


def who_is_half_way_in(page: Page, shown: Demonstration) -> None:
    shown.service.enter_password(page, CAREFUL)
    page.get_by_label("Code").wait_for()


def _come_back(page: Page, shown: Demonstration, code: str) -> None:
    page.goto(f"{shown.service.address}/apply/{HERTSMERE}/return")
    page.get_by_label("Your return code").fill(code)
    page.get_by_role("button", name="Continue").click()


# --- what they look at


def pages_of_a_case(shown: Demonstration) -> Iterator[Visit]:
    for page in ("show", "tasks", "actions", "letters", "known", "diagram"):
        yield f"case.{page}", {"reference": shown.old}
    yield "case.letter", {"reference": shown.old, "number": shown.letter(shown.old, LINE_MANAGER)}
    for page in ("show", "tasks", "actions", "letters"):
        yield f"case.{page}", {"reference": shown.late}


def more_pages_of_a_case(shown: Demonstration) -> Iterator[Visit]:
    old: dict[str, str | int] = {"reference": shown.old}
    yield "case.find", {}
    yield "case.find", {"search": "nobody of this name"}
    for page in ("notes", "attachments", "related", "tellings", "copy", "history"):
        yield f"case.{page}", old
    yield "case.history", {**old, "views": "yes", "order": "oldest", "page": 2}
    yield "case.tell", {**old, "message": "appeal"}
    yield "case.correct", {**old, "name": "applicant_email"}
    yield "case.correct", {**old, "name": "reported_to", "item": "reports-2"}
    for page in ("notes", "attachments"):
        yield f"case.{page}", {"reference": shown.late}
    yield "case.deadline", {"reference": shown.late, "number": shown.open_task(shown.late)}


def pages_of_work(shown: Demonstration) -> Iterator[Visit]:
    late: dict[str, str | int] = {"reference": shown.late, "number": shown.open_task(shown.late)}
    yield "inbox.tasks", {}
    yield "inbox.tasks", {"tab": "teams", "due": "overdue", "sort": "kind"}
    yield "inbox.tasks", {"search": "nobody of this name"}
    yield "absence.list", {}
    yield "task.show", {"reference": shown.old, "number": shown.open_task(shown.old)}
    yield "task.show", late
    yield "task.follows", late
    yield "task.done", {"reference": shown.late, "number": shown.done_task(shown.late)}
    yield "apply.enter", {}
    yield "access.account", {}
    yield "access.change_password", {}
    yield "access.second_step", {}


def pages_of_managers(shown: Demonstration) -> Iterator[Visit]:
    yield "inbox.tasks", {"tab": "all"}
    for page in ("late", "deadlines", "figures", "years", "rungs", "incidents"):
        yield f"overview.{page}", {}
    yield "address_book.entries", {}
    yield "parcels.files", {}
    yield "explanations.entries", {}
    yield "explanations.enter", {}
    entry: dict[str, str | int] = {"entry_id": shown.entry}
    yield "address_book.change_entry", entry
    yield "address_book.erase_entry", entry
    yield "overview.incident", {"reference": shown.stuck, "number": shown.incident}
    yield "case.show", {"reference": shown.stuck}
    yield "case.parcels", {"reference": shown.old}
    for page in ("show", "clauses", "findings", "limits", "versions", "examples"):
        yield f"policy.{page}", {}
    yield "policy.example", {"name": "16_appeal_allowed", "frame": 4}
    yield "policy.diagram", {"name": "appeal"}


def pages_of_policy_owners(shown: Demonstration) -> Iterator[Visit]:
    for page in ("versions", "publish"):
        yield f"policy.{page}", {}
    yield "policy.again", {"number": 1}
    yield "policy.proposal", {"proposal": shown.proposal}
    yield "policy.proposal_impact", {"proposal": shown.proposal}


def pages_of_administrators(shown: Demonstration) -> Iterator[Visit]:
    for page in ("start", "people", "teams", "agencies", "add_person", "add_team", "add_agency"):
        yield f"setup.{page}", {}
    for page in ("change_person", "deactivate_person"):
        yield f"setup.{page}", {"person_id": shown.person_id(OFFICER)}
    yield "setup.change_team", {"team_id": "panel"}
    yield "setup.change_agency", {"agency_id": "police"}


def pages_of_agencies(shown: Demonstration) -> Iterator[Visit]:
    yield "inbox.tasks", {"tab": "teams"}
    for page in ("show", "actions", "letters", "known", "diagram", "history"):
        yield f"case.{page}", {"reference": shown.old}
    yield "task.show", {"reference": shown.old, "number": shown.open_task(shown.old)}


def pages_of_readers(shown: Demonstration) -> Iterator[Visit]:
    yield "inbox.tasks", {}
    yield "case.show", {"reference": shown.old}
    yield "task.show", {"reference": shown.late, "number": shown.open_task(shown.late)}


def pages_for_everybody(_shown: Demonstration) -> Iterator[Visit]:
    yield "access.sign_in", {}
    yield "apply.start", COUNCIL
    yield "apply.come_back", COUNCIL
    yield "applicant.sign_in", COUNCIL


def pages_of_an_application(_shown: Demonstration) -> Iterator[Visit]:
    for page in ("code", "check", "ask_to_delete"):
        yield f"apply.{page}", COUNCIL
    for key in ("applicant_role", "applicant_anonymous", "applicant_postal_address", "reports", "people"):
        yield "apply.question", {**COUNCIL, "key": key}
    for page in ("entry", "remove_entry"):
        yield f"apply.{page}", {**COUNCIL, "key": "reports", "number": 1}


def pages_of_a_receipt(_shown: Demonstration) -> Iterator[Visit]:
    yield "apply.received", COUNCIL


def pages_of_an_applicant(shown: Demonstration) -> Iterator[Visit]:
    yield "applicant.show", COUNCIL
    yield "applicant.letter", {**COUNCIL, "number": shown.letter(shown.followed, APPLICANT)}


def page_of_the_code(_shown: Demonstration) -> Iterator[Visit]:
    yield "access.code", {}


@dataclass(frozen=True)
class Look:
    who: Callable[[Page, Demonstration], None]
    pages: Callable[[Demonstration], Iterator[Visit]]


LOOKS = (
    Look(partial(staff, OFFICER), pages_of_a_case),
    Look(partial(staff, OFFICER), more_pages_of_a_case),
    Look(partial(staff, OFFICER), pages_of_work),
    Look(partial(staff, MANAGER), pages_of_managers),
    Look(partial(staff, MANAGER), pages_of_policy_owners),
    Look(partial(staff, MANAGER), pages_of_administrators),
    Look(partial(staff, AGENCY), pages_of_agencies),
    Look(partial(staff, READER), pages_of_readers),
    Look(anybody, pages_for_everybody),
    Look(who_applies, pages_of_an_application),
    Look(who_has_applied, pages_of_a_receipt),
    Look(who_follows_a_case, pages_of_an_applicant),
    Look(who_is_half_way_in, page_of_the_code),
)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.pages.__name__)
def test_every_page_can_be_used_by_everybody_and_on_a_telephone(visitor: Visitor, look: Look) -> None:
    look.who(visitor.page, visitor.demonstration)
    for endpoint, values in look.pages(visitor.demonstration):
        visitor.visit(endpoint, values)


def test_no_page_is_left_out(demonstration: Demonstration) -> None:
    rules = demonstration.service.app.url_map.iter_rules()
    there_are = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())}
    visited = {endpoint for look in LOOKS for endpoint, _ in look.pages(demonstration)}
    assert there_are - NO_PAGES - SEEN_THERE == visited
