"""`asb recalculate`: open deadlines after a change of the calendar."""

from __future__ import annotations

import click

from engine.casework.background.case_names import name_every_case
from engine.casework.background.recalculation import Move, recalculate_deadlines
from engine.casework.background.sweep import bring_up_to_date
from engine.cli.frame import FORMAT, office, policy_of, print_json
from engine.cli.layout import paragraph
from engine.words import counted, weekday_in_words


@click.command("recalculate")
@click.argument("council")
@click.option("--dry-run", is_flag=True, help="Only say what would move.")
@FORMAT
def recalculate_command(council: str, dry_run: bool, form: str) -> None:
    """Count the days of the open cases of COUNCIL by the calendar of the policy that is in force.

    For a bank holiday that is proclaimed later, or a closure day: write it under [calendar] in variant.toml, publish
    that, see what would move with --dry-run, then run it. The cases keep their policy otherwise. What a person has
    extended or suspended stays; the record keeps both days and why. The cases are also found by the words that [cases]
    in variant.toml names then.

    \b
    Examples:
      asb recalculate hertsmere --dry-run
      asb recalculate hertsmere
    """
    opened = office()
    policy = policy_of(opened, council)
    moves = recalculate_deadlines(opened, policy, dry_run=dry_run)
    if not dry_run:
        bring_up_to_date(opened)
        name_every_case(opened, policy)
    if form == "json":
        print_json([move.to_json() for move in moves])
        return
    for move in moves:
        click.echo(paragraph(_sentence(move), indent=4, first=""))
    would = "would move" if dry_run else "moved"
    click.echo(f"{counted(len(moves), 'deadline')} {would}.")


def _sentence(move: Move) -> str:
    days = f"{weekday_in_words(move.was)} → {weekday_in_words(move.now)}"
    return f"{move.reference}.{move.number}  {move.element}: {days}. {move.reason}"
