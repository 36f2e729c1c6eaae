"""`asb versions`: what was put in force of a council's policy, and when."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from engine.cli.frame import FORMAT, office, print_json
from engine.cli.layout import paragraph
from engine.errors import BadInputError
from engine.store import policy_versions as stored
from engine.store.policy_versions import PolicyVersionRow
from engine.variants import write_source
from engine.words import day_in_words
from engine.workshop import source_of_version


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
    with opened.database.read() as connection:
        rows = stored.policy_versions_of(connection, council)
        in_force = stored.version_in_force(connection, council, opened.today)
    if form == "json":
        print_json([_as_json(row, is_in_force=row == in_force) for row in rows])
        return
    for row in rows:
        click.echo(paragraph(_sentence(row, is_in_force=row == in_force), first=f"{row.number:>3}  ", indent=5))
    if not rows:
        click.echo(paragraph(f'Nothing of {council} was ever put in force: asb publish {council} --why "…"'))


def _sentence(row: PolicyVersionRow, *, is_in_force: bool) -> str:
    approved = f", approved by {row.approved_by}" if row.approved_by else ""
    again = f" It is version {row.again} again." if row.again is not None else ""
    now = " In force today." if is_in_force else ""
    return (
        f"From {day_in_words(row.in_force_from)}, by {row.put_by}{approved} on {day_in_words(row.put_at.date())}: "
        f"{row.why}{again}{now} {row.digest[:12]}"
    )


def _as_json(row: PolicyVersionRow, *, is_in_force: bool) -> dict[str, Any]:
    return {
        "number": row.number,
        "in_force_from": row.in_force_from.isoformat(),
        "is_in_force": is_in_force,
        "put_at": row.put_at.isoformat(),
        "put_by": row.put_by,
        "approved_by": row.approved_by,
        "why": row.why,
        "again": row.again,
        "digest": row.digest,
        "judgement": json.loads(row.judgement),
    }
