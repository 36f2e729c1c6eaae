"""`asb verify`: whether the records are whole."""

from __future__ import annotations

import sys

import click

from engine.casework.background.verification import verify_records
from engine.casework.words.values import closed
from engine.cli.frame import COUNCIL, FORMAT, FOUND, office, print_json
from engine.cli.layout import Progress, paragraph
from engine.words import counted


@click.command("verify")
@click.argument("case", metavar="[CASE]", required=False)
@click.option(
    "--replay", is_flag=True, help="Also compute every decision, script and gateway again from what it read then."
)
@FORMAT
@COUNCIL
def verify_command(case: str | None, replay: bool, form: str, council_id: str | None) -> None:
    """Verify the record of CASE, or of all cases: nothing altered, missing or cut off.

    Exit code 1 if it is not whole.

    \b
    Examples:
      asb verify
      asb verify HBC-2026-0001 --replay
    """
    progress = Progress()
    number, breaks = verify_records(
        office(),
        case,
        replay=replay,
        council_id=council_id,
        progress=lambda done: progress.say(f"{counted(done, 'case')} verified"),
    )
    progress.clear()
    if form == "json":
        print_json({
            "cases": number,
            "breaks": [{"case": b.reference, "seq": b.seq, "sentence": b.sentence} for b in breaks],
        })  # fmt: skip
    else:
        for found in breaks:
            click.echo(paragraph(closed(f"{found.reference}: {found.sentence}"), indent=4, first="broken  "))
        result = counted(len(breaks), "break") if breaks else "whole"
        click.echo(f"{counted(number, 'case')} verified: {result}.")
    if breaks:
        sys.exit(FOUND)
