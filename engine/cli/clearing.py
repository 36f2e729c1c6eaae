"""`asb tasks`, `claim`, `hand-back`, `complete`: the inbox on the command line."""

from __future__ import annotations

import click

from engine.casework.running import bring_up_to_date
from engine.casework.tasks import claim_task, complete_task, hand_back_task
from engine.cli.frame import FORMAT, PERSON, TASK, office, print_json, read_answers
from engine.model import InboxTask, TaskId
from engine.store import tasks as stored


@click.command("tasks")
@click.option("--team", help="Only this team's (its id in variant.toml).")
@click.option("--case", "reference", help="Only this case's.")
@FORMAT
def tasks_command(team: str | None, reference: str | None, form: str) -> None:
    """List the open tasks, the most urgent first."""
    with office().database.begin() as connection:
        found = stored.inbox(connection, team=team, reference=reference)
    if form == "json":
        print_json([_as_json(task) for task in found])
        return
    for task in found:
        due = f"due {task.due_on:%-d %B %Y}" if task.due_on else "no deadline"
        held = f", {task.claimed_by}" if task.claimed_by else ""
        about = f" ({task.item_id})" if task.item_id else ""
        click.echo(f"{task.task_id!s:18}  {due:24}  {task.name}{about}  [{task.team}{held}]")
        if task.explanation:
            click.echo(f"{'':18}  {task.explanation}")
    if not found:
        click.echo("No task is open.")


@click.command()
@click.argument("task", type=TASK)
@PERSON
def claim(task: TaskId, by: str) -> None:
    """Make TASK your own, so that colleagues leave it to you."""
    claim_task(office(), task, by=by)
    click.echo(f"{task} is yours, {by}.")


@click.command("hand-back")
@click.argument("task", type=TASK)
@PERSON
def hand_back(task: TaskId, by: str) -> None:
    """Give TASK back to its team."""
    hand_back_task(office(), task, by=by)
    click.echo(f"{task} is back with its team.")


@click.command()
@click.argument("task", type=TASK)
@click.option("--answers", default="{}", metavar="JSON", help="The form's answers by key; @FILE reads a file, - standard input.")
@PERSON
def complete(task: TaskId, answers: str, by: str) -> None:
    """Complete TASK with the answers of its form; the case moves on."""
    opened = office()
    complete_task(opened, task, read_answers(answers), by=by)
    bring_up_to_date(opened)
    click.echo(f"{task} is done. Now open in {task.reference}:")
    with opened.database.begin() as connection:
        for row in stored.inbox(connection, reference=task.reference):
            click.echo(f"  {row.task_id}  {row.name}" + (f"  due {row.due_on:%-d %B %Y}" if row.due_on else ""))


def _as_json(task: InboxTask) -> dict[str, object]:
    return {
        "task": str(task.task_id), "case": task.task_id.reference, "element_id": task.element_id, "name": task.name,
        "team": task.team, "claimed_by": task.claimed_by, "assignee": task.assignee,
        "due_on": task.due_on.isoformat() if task.due_on else None, "why": task.explanation,
        "item": task.item_id or None, "form": task.form_id, "created_at": task.created_at.isoformat(),
    }
