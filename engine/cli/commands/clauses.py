"""`asb clauses`: the policy's clauses beside the folder that carries them out."""

from __future__ import annotations

from datetime import date

import click

from engine.clauses import CarrierKind, ClauseEntry, index_clauses
from engine.cli.frame import FORMAT, print_json, variant_of
from engine.cli.layout import paragraph
from engine.cli.moment import today
from engine.scenarios import scenarios_of
from engine.words import counted, day_in_words


@click.command("clauses")
@click.argument("variant")
@FORMAT
def clauses_command(variant: str, form: str) -> None:
    """List each clause of VARIANT's policy with what carries it out and which worked examples show it.

    What nothing carries out, and what no example names, stands at the end.

    \b
    Examples:
      asb clauses hertsmere
      asb clauses hertsmere --format json
    """
    read, day = variant_of(variant), today()
    entries = index_clauses(read, {scenario.name: scenario.clauses for scenario in scenarios_of(read)})
    if form == "json":
        print_json([entry.to_json() for entry in entries])
        return
    for entry in entries:
        _print(entry, day)
    undone = [entry.clause.id for entry in entries if entry.is_due(day) and not entry.is_carried_out]
    unknown = [entry.clause.id for entry in entries if entry.clause.is_to_be_looked_up]
    later = [entry.clause.id for entry in entries if entry.clause.is_to_come(day)]
    unshown = [entry.clause.id for entry in entries if entry.is_carried_out and not entry.scenarios]
    click.echo(f"{counted(len(entries), 'clause')}.")
    click.echo(paragraph(f"Nothing carries out: {', '.join(undone) or 'none, every clause is carried out'}."))
    if later:
        click.echo(paragraph(f"Not in force yet: {', '.join(later)}."))
    if unknown:
        click.echo(paragraph(f"When it comes into force is to be looked up: {', '.join(unknown)}."))
    click.echo(paragraph(f"No scenario shows: {', '.join(unshown) or 'none, every clause is shown'}."))


def _print(entry: ClauseEntry, day: date) -> None:
    click.echo(paragraph(entry.clause.text, first=f"{entry.clause.id:<8}", indent=8))
    for kind in CarrierKind:
        for carrier in entry.of_kind(kind):
            click.echo(paragraph(f"{carrier.name} ({carrier.key})", first=f"        {kind:<9}", indent=17))
    for rule in entry.rules:
        click.echo(paragraph(f"{rule.sentence} ({rule.where})", first=f"        {'rule':<9}", indent=17))
    if entry.scenarios:
        click.echo(paragraph(", ".join(entry.scenarios), first=f"        {'shown by':<9}", indent=17))
    if entry.clause.is_to_be_looked_up:
        click.echo("        When it comes into force is to be looked up.")
    elif entry.clause.in_force_on is not None:
        since = "Comes into force on" if entry.clause.is_to_come(day) else "In force since"
        click.echo(f"        {since} {day_in_words(entry.clause.in_force_on)}.")
    if entry.is_due(day) and not entry.is_carried_out:
        click.echo("        Nothing carries it out yet.")
    click.echo()
