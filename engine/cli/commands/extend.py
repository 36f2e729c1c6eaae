"""`asb extend`: a task given until a later day."""

from __future__ import annotations

from datetime import datetime

import click

from engine.casework.tasks.deadlines import extend_deadline
from engine.cli.frame import PERSON, REASON, TASK, UNTIL, office
from engine.model import TaskId
from engine.words import day_in_words


@click.command("extend")
@click.argument("task", type=TASK)
@UNTIL
@REASON
@PERSON
def extend_command(task: TaskId, until: datetime, reason: str, by: str) -> None:
    """Give TASK until a later day; the old day stays in the record.

    \b
    Example:
      asb extend HBC-2026-0001.35 \\
          --until 2026-03-06 --reason "Agreed with the applicant" --as "Officer 1"
    """
    extend_deadline(office(), task, until=until.date(), reason=reason, by=by)
    click.echo(f"{task} is due on {day_in_words(until)}.")
