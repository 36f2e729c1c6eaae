"""`asb migrate`: open cases are moved to another version of their policy, or back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from engine.casework.background.sweep import bring_up_to_date
from engine.cli.frame import FORMAT, FOUND, office, print_json
from engine.cli.layout import Progress, paragraph
from engine.cli.moves import TABLE, moved_as_json, table_in
from engine.cli.policy_owner import OWNER
from engine.errors import BadInputError
from engine.words import counted
from engine.workshop import CaseOutcome, MoveWanted, move_back, move_open_cases, told_of_move, version_to_move_to


@click.command("migrate")
@click.argument("council")
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@click.option("--all", "of_all", is_flag=True, help="All open cases of the council.")
@click.option("--to", "number", metavar="NUMBER", type=click.IntRange(min=1), help="The version; else that in force.")
@click.option("--back", is_flag=True, help="Each to the version from which it was moved last.")
@click.option("--why", required=True, metavar="WORDS", help="Why; it is kept in the record of each case.")
@click.option("--despite", default="", metavar="WORDS", help="Why it does not matter what it does at once.")
@TABLE
@OWNER
@FORMAT
@click.pass_context
def migrate_command(
    ctx: click.Context,
    council: str,
    cases: tuple[str, ...],
    of_all: bool,
    number: int | None,
    back: bool,
    why: str,
    despite: str,
    table_file: Path | None,
    by: str,
    form: str,
) -> None:
    """Move open cases of COUNCIL to the version of its policy that is in force, or to another one.

    Each case in a step of its own, looked at before it is kept: it is in the one version or in the other, and where it
    cannot be moved it stays and a sentence says why. `asb impact` says beforehand what comes of it. What would be late
    or sent at once needs a reason. Broken off, the same command goes on. Exit code 1 where a case stays.

    \b
    Examples:
      asb migrate hertsmere --all --why "The cabinet gave more time"
      asb migrate hertsmere HBC-2026-0001 --to 7 --why "Stuck under version 8"
      asb migrate hertsmere --all --back --why "Too early"
    """
    if of_all is bool(cases):
        raise BadInputError("Name the cases that are to be moved, or say --all.")
    if back and (number is not None or table_file is not None or despite):
        raise BadInputError("--back goes where each case came from: leave out --to, --table and --despite.")
    opened = office()
    wanted = MoveWanted(by=by, why=why, despite=despite, table=table_in(table_file))
    progress = Progress()
    if back:
        outcomes = move_back(opened, council, cases, wanted, tell=progress.say)
    else:
        row = version_to_move_to(opened, council, number)
        outcomes = move_open_cases(opened, row, cases, wanted, tell=progress.say)
    try:
        done = list(_told(outcomes, progress, is_text=form == "text"))
    finally:
        progress.clear()
    bring_up_to_date(opened)
    stay = [outcome for outcome in done if outcome.stays]
    if form == "json":
        print_json([_as_json(outcome) for outcome in done])
    else:
        moved = sum(outcome.moved is not None for outcome in done)
        left = len(done) - moved - len(stay)
        there = f" {counted(left, 'is', 'are')} of that version already." if left else ""
        click.echo(f"{counted(moved, 'case')} moved, {counted(len(stay), 'stays', 'stay')}.{there}")
    if stay:
        ctx.exit(FOUND)


def _told(outcomes: Iterable[CaseOutcome], progress: Progress, *, is_text: bool) -> Iterable[CaseOutcome]:
    """Each is told as soon as it is known."""
    for outcome in outcomes:
        said = list(outcome.stays) or (told_of_move(outcome.moved) if outcome.moved is not None else [])
        if is_text and said:
            progress.clear()
            click.echo(f"{outcome.reference}{'  stays' if outcome.stays else ''}")
            for sentence in said:
                click.echo(paragraph(sentence, first="  - ", indent=4))
        yield outcome


def _as_json(outcome: CaseOutcome) -> dict[str, object]:
    return {
        "case": outcome.reference,
        "moved": outcome.moved is not None,
        "stays": list(outcome.stays),
        **(moved_as_json(outcome.moved) if outcome.moved is not None else {}),
    }
