"""`asb diff`: in what two councils' policies differ."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from engine.cli.frame import FORMAT, FOUND, print_json, variant_of
from engine.cli.layout import paragraph
from engine.draw import write_drawings
from engine.variants import Variant
from engine.variants.comparison import Difference, How, compare
from engine.words import counted


@click.command("diff")
@click.argument("before", metavar="VARIANT")
@click.argument("after", metavar="VARIANT")
@click.option(
    "--pictures", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help="Draw the diagrams that differ there, of both, with what is new, changed and gone.",
)  # fmt: skip
@FORMAT
def diff_command(before: str, after: str, pictures: Path | None, form: str) -> None:
    """Say in what the second VARIANT differs from the first: clauses first, then whatever carries none out.

    Exit code 1 where they differ.

    \b
    Examples:
      asb diff hertsmere othershire
      asb diff hertsmere othershire --pictures pictures
    """
    first, second = variant_of(before), variant_of(after)
    found = compare(first, second)
    if form == "json":
        print_json([difference.to_json() for difference in found])
    else:
        for difference in found:
            clauses = f"{', '.join(difference.clauses)}: " if difference.clauses else ""
            click.echo(paragraph(f"{clauses}{difference.sentence}", first=f"{difference.how:<8} ", indent=9))
        click.echo(f"{counted(len(found), 'difference')}." if found else "They say the same.")
    if pictures is not None:
        _draw(first, second, found, pictures)
    if found:
        sys.exit(FOUND)


def _draw(first: Variant, second: Variant, found: Sequence[Difference], folder: Path) -> None:
    """Of each diagram that differs, what it was and what it is, each into a folder of its own."""
    for side, variant, shown in (("before", first, How.GONE), ("after", second, How.ADDED)):
        marks: dict[str, dict[str, str]] = {}
        for difference in found:
            if difference.file in variant.diagrams and difference.how in (shown, How.CHANGED):
                marks.setdefault(difference.file, {})[difference.element_id] = difference.how
        diagrams = [diagram for file, diagram in variant.diagrams.items() if file in marks]
        for path in write_drawings(diagrams, folder / side, marks=marks) if diagrams else ():
            click.echo(path, err=True)
