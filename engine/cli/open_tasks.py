"""Open tasks as the commands print them: for people, and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import click

from engine.casework.step.office import Office
from engine.casework.words.items import item_names
from engine.cli.layout import paragraph
from engine.clock import local_date
from engine.store import Connection, cases
from engine.store import tasks as stored
from engine.store.tasks import OpenTask
from engine.words import weekday_in_words


def print_open_tasks(opened: Office, reference: str, council_id: str | None = None) -> None:
    """What is to be done in the case now, or that it is closed."""
    with opened.database.read() as connection:
        case = cases.summary(cases.find_case(connection, reference, council_id))
        found = stored.open_tasks(connection, reference=reference, council_id=case.council_id)
        names = names_of_items(opened, connection, found)
    if case.closed_at is not None:
        click.echo(f"{reference} is closed: {case.closed_as or 'no reason given'}.")
    elif not found:
        click.echo(f"Nothing is to be done in {reference} now; `asb case {reference}` shows what it waits for.")
    else:
        click.echo(f"Now to do in {reference}:")
    for task in found:
        print_task(task, names[reference], today=local_date(opened.clock.now()), indent=2)


def print_task(task: OpenTask, names: Mapping[str, str], *, today: date, indent: int = 0) -> None:
    """The task's id and name; below them whose it is, when it is due and why."""
    about = f" ({names.get(task.item_id, task.item_id)})" if task.item_id else ""
    click.echo(paragraph(f"{task.name}{about}", first=f"{'':{indent}}{task.task_id!s}  ", indent=indent + 4))
    held = f", {task.claimed_by} has it" if task.claimed_by else ""
    only = f", for {task.assignee}" if task.assignee else ""
    is_late = task.due_on is not None and task.due_on < today and not task.is_suspended
    due = task.explanation or (weekday_in_words(task.due_on) if task.due_on else "none")
    words = f"{task.team}{only}{held}. {'OVERDUE' if is_late else 'Deadline'}: {due}"
    if task.follow_up_on:
        words += f". Follow up on {weekday_in_words(task.follow_up_on)}"
    if task.frame_due_on is not None:
        is_to_be = "OVERDUE as a whole: {} was" if task.frame_due_on < today else "As a whole, {} is"
        whole = is_to_be.format(f"“{task.frame_name}”")
        words += f". {whole} to be done by {weekday_in_words(task.frame_due_on)}"
    click.echo(paragraph(words, indent=indent + 4))


def task_as_json(task: OpenTask, names: Mapping[str, str]) -> dict[str, object]:
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
        "whole": {
            "number": task.frame,
            "name": task.frame_name,
            "due_on": task.frame_due_on.isoformat() if task.frame_due_on else None,
        }
        if task.frame_name is not None
        else None,
        "follow_up_on": task.follow_up_on.isoformat() if task.follow_up_on else None,
        "is_suspended": task.is_suspended,
        "item": task.item_id or None,
        "item_name": names.get(task.item_id) if task.item_id else None,
        "form": task.form_id,
        "created_at": task.created_at.isoformat(),
    }


def names_of_items(opened: Office, connection: Connection, found: Sequence[OpenTask]) -> dict[str, Mapping[str, str]]:
    """What people call the items that the tasks are about, by case."""
    names: dict[str, Mapping[str, str]] = {task.task_id.reference: {} for task in found}
    for reference, council_id in {(task.task_id.reference, task.council_id) for task in found if task.item_id}:
        row = cases.find_case(connection, reference, council_id)
        settings = opened.versions.get(connection, row.variant_digest).variant.settings
        names[reference] = item_names(connection, row.case_id, settings)
    return names
