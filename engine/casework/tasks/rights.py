"""Who may do what to a task. Checked here, never by the screen alone."""

from __future__ import annotations

from engine.casework.step.drawn_before import ids_before
from engine.casework.step.participation import took_part_in
from engine.casework.step.step import Step
from engine.clock import local_date
from engine.errors import NotAllowedError, TaskClaimedError
from engine.model import TaskId
from engine.staff.absences import deputising_for
from engine.store.tasks import TaskRow, done_by
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
        names = ", ".join(settings.team_name(team) for team in teams) or "nobody"
        raise NotAllowedError(f"{names} may {right.replace('_', ' ')}; {name} is in none of these teams.")
    return person


def check_team(settings: VariantSettings, name: str, teams: tuple[str, ...], *, to: str = "begin this") -> Person:
    """The person, who is of one of the teams or stands in for it, and so may do it. Raises NotAllowedError."""
    person = known_person(settings, name)
    if not teams_of(settings, person) & set(teams):
        names = ", ".join(settings.team_name(team) for team in teams) or "nobody"
        raise NotAllowedError(f"{names} may {to}; {name} is in none of these teams.")
    return person


def stands_in_for(step: Step, row: TaskRow, name: str) -> str | None:
    """Who has claimed the task, or for whom alone it is, where that person is away and `name` is their deputy today."""
    others = [holder for holder in (row.claimed_by, row.assignee) if holder is not None and holder != name]
    if not others:
        return None
    away = deputising_for(step.connection, step.case.council_id, name, local_date(step.now))
    return next((holder for holder in others if holder in away), None)


def check_claim(row: TaskRow, task: TaskId, name: str, absent: str | None) -> None:
    """Nobody else has claimed the task, unless `name` stands in for who has. Raises TaskClaimedError."""
    if row.claimed_by is not None and row.claimed_by not in (name, absent):
        raise TaskClaimedError(f"“{row.name}” ({task})", row.claimed_by)


def entered_for(step: Step, row: TaskRow, name: str) -> str | None:
    """The team whose task it is, where the person is not of it and the task says that their team may enter what it
    tells them (`entered_by`); None otherwise."""
    person = step.settings.person(name)
    if person is None or row.assignee is not None or row.team in teams_of(step.settings, person):
        return None
    element = step.load_process(row.instance).elements[row.element_id]
    return row.team if teams_of(step.settings, person) & set(element.entered_by) else None


def check_may_do(step: Step, row: TaskRow, name: str) -> str | None:
    """The person is of the task's team (or a substitute, or it is theirs, or they may enter it for the team), and not
    excluded by an earlier task; or is the deputy of somebody who is away and of whom all this is true. Gives for whom
    they stand in, if so.
    """
    settings = step.settings
    person = known_person(settings, name)
    absent = stands_in_for(step, row, name)
    is_for_another = row.assignee not in (None, name, absent)
    away = settings.person(absent) if absent is not None else None
    teams = teams_of(settings, person) | (teams_of(settings, away) if away is not None else frozenset())
    if (row.assignee is None or is_for_another) and row.team not in teams and entered_for(step, row, name) is None:
        alone = f"{row.assignee}, of " if row.assignee is not None else ""
        raise NotAllowedError(
            f"“{row.name}” is for {alone}the team {settings.team_name(row.team)}; {name} is not in it."
        )
    _refuse_who_took_part(step, row, name, absent)
    if is_for_another:
        raise NotAllowedError(
            f"“{row.name}” is for {row.assignee} alone. Where somebody else is to do it, name them first."
        )
    return absent


def _refuse_who_took_part(step: Step, row: TaskRow, name: str, absent: str | None) -> None:
    """Neither the person nor whom they stand in for did one of the tasks, or was among the people, that the diagram
    names. Raises NotAllowedError."""
    element = step.load_process(row.instance).elements[row.element_id]
    excluded = element.properties.get("not_same_person_as", "").replace(",", " ").split()
    excluded = ids_before(step.connection, step.case.case_id, excluded) if excluded else []
    for done in done_by(step.connection, step.case.case_id, excluded) if excluded else ():
        if done.completed_by is not None and done.completed_by in (name, absent):
            who = name if done.completed_by == name else f"{absent}, for whom {name} stands in,"
            raise NotAllowedError(f"{who} did “{done.name}” in this case, so somebody else must do “{row.name}”.")
    if "not_who_took_part" in element.properties:
        found = took_part_in(step, step.load(row.instance), element, name, absent)
        if found is not None:
            who = name if found == name else f"{absent}, for whom {name} stands in,"
            raise NotAllowedError(f"{who} took part in this case, so somebody else must do “{row.name}”.")
