"""People, teams and agencies that administrators enter count in every step, beside and before those of the policy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.casework.tasks.completion import claim_task, complete_task
from engine.casework.words.sentences import Narrator
from engine.errors import NotAllowedError
from engine.record_kinds import RecordKind
from engine.staff.people import deactivate_person, list_people, reactivate_person, tasks_held_by, tasks_of_people_gone
from engine.staff.roles import Role
from engine.staff.teams import put_agency, put_team
from engine.store import Database
from engine.store.record import entries_of
from engine.variants.settings import Agency, Team
from tests.casework.builders import Play, chain_of, process, user, variant_of
from tests.staff.conftest import COUNCIL, Staff
from tests.statements import counted

ONE_TASK = process('<bpmn:startEvent id="begin"/>' + user("first") + user("second") + '<bpmn:endEvent id="done"/>'
                   + chain_of("begin", "first", "second", "done"))  # fmt: skip


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, variant_of(ONE_TASK))


def test_a_person_whom_an_administrator_added_can_do_tasks_of_their_team(play: Play, staff: Staff) -> None:
    with pytest.raises(NotAllowedError):
        play.complete("first", by="Officer 9")
    staff.add("Officer 9", teams=("team",))
    play.complete("first", by="Officer 9")
    assert play.open() == ["second"]


def test_people_of_another_council_are_nobody_here(play: Play, staff: Staff) -> None:
    from engine.staff.people import Details, add_person

    details = Details(email="far@example.org", roles=frozenset({Role.OFFICER}), teams=("team",))
    add_person(staff.database, staff.clock, "elsewhere", name="Officer 9", details=details, teams=("team",), by="x")
    with pytest.raises(NotAllowedError):
        play.complete("first", by="Officer 9")


def test_a_row_takes_the_place_of_the_person_of_that_name_in_variant_toml(play: Play, staff: Staff) -> None:
    staff.add("Officer 1", teams=("other",))
    with pytest.raises(NotAllowedError, match="not in it"):
        play.complete("first", by="Officer 1")


def test_a_deactivated_person_is_nobody_until_they_work_again(play: Play, staff: Staff) -> None:
    staff.add("Administrator 1", Role.ADMINISTRATOR)
    person, _ = staff.add("Officer 1", teams=("team",))
    deactivate_person(staff.database, staff.clock, COUNCIL, person.person_id, by="Administrator 1")
    with pytest.raises(NotAllowedError, match="not among the people"):
        play.complete("first", by="Officer 1")
    reactivate_person(staff.database, staff.clock, COUNCIL, person.person_id, by="Administrator 1")
    play.complete("first", by="Officer 1")


def test_tasks_of_a_deactivated_person_are_listed_and_not_lost(play: Play, staff: Staff) -> None:
    person, _ = staff.add("Officer 9", teams=("team",))
    claim_task(play.office, play.task_id("first"), by="Officer 9")
    assert tasks_of_people_gone(staff.database, COUNCIL) == []
    deactivate_person(staff.database, staff.clock, COUNCIL, person.person_id, by="Administrator 1")
    (held,) = tasks_of_people_gone(staff.database, COUNCIL)
    assert (held.task_id, held.claimed_by) == (play.task_id("first"), "Officer 9")
    assert tasks_held_by(staff.database, COUNCIL, ["Officer 9"]) == [held]
    assert tasks_of_people_gone(staff.database, "elsewhere") == []


def test_a_team_that_was_added_takes_tasks_and_is_told_by_its_name(database: Database, staff: Staff) -> None:
    variant = variant_of(process(
        '<bpmn:startEvent id="begin"/>' + user("first") + user("second", team="= council.agencies[1].team")
        + '<bpmn:endEvent id="done"/>' + chain_of("begin", "first", "second", "done")
    ))  # fmt: skip
    play = Play(database, variant)
    settings = variant.settings
    put_team(database, staff.clock, COUNCIL, Team(id="wardens", name="Street Wardens"), in_force=settings, by="A")
    grown = replace(settings, teams=(*settings.teams, Team(id="wardens", name="Street Wardens")))
    agency = Agency(id="wardens", name="Wardens", team="wardens", email="Wardens@Example.org ")
    put_agency(database, staff.clock, COUNCIL, agency, in_force=grown, by="A")
    play.complete("first")
    assert [task.team for task in play.tasks()] == ["wardens"]
    with database.read() as connection:
        version = play.office.versions.put(variant)
        in_force = play.office.in_force(connection, version, COUNCIL).settings
        created = entries_of(connection, play.case().case_id, only=(RecordKind.TASK_CREATED,))
    assert [a.email for a in in_force.agencies] == ["wardens@example.org"]
    assert (
        Narrator(variant, dict, settings=in_force).narrate(created[-1]).sentence.startswith("Street Wardens is to do ")
    )


def test_who_is_in_force_is_asked_once_per_step_and_read_again_only_after_a_change(play: Play, staff: Staff) -> None:
    staff.add("Officer 9", teams=("team",))
    claim_task(play.office, play.task_id("first"), by="Officer 9")

    def asked() -> tuple[int, int]:
        with counted(staff.database) as seen:
            claim_task(play.office, play.task_id("first"), by="Officer 9")
            complete_task(play.office, play.task_id("first"), {}, by="Officer 9")
        return sum("FROM councils" in s for s in seen), sum("FROM people" in s for s in seen)

    assert asked() == (1, 0)
    staff.add("Officer 8", teams=("team",))
    with counted(staff.database) as seen:
        claim_task(play.office, play.task_id("second"), by="Officer 8")
    assert sum("FROM people" in s for s in seen) == 1


def test_everybody_is_listed_by_name(staff: Staff) -> None:
    staff.add("Officer 2", teams=("team",), line_manager="Manager 1")
    staff.add("Manager 1", Role.MANAGER)
    assert [(p.name, p.details.line_manager) for p in list_people(staff.database, COUNCIL)] == [
        ("Manager 1", ""),
        ("Officer 2", "Manager 1"),
    ]
