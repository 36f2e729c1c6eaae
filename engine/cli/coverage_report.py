"""What `asb simulate --coverage` says and draws."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import click

from engine.cli.layout import paragraph
from engine.draw import Mark, write_drawings
from engine.scenarios import Coverage
from engine.variants import Variant


def coverage_as_json(coverage: Coverage, variant: Variant) -> dict[str, object]:
    everything, untaken = coverage.of(variant)
    return {"drawn": everything, "untaken": [each.to_json() for each in untaken]}


def print_coverage(coverage: Coverage, variant: Variant) -> None:
    everything, untaken = coverage.of(variant)
    for each in untaken:
        what = "flow" if each.is_flow else "element"
        click.echo(paragraph(f"{each.name} ({each.id})", first=f"{each.file}: {what} ", indent=4))
    drawn = f"{everything} elements and flows are drawn"
    click.echo(f"{drawn}; no scenario takes {len(untaken)} of them." if untaken
               else f"{drawn}; the scenarios take them all.")  # fmt: skip


def draw_coverage(coverage: Coverage, variant: Variant, folder: Path, *, announce: bool) -> None:
    """Draw every diagram with what no scenario takes marked, into `folder`."""
    marks: dict[str, dict[str, str]] = defaultdict(dict)
    for each in coverage.of(variant)[1]:
        marks[each.file][each.id] = Mark.UNTAKEN
    for path in write_drawings(variant.diagrams.values(), folder, marks=marks):
        if announce:
            click.echo(path)
