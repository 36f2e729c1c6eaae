"""What the commands of a policy owner share: why, from which day, who, and what came of it."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TypeVar

import click

from engine.cli.layout import Progress, paragraph
from engine.store.policy_proposals import ProposalRow
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


APPROVER = click.option("--as", "by", metavar="NAME", required=True, help="The policy owner who says so.")

T = TypeVar("T")


def told_as_it_goes(judge: Callable[[Callable[[str], None]], T]) -> T:
    """What judging gives; how far it is stands in one line that goes away."""
    progress = Progress()
    try:
        return judge(progress.say)
    finally:
        progress.clear()


def print_outcome(row: PolicyVersionRow | ProposalRow) -> None:
    if isinstance(row, ProposalRow):
        click.echo(
            paragraph(
                f"Proposal {row.number} of {row.council_id} is sound, and waits for another policy owner: asb approve "
                f"{row.council_id} {row.number} --as NAME. Nothing has changed yet."
            )
        )
        return
    click.echo(
        paragraph(
            f"Version {row.number} of {row.council_id} is in force from {weekday_in_words(row.in_force_from)}. Cases "
            "that are open keep the version that they have until they are moved: asb migrate."
        )
    )
    if row.number == 1:
        click.echo(paragraph("New cases are opened by it from that day on; `asb serve` serves it."))
