"""`asb diff`: in what two councils' policies differ."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from engine.cli.frame import FOUND, print_json, variant_of
from engine.cli.layout import paragraph
from engine.draw import write_drawings
from engine.errors import BadInputError
from engine.variants import Variant
from engine.variants.comparison import Difference, How, compare, procedures_page
from engine.words import counted

_TWO = 2


@click.command("diff")
@click.argument("names", metavar="VARIANT VARIANT...", nargs=-1, required=True)
@click.option(
    "--pictures", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help="Draw the diagrams that differ there, of both, with what is new, changed and gone.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "page"]), default="text", show_default=True,
    help="Text for people, JSON for programs; a page shows two or more beside one another.",
)  # fmt: skip
def diff_command(names: Sequence[str], pictures: Path | None, form: str) -> None:
    """Say in what the second VARIANT differs from the first: clauses first, then whatever carries none out.

    As a page (Markdown), two or more stand beside one another: the threshold, limits, ways, letters, the appeal, and
    what the Act adds to each. Exit code 1 where two differ.

    \b
    Examples:
      asb diff hertsmere othershire
      asb diff hertsmere othershire --pictures pictures
      asb diff hertsmere derby_city selby --format page
    """
    variants = [variant_of(name) for name in names]
    if form == "page" and len(variants) > 1:
        click.echo(procedures_page(variants), nl=False)
        return
    if len(variants) != _TWO:
        raise BadInputError("Name two variants; as a page (--format page), two or more.")
    first, second = variants
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
