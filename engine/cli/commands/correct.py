"""`asb correct`: a fact of a case put right."""

from __future__ import annotations

import click

from engine.casework.cases.corrections import correct_fact
from engine.cli.frame import PERSON, REASON, office, read_json


@click.command("correct", context_settings={"ignore_unknown_options": True})  # a number may start with a minus
@click.argument("case", metavar="CASE")
@click.argument("fact")
@click.argument("value", metavar="JSON")
@click.option("--item", default="", metavar="ITEM", help="The item it is about, like reports-2.")
@REASON
@PERSON
def correct_command(case: str, fact: str, value: str, item: str, reason: str, by: str) -> None:
    """Correct a FACT of CASE; the old entry stays, and nothing that followed from it is undone.

    JSON is the new value; a text stands in double quotes.

    \b
    Example:
      asb correct HBC-2026-0001 victim_name '"The Victim"' \\
          --reason "Misspelt" --as "Officer 1"
    """
    correct_fact(office(), case, fact, read_json(value, "The new value"), reason=reason, by=by, item_id=item)
    click.echo(f"{fact} is corrected.")
