"""`asb export`: a case file that leaves the system."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.casework.copies.archive import files_of
from engine.casework.copies.case_file import CaseFile, read_case_file
from engine.casework.copies.pdf import left_out_in_words
from engine.casework.words.copy_contents import AUDIENCES
from engine.cli.frame import COUNCIL, FOUND, office
from engine.cli.layout import paragraph


@click.command("export")
@click.argument("case", metavar="CASE")
@click.option(
    "--out", "folder", required=True, metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help="Where to put it; made where it is missing.",
)  # fmt: skip
@click.option(
    "--for", "made_for", type=click.Choice(list(AUDIENCES)),
    help="A copy for somebody, without what is kept from them; without it the whole file.",
)  # fmt: skip
@COUNCIL
def export_command(case: str, folder: Path, made_for: str | None, council_id: str | None) -> None:
    """Write the file of CASE as PDF and JSON, with its letters and the verified record.

    A copy for the victim or an agency leaves out what the policy keeps from them, and says so; the Ombudsman's leaves
    out nothing. The files written are printed. Exit code 1 if the record is not whole, which the file says too.

    \b
    Examples:
      asb export HBC-2026-0001 --out files
      asb export HBC-2026-0001 --out files --for victim
    """
    file = read_case_file(office(), case, made_for=made_for, council_id=council_id)
    for path in _write(file, folder):
        click.echo(path)
    click.echo(paragraph(left_out_in_words(file)), err=True)
    if file.breaks:
        click.echo("The record is not whole; `asb verify` says where.", err=True)
        sys.exit(FOUND)


def _write(file: CaseFile, folder: Path) -> list[Path]:
    written = files_of(file)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in written.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in written]
