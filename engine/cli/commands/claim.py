"""`asb claim`: a task made one's own."""

from __future__ import annotations

import click

from engine.casework.tasks.completion import claim_task
from engine.cli.frame import COUNCIL, PERSON, TASK, office
from engine.model import TaskId


@click.command("claim")
@click.argument("task", type=TASK)
@PERSON
@COUNCIL
def claim_command(task: TaskId, by: str, council_id: str | None) -> None:
    """Make TASK your own, so that colleagues leave it to you.

    \b
    Example:
      asb claim HBC-2026-0001.35 --as "Officer 1"
    """
    claim_task(office(), task, by=by, council_id=council_id)
    click.echo(f"{task} is yours, {by}.")
