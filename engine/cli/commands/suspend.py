"""`asb suspend`: the clock of a task stopped."""

from __future__ import annotations

import click

from engine.casework.tasks.deadlines import suspend_deadline
from engine.cli.frame import COUNCIL, PERSON, REASON, TASK, office
from engine.model import TaskId


@click.command("suspend")
@click.argument("task", type=TASK)
@REASON
@PERSON
@COUNCIL
def suspend_command(task: TaskId, reason: str, by: str, council_id: str | None) -> None:
    """Stop the clock of TASK.

    It is not late while its clock stands still. `asb resume` starts it again.

    \b
    Example:
      asb suspend HBC-2026-0001.35 \\
          --reason "The applicant is abroad" --as "Officer 1"
    """
    suspend_deadline(office(), task, reason=reason, by=by, council_id=council_id)
    click.echo(f"The clock of {task} stands still.")
