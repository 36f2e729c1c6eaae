"""A victim for whom somebody else applied: what they get, what officers see, and what is kept from them."""

from __future__ import annotations

from dataclasses import replace

from engine.bootstrap import build_simulation_office
from engine.casework.copies.case_file import CaseFile, read_case_file
from engine.casework.pages.task import TaskView, read_task
from engine.casework.step.office import Office
from engine.scenarios import play
from engine.store import tasks
from tests.scenarios.shown_clauses import HERTSMERE, SCENARIOS

THIRD_PARTY = SCENARIOS["150_victim_of_a_third_party_gets_their_own_letters"]
#: The applicant of scenario 11, for which somebody else stands here.
THEIRS = {"applicant_phone": "01992 000111", "applicant_email": "g@council.example", "applicant_channel": "email"}


def played(until: str) -> tuple[Office, str]:
    """The office with the case as it stands when `until` is to be done, and its reference."""
    office = build_simulation_office()
    place = next(n for n, step in enumerate(THIRD_PARTY.steps) if step.task == until)
    application = {**THIRD_PARTY.application, **THEIRS}
    outcome = play(replace(THIRD_PARTY, application=application, steps=THIRD_PARTY.steps[:place]), HERTSMERE, office)
    assert outcome.is_right
    assert outcome.reference is not None
    return office, outcome.reference


def task_page(until: str) -> TaskView:
    office, reference = played(until)
    with office.database.read() as connection:
        found = next(t for t in tasks.open_tasks(connection, reference=reference) if t.element_id == until)
    return read_task(office, found.task_id, by="Officer 1", council_id=found.council_id)


def victims_copy() -> CaseFile:
    office, reference = played("tell_outcome")
    return read_case_file(office, reference, made_for="victim")


def test_who_rings_the_victim_sees_the_victims_number_and_not_the_applicants() -> None:
    shown = {known.field.key: known.value for known in task_page("tell_outcome").shown}
    assert shown["victim_name"] == "Ms V"
    assert shown["victim_phone"] == "020 7946 0123"
    assert not [name for name in shown if name.startswith("applicant_") or name == "access_code"]


def test_the_victims_copy_holds_nothing_of_the_applicants() -> None:
    copy = victims_copy()
    known = {fact.name for fact in copy.facts}
    assert {"victim_phone", "victim_name"} <= known
    assert known.isdisjoint({*THEIRS, "applicant_postal_address", "access_code"})
    assert {letter.recipient for letter in copy.letters} == {"Ms V"}
    code = next(iter(letter.text for letter in copy.letters if letter.letter == "CT4"))
    assert "this code" not in code
    assert "01992 000111" not in str(copy.to_json())
