"""What `asb impact` and `asb migrate` say of a case, and what they are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from engine.casework.migration.order import CaseMoved
from engine.casework.migration.table import NO_TABLE, OwnersTable, read_table
from engine.cli.frame import read_file

TABLE = click.option(
    "--table", "table_file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="TOML: what became of elements, and which deadlines stay.",
)  # fmt: skip


def table_in(file: Path | None) -> OwnersTable:
    """Raises BadInputError where the file is none."""
    return read_table(read_file(file), name=str(file)) if file is not None else NO_TABLE


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
