"""`asb first-administrator`: the first person of a council, who adds the others."""

from __future__ import annotations

import click

from engine.cli.frame import office, settings, variant_of
from engine.cli.layout import paragraph
from engine.staff.bounds import INVITATION_LASTS
from engine.staff.first_start import invite_first_administrator
from engine.words import counted


@click.command("first-administrator")
@click.argument("variant")
@click.option("--name", required=True, metavar="NAME", help="As colleagues and the record of each case will call them.")
@click.option("--email", required=True, metavar="ADDRESS", help="They sign in with it.")
def first_administrator_command(variant: str, name: str, email: str) -> None:
    """Make the first administrator of a council; print the link with which they choose a password.

    For a council that has none: whoever is administrator adds the others on the screens.

    \b
    Example:
      asb first-administrator hertsmere --name "Manager 1" --email m@c.example
    """
    read, opened = variant_of(variant), office()
    secret = invite_first_administrator(opened.database, opened.clock, read, name=name, email=email)
    base = settings().public_url or "http://localhost:8000"
    click.echo(f"{base}/invitation/{secret}")
    click.echo(
        paragraph(
            f"{name} is administrator of {read.name}. Hand them this link: it lasts "
            f"{counted(INVITATION_LASTS.days, 'day')} and lets them choose a password once."
        ),
        err=True,
    )
