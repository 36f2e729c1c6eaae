"""Names that an expression or a table reads and nobody gave."""

from __future__ import annotations

from collections.abc import Iterable

import click


def say_missing(names: Iterable[str]) -> None:
    for name in sorted(names):
        click.echo(f"“{name}” is not given, so it counts as null.", err=True)
