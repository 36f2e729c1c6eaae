"""A council at work: its people with accounts, cases that wait for each, an inbox full of others, timers to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from engine.bench.database.case_copies import copy_case
from engine.bench.diagrams import PERSON, steps_variant
from engine.bench.steps import ANSWERS, APPLICATION
from engine.bench.web.plan import Simulated
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.casework.tasks.completion import claim_task, complete_task
from engine.clock import SettableClock
from engine.errors import MeasurementBrokenError
from engine.model import TaskId
from engine.scenarios.reader import scenarios_of
from engine.scenarios.scenario import Scenario
from engine.staff.people import Details, add_person
from engine.staff.roles import Role
from engine.staff.sign_in import accept_invitation
from engine.store import tasks
from engine.variants import Variant

#: Of the policy that is measured: its folder, and its scenario whose application and first step everybody repeats.
COUNCIL = "hertsmere"
_SCENARIO = "01_threshold_just_met"
_PASSWORD = "every morning, sixty open cases"  # noqa: S105  # of a database that is gone afterwards
_MANAGER = "Manager of those measured"
_PILE = timedelta(seconds=1)  #: between the timers of two copies
_TIMER = timedelta(hours=1)  #: exact, whatever the clocks of London do


def scenario_of(variant: Variant) -> Scenario:
    """Raises MeasurementBrokenError where the variant has no such scenario."""
    found = next((each for each in scenarios_of(variant) if each.name == _SCENARIO), None)
    if found is None or not found.steps or found.steps[0].task is None:
        raise MeasurementBrokenError(f"{variant.id} has no scenario {_SCENARIO} whose first step completes a task.")
    return found


def add_people(office: Office, variant: Variant, scenario: Scenario, number: int) -> list[str]:
    """Officers of the team that does the scenario's first task, with accounts; gives their names."""
    done_by = variant.settings.person(scenario.steps[0].by)
    if done_by is None:
        raise MeasurementBrokenError(f"{variant.id} knows nobody called “{scenario.steps[0].by}”.")
    teams = {team.id for team in variant.settings.teams}
    names = [f"Measured Officer {place}" for place in range(1, number + 1)]
    for place, name in enumerate(names):
        details = Details(email=_email(place), roles=frozenset({Role.OFFICER}), teams=done_by.teams)
        _, secret = add_person(
            office.database, office.clock, variant.id, name=name, details=details, teams=teams, by=_MANAGER
        )
        accept_invitation(office.database, office.clock, secret, _PASSWORD, council=variant.settings.name)
    return names


def give_cases(
    office: Office, variant: Variant, scenario: Scenario, names: list[str], *, each: int, copies: int
) -> list[Simulated]:
    """`each` new cases for each of the people, their first task claimed, and a pile of `copies` that nobody has."""
    people = []
    for place, name in enumerate(names):
        paths = []
        for _ in range(each):
            reference = open_case(office, variant, scenario.application, by=scenario.applied_by)
            task = _open_task(office, reference, scenario.steps[0].task or "")
            claim_task(office, task, by=name, council_id=variant.id)
            paths.append(f"/tasks/{task.reference}/{task.number}")
        address = f"10.0.{place // 250}.{place % 250 + 1}"
        people.append(Simulated(email=_email(place), password=_PASSWORD, address=address, tasks=tuple(paths)))
    pattern = open_case(office, variant, scenario.application, by=scenario.applied_by)
    with office.database.begin() as connection:
        copy_case(connection, pattern, copies, apart=_PILE)
    return people


def set_timers(office: Office, number: int, *, apart: timedelta, first: timedelta) -> None:
    """Cases whose timer fires during the measurement, one after the other: the next in `first`, the others `apart`."""
    variant = steps_variant(timer="PT1H")
    clock = SettableClock(office.clock.now() + first - _TIMER)
    past = replace(office, clock=clock)
    for _ in range(number):
        reference = open_case(past, variant, APPLICATION, by="the applicant")
        complete_task(past, _open_task(past, reference, "acknowledge"), ANSWERS, by=PERSON)
        clock.advance(apart)


def answers_of(scenario: Scenario) -> dict[str, str]:
    """What the first step answers, as a browser sends it. Raises MeasurementBrokenError for more than texts."""
    answers = scenario.steps[0].answers
    if not all(isinstance(value, str) for value in answers.values()):
        raise MeasurementBrokenError(f"The first step of {scenario.name} answers with more than texts.")
    return dict(answers)


def _open_task(office: Office, reference: str, element: str) -> TaskId:
    with office.database.read() as connection:
        found = [
            task.task_id for task in tasks.open_tasks(connection, reference=reference) if task.element_id == element
        ]
    if len(found) != 1:
        raise MeasurementBrokenError(f"{reference} has {len(found)} open tasks {element} where one is to be.")
    return found[0]


def _email(place: int) -> str:
    return f"measured.{place + 1}@example.org"
