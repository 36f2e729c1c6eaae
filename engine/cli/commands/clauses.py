"""`asb clauses`: the policy's clauses beside the folder that carries them out."""

from __future__ import annotations

import click

from engine.clauses import CarrierKind, ClauseEntry, index_clauses
from engine.cli.frame import FORMAT, print_json, variant_of
from engine.cli.layout import paragraph
from engine.scenarios import scenarios_of
from engine.words import counted


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
    read = variant_of(variant)
    entries = index_clauses(read, {scenario.name: scenario.clauses for scenario in scenarios_of(read)})
    if form == "json":
        print_json([entry.to_json() for entry in entries])
        return
    for entry in entries:
        _print(entry)
    undone = [entry.clause.id for entry in entries if entry.is_due and not entry.is_carried_out]
    later = [entry.clause.id for entry in entries if not entry.is_due]
    unshown = [entry.clause.id for entry in entries if entry.is_carried_out and not entry.scenarios]
    click.echo(f"{counted(len(entries), 'clause')}.")
    click.echo(paragraph(f"Nothing carries out: {', '.join(undone) or 'none, every clause is carried out'}."))
    if later:
        click.echo(paragraph(f"When it comes into force is to be looked up: {', '.join(later)}."))
    click.echo(paragraph(f"No scenario shows: {', '.join(unshown) or 'none, every clause is shown'}."))


def _print(entry: ClauseEntry) -> None:
    click.echo(paragraph(entry.clause.text, first=f"{entry.clause.id:<8}", indent=8))
    for kind in CarrierKind:
        for carrier in entry.of_kind(kind):
            click.echo(paragraph(f"{carrier.name} ({carrier.key})", first=f"        {kind:<9}", indent=17))
    for rule in entry.rules:
        click.echo(paragraph(f"{rule.sentence} ({rule.where})", first=f"        {'rule':<9}", indent=17))
    if entry.scenarios:
        click.echo(paragraph(", ".join(entry.scenarios), first=f"        {'shown by':<9}", indent=17))
    if not entry.is_due:
        click.echo("        When it comes into force is to be looked up.")
    elif not entry.is_carried_out:
        click.echo("        Nothing carries it out yet.")
    click.echo()
