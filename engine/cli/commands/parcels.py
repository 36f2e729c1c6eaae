"""`asb parcels`: what goes to other installations by file, and what came from them."""

from __future__ import annotations

from pathlib import Path

import click

from engine.casework.handovers.dispatch import FileToBring, file_of, files_to_bring
from engine.cli.frame import COUNCIL, FORMAT, office, print_json, refuse
from engine.cli.parcel_files import named, put
from engine.words import day_in_words


@click.command("parcels")
@click.argument("parcels", metavar="[PARCEL...]", nargs=-1)
@click.option(
    "--export", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Put the file of each PARCEL there (a receipt, of one that came); without any, of all that wait.",
)  # fmt: skip
@click.option(
    "--as", "by", metavar="NAME", help="With --export: the person who takes them, as variant.toml names them."
)
@COUNCIL
@FORMAT
def parcels_command(
    parcels: tuple[str, ...], folder: Path | None, by: str | None, council_id: str | None, form: str
) -> None:
    """List what is handed over to other installations by file, and what came from them.

    What waits for a receipt is not handed over yet. PARCEL is the beginning of its number, as listed.

    \b
    Examples:
      asb parcels
      asb parcels --export outgoing --as "Officer 1"
      asb parcels 3f9c0d12ab45 --export outgoing --as "Officer 1"
    """
    opened = office()
    found = files_to_bring(opened, council_id)
    chosen = [named(found, each) for each in parcels]
    if folder is not None:
        if by is None:
            refuse("Say who takes them: --as NAME.")
        taken = chosen or [each for each in found if each.is_waited_for]
        if not taken:
            click.echo("No file waits to be brought to another installation.", err=True)
        for each in taken:
            file = file_of(opened, each.parcel_id, by=by, council_id=each.council_id)
            click.echo(put(folder, file))
        return
    listed = chosen or found
    if form == "json":
        print_json([_as_json(each) for each in listed])
        return
    for each in listed:
        click.echo(f"{each.parcel_id[:12]}  {each.reference:<16}  {_in_words(each)}")
    if not listed:
        click.echo("Nothing goes to another installation by file, and nothing came from one.")


def _in_words(each: FileToBring) -> str:
    theirs = f" as {each.their_reference}" if each.their_reference else ""
    if not each.is_sent:
        return f"“{each.message}” came from {each.other}{f', their {each.their_reference}' if theirs else ''}"
    if each.received_at is not None:
        return f"“{each.message}” handed over to {each.other}{theirs}"
    if each.given_up_at is not None:
        return f"“{each.message}” for {each.other}: given up"
    if each.is_overdue and each.due_on is not None:
        return f"“{each.message}” waits for the receipt of {each.other}, overdue since {day_in_words(each.due_on)}"
    return f"“{each.message}” waits for the receipt of {each.other}"


def _as_json(each: FileToBring) -> dict[str, object]:
    return {
        "parcel": each.parcel_id, "council": each.council_id, "case": each.reference, "message": each.message,
        "other": each.other, "their_case": each.their_reference or None, "is_sent": each.is_sent,
        "is_waited_for": each.is_waited_for, "is_overdue": each.is_overdue, "due_on": each.due_on,
        "sent_at": each.sent_at.isoformat(),
        "received_at": each.received_at.isoformat() if each.received_at is not None else None,
        "given_up_at": each.given_up_at.isoformat() if each.given_up_at is not None else None,
    }  # fmt: skip
