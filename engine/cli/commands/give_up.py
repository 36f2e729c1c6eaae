"""`asb give-up`: a receipt that is waited for no longer."""

from __future__ import annotations

import click

from engine.casework.background.sweep import bring_up_to_date
from engine.casework.handovers.dispatch import files_to_bring, give_up_parcel
from engine.cli.frame import COUNCIL, PERSON, REASON, office
from engine.cli.open_tasks import print_open_tasks
from engine.cli.parcel_files import named


@click.command("give-up")
@click.argument("parcel", metavar="PARCEL")
@PERSON
@REASON
@COUNCIL
def give_up_command(parcel: str, by: str, reason: str, council_id: str | None) -> None:
    """Wait no longer for the receipt of PARCEL, so that the case goes another way.

    Ring the other side first: what they have taken in would be told them twice. PARCEL is the beginning of its number,
    as `asb parcels` lists it.

    \b
    Example:
      asb give-up 3f9c0d12ab45 --as "Officer 1" --reason "Nothing came."
    """
    opened = office()
    found = named(files_to_bring(opened, council_id), parcel)
    reference = give_up_parcel(opened, found.parcel_id, reason=reason, by=by, council_id=found.council_id)
    bring_up_to_date(opened)
    click.echo(f"Nobody waits any more for {found.other} to receive “{found.message}” of {reference}.")
    print_open_tasks(opened, reference, found.council_id)
