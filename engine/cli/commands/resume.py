"""`asb resume`: the clock of a task started again."""

from __future__ import annotations

from datetime import datetime

import click

from engine.casework.tasks.deadlines import resume_deadline
from engine.cli.frame import COUNCIL, PERSON, REASON, TASK, UNTIL, office
from engine.model import TaskId
from engine.words import day_in_words


@click.command("resume")
@click.argument("task", type=TASK)
@UNTIL
@REASON
@PERSON
@COUNCIL
def resume_command(task: TaskId, until: datetime, reason: str, by: str, council_id: str | None) -> None:
    """Start the clock of TASK again.

    \b
    Example:
      asb resume HBC-2026-0001.35 \\
          --until 2026-03-20 --reason "Back again" --as "Officer 1"
    """
    resume_deadline(office(), task, until=until.date(), reason=reason, by=by, council_id=council_id)
    click.echo(f"{task} is due on {day_in_words(until)}.")
