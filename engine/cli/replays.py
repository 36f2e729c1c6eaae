"""What `asb impact --closed` says of closed cases."""

from __future__ import annotations

from typing import Any

import click

from engine.cli.layout import paragraph
from engine.words import day_in_words
from engine.workshop import PastImpact, ReplayedCase, ReplayKind, told_of_replay


def print_past(impact: PastImpact, *, is_of_named: bool) -> None:
    """Totals first; then each case of which something comes out otherwise, or each of those that were named."""
    click.echo(paragraph(f"{impact.sentence}."))
    for case in impact.cases:
        said = told_of_replay(case)
        if said or is_of_named:
            named = f"{case.reference}  {case.title}".rstrip()
            click.echo(f"\n{named} (closed on {day_in_words(case.closed_on)})")
            for sentence in said or ["It comes out the same."]:
                click.echo(paragraph(sentence, first="  - ", indent=4))


def past_as_json(impact: PastImpact) -> dict[str, Any]:
    return {
        "closed": len(impact.cases),
        "totals": {kind.name.lower(): count for kind, count in impact.totals.items()},
        "cases": [_as_json(case) for case in impact.cases],
    }


def _as_json(case: ReplayedCase) -> dict[str, Any]:
    return {
        "case": case.reference,
        "closed_on": case.closed_on.isoformat(),
        "outcome": case.kind.name.lower(),
        "differences": [{"about": each.aspect.name.lower(), "sentence": each.in_full} for each in case.deviations],
        "no_longer_fits": case.no_longer_fits,
        "compared": case.kind is not ReplayKind.INCOMPARABLE,
        "remarks": list(case.remarks),
    }
