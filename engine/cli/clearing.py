"""`asb tasks`, `claim`, `hand-back`, `complete`, `undo`: the inbox on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import click

from engine.casework.background.sweep import bring_up_to_date
from engine.casework.step.office import Office
from engine.casework.tasks.completion import claim_task, complete_task, hand_back_task
from engine.casework.tasks.undo import undo_completion
from engine.casework.words.items import item_names
from engine.cli.frame import ANSWERS_HELP, FORMAT, PERSON, REASON, TASK, office, print_json, read_answers
from engine.cli.layout import paragraph
from engine.clock import local_date
from engine.errors import BadInputError
from engine.model import InboxTask, TaskId
from engine.store import Connection, cases
from engine.store import tasks as stored


@click.command("tasks")
@click.option("--team", metavar="TEAM", help="Only those of this team (its id in variant.toml).")
@click.option("--case", "reference", metavar="CASE", help="Only those of this case.")
@FORMAT
def tasks_command(team: str | None, reference: str | None, form: str) -> None:
    """List the open tasks, the most urgent first, each with its deadline and why it is due then.

    \b
    Examples:
      asb tasks
      asb tasks --team community_safety
    """
    opened = office()
    with opened.database.read() as connection:
        if reference is not None:
            cases.find_case(connection, reference)
        found = stored.inbox(connection, team=team, reference=reference)
        if team is not None and not found:
            _refuse_unknown_team(opened, connection, team)
        names = _names(opened, connection, found)
    if form == "json":
        print_json([task_as_json(task, names[task.task_id.reference]) for task in found])
        return
    today = local_date(opened.clock.now())
    for task in found:
        print_task(task, names[task.task_id.reference], today=today)
    if not found:
        click.echo("No task is open.")


@click.command()
@click.argument("task", type=TASK)
@PERSON
def claim(task: TaskId, by: str) -> None:
    """Make TASK your own, so that colleagues leave it to you.

    \b
    Example:
      asb claim HBC-2026-0001.35 --as "Officer 1"
    """
    claim_task(office(), task, by=by)
    click.echo(f"{task} is yours, {by}.")


@click.command("hand-back")
@click.argument("task", type=TASK)
@PERSON
def hand_back(task: TaskId, by: str) -> None:
    """Give TASK back to its team.

    \b
    Example:
      asb hand-back HBC-2026-0001.35 --as "Officer 1"
    """
    hand_back_task(office(), task, by=by)
    click.echo(f"{task} is back with its team.")


@click.command()
@click.argument("task", type=TASK)
@click.option("--answers", default="{}", metavar="JSON", help=ANSWERS_HELP)
@PERSON
def complete(task: TaskId, answers: str, by: str) -> None:
    """Complete TASK with the answers of its form; the case moves on.

    `asb questions TASK` lists what is asked.

    \b
    Example:
      asb complete HBC-2026-0001.35 --as "Officer 1" \\
          --answers '{"csio_name": "Officer 1", "immediate_risk": "no"}'
    """
    opened = office()
    complete_task(opened, task, read_answers(answers), by=by)
    bring_up_to_date(opened)
    click.echo(f"{task} is done.")
    print_open_tasks(opened, task.reference)


@click.command()
@click.argument("task", type=TASK)
@REASON
@PERSON
def undo(task: TaskId, reason: str, by: str) -> None:
    """Undo the completion of TASK, while nothing followed and no letter left.

    The task is open again and the case stands as before; the record keeps both.

    \b
    Example:
      asb undo HBC-2026-0001.35 --reason "The wrong case" --as "Officer 1"
    """
    opened = office()
    undo_completion(opened, task, reason=reason, by=by)
    click.echo(f"{task} is open again.")
    print_open_tasks(opened, task.reference)


def print_open_tasks(opened: Office, reference: str) -> None:
    """What is to be done in the case now, or that it is closed."""
    with opened.database.read() as connection:
        case = cases.summary(cases.find_case(connection, reference))
        found = stored.inbox(connection, reference=reference)
        names = _names(opened, connection, found)
    if case.closed_at is not None:
        click.echo(f"{reference} is closed: {case.closed_as or 'no reason given'}.")
    elif not found:
        click.echo(f"Nothing is to be done in {reference} now; `asb case {reference}` shows what it waits for.")
    else:
        click.echo(f"Now to do in {reference}:")
    for task in found:
        print_task(task, names[reference], today=local_date(opened.clock.now()), indent=2)


def print_task(task: InboxTask, names: Mapping[str, str], *, today: date, indent: int = 0) -> None:
    """The task's id and name; below them whose it is, when it is due and why."""
    about = f" ({names.get(task.item_id, task.item_id)})" if task.item_id else ""
    click.echo(paragraph(f"{task.name}{about}", first=f"{'':{indent}}{task.task_id!s}  ", indent=indent + 4))
    held = f", {task.claimed_by} has it" if task.claimed_by else ""
    only = f", for {task.assignee}" if task.assignee else ""
    is_late = task.due_on is not None and task.due_on < today and not task.is_suspended
    due = task.explanation or (f"{task.due_on:%A %-d %B %Y}" if task.due_on else "none")
    words = f"{task.team}{only}{held}. {'OVERDUE' if is_late else 'Deadline'}: {due}"
    if task.follow_up_on:
        words += f". Follow up on {task.follow_up_on:%A %-d %B %Y}"
    click.echo(paragraph(words, indent=indent + 4))


def task_as_json(task: InboxTask, names: Mapping[str, str]) -> dict[str, object]:
    return {
        "task": str(task.task_id),
        "case": task.task_id.reference,
        "element_id": task.element_id,
        "name": task.name,
        "team": task.team,
        "claimed_by": task.claimed_by,
        "assignee": task.assignee,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "why": task.explanation,
        "follow_up_on": task.follow_up_on.isoformat() if task.follow_up_on else None,
        "is_suspended": task.is_suspended,
        "item": task.item_id or None,
        "item_name": names.get(task.item_id) if task.item_id else None,
        "form": task.form_id,
        "created_at": task.created_at.isoformat(),
    }


def _names(opened: Office, connection: Connection, found: Sequence[InboxTask]) -> dict[str, Mapping[str, str]]:
    """What people call the items that the tasks are about, by case."""
    names: dict[str, Mapping[str, str]] = {task.task_id.reference: {} for task in found}
    for reference in {task.task_id.reference for task in found if task.item_id}:
        row = cases.find_case(connection, reference)
        settings = opened.shelf.get(connection, row.variant_digest).variant.settings
        names[reference] = item_names(connection, row.case_id, settings)
    return names


def _refuse_unknown_team(opened: Office, connection: Connection, team: str) -> None:
    used = {(row.variant_digest, row.council_id) for row in cases.all_cases(connection)}
    teams = {
        team.id
        for digest, council_id in used
        for team in opened.shelf.in_force(connection, opened.shelf.get(connection, digest), council_id).settings.teams
    }
    if teams and team not in teams:
        raise BadInputError(f"No case knows a team “{team}”. Teams are: {', '.join(sorted(teams))}.")
