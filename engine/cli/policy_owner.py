"""What the commands of a policy owner share: why, from which day, and who."""

from __future__ import annotations

import getpass

import click

from engine.cli.layout import paragraph
from engine.store.policy_versions import PolicyVersionRow
from engine.words import weekday_in_words

WHY = click.option("--why", required=True, metavar="WORDS", help="Why; it is kept with the version.")
FROM = click.option(
    "--from", "day", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]),
    help="From which day it is in force, like 2026-12-07; without it from today.",
)  # fmt: skip


def _whoever_types() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return "somebody at the command line"


OWNER = click.option(
    "--as", "by", metavar="NAME", default=_whoever_types, show_default="the account's name",
    help="The policy owner who does it.",
)  # fmt: skip


def print_put_in_force(row: PolicyVersionRow) -> None:
    click.echo(
        paragraph(
            f"Version {row.number} of {row.council_id} is in force from {weekday_in_words(row.in_force_from)}. Cases "
            "that are open keep the version that they were opened with."
        )
    )
