"""`asb work`: timers and jobs without a broker."""

from __future__ import annotations

import signal
import threading

import click

from engine.bootstrap import build_office
from engine.cli.frame import settings
from engine.cli.sweep_loop import sweep_until


@click.command("work")
@click.option(
    "--every",
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    type=click.FloatRange(min=0.1, max=3600),
    help="How long to rest between two sweeps.",
)
def work_command(every: float) -> None:
    """Fire due timers, work the jobs and judge what was proposed on the screens, until stopped.

    Ctrl-C or SIGTERM stops it when the step in hand is done. Several may run side by side. Needs no broker; where
    there is one, `celery -A engine.celery_app worker` does the same.
    """
    chosen = settings()
    opened = build_office(chosen)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    click.echo(f"Working on {opened.database.name}. Ctrl-C stops.", err=True)
    sweep_until(stop, opened, chosen.variants, every=every)
    click.echo("Stopped.", err=True)
