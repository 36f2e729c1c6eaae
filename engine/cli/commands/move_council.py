"""`asb move-council`: a council's folder bears another name."""

from __future__ import annotations

import click

from engine.casework.policies.council_move import move_council
from engine.cli.frame import office, settings
from engine.cli.layout import paragraph
from engine.variants import find_variant
from engine.words import counted


@click.command("move-council")
@click.argument("old")
@click.argument("new")
def move_council_command(old: str, new: str) -> None:
    """Let everything of the council OLD go on under NEW, the name that its folder bears now.

    People, cases, files and their records move; references and every entry stay as they are. Rename the folder first,
    and stop the services.

    \b
    Example:
      asb move-council hertsmere hertsmere_north
    """
    root = settings().variants
    people, cases = move_council(office(), root, old, find_variant(new, root))
    click.echo(paragraph(f"{counted(people, 'person', 'people')} and {counted(cases, 'case')} are moved to {new}."))
