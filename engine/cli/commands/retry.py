"""`asb retry`: what is stuck, tried again."""

from __future__ import annotations

import click

from engine.casework.background.incidents import retry_incident
from engine.casework.background.sweep import bring_up_to_date
from engine.cli.frame import COUNCIL, INCIDENT, PERSON, office
from engine.model import TaskId


@click.command("retry")
@click.argument("incident", type=INCIDENT)
@PERSON
@COUNCIL
def retry_command(incident: TaskId, by: str, council_id: str | None) -> None:
    """Try again what is stuck (INCIDENT as `asb case` shows it).

    \b
    Example:
      asb retry HBC-2026-0001.41 --as "Officer 1"
    """
    opened = office()
    retry_incident(opened, incident, by=by, council_id=council_id)
    bring_up_to_date(opened)
    click.echo(f"{incident} was tried again; `asb case {incident.reference}` shows how it went.")
