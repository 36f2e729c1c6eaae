"""`asb hand-back`: a task given back to its team."""

from __future__ import annotations

import click

from engine.casework.tasks.completion import hand_back_task
from engine.cli.frame import COUNCIL, PERSON, TASK, office
from engine.model import TaskId


@click.command("hand-back")
@click.argument("task", type=TASK)
@PERSON
@COUNCIL
def hand_back_command(task: TaskId, by: str, council_id: str | None) -> None:
    """Give TASK back to its team.

    \b
    Example:
      asb hand-back HBC-2026-0001.35 --as "Officer 1"
    """
    hand_back_task(office(), task, by=by, council_id=council_id)
    click.echo(f"{task} is back with its team.")
