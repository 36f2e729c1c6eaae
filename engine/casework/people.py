"""Who may do what to a task. Checked here, never by the screen alone."""

from __future__ import annotations

from typing import Any

from engine.casework.step import Step
from engine.errors import NotAllowedError
from engine.store import tasks as stored
from engine.variants import VariantSettings
from engine.variants.settings import Person


def known_person(settings: VariantSettings, name: str) -> Person:
    """Raises NotAllowedError for a name that variant.toml does not have."""
    person = settings.person(name)
    if person is None:
        known = ", ".join(p.name for p in settings.people) or "nobody yet"
        raise NotAllowedError(f"{name} is not among the people of {settings.name}: {known}.")
    return person


def teams_of(settings: VariantSettings, person: Person) -> frozenset[str]:
    """The person's teams, and those for which one of them is the substitute."""
    own = set(person.teams)
    return frozenset(own | {team.id for team in settings.teams if team.substitute in own})


def check_right(settings: VariantSettings, name: str, right: str) -> Person:
    """The person, where `[may]` in variant.toml lets one of their teams do this (or says nothing of it).

    Raises NotAllowedError.
    """
    person = known_person(settings, name)
    teams = settings.may.get(right)
    if teams is not None and not teams_of(settings, person) & set(teams):
        names = ", ".join(team.name if (team := settings.team(t)) else t for t in teams) or "nobody"
        raise NotAllowedError(f"{names} may {right.replace('_', ' ')}; {name} is in none of these teams.")
    return person


def check_may_do(step: Step, row: Any, name: str) -> None:
    """The person is of the task's team (or a substitute, or it is theirs), and not excluded by an earlier task."""
    settings = step.settings
    person = known_person(settings, name)
    if row.assignee is not None and row.assignee != name:
        raise NotAllowedError(f"“{row.name}” is for {row.assignee}.")
    if row.assignee is None and row.team not in teams_of(settings, person):
        team = settings.team(row.team)
        raise NotAllowedError(f"“{row.name}” is for the team {team.name if team else row.team}; {name} is not in it.")
    process = step.load_process(row.instance)
    excluded = process.elements[row.element_id].properties.get("not_same_person_as", "").replace(",", " ").split()
    if not excluded:
        return
    for done in stored.completers(step.connection, step.case.case_id, excluded):
        if done.completed_by == name:
            raise NotAllowedError(f"{name} did “{done.name}” in this case, so somebody else must do “{row.name}”.")
