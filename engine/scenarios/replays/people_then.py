"""Who did something, or was named, in a case that is played again: here as they were then, wherever they are now.

All of it is written into the database of the replay alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from engine import feel
from engine.casework.step.office import Office
from engine.casework.step.step import Step
from engine.casework.tasks.rights import teams_of
from engine.person import is_person, staff_name
from engine.scenarios.scenario import Scenario
from engine.store import Connection, address_book, staff
from engine.variants.settings import Person

#: Of somebody of whom nothing is known any more but the name: no letter reaches it.
_NOWHERE = "example.invalid"


def let_act(step: Step, name: str, teams: Collection[str]) -> None:
    """Whoever did something works here, in one of the teams that may do it; () where any may."""
    known = step.settings.person(name)
    if known is not None and (not teams or teams_of(step.settings, known) & set(teams)):
        return
    person = known or Person(name=name, teams=())
    council_id, connection = step.case.council_id, step.connection
    with_team = " ".join([*person.teams, *list(teams)[:1]])
    row = staff.person_named(connection, council_id, name)
    if row is not None:
        staff.change_person(connection, council_id, row.person_id, teams=with_team, is_active=True)
    else:
        staff.add_person(
            connection, council_id, name=name, email=person.email or _address(name), teams=with_team,
            roles=" ".join(person.roles), line_manager=person.line_manager, head_of_service=person.head_of_service,
            added_at=step.now,
        )  # fmt: skip
    staff.note_change(connection, council_id, step.now)


def let_be_known(office: Office, connection: Connection, council_id: str, scenario: Scenario) -> None:
    """Whomever an answer names is known by the id that they had."""
    now = office.clock.now()
    answers = (scenario.application, *(step.answers for step in scenario.steps))
    for person in (person for each in answers for value in each.values() for person in _people_in(value)):
        name = staff_name(person)
        if name is None and address_book.entry_of(connection, council_id, person["id"]) is None:
            details: address_book.EntryDetails = {
                "name": person["name"], "role": person["role"], "email": person["email"], "phone": person["phone"],
                "agency": person["agency"],
            }  # fmt: skip
            address_book.add_entry(connection, council_id, person["id"], by=scenario.applied_by, now=now, **details)


def _address(name: str) -> str:
    return f"{'.'.join(name.casefold().split())}@{_NOWHERE}"


def _people_in(value: feel.Value) -> Iterator[Mapping[str, Any]]:
    if is_person(value):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _people_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _people_in(inner)
