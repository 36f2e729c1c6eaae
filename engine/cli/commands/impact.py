"""`asb impact`: what a draft would do to the open cases of its council."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from engine.cli.frame import FORMAT, office, print_json, settings
from engine.cli.layout import Progress, paragraph
from engine.cli.moves import TABLE, moved_as_json, table_in
from engine.workshop import (
    CaseImpact,
    draft_in,
    impact_on_open_cases,
    names_of_versions,
    open_cases_named,
    told_of_preview,
)


@click.command("impact")
@click.argument("draft")
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@TABLE
@FORMAT
def impact_command(draft: str, cases: tuple[str, ...], table_file: Path | None, form: str) -> None:
    """Say what the folder DRAFT would do to the open cases of its council, if they were moved to it.

    Of each case: whether it may move, what it would be called and when it would be due, what would be late or sent at
    once; or why it cannot. Nothing is changed and nobody waits: each case is copied, and moved on the copy. Totals
    first; name cases to see those alone.

    \b
    Examples:
      asb impact hertsmere
      asb impact hertsmere HBC-2026-0001 --table became.toml
    """
    opened = office()
    variant = draft_in(draft, settings().variants).variant
    chosen = frozenset(row.reference for row in open_cases_named(opened, variant.id, cases))
    progress = Progress()
    try:
        impact = impact_on_open_cases(
            opened,
            variant,
            tell=progress.say,
            words=names_of_versions(opened, variant.id, "the draft"),
            table=table_in(table_file),
            references=chosen,
        )
    finally:
        progress.clear()
    if form == "json":
        print_json({
            "open": len(impact.cases),
            "totals": {outcome.name.lower(): count for outcome, count in impact.totals.items()},
            "cases": [_as_json(case) for case in impact.cases],
        })  # fmt: skip
        return
    click.echo(paragraph(f"{impact.sentence}."))
    for case in impact.cases:
        said = told_of_preview(case.preview)
        if said or cases:
            click.echo(f"\n{case.preview.reference}  {case.preview.title}".rstrip())
            for sentence in said or ["It moves, and people see nothing of it."]:
                click.echo(paragraph(sentence, first="  - ", indent=4))


def _as_json(case: CaseImpact) -> dict[str, Any]:
    preview = case.preview
    return {
        "case": preview.reference,
        "outcome": case.outcome.name.lower(),
        "refusals": list(preview.refusals),
        "open": list(preview.stands_at),
        "letters": [
            {"letter": letter.letter, "title": letter.title, "to": letter.recipient}
            for letter in (preview.follows.letters if preview.follows is not None else ())
        ],
        **(moved_as_json(preview.moved) if preview.moved is not None else {}),
    }
