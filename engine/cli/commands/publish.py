"""`asb publish`: a council's folder is put in force."""

from __future__ import annotations

from datetime import datetime

import click

from engine.cli.frame import office, settings
from engine.cli.policy_owner import FROM, OWNER, WHY, print_outcome, told_as_it_goes
from engine.workshop import Publication, draft_in, publish


@click.command("publish")
@click.argument("variant")
@WHY
@FROM
@click.option("--despite", default="", metavar="WORDS", help="Why warnings do not matter that are new with it.")
@OWNER
def publish_command(variant: str, why: str, day: datetime | None, despite: str, by: str) -> None:
    """Put the folder VARIANT in force for its council, as the next version of its policy.

    It is checked and its worked examples are played first: with an error, an example that comes out otherwise, or a
    warning that nobody has given a reason for, nothing is put in force. New cases are opened by it from its day on;
    those that are open keep their own. Editing the folder afterwards changes nothing until it is published again.
    Where the council's settings say so ([publishing] second_owner), another policy owner has to approve it first.

    \b
    Examples:
      asb publish hertsmere --why "The policy that the cabinet adopted"
      asb publish hertsmere --from 2026-12-07 --why "Acknowledged sooner"
    """
    draft = draft_in(variant, settings().variants)
    wanted = Publication(by=by, why=why, day=day.date() if day is not None else None, despite=despite)
    opened = office()
    print_outcome(told_as_it_goes(lambda tell: publish(opened, draft, wanted, tell=tell)))
