"""`asb key`: what this installation signs files for others with."""

from __future__ import annotations

import click

from engine.cli.frame import FORMAT, print_json, settings
from engine.seals import OwnKeys


@click.command("key")
@click.option("--new", "makes_new", is_flag=True, help="Make one, which signs from now on; those before still open.")
@FORMAT
def key_command(makes_new: bool, form: str) -> None:
    """Print the public key with which this installation signs files for others.

    The other side writes it into the agreement, and you compare the fingerprint by phone. The secret half never leaves
    the folder ASB_PARCEL_KEYS.

    \b
    Examples:
      asb key --new
      asb key
    """
    keys = OwnKeys(settings().parcel_keys)
    public = (keys.make() if makes_new else keys.last()).public
    if form == "json":
        print_json({"key": public.text, "fingerprint": public.fingerprint})
        return
    click.echo(public.text)
    click.echo(f"Fingerprint, to compare by phone: {public.fingerprint}")
