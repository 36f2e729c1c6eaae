"""`asb resolve`: what was stuck, seen to by hand."""

from __future__ import annotations

import click

from engine.casework.background.incidents import resolve_incident
from engine.casework.background.sweep import bring_up_to_date
from engine.cli.frame import COUNCIL, INCIDENT, PERSON, REASON, office
from engine.cli.open_tasks import print_open_tasks
from engine.model import TaskId


@click.command("resolve")
@click.argument("incident", type=INCIDENT)
@REASON
@PERSON
@COUNCIL
def resolve_command(incident: TaskId, reason: str, by: str, council_id: str | None) -> None:
    """What was stuck has been seen to by hand: the case goes on behind it.

    INCIDENT as `asb case` shows it.

    \b
    Example:
      asb resolve HBC-2026-0001.41 --reason "Sent by hand" --as "Officer 1"
    """
    opened = office()
    resolve_incident(opened, incident, reason=reason, by=by, council_id=council_id)
    bring_up_to_date(opened)
    click.echo(f"{incident} is resolved.")
    print_open_tasks(opened, incident.reference, council_id)
