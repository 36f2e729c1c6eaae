"""What `asb simulate` says of what went wrong, and of the files of scenarios that it rewrites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from engine.cli.layout import paragraph
from engine.scenarios import Group, Rewritten, ScenarioOutcome, grouped
from engine.words import counted, listed

#: How many scenarios are named of each thing that went wrong.
_NAMED = 6


def groups_of(outcomes: Iterable[ScenarioOutcome]) -> list[Group]:
    return grouped({o.scenario.name: o.misses[0] for o in outcomes if not o.is_right})


def print_misses(outcome: ScenarioOutcome) -> None:
    """What is wrong where it first is, of one that was played alone."""
    for miss in outcome.misses:
        click.echo(paragraph(f"{miss.where}: {miss.sentence}", first="       - ", indent=9))


def print_groups(groups: Sequence[Group]) -> None:
    """Each thing that went wrong once, with where it did first."""
    for group in groups:
        (first, miss), *others = group.misses.items()
        click.echo(paragraph(f"{counted(len(group.misses), 'scenario')}: {group.cause}", first="- ", indent=2))
        click.echo(paragraph(f"{first}, {miss.where}: {miss.sentence}", indent=4))
        if others:
            named = [name for name, _ in others[:_NAMED]]
            more = [f"{len(others) - _NAMED} more"] if len(others) > _NAMED else []
            click.echo(paragraph(f"and in {listed([*named, *more])}", indent=4))


def print_ways_on(groups: Sequence[Group], variant: str) -> None:
    """What can be done about it in one go."""
    misses = [miss for group in groups for miss in group.misses.values()]
    if any(miss.new_day is not None for miss in misses):
        click.echo(paragraph(f"If the new days are right: asb simulate {variant} --accept"))
    if any(miss.unexpected for miss in misses):
        click.echo(paragraph(f"If the task belongs there: asb simulate {variant} --insert STEP.toml"))


def write_rewritten(rewritten: Rewritten, folder: Path, *, announce: bool) -> None:
    """Write the files into the variant's folder, and say what was changed in each."""
    for file, data in rewritten.files.items():
        (folder / file).write_bytes(data)
        for sentence in rewritten.changes[file] if announce else ():
            click.echo(paragraph(f"{file}: {sentence}", first="rewritten  ", indent=11))
    for name, why in rewritten.left_alone.items() if announce else ():
        click.echo(paragraph(f"{name}: {why}", first="left as it is  ", indent=15))


def outcome_as_json(outcome: ScenarioOutcome) -> dict[str, Any]:
    return {
        "scenario": outcome.scenario.name,
        "title": outcome.scenario.title,
        "is_right": outcome.is_right,
        "misses": [{"where": m.where, "sentence": m.sentence, "cause": m.cause} for m in outcome.misses],
    }


def rewritten_as_json(rewritten: Rewritten) -> Mapping[str, object]:
    return {"rewritten": rewritten.changes, "left_alone": rewritten.left_alone}
