"""`asb impact`: what a draft would do to the open cases of its council, and would have done to closed ones."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from engine.casework.migration.table import OwnersTable
from engine.casework.rehearsal.places import PlaceMove
from engine.casework.step.office import Office
from engine.cli.frame import FORMAT, office, print_json, settings
from engine.cli.layout import Progress, paragraph
from engine.cli.moves import TABLE, moved_as_json, table_in
from engine.cli.replays import past_as_json, print_past
from engine.errors import BadInputError
from engine.variants import Variant
from engine.workshop import (
    CaseImpact,
    ClosedChoice,
    Impact,
    draft_in,
    impact_on_closed_cases,
    impact_on_open_cases,
    names_of_versions,
    open_cases_named,
    told_of_places,
    told_of_preview,
)


@click.command("impact")
@click.argument("draft")
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@click.option("--closed", "of_closed", is_flag=True, help="Closed cases: what people did in them, done again.")
@click.option(
    "--since", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help="With --closed: those closed from then on."
)
@click.option(
    "--sample", metavar="NUMBER", type=click.IntRange(min=1), help="With --closed: so many, spread over all of them."
)
@TABLE
@FORMAT
def impact_command(
    draft: str,
    cases: tuple[str, ...],
    of_closed: bool,
    since: datetime | None,
    sample: int | None,
    table_file: Path | None,
    form: str,
) -> None:
    """Say what the folder DRAFT would do to the open cases of its council, if they were moved to it.

    Of each case: whether it may move, what it would be called and when it would be due, what would be late or sent at
    once; or why it cannot. Nothing is changed and nobody waits: each case is copied, and moved on the copy. Totals
    first; name cases to see those alone, with where each token, timer, task and process inside would stand.

    --closed: what people did in closed cases is done again by the draft, in memory, as far as it fits. A second or so
    for two cases.

    \b
    Examples:
      asb impact hertsmere
      asb impact hertsmere HBC-2026-0001 --table became.toml
      asb impact hertsmere --closed --since 2026-01-01
    """
    if (since is not None or sample is not None) and not of_closed:
        raise BadInputError("--since and --sample choose among closed cases: add --closed.")
    opened = office()
    variant, table, is_text = draft_in(draft, settings().variants).variant, table_in(table_file), form == "text"
    if of_closed:
        choice = ClosedChoice(since=since.date() if since is not None else None, sample=sample, references=cases)
        progress = Progress(is_wanted=is_text)
        try:
            past = impact_on_closed_cases(opened, variant, choice, tell=progress.say, table=table)
        finally:
            progress.clear()
        if is_text:
            print_past(past, is_of_named=bool(cases))
        else:
            print_json(past_as_json(past))
        return
    impact = _of_open(opened, variant, cases, table, is_text=is_text)
    if not is_text:
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
        if cases:
            click.echo("  Where it stands" if case.preview.refusals else "  Where it would stand")
            for sentence in told_of_places(case.preview):
                click.echo(paragraph(sentence, first="  - ", indent=4))


def _of_open(opened: Office, variant: Variant, cases: tuple[str, ...], table: OwnersTable, *, is_text: bool) -> Impact:
    chosen = frozenset(row.reference for row in open_cases_named(opened, variant.id, cases))
    progress = Progress(is_wanted=is_text)
    try:
        return impact_on_open_cases(
            opened,
            variant,
            tell=progress.say,
            words=names_of_versions(opened, variant.id, "the draft"),
            table=table,
            references=chosen,
            with_places=bool(cases),
        )
    finally:
        progress.clear()


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
        **({"places": [_place_as_json(move) for move in preview.places]} if preview.places else {}),
        **(moved_as_json(preview.moved) if preview.moved is not None else {}),
    }


def _place_as_json(move: PlaceMove) -> dict[str, Any]:
    return {
        name: {
            "number": place.number, "kind": place.kind.value, "label": place.label, "process": place.process,
            "item": place.item, "on": place.on.isoformat() if place.on is not None else None,
        } if place is not None else None
        for name, place in (("was", move.was), ("now", move.now))
    }  # fmt: skip
