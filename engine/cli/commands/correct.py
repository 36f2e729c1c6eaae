"""`asb correct`: a fact of a case put right."""

from __future__ import annotations

import click

from engine.casework.cases.corrections import correct_fact
from engine.casework.rehearsal import what_follows_correcting
from engine.cli.frame import COUNCIL, PERSON, REASON, office, read_json
from engine.cli.layout import paragraph


@click.command("correct", context_settings={"ignore_unknown_options": True})  # a number may start with a minus
@click.argument("case", metavar="CASE")
@click.argument("fact")
@click.argument("value", metavar="JSON")
@click.option("--item", default="", metavar="ITEM", help="The item it is about, like reports-2.")
@click.option("--dry-run", is_flag=True, help="Only say what would move, and which letters would leave.")
@REASON
@PERSON
@COUNCIL
def correct_command(
    case: str, fact: str, value: str, item: str, dry_run: bool, reason: str, by: str, council_id: str | None
) -> None:
    """Correct a FACT of CASE; the old entry stays. What is still due moves with a day that it is counted from; nothing
    that has happened is undone.

    JSON is the new value; a text stands in double quotes.

    \b
    Example:
      asb correct HBC-2026-0001 victim_name '"The Victim"' \\
          --reason "Misspelt" --as "Officer 1"
    """
    opened, new = office(), read_json(value, "The new value")
    if not dry_run:
        correct_fact(opened, case, fact, new, reason=reason, by=by, item_id=item, council_id=council_id)
        click.echo(f"{fact} is corrected.")
        return
    follows = what_follows_correcting(
        opened, case, fact, new, reason=reason, by=by, item_id=item, council_id=council_id
    )
    for sentence in follows.moves:
        click.echo(paragraph(sentence, indent=4, first=""))
    for letter in follows.letters:
        click.echo(paragraph(f"A letter would go to {letter.recipient}: “{letter.title}”.", indent=4, first=""))
    click.echo(f"{fact} would be corrected.")
