"""`asb draw`: pictures and outlines of diagrams."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from engine.cli.frame import read_file, refuse, variant_of
from engine.diagram import Diagram, read_diagram
from engine.draw import write_drawings


@click.command("draw")
@click.argument("what", metavar="VARIANT|FILE")
@click.option(
    "--out", "folder", required=True, metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help="Where to put them; made where it is missing.",
)  # fmt: skip
def draw_command(what: str, folder: Path) -> None:
    """Draw the diagrams of a variant, or one .bpmn file.

    Each gives an SVG picture and a plain-text outline; the files written are printed.

    \b
    Example:
      asb draw hertsmere --out pictures
    """
    for path in write_drawings(_diagrams(what), folder):
        click.echo(path)


def _diagrams(what: str) -> Iterator[Diagram]:
    if what.endswith(".bpmn"):
        yield read_diagram(read_file(Path(what)), file=Path(what).name)
        return
    variant = variant_of(what)
    if not variant.diagrams:
        refuse(f"{variant.id} has no diagrams to draw.")
    yield from variant.diagrams.values()
