"""`asb take-in`: what another installation hands over by file."""

from __future__ import annotations

from pathlib import Path

import click

from engine.casework.background.sweep import bring_up_to_date
from engine.casework.handovers.arrival import take_in_file
from engine.casework.handovers.dispatch import file_of
from engine.cli.frame import PERSON, office
from engine.cli.parcel_files import put, read_parcel


@click.command("take-in")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@PERSON
@click.option(
    "--receipts", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Put the receipt of each parcel there, to be sent back.",
)  # fmt: skip
def take_in_command(files: tuple[Path, ...], by: str, receipts: Path | None) -> None:
    """Take in FILEs that another installation has handed over: parcels, and receipts.

    The same file again changes nothing, and gives the same receipt again.

    \b
    Example:
      asb take-in appeal.asb-parcel --as "Officer 1" --receipts outgoing
    """
    opened = office()
    for path in files:
        taken = take_in_file(opened, read_parcel(path), by=by)
        bring_up_to_date(opened)
        before = "" if taken.is_new else " already: nothing has changed"
        if taken.is_receipt:
            click.echo(f"{path.name}: {taken.other} has received “{taken.message}” of {taken.reference}{before}.")
            continue
        click.echo(f"{path.name}: “{taken.message}” of {taken.other} is in {taken.reference}{before}.")
        if receipts is not None:
            receipt = file_of(opened, taken.parcel_id, by=by, council_id=taken.council_id)
            click.echo(f"Send back: {put(receipts, receipt)}")
        else:
            click.echo(f"Send the receipt back: asb parcels {taken.parcel_id[:12]} --export FOLDER")
