"""`asb versions`: what was put in force of a council's policy, and when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from engine.cli.frame import FORMAT, office, print_json
from engine.cli.layout import paragraph
from engine.clock import local_date
from engine.errors import BadInputError
from engine.variants import Commit, write_source
from engine.words import day_in_words
from engine.workshop import ListedVersion, Proposal, list_proposals, list_versions, source_of_version


@click.command("versions")
@click.argument("council")
@click.option("--export", "number", metavar="NUMBER", type=click.IntRange(min=1), help="Write the folders of this one.")
@click.option(
    "--out", "folder", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help="With --export: where to, each folder under its name.",
)  # fmt: skip
@click.option("--proposals", "shows_proposals", is_flag=True, help="List what was proposed, and what came of it.")
@FORMAT
def versions_command(council: str, number: int | None, folder: Path | None, shows_proposals: bool, form: str) -> None:
    """List the versions of COUNCIL's policy, the last first: who put which in force, when, from which day, and why.

    With --export a version is written as the folder that it was read from, byte by byte, with what it extends.
    Proposals that nothing has come of yet stand first.

    \b
    Examples:
      asb versions hertsmere
      asb versions hertsmere --proposals
      asb versions hertsmere --export 3 --out earlier
    """
    opened = office()
    if (number is None) != (folder is None):
        raise BadInputError("--export NUMBER and --out FOLDER go together.")
    if number is not None and folder is not None:
        for path in write_source(source_of_version(opened, council, number), folder):
            click.echo(path)
        return
    if shows_proposals:
        _print_proposals(list_proposals(opened, council), form)
        return
    listed = list_versions(opened, council)
    if form == "json":
        print_json([_as_json(each) for each in listed])
        return
    _print_proposals(list_proposals(opened, council, only_open=True), form)
    for each in listed:
        click.echo(paragraph(_sentence(each), first=f"{each.number:>3}  ", indent=5))
    if not listed:
        click.echo(paragraph(f'Nothing of {council} was ever put in force: asb publish {council} --why "…"'))


def _sentence(version: ListedVersion) -> str:
    approved = f", approved by {version.approved_by}" if version.approved_by else ""
    again = f" It is version {version.again} again." if version.again is not None else ""
    commit = f" {version.commit.in_words}" if version.commit is not None else ""
    now = " In force today." if version.is_in_force else ""
    return (
        f"From {day_in_words(version.in_force_from)}, by {version.put_by}{approved} on "
        f"{day_in_words(version.put_on)}: {version.why}{again}{commit}{now} {version.digest[:12]}"
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
        **_commit_as_json(version.commit),
        "changes": list(version.changes),
        "passed_over": list(version.passed_over),
    }


def _commit_as_json(commit: Commit | None) -> dict[str, Any]:
    return {
        "commit": commit.id if commit is not None else None,
        "commit_has_all": commit.has_all if commit is not None else None,
    }


def _print_proposals(proposals: list[Proposal], form: str) -> None:
    if form == "json":
        print_json([_proposal_as_json(each) for each in proposals])
        return
    for each in proposals:
        click.echo(paragraph(_proposal_in_words(each), first=f"Proposal {each.row.number}: ", indent=5))


def _proposal_in_words(proposal: Proposal) -> str:
    row = proposal.row
    again = f" It is version {row.again} again." if row.again is not None else ""
    ended = f" by {row.ended_by}" if row.ended_by else f", as version {row.version}" if row.version else ""
    yes = f" Approved by {row.approved_by}." if row.approved_by else ""
    commit = f" {proposal.commit.in_words}" if proposal.commit is not None else ""
    reasons = f": {' '.join(proposal.reasons)}" if proposal.reasons else "."
    return (
        f"by {row.proposed_by} on {day_in_words(local_date(row.proposed_at))}: {row.why}{again} It is "
        f"{row.status}{ended}{reasons}{yes}{commit}"
    )


def _proposal_as_json(proposal: Proposal) -> dict[str, Any]:
    row = proposal.row
    return {
        "number": row.number,
        "status": row.status.value,
        "proposed_by": row.proposed_by,
        "proposed_at": row.proposed_at.isoformat(),
        "in_force_from": row.in_force_from.isoformat() if row.in_force_from is not None else None,
        "why": row.why,
        "again": row.again,
        "approved_by": row.approved_by,
        "ended_by": row.ended_by,
        "reasons": list(proposal.reasons),
        "version": row.version,
        "digest": row.digest,
        **_commit_as_json(proposal.commit),
        "changes": list(proposal.changes),
        "passed_over": list(proposal.passed_over),
    }
