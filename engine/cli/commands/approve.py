"""`asb approve`: a second policy owner says yes to what was proposed."""

from __future__ import annotations

import click

from engine.cli.frame import office, refuse, settings
from engine.cli.layout import paragraph
from engine.cli.policy_owner import APPROVER, print_outcome, told_as_it_goes
from engine.workshop import approve, judge_next_proposal, proposal_numbered, version_numbered


@click.command("approve")
@click.argument("council")
@click.argument("number", type=click.IntRange(min=1))
@APPROVER
def approve_command(council: str, number: int, by: str) -> None:
    """Approve proposal NUMBER of COUNCIL's policy, which puts it in force.

    It takes another policy owner than the one who proposed it. It is checked once more as of today, and judged anew
    where the program has changed since; it is refused where another version was put in force meanwhile.

    \b
    Example:
      asb approve hertsmere 3 --as "Owner 2"
    """
    opened, root = office(), settings().variants
    row = told_as_it_goes(lambda tell: approve(opened, council, number, by=by, root=root, tell=tell))
    if row is None:
        click.echo(paragraph("The program has changed since it was judged, so it is judged again."), err=True)
        judge_next_proposal(opened, root, key=(council, number))
        found = proposal_numbered(opened, council, number)
        if found.row.version is None:
            refuse("\n".join((f"Proposal {number} of {council} is {found.row.status}.", *found.reasons)))
        row = version_numbered(opened, council, found.row.version)
    print_outcome(row)
