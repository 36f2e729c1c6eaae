"""Cases of Hertsmere's policy to look at: one at its beginning, and one with actions, letters, notes and files."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.casework.cases.attachments import attach_file
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.intake import open_case
from engine.casework.cases.notes import add_note
from engine.scenarios import Scenario, scenarios_of
from engine.scenarios.movement import go_to, rest, take_step
from engine.store import cases, record, tasks
from engine.store.letters import listed_letters
from tests.casework.cases.test_attachments import PDF
from tests.webui.office import HERTSMERE, Web

OFFICER, READER, INSPECTOR = "Officer 1", "Environmental Health Officer", "Neighbourhood Inspector"
LADDER_CLIMBED = datetime(2026, 7, 10, 9, tzinfo=UTC)


def new_case(web: Web, **answers: str) -> str:
    """A case whose application has just come; gives its reference."""
    scenario = _scenario(web)
    reference = open_case(web.office, web.variant, {**scenario.application, **answers}, by="the applicant")
    rest(web.office)
    return reference


def rich_case(web: Web) -> str:
    """A case with two actions; the second rung of one has been taken. Gives its reference."""
    reference = new_case(web)
    for step in _scenario(web).steps[:12]:
        go_to(web.office, step.at)
        take_step(web.office, reference, step)
        rest(web.office)
    go_to(web.office, LADDER_CLIMBED)
    add_note(web.office, reference, "<b>The victim rang.</b>\nIt is worse.", by=OFFICER, council_id=HERTSMERE)
    attach_file(web.office, reference, None, "diary.pdf", PDF, by=OFFICER, council_id=HERTSMERE)
    correct_fact(web.office, reference, "applicant_email", "new@example.org", reason="Misheard", by=OFFICER)
    return reference


def entries(web: Web, reference: str) -> list[tuple[str, dict[str, object]]]:
    """Kind and content of every entry of the case's record."""
    with web.office.database.read() as connection:
        case_id = cases.find_case(connection, reference).case_id
        return [(entry.kind, dict(entry.content or {})) for entry in record.entries_of(connection, case_id)]


def letter_to(web: Web, reference: str, recipient: str) -> int:
    """Number of a letter to this person."""
    with web.office.database.read() as connection:
        case_id = cases.find_case(connection, reference).case_id
        return next(row.number for row in listed_letters(connection, case_id) if row.recipient == recipient)


def open_task(web: Web, reference: str, name: str) -> int:
    """Number of the open task of this name."""
    with web.office.database.read() as connection:
        found = tasks.open_tasks(connection, reference=reference)
    return next(task.task_id.number for task in found if task.name == name)


def _scenario(web: Web) -> Scenario:
    return next(each for each in scenarios_of(web.variant) if each.name.startswith("13_"))
