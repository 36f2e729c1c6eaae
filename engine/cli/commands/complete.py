"""`asb complete`: a task done, with the answers of its form."""

from __future__ import annotations

import click

from engine.casework.background.sweep import bring_up_to_date
from engine.casework.tasks.completion import complete_task
from engine.cli.frame import ANSWERS_HELP, COUNCIL, PERSON, TASK, office, read_answers
from engine.cli.open_tasks import print_open_tasks
from engine.model import TaskId


@click.command("complete")
@click.argument("task", type=TASK)
@click.option("--answers", default="{}", metavar="JSON", help=ANSWERS_HELP)
@PERSON
@COUNCIL
def complete_command(task: TaskId, answers: str, by: str, council_id: str | None) -> None:
    """Complete TASK with the answers of its form; the case moves on.

    `asb questions TASK` lists what is asked.

    \b
    Example:
      asb complete HBC-2026-0001.35 --as "Officer 1" \\
          --answers '{"csio_name": "Officer 1", "immediate_risk": "no"}'
    """
    opened = office()
    complete_task(opened, task, read_answers(answers), by=by, council_id=council_id)
    bring_up_to_date(opened)
    click.echo(f"{task} is done.")
    print_open_tasks(opened, task.reference, council_id)
