"""People whom answers name: kept once in the address book, and nothing kept of what is only tried out."""

from __future__ import annotations

import json

import pytest

from engine import feel
from engine.casework.cases.corrections import correct_fact
from engine.casework.rehearsal import what_follows
from engine.errors import BadInputError, FormAnswersError
from engine.model import CASE
from engine.store import Database, address_book, cases, facts
from tests.casework.builders import Play, chain_of, process, user, variant_of

FORM = json.dumps({
    "id": "arrange", "type": "default", "schemaVersion": 18,
    "components": [
        {"type": "select", "id": "f1", "key": "chair", "label": "Chair", "properties": {"person": "any"}},
        {"type": "select", "id": "f2", "key": "clerk", "label": "Clerk", "properties": {"person": "team:team"}},
    ],
})  # fmt: skip
ASKING = '<zeebe:formDefinition formId="arrange"/>'
BODY = (
    '<bpmn:startEvent id="begin"/>'
    + user("arrange", more=ASKING)
    + user("again", more=ASKING)
    + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "arrange", "again", "done")
)


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, variant_of(process(BODY), files={"forms/arrange.form": FORM.encode()}))


def names(play: Play) -> list[str]:
    with play.office.database.read() as connection:
        return [entry.name for entry in address_book.entries_of(connection, "test_council")]


def chair(play: Play) -> feel.Value:
    with play.office.database.read() as connection:
        case = cases.find_case(connection, play.reference)
        [row] = [row for row in facts.current_facts(connection, case.case_id, CASE) if row.name == "chair"]
    return feel.load(row.value)


def test_a_person_who_is_named_for_the_first_time_is_added_once(play: Play) -> None:
    play.complete("arrange", {"chair": {"name": "Dr New", "phone": "020 7946 0000"}})
    first = chair(play)
    play.complete("again", {"chair": "dr new"})
    assert names(play) == ["Dr New"]
    assert chair(play) == first
    assert first["phone"] == "020 7946 0000"


def test_a_member_of_staff_is_in_no_address_book(play: Play) -> None:
    play.complete("arrange", {"chair": "Other 1", "clerk": "officer 2"})
    assert names(play) == []
    assert chair(play)["id"] == "staff:Other 1"


def test_what_is_refused_or_only_tried_out_adds_nobody(play: Play) -> None:
    with pytest.raises(FormAnswersError):
        play.complete("arrange", {"chair": "Dr New", "clerk": "Other 1"})
    what_follows(play.office, play.task_id("arrange"), {"chair": "Dr New"}, by="Officer 1")
    assert names(play) == []


def test_the_history_and_a_correction_call_a_person_by_name(play: Play) -> None:
    play.complete("arrange", {"chair": "Dr New"})
    correct_fact(play.office, play.reference, "chair", "Other 1", reason="It was somebody else.", by="Officer 1")
    assert chair(play)["id"] == "staff:Other 1"
    with pytest.raises(BadInputError, match="is Other 1 already"):
        correct_fact(play.office, play.reference, "chair", "staff:Other 1", reason="Again.", by="Officer 1")


def test_another_council_s_people_are_not_known(play: Play) -> None:
    play.complete("arrange", {"chair": "Dr New"})
    with play.office.database.read() as connection:
        assert address_book.entries_of(connection, "another_council") == []
        assert address_book.entry_of(connection, "another_council", chair(play)["id"]) is None
