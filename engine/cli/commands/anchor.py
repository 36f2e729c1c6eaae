"""`asb anchor`: the heads of the records, noted."""

from __future__ import annotations

import click

from engine.casework.background.verification import anchor_today
from engine.cli.frame import office
from engine.words import counted


@click.command("anchor")
def anchor_command() -> None:
    """Note the heads of all records of today, so that a cut-off tail is seen.

    `asb work` and Celery's beat do it daily.
    """
    click.echo(f"{counted(anchor_today(office()), 'record')} anchored.")
