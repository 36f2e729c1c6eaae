"""`asb bench`: what the system can carry on this machine."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import click

from engine.bench.figure import Figure
from engine.bench.report import MEASUREMENTS, Report, run
from engine.bench.web.measurement import Size, measure_web
from engine.cli.frame import DONE, FORMAT, FOUND, print_json, settings

_NAMES = [measurement.name for measurement in MEASUREMENTS]

_EMPTY_DATABASE = click.option(
    "--database",
    "database_url",
    metavar="URL",
    help="An empty database to measure on, left empty again [default: PostgreSQL from the wheel].",
)


@click.group("bench", invoke_without_command=True)
@_EMPTY_DATABASE
@click.option(
    "--only",
    "names",
    multiple=True,
    type=click.Choice(_NAMES),
    metavar="NAME",
    help=f"Only this measurement; may be repeated. They are {', '.join(_NAMES)}.",
)
@FORMAT
@click.pass_context
def bench_command(ctx: click.Context, database_url: str | None, names: tuple[str, ...], form: str) -> None:
    """Measure steps, timers, child processes, memory and FEEL, each against its target. Takes a few minutes.

    `asb bench web` measures the screens over HTTP.
    """
    if ctx.invoked_subcommand is not None:
        return
    chosen = [measurement for measurement in MEASUREMENTS if not names or measurement.name in names]
    show(run(chosen, database_url=database_url, progress=_tell), form)


@bench_command.command("web")
@_EMPTY_DATABASE
@click.option(
    "--people", default=Size().people, show_default=True, type=click.IntRange(1, 500), help="Who work all at once."
)
@click.option(
    "--seconds", default=Size().seconds, show_default=True, type=click.IntRange(1, 3600), help="How long they work."
)
@FORMAT
def bench_web_command(database_url: str | None, people: int, seconds: int, form: str) -> None:
    """Measure the screens over HTTP: gunicorn with two workers, people at work all at once, timers that fire meanwhile.

    They look through the inbox, open tasks of Hertsmere's policy, complete them and open the cases, with pauses
    between. Needs locust, from the extra “test”. Exit code 1 where a target is missed.

    \b
    Example:
      asb bench web --people 50 --seconds 60
    """
    signal.signal(signal.SIGTERM, _leave)
    report = measure_web(
        Size(people=people, seconds=seconds), variants=settings().variants, database_url=database_url, progress=_tell
    )
    show(report, form)
    sys.exit(FOUND if any(figure.is_reached is False for _, figures in report.figures for figure in figures) else DONE)


def _leave(_number: int, _frame: FrameType | None) -> None:
    """What was started is stopped on the way out."""
    raise KeyboardInterrupt


def _tell(words: str) -> None:
    click.echo(words, err=True)


def show(report: Report, form: str) -> None:
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
