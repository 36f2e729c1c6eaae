"""`asb extend`: a task given until a later day."""

from __future__ import annotations

from datetime import datetime

import click

from engine.casework.tasks.deadlines import extend_deadline, take_back_extension
from engine.cli.frame import COUNCIL, PERSON, REASON, TASK, office
from engine.model import TaskId
from engine.words import day_in_words


@click.command("extend")
@click.argument("task", type=TASK)
@click.option(
    "--until",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The new last day, like 2026-05-05; where it is extended already, also an earlier one.",
)
@click.option("--take-back", is_flag=True, help="Take the extension back: its limit's own day holds again.")
@REASON
@PERSON
@COUNCIL
def extend_command(
    task: TaskId, until: datetime | None, take_back: bool, reason: str, by: str, council_id: str | None
) -> None:
    """Give TASK until a later day, shorten that or take it back; the old day stays in the record.

    \b
    Example:
      asb extend HBC-2026-0001.35 \\
          --until 2026-03-06 --reason "Agreed with the applicant" --as "Officer 1"
      asb extend HBC-2026-0001.35 \\
          --take-back --reason "It was the wrong task" --as "Officer 1"
    """
    if take_back == (until is not None):
        raise click.UsageError("Give the new last day with --until, or --take-back.")
    if until is None:
        take_back_extension(office(), task, reason=reason, by=by, council_id=council_id)
        click.echo(f"The extension of {task} is taken back.")
        return
    extend_deadline(office(), task, until=until.date(), reason=reason, by=by, council_id=council_id)
    click.echo(f"{task} is due on {day_in_words(until)}.")
