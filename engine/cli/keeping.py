"""`asb extend`, `suspend`, `resume`, `correct`, `retry`, `resolve`, `verify`, `anchor`: what keeps a case right."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from engine.casework.background.incidents import resolve_incident, retry_incident
from engine.casework.background.sweep import bring_up_to_date
from engine.casework.background.verification import anchor_today, verify_records
from engine.casework.cases.corrections import correct_fact
from engine.casework.tasks.deadlines import extend_deadline, resume_deadline, suspend_deadline
from engine.casework.words.values import closed
from engine.cli.clearing import print_open_tasks
from engine.cli.frame import FORMAT, FOUND, INCIDENT, PERSON, REASON, TASK, office, print_json, read_json
from engine.cli.layout import Progress, count, paragraph
from engine.model import TaskId

_DAY = click.option(
    "--until",
    required=True,
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The new last day, like 2026-05-05.",
)


@click.command()
@click.argument("task", type=TASK)
@_DAY
@REASON
@PERSON
def extend(task: TaskId, until: datetime, reason: str, by: str) -> None:
    """Give TASK until a later day; the old day stays in the record.

    \b
    Example:
      asb extend HBC-2026-0001.35 \\
          --until 2026-03-06 --reason "Agreed with the applicant" --as "Officer 1"
    """
    extend_deadline(office(), task, until=until.date(), reason=reason, by=by)
    click.echo(f"{task} is due on {until:%-d %B %Y}.")


@click.command()
@click.argument("task", type=TASK)
@REASON
@PERSON
def suspend(task: TaskId, reason: str, by: str) -> None:
    """Stop the clock of TASK.

    It is not late while its clock stands still. `asb resume` starts it again.

    \b
    Example:
      asb suspend HBC-2026-0001.35 \\
          --reason "The applicant is abroad" --as "Officer 1"
    """
    suspend_deadline(office(), task, reason=reason, by=by)
    click.echo(f"The clock of {task} stands still.")


@click.command()
@click.argument("task", type=TASK)
@_DAY
@REASON
@PERSON
def resume(task: TaskId, until: datetime, reason: str, by: str) -> None:
    """Start the clock of TASK again.

    \b
    Example:
      asb resume HBC-2026-0001.35 \\
          --until 2026-03-20 --reason "Back again" --as "Officer 1"
    """
    resume_deadline(office(), task, until=until.date(), reason=reason, by=by)
    click.echo(f"{task} is due on {until:%-d %B %Y}.")


@click.command(context_settings={"ignore_unknown_options": True})  # a number may start with a minus
@click.argument("case", metavar="CASE")
@click.argument("fact")
@click.argument("value", metavar="JSON")
@click.option("--item", default="", metavar="ITEM", help="The item it is about, like reports-2.")
@REASON
@PERSON
def correct(case: str, fact: str, value: str, item: str, reason: str, by: str) -> None:
    """Correct a FACT of CASE; the old entry stays, and nothing that followed from it is undone.

    JSON is the new value; a text stands in double quotes.

    \b
    Example:
      asb correct HBC-2026-0001 victim_name '"The Victim"' \\
          --reason "Misspelt" --as "Officer 1"
    """
    correct_fact(office(), case, fact, read_json(value, "The new value"), reason=reason, by=by, item_id=item)
    click.echo(f"{fact} is corrected.")


@click.command()
@click.argument("incident", type=INCIDENT)
@PERSON
def retry(incident: TaskId, by: str) -> None:
    """Try again what is stuck (INCIDENT as `asb case` shows it).

    \b
    Example:
      asb retry HBC-2026-0001.41 --as "Officer 1"
    """
    opened = office()
    retry_incident(opened, incident, by=by)
    bring_up_to_date(opened)
    click.echo(f"{incident} was tried again; `asb case {incident.reference}` shows how it went.")


@click.command()
@click.argument("incident", type=INCIDENT)
@REASON
@PERSON
def resolve(incident: TaskId, reason: str, by: str) -> None:
    """What was stuck has been seen to by hand: the case goes on behind it.

    INCIDENT as `asb case` shows it.

    \b
    Example:
      asb resolve HBC-2026-0001.41 --reason "Sent by hand" --as "Officer 1"
    """
    opened = office()
    resolve_incident(opened, incident, reason=reason, by=by)
    bring_up_to_date(opened)
    click.echo(f"{incident} is resolved.")
    print_open_tasks(opened, incident.reference)


@click.command()
@click.argument("case", metavar="[CASE]", required=False)
@click.option(
    "--replay", is_flag=True, help="Also compute every decision, script and gateway again from what it read then."
)
@FORMAT
def verify(case: str | None, replay: bool, form: str) -> None:
    """Verify the record of CASE, or of all cases: nothing altered, missing or cut off.

    Exit code 1 if it is not whole.

    \b
    Examples:
      asb verify
      asb verify HBC-2026-0001 --replay
    """
    progress = Progress()
    number, breaks = verify_records(
        office(), case, replay=replay, progress=lambda done: progress.say(f"{count(done, 'case')} verified")
    )
    progress.clear()
    if form == "json":
        print_json({
            "cases": number,
            "breaks": [{"case": b.reference, "seq": b.seq, "sentence": b.sentence} for b in breaks],
        })  # fmt: skip
    else:
        for found in breaks:
            click.echo(paragraph(closed(f"{found.reference}: {found.sentence}"), indent=4, first="broken  "))
        result = count(len(breaks), "break") if breaks else "whole"
        click.echo(f"{count(number, 'case')} verified: {result}.")
    if breaks:
        sys.exit(FOUND)


@click.command()
def anchor() -> None:
    """Note the heads of all records of today, so that a cut-off tail is seen.

    `asb work` and Celery's beat do it daily.
    """
    click.echo(f"{count(anchor_today(office()), 'record')} anchored.")
