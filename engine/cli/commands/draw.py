"""`asb draw`: pictures and outlines of diagrams, and a poster of a whole policy."""

from __future__ import annotations

from pathlib import Path

import click

from engine.bootstrap import handlers_by_name
from engine.cli.frame import read_file, refuse, variant_of
from engine.clock import SystemClock, local_date
from engine.diagram import read_diagram
from engine.draw import PolicyWords, poster_pdf, write_drawings


@click.command("draw")
@click.argument("what", metavar="VARIANT|FILE")
@click.option(
    "--out", "folder", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help="Where to put them; made where it is missing.",
)  # fmt: skip
@click.option("--annotated", is_flag=True, help="Write under each step its limit, letter and clauses.")
@click.option(
    "--poster", metavar="FILE.pdf", type=click.Path(path_type=Path, dir_okay=False),
    help="A poster (A3) of all diagrams of the variant, annotated.",
)  # fmt: skip
def draw_command(what: str, folder: Path | None, poster: Path | None, *, annotated: bool) -> None:
    """Draw the diagrams of a variant, or one .bpmn file.

    Each gives an SVG picture and a plain-text outline; the files written are printed.

    \b
    Examples:
      asb draw hertsmere --out pictures
      asb draw hertsmere --out wall --annotated
      asb draw hertsmere --poster wall.pdf
    """
    if folder is None and poster is None:
        refuse("Say where to: --out with a folder for pictures, or --poster with a file.")
    if folder is None and annotated:
        refuse("--annotated is for pictures: name a folder with --out. A poster always has what it adds.")
    written: list[Path] = []
    if what.endswith(".bpmn"):
        if annotated or poster is not None or folder is None:
            refuse("That needs the limits and letters of a whole folder. Name the variant, not one file of it.")
        written += write_drawings([read_diagram(read_file(Path(what)), file=Path(what).name)], folder)
    else:
        variant = variant_of(what)
        if not variant.diagrams:
            refuse(f"{variant.id} has no diagrams to draw.")
        words = PolicyWords(variant, handlers_by_name().values())
        if folder is not None:
            diagrams = variant.diagrams.values()
            written += write_drawings(diagrams, folder, words_of=words.of_diagram, is_annotated=annotated)
        if poster is not None:
            if not poster.parent.is_dir():
                refuse(f"There is no folder {poster.parent}. Make it first, or name another place.")
            poster.write_bytes(poster_pdf(variant, words, made_on=local_date(SystemClock().now())))
            written.append(poster)
    for path in written:
        click.echo(path)
