"""What `asb impact` and `asb migrate` say of a case, and what they are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from engine.casework.migration.order import CaseMoved, DayMove
from engine.casework.migration.table import NO_TABLE, OwnersTable, read_table
from engine.cli.frame import read_file
from engine.words import listed, weekday_in_words

TABLE = click.option(
    "--table", "table_file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="TOML: what became of elements, and which deadlines stay.",
)  # fmt: skip


def table_in(file: Path | None) -> OwnersTable:
    """Raises BadInputError where the file is none."""
    return read_table(read_file(file), name=str(file)) if file is not None else NO_TABLE


def told_of(moved: CaseMoved) -> list[str]:
    """What changes with a case, a sentence for each kind of thing."""
    said = [f"“{was}” is called “{now}”." for was, now in moved.renamed]
    said += [sentence_of_day(day) for day in moved.days]
    for words, labels in (
        ("waits from now on", moved.armed),
        ("is waited for no more", moved.ended),
        ("begins round what runs", moved.begun),
        ("is handed back: whoever had it may not do it by this version", moved.handed_back),
    ):
        said += [f"{listed([f'“{label}”' for label in labels])} {words}."] if labels else []
    return [*said, *moved.warnings]


def sentence_of_day(day: DayMove) -> str:
    if day.now is None:
        became = f"stays on {weekday_in_words(day.was)}, though no limit gives it" if day.is_kept else "has no day"
        return f"“{day.label}” {became}."
    if day.is_kept:
        return (
            f"“{day.label}” stays on {weekday_in_words(day.was)} ({day.choice}); counted anew it would be due on "
            f"{weekday_in_words(day.now)}."
        )
    return f"“{day.label}”: {weekday_in_words(day.was)} → {weekday_in_words(day.now)} (counted anew)."


def moved_as_json(moved: CaseMoved) -> dict[str, Any]:
    return {
        "renamed": [list(pair) for pair in moved.renamed],
        "days": [
            {
                "number": day.number, "label": day.label, "limit": day.limit, "was": day.was.isoformat(),
                "now": day.now.isoformat() if day.now is not None else None, "choice": day.choice.value,
                "is_kept": day.is_kept,
            }
            for day in moved.days
        ],
        "waits_from_now_on": list(moved.armed),
        "waits_no_more": list(moved.ended),
        "begins": list(moved.begun),
        "handed_back": list(moved.handed_back),
        "warnings": list(moved.warnings),
    }  # fmt: skip
