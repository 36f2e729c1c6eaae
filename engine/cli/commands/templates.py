"""`asb templates`: the element templates of handlers and message events, for the modeller."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.cli.frame import FOUND, settings
from engine.workshop.element_templates import element_templates

#: Below the folder of the variants, where Camunda Modeler looks for them.
_FOLDER = Path(".camunda", "element-templates")


@click.command("templates")
@click.option("--check", "is_check", is_flag=True, help="Write nothing; say what is not up to date.")
def templates_command(is_check: bool) -> None:
    """Write the element templates of the handlers and message events, where the modeller finds them.

    Each handler has one, made from the inputs and outputs that it declares. Those that are up to date are left as they
    are, and so is any that somebody made by hand. Exit code 1 with --check: one is missing, or other than it would be
    written.

    \b
    Examples:
      asb templates
      asb templates --check
    """
    folder = settings().variants / _FOLDER
    wanted = {folder / f"{name}.json": text.encode() for name, text in element_templates().items()}
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_bytes() != text]
    for path in sorted(folder.glob("*.json")):
        if path not in wanted:
            click.echo(f"{path} belongs to nothing here. Delete it, unless somebody made it by hand.", err=True)
    for path in stale:
        if not is_check:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[path])
        click.echo(f"{path} {'is not up to date' if is_check else 'written'}")
    if not stale:
        click.echo("All are up to date.")
    if stale and is_check:
        sys.exit(FOUND)
