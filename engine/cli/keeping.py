"""What keeps a case right: deadlines, corrections, incidents, the record."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from engine.casework.corrections import correct_fact
from engine.casework.deadlines import extend_deadline, resume_deadline, suspend_deadline
from engine.casework.incidents import resolve_incident, retry_incident
from engine.casework.running import bring_up_to_date
from engine.casework.verification import anchor_today, verify_records
from engine.cli.frame import FOUND, PERSON, REASON, TASK, office, read_json
from engine.model import TaskId

_DAY = click.option("--until", "until", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The new last day.")


@click.command()
@click.argument("task", type=TASK)
@_DAY
@REASON
@PERSON
def extend(task: TaskId, until: datetime, reason: str, by: str) -> None:
    """Give TASK until a later day; the old day stays in the record."""
    extend_deadline(office(), task, until=until.date(), reason=reason, by=by)
    click.echo(f"{task} is due on {until:%-d %B %Y}.")


@click.command()
@click.argument("task", type=TASK)
@REASON
@PERSON
def suspend(task: TaskId, reason: str, by: str) -> None:
    """Stop the clock of TASK."""
    suspend_deadline(office(), task, reason=reason, by=by)
    click.echo(f"The clock of {task} stands still.")


@click.command()
@click.argument("task", type=TASK)
@_DAY
@REASON
@PERSON
def resume(task: TaskId, until: datetime, reason: str, by: str) -> None:
    """Start the clock of TASK again."""
    resume_deadline(office(), task, until=until.date(), reason=reason, by=by)
    click.echo(f"{task} is due on {until:%-d %B %Y}.")


@click.command()
@click.argument("case", metavar="CASE")
@click.argument("fact")
@click.argument("value", metavar="JSON")
@click.option("--item", default="", help="The item it is about, like reports-2.")
@REASON
@PERSON
def correct(case: str, fact: str, value: str, item: str, reason: str, by: str) -> None:
    """Correct a FACT of CASE; the old entry stays, and nothing that followed from it is undone."""
    correct_fact(office(), case, fact, read_json(value, "The new value"), reason=reason, by=by, item_id=item)
    click.echo(f"{fact} is corrected.")


@click.command()
@click.argument("incident", type=TASK)
@PERSON
def retry(incident: TaskId, by: str) -> None:
    """Try again what is stuck (INCIDENT as `asb case` shows it)."""
    opened = office()
    retry_incident(opened, incident, by=by)
    bring_up_to_date(opened)
    click.echo(f"{incident} was tried again; `asb case {incident.reference}` shows how it went.")


@click.command()
@click.argument("incident", type=TASK)
@REASON
@PERSON
def resolve(incident: TaskId, reason: str, by: str) -> None:
    """What was stuck has been seen to by hand: the case goes on behind it."""
    opened = office()
    resolve_incident(opened, incident, reason=reason, by=by)
    bring_up_to_date(opened)
    click.echo(f"{incident} is resolved.")


@click.command()
@click.argument("case", metavar="[CASE]", required=False)
@click.option("--replay", is_flag=True, help="Compute every decision and gateway again as well.")
def verify(case: str | None, replay: bool) -> None:
    """Verify the record of CASE, or of all cases: nothing altered, missing or cut off. Exit code 1 if it is not whole."""
    is_terminal = sys.stderr.isatty()

    def progress(done: int) -> None:
        if is_terminal:
            click.echo(f"\r{done} verified", nl=False, err=True)

    count, breaks = verify_records(office(), case, replay=replay, progress=progress)
    if is_terminal:
        click.echo("\r", nl=False, err=True)
    for found in breaks:
        click.echo(f"{found.reference}: {found.sentence}")
    click.echo(f"{count} case{'' if count == 1 else 's'} verified: " + (f"{len(breaks)} break(s)." if breaks else "whole."))
    if breaks:
        sys.exit(FOUND)


@click.command()
def anchor() -> None:
    """Note the heads of all records of today, so that a cut-off tail is seen. `asb work` and the beat do it daily."""
    click.echo(f"{anchor_today(office())} head(s) anchored.")
