"""`asb versions`: what was put in force of a council's policy, and when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from engine.cli.frame import FORMAT, office, print_json
from engine.cli.layout import paragraph
from engine.errors import BadInputError
from engine.variants import write_source
from engine.words import day_in_words
from engine.workshop import ListedVersion, list_versions, source_of_version


@click.command("versions")
@click.argument("council")
@click.option("--export", "number", metavar="NUMBER", type=click.IntRange(min=1), help="Write the folders of this one.")
@click.option(
    "--out", "folder", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help="With --export: where to, each folder under its name.",
)  # fmt: skip
@FORMAT
def versions_command(council: str, number: int | None, folder: Path | None, form: str) -> None:
    """List the versions of COUNCIL's policy, the last first: who put which in force, when, from which day, and why.

    With --export a version is written as the folder that it was read from, byte by byte, with what it extends.

    \b
    Examples:
      asb versions hertsmere
      asb versions hertsmere --export 3 --out earlier
    """
    opened = office()
    if (number is None) != (folder is None):
        raise BadInputError("--export NUMBER and --out FOLDER go together.")
    if number is not None and folder is not None:
        for path in write_source(source_of_version(opened, council, number), folder):
            click.echo(path)
        return
    listed = list_versions(opened, council)
    if form == "json":
        print_json([_as_json(each) for each in listed])
        return
    for each in listed:
        click.echo(paragraph(_sentence(each), first=f"{each.number:>3}  ", indent=5))
    if not listed:
        click.echo(paragraph(f'Nothing of {council} was ever put in force: asb publish {council} --why "…"'))


def _sentence(version: ListedVersion) -> str:
    approved = f", approved by {version.approved_by}" if version.approved_by else ""
    again = f" It is version {version.again} again." if version.again is not None else ""
    now = " In force today." if version.is_in_force else ""
    return (
        f"From {day_in_words(version.in_force_from)}, by {version.put_by}{approved} on "
        f"{day_in_words(version.put_on)}: {version.why}{again}{now} {version.digest[:12]}"
    )


def _as_json(version: ListedVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "in_force_from": version.in_force_from.isoformat(),
        "is_in_force": version.is_in_force,
        "put_on": version.put_on.isoformat(),
        "put_by": version.put_by,
        "approved_by": version.approved_by,
        "why": version.why,
        "again": version.again,
        "digest": version.digest,
        "changes": list(version.changes),
        "passed_over": list(version.passed_over),
    }
