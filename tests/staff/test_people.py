"""What administrators may say of people, teams and agencies, and what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from engine.casework.cases.intake import open_case
from engine.errors import BadInputError, FormAnswersError, PersonNotFoundError
from engine.staff import people
from engine.staff.people import (
    Details,
    add_person,
    change_person,
    deactivate_person,
    find_person,
    reset_second_step,
)
from engine.staff.roles import Role
from engine.staff.sessions import Account, account_of, start_session
from engine.staff.teams import id_of, own_ids, put_agency, put_team, take_agency_away, take_team_away
from engine.variants.settings import Agency, Team
from tests.casework.builders import flow, office_on, process, user, variant_of
from tests.staff.conftest import COUNCIL, TEAMS, Staff
from tests.staff.test_directory import ONE_TASK

SETTINGS = variant_of(ONE_TASK).settings
GOOD = Details(email="officer.9@example.org", roles=frozenset({Role.OFFICER}), teams=("team",))


def add(staff: Staff, name: str, details: Details) -> int:
    return add_person(staff.database, staff.clock, COUNCIL, name=name, details=details, teams=TEAMS, by="A")[0]


@pytest.mark.parametrize(
    ("name", "details", "field"),
    [
        ("  ", GOOD, "name"),
        ("Of\0ficer", GOOD, "name"),
        ("x" * 201, GOOD, "name"),
        ("The System", GOOD, "name"),
        ("officer 8", GOOD, "name"),
        ("Officer 9", replace(GOOD, email="nobody"), "email"),
        ("Officer 9", replace(GOOD, email="a b@example.org"), "email"),
        ("Officer 9", replace(GOOD, email="OFFICER.8@example.org"), "email"),
        ("Officer 9", replace(GOOD, roles=frozenset()), "roles"),
        ("Officer 9", replace(GOOD, teams=("nowhere",)), "teams"),
        ("Officer 9", replace(GOOD, line_manager="Officer 9"), "line_manager"),
    ],
)
def test_what_cannot_be_taken_of_a_person_is_said_at_its_field(
    staff: Staff, name: str, details: Details, field: str
) -> None:
    staff.add("Officer 8")
    with pytest.raises(FormAnswersError) as refused:
        add(staff, name, details)
    assert [path for path, _ in refused.value.problems] == [field]


def test_a_person_of_another_council_is_not_found(staff: Staff) -> None:
    person_id = add(staff, "Officer 9", GOOD)
    with pytest.raises(PersonNotFoundError):
        find_person(staff.database, "elsewhere", person_id)
    with pytest.raises(PersonNotFoundError):
        change_person(staff.database, staff.clock, "elsewhere", person_id, GOOD, teams=TEAMS, by="A")
    with pytest.raises(PersonNotFoundError):
        deactivate_person(staff.database, staff.clock, "elsewhere", person_id, by="A")
    with pytest.raises(PersonNotFoundError):
        reset_second_step(staff.database, "elsewhere", person_id, by="A")


def test_changed_roles_end_the_session_and_a_changed_team_does_not(staff: Staff) -> None:
    account = staff.working("Officer 9")
    token = start_session(staff.database, staff.clock, account)
    change_person(staff.database, staff.clock, COUNCIL, account.person_id, GOOD, teams=TEAMS, by="A")
    found = account_of(staff.database, staff.clock, token)
    assert found is not None
    assert found.teams == ("team",)
    more = replace(GOOD, roles=frozenset({Role.OFFICER, Role.MANAGER}))
    change_person(staff.database, staff.clock, COUNCIL, account.person_id, more, teams=TEAMS, by="A")
    assert account_of(staff.database, staff.clock, token) is None


def test_the_last_administrator_stays(staff: Staff) -> None:
    first, _ = staff.add("Administrator 1", Role.ADMINISTRATOR)
    with pytest.raises(BadInputError, match="only administrator"):
        deactivate_person(staff.database, staff.clock, COUNCIL, first.person_id, by="Administrator 1")
    with pytest.raises(BadInputError, match="only administrator"):
        change_person(
            staff.database, staff.clock, COUNCIL, first.person_id, replace(GOOD, email=first.details.email),
            teams=TEAMS, by="Administrator 1",
        )  # fmt: skip
    staff.add("Administrator 2", Role.ADMINISTRATOR)
    deactivate_person(staff.database, staff.clock, COUNCIL, first.person_id, by="Administrator 2")
    assert not find_person(staff.database, COUNCIL, first.person_id).is_active


def test_who_changed_whom_is_in_the_log(staff: Staff, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="asb.staff"):
        add_person(
            staff.database, staff.clock, COUNCIL, name="Officer 9", details=GOOD, teams=TEAMS, by="Administrator 1"
        )
    assert "Administrator 1 added Officer 9 to test_council" in caplog.text


def test_a_team_goes_only_when_nobody_needs_it(staff: Staff) -> None:
    database, clock = staff.database, staff.clock
    put_team(database, clock, COUNCIL, Team(id="wardens", name="Wardens"), in_force=SETTINGS, by="A")
    grown = replace(SETTINGS, teams=(*SETTINGS.teams, Team(id="wardens", name="Wardens")))
    put_agency(database, clock, COUNCIL, Agency(id="w", name="W", team="wardens"), in_force=grown, by="A")
    with pytest.raises(BadInputError, match="answers for W"):
        take_team_away(database, clock, COUNCIL, "wardens", policy=SETTINGS, by="A")
    take_agency_away(database, clock, COUNCIL, "w", by="A")
    person_id = add_person(
        database, clock, COUNCIL, name="Officer 9", details=replace(GOOD, teams=("wardens",)), teams=("wardens",),
        by="A",
    )[0]  # fmt: skip
    with pytest.raises(BadInputError, match="Officer 9 is in this team"):
        take_team_away(database, clock, COUNCIL, "wardens", policy=SETTINGS, by="A")
    change_person(database, clock, COUNCIL, person_id, replace(GOOD, teams=()), teams=TEAMS, by="A")
    office = office_on(database)
    body = '<bpmn:startEvent id="begin"/>' + user("first", team="wardens") + flow("begin", "first")
    open_case(office, variant_of(process(body)), {}, by="the applicant")
    with pytest.raises(BadInputError, match="open tasks"):
        take_team_away(database, clock, COUNCIL, "wardens", policy=SETTINGS, by="A")
    assert own_ids(database, COUNCIL) == (frozenset({"wardens"}), frozenset())


def test_a_team_of_the_policy_that_was_renamed_gets_its_own_name_back(staff: Staff) -> None:
    database, clock = staff.database, staff.clock
    put_team(database, clock, COUNCIL, Team(id="team", name="Safer Streets"), in_force=SETTINGS, by="A")
    assert own_ids(database, COUNCIL)[0] == {"team"}
    take_team_away(database, clock, COUNCIL, "team", policy=SETTINGS, by="A")
    assert own_ids(database, COUNCIL)[0] == frozenset()


@pytest.mark.parametrize(
    ("team", "field"),
    [
        (Team(id="new", name=" "), "name"),
        (Team(id="new", name="the team"), "name"),
        (Team(id="new", name="New", substitute="nowhere"), "substitute"),
        (Team(id="team", name="The Team", substitute="team"), "substitute"),
    ],
)
def test_what_cannot_be_taken_of_a_team_is_said_at_its_field(staff: Staff, team: Team, field: str) -> None:
    with pytest.raises(FormAnswersError) as refused:
        put_team(staff.database, staff.clock, COUNCIL, team, in_force=SETTINGS, by="A")
    assert [path for path, _ in refused.value.problems] == [field]


@pytest.mark.parametrize(
    ("agency", "field"),
    [
        (Agency(id="new", name="", team="team"), "name"),
        (Agency(id="new", name="New", team="nowhere"), "team"),
        (Agency(id="new", name="New", team="team", email="at example"), "email"),
    ],
)
def test_what_cannot_be_taken_of_an_agency_is_said_at_its_field(staff: Staff, agency: Agency, field: str) -> None:
    with pytest.raises(FormAnswersError) as refused:
        put_agency(staff.database, staff.clock, COUNCIL, agency, in_force=SETTINGS, by="A")
    assert [path for path, _ in refused.value.problems] == [field]


def test_an_id_is_made_from_a_name() -> None:
    assert id_of("Trading Standards & Licensing") == "trading_standards_licensing"
    assert id_of("!!!") == "unnamed"


def test_two_administrators_cannot_take_the_right_from_each_other_at_once(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (staff.working(name, Role.ADMINISTRATOR) for name in ("First", "Second"))
    both_have_looked = Barrier(2)
    keep = people._keep_an_administrator

    def keep_and_wait(*about: Any) -> None:
        keep(*about)
        with suppress(BrokenBarrierError):  # the other waits for this one, as it must
            both_have_looked.wait(timeout=1)

    monkeypatch.setattr(people, "_keep_an_administrator", keep_and_wait)

    def deactivate(account: Account) -> None:
        with suppress(BadInputError):
            people.deactivate_person(staff.database, staff.clock, COUNCIL, account.person_id, by="the other")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(deactivate, (first, second)))
    assert len([one for one in people.list_people(staff.database, COUNCIL) if one.is_active]) == 1
