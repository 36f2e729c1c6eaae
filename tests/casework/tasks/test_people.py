"""People whom answers name: kept once in the address book, and nothing kept of what is only tried out."""

from __future__ import annotations

import json

import pytest

from engine import feel
from engine.casework.background.incidents import retry_incident
from engine.casework.cases.corrections import correct_fact
from engine.casework.rehearsal import what_follows
from engine.casework.tasks.assignment import give_task
from engine.clock import local_date
from engine.errors import BadInputError, FormAnswersError, NotAllowedError
from engine.model import CASE, TaskId
from engine.staff.absences import set_absence
from engine.store import Database, address_book, cases, facts
from engine.store.incidents import open_incidents
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


DONE_BY = '<zeebe:properties><zeebe:property name="done_by" value="arranged_by"/></zeebe:properties>'
HEARD = (
    '<bpmn:startEvent id="begin"/>'
    + user("arrange", more=ASKING + DONE_BY)
    + '<bpmn:userTask id="hear" name="hear"><bpmn:extensionElements><zeebe:userTask/>'
    '<zeebe:assignmentDefinition assignee="=clerk" candidateGroups="team"/><zeebe:properties>'
    '<zeebe:property name="not_who_took_part" value="=[chair, arranged_by]"/></zeebe:properties>'
    '</bpmn:extensionElements></bpmn:userTask><bpmn:endEvent id="done"/>' + chain_of("begin", "arrange", "hear", "done")
)


@pytest.fixture
def hearing(database: Database) -> Play:
    return Play(database, variant_of(process(HEARD), files={"forms/arrange.form": FORM.encode()}))


def test_a_task_is_the_persons_alone_whom_a_fact_names(hearing: Play) -> None:
    hearing.complete("arrange", {"clerk": "Officer 2"}, by="Officer 1")
    [task] = hearing.tasks()
    assert task.assignee == "Officer 2"
    with pytest.raises(NotAllowedError, match="is for Officer 2, of the team The Team; Other 1"):
        hearing.complete("hear", by="Other 1")
    hearing.complete("hear", by="Officer 2")


def test_a_task_is_the_team_s_while_nobody_is_named(hearing: Play) -> None:
    hearing.complete("arrange", {"chair": "Officer 2"}, by="Officer 1")
    [task] = hearing.tasks()
    assert task.assignee is None


def test_who_took_part_cannot_do_it_whoever_clicked(hearing: Play) -> None:
    hearing.complete("arrange", {"chair": "Officer 2"}, by="Officer 1")
    with pytest.raises(NotAllowedError, match="Officer 2 took part in this case, so somebody else must do “hear”"):
        hearing.complete("hear", by="Officer 2")
    with pytest.raises(NotAllowedError, match="Officer 1 took part"):  # kept by done_by
        hearing.complete("hear", by="Officer 1")


def test_no_task_is_given_to_who_took_part(hearing: Play) -> None:
    hearing.complete("arrange", {"chair": "Officer 2"}, by="Officer 1")
    with pytest.raises(NotAllowedError, match="Officer 2 took part"):
        give_task(hearing.office, hearing.task_id("hear"), to="Officer 2", by="Officer 1")


def away(play: Play, person: str, deputy: str) -> None:
    settings = variant_of(process(HEARD), files={"forms/arrange.form": FORM.encode()}).settings
    today = local_date(play.office.clock.now())
    set_absence(
        play.office.database, play.office.clock, settings, "test_council",
        person=person, deputy=deputy, first_day=today, last_day=today, by=person,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "who", "corrected"),
    [
        ({"clerk": "Officer 1"}, "Officer 1", ("clerk", "Officer 2")),
        ({"chair": "Officer 2", "clerk": "Officer 2"}, "Officer 2", ("chair", "Other 1")),
    ],
)
def test_a_task_that_a_fact_gives_to_who_took_part_waits_until_somebody_else_is_named(
    hearing: Play, told: dict[str, str], who: str, corrected: tuple[str, str]
) -> None:
    hearing.complete("arrange", told, by="Officer 1")
    assert hearing.open() == []
    with hearing.office.database.read() as connection:
        [stuck] = open_incidents(connection, case_id=hearing.case().case_id)
    assert f"{who} took part in this case, so somebody else must do “hear”" in stuck.message
    correct_fact(hearing.office, hearing.reference, *corrected, reason="A slip.", by="Officer 1")
    retry_incident(hearing.office, TaskId(reference=hearing.reference, number=stuck.number), by="Officer 1")
    [task] = hearing.tasks()
    assert task.assignee == "Officer 2"


def test_who_took_part_does_it_for_nobody_who_is_away(hearing: Play) -> None:
    hearing.complete("arrange", {"clerk": "Officer 2"}, by="Officer 1")
    away(hearing, "Officer 2", "Officer 1")
    with pytest.raises(NotAllowedError, match="Officer 1 took part"):
        hearing.complete("hear", by="Officer 1")


def test_nobody_does_it_for_who_took_part(hearing: Play) -> None:
    hearing.complete("arrange", {"chair": "Dr New", "clerk": "Officer 2"}, by="Officer 1")
    correct_fact(hearing.office, hearing.reference, "chair", "Officer 2", reason="It was Officer 2.", by="Officer 1")
    away(hearing, "Officer 2", "Other 1")
    with pytest.raises(NotAllowedError, match="Officer 2, for whom Other 1 stands in, took part"):
        hearing.complete("hear", by="Other 1")


def test_a_deputy_who_took_no_part_does_it(hearing: Play) -> None:
    hearing.complete("arrange", {"clerk": "Officer 2"}, by="Officer 1")
    away(hearing, "Officer 2", "Other 1")
    hearing.complete("hear", by="Other 1")
    assert hearing.open() == []
