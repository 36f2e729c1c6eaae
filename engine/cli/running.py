"""`asb work`, `asb tick`: timers and jobs without a broker."""

from __future__ import annotations

import signal
import threading
from datetime import date, datetime

import click

from engine.bootstrap import set_simulated_clock
from engine.casework.running import bring_up_to_date
from engine.casework.verification import anchor_today
from engine.cli.frame import office, refuse
from engine.clock import LONDON, local_date


@click.command()
@click.option("--every", default=2.0, show_default=True, type=click.FloatRange(min=0.1), help="Seconds between sweeps.")
def work(every: float) -> None:
    """Fire due timers and work the jobs until stopped (Ctrl-C); several may run side by side."""
    opened = office()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    click.echo("Working. Ctrl-C stops.", err=True)
    anchored: date | None = None
    while not stop.is_set():
        bring_up_to_date(opened)
        if (today := local_date(opened.clock.now())) != anchored:
            anchor_today(opened)
            anchored = today
        stop.wait(every)


@click.command()
@click.option("--now", metavar="ISO", help="The moment it is now; only in a database made for simulation.")
def tick(now: str | None) -> None:
    """One sweep: fire what is due now, work what is ready."""
    opened = office()
    if now is not None:
        try:
            at = datetime.fromisoformat(now)
        except ValueError:
            refuse(f"“{now}” is no moment; write it like 2026-05-05T09:00:00+01:00.")
        set_simulated_clock(opened, at if at.tzinfo is not None else at.replace(tzinfo=LONDON))
    done = bring_up_to_date(opened)
    click.echo(f"{done} moved.")
