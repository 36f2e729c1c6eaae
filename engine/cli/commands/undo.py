"""`asb undo`: a completion taken back."""

from __future__ import annotations

import click

from engine.casework.tasks.undo import undo_completion
from engine.cli.frame import COUNCIL, PERSON, REASON, TASK, office
from engine.cli.open_tasks import print_open_tasks
from engine.model import TaskId


@click.command("undo")
@click.argument("task", type=TASK)
@REASON
@PERSON
@COUNCIL
def undo_command(task: TaskId, reason: str, by: str, council_id: str | None) -> None:
    """Undo the completion of TASK, while nothing followed and no letter left.

    The task is open again and the case stands as before; the record keeps both.

    \b
    Example:
      asb undo HBC-2026-0001.35 --reason "The wrong case" --as "Officer 1"
    """
    opened = office()
    undo_completion(opened, task, reason=reason, by=by, council_id=council_id)
    click.echo(f"{task} is open again.")
    print_open_tasks(opened, task.reference, council_id)
