"""`asb drafts`: the policies that are being changed on the screens."""

from __future__ import annotations

from typing import Any

import click

from engine.cli.frame import FORMAT, office, print_json
from engine.cli.layout import paragraph
from engine.clock import local_date
from engine.store.policy_drafts import PolicyDraftRow
from engine.words import day_in_words
from engine.workshop.drafts import list_drafts


@click.command("drafts")
@click.argument("council")
@FORMAT
def drafts_command(council: str, form: str) -> None:
    """List the drafts of COUNCIL's policy, the last first: what each is for, who began it, and as what.

    Nothing of a draft holds before it is put in force. `asb draft` begins one with a folder, and writes one as a
    folder.

    \b
    Example:
      asb drafts hertsmere
    """
    rows = list_drafts(office(), council)
    if form == "json":
        print_json([_as_json(row) for row in rows])
        return
    for row in rows:
        click.echo(paragraph(_sentence(row), first=f"{row.number:>3}  ", indent=5))
    if not rows:
        click.echo(paragraph(f'{council} has no draft. Begin one: asb draft {council} --from FOLDER --title "…"'))


def _sentence(row: PolicyDraftRow) -> str:
    away = f" {row.put_away_by} has put it away." if row.put_away_at is not None else ""
    proposed = f" It is proposal {row.proposal}." if row.proposal is not None else ""
    begun = day_in_words(local_date(row.begun_at))
    return f"{row.title}: begun by {row.begun_by} on {begun} as {row.began_as}.{proposed}{away}"


def _as_json(row: PolicyDraftRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "began_as": row.began_as,
        "commit": row.commit_id,
        "commit_has_all": row.commit_has_all,
        "follows": row.follows,
        "begun_by": row.begun_by,
        "begun_at": row.begun_at.isoformat(),
        "proposal": row.proposal,
        "put_away_by": row.put_away_by,
    }
