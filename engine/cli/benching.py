"""`asb bench`: what the system can carry on this machine."""

from __future__ import annotations

import click

from engine.bench.figure import Figure
from engine.bench.running import MEASUREMENTS, Report, run
from engine.cli.frame import FORMAT, print_json

_NAMES = [measurement.name for measurement in MEASUREMENTS]


@click.command()
@click.option(
    "--database",
    "database_url",
    metavar="URL",
    help="An empty database to measure on, left empty again [default: PostgreSQL from the wheel].",
)
@click.option(
    "--only",
    "names",
    multiple=True,
    type=click.Choice(_NAMES),
    metavar="NAME",
    help=f"Only this measurement; may be repeated. They are {', '.join(_NAMES)}.",
)
@FORMAT
def bench(database_url: str | None, names: tuple[str, ...], form: str) -> None:
    """Measure steps, timers, child processes, memory and FEEL, each against its target. Takes a few minutes."""
    chosen = [measurement for measurement in MEASUREMENTS if not names or measurement.name in names]
    report = run(chosen, database_url=database_url, progress=lambda words: click.echo(words, err=True))
    if form == "json":
        print_json(report.to_json())
    else:
        print_report(report)


def print_report(report: Report) -> None:
    machine = report.to_json()["machine"]
    click.echo(
        f"{machine['cores']} cores, Python {machine['python']}, {machine['database']}, "
        f"load before {machine['load_before']}"
    )
    for measurement, figures in report.figures:
        sizes = ", ".join(f"{name} {size:,}" for name, size in measurement.size.items())
        click.echo(f"\n{measurement.title} ({sizes})")
        for figure in figures:
            click.echo("  " + line_of(figure))


def line_of(figure: Figure) -> str:
    value = f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:,.2f}"
    words = f"{value:>9} {figure.unit:3} {figure.words}"
    if figure.target is None:
        return words
    return f"{words} (to reach: {figure.target}; {'reached' if figure.is_reached else 'NOT REACHED'})"
