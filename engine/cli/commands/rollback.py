"""`asb rollback`: an earlier version of a council's policy is in force again."""

from __future__ import annotations

from datetime import datetime

import click

from engine.cli.frame import office, settings
from engine.cli.policy_owner import FROM, OWNER, WHY, print_outcome, told_as_it_goes
from engine.workshop import Publication, roll_back


@click.command("rollback")
@click.argument("council")
@click.argument("number", type=click.IntRange(min=1))
@WHY
@FROM
@OWNER
def rollback_command(council: str, number: int, why: str, day: datetime | None, by: str) -> None:
    """Put version NUMBER of COUNCIL's policy in force again, as a new version.

    Nothing is taken away: what was in force stays in the list, and cases that were opened by it keep it.

    \b
    Example:
      asb rollback hertsmere 3 --why "The new form asked for too much"
    """
    wanted = Publication(by=by, why=why, day=day.date() if day is not None else None)
    opened, root = office(), settings().variants
    print_outcome(told_as_it_goes(lambda tell: roll_back(opened, council, number, wanted, root=root, tell=tell)))
