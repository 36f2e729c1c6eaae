"""`asb decline`: what was proposed is not put in force."""

from __future__ import annotations

import click

from engine.cli.frame import office, settings
from engine.cli.policy_owner import APPROVER
from engine.workshop import decline


@click.command("decline")
@click.argument("council")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--why", default="", metavar="WORDS", help="Why not. Whoever takes back their own need not say.")
@APPROVER
def decline_command(council: str, number: int, why: str, by: str) -> None:
    """Decline proposal NUMBER of COUNCIL's policy, or take back one's own.

    \b
    Example:
      asb decline hertsmere 3 --as "Owner 2" --why "Two days are too few"
    """
    status = decline(office(), council, number, by=by, why=why, root=settings().variants)
    click.echo(f"Proposal {number} of {council} is {status}.")
