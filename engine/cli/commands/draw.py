"""`asb draw`: pictures and outlines of diagrams."""

from __future__ import annotations

from pathlib import Path

import click

from engine.bootstrap import handlers_by_name
from engine.cli.frame import read_file, refuse, variant_of
from engine.diagram import read_diagram
from engine.draw import PolicyWords, write_drawings


@click.command("draw")
@click.argument("what", metavar="VARIANT|FILE")
@click.option(
    "--out", "folder", required=True, metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help="Where to put them; made where it is missing.",
)  # fmt: skip
@click.option("--annotated", is_flag=True, help="Write under each step its limit, letter and clauses.")
def draw_command(what: str, folder: Path, *, annotated: bool) -> None:
    """Draw the diagrams of a variant, or one .bpmn file.

    Each gives an SVG picture and a plain-text outline; the files written are printed.

    \b
    Examples:
      asb draw hertsmere --out pictures
      asb draw hertsmere --out wall --annotated
    """
    if what.endswith(".bpmn"):
        if annotated:
            refuse("--annotated needs the limits and letters of a whole folder. Name the variant, not one file of it.")
        written = write_drawings([read_diagram(read_file(Path(what)), file=Path(what).name)], folder)
    else:
        variant = variant_of(what)
        if not variant.diagrams:
            refuse(f"{variant.id} has no diagrams to draw.")
        words = PolicyWords(variant, handlers_by_name().values())
        written = write_drawings(
            variant.diagrams.values(), folder, words_of=words.of_diagram, is_annotated=annotated
        )  # fmt: skip
    for path in written:
        click.echo(path)
