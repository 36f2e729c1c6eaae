"""`asb work`, `tick`, `make-simulation`: timers and jobs without a broker, and a database whose clock can be set."""

from __future__ import annotations

import signal
import threading
from datetime import datetime

import click

from engine.bootstrap import make_simulation, set_simulated_clock
from engine.casework.background.sweep import bring_up_to_date
from engine.cli.frame import office, refuse, settings
from engine.cli.layout import count, paragraph
from engine.cli.sweeping import sweep_until
from engine.clock import LONDON


@click.command()
@click.option(
    "--every",
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    type=click.FloatRange(min=0.1, max=3600),
    help="How long to rest between two sweeps.",
)
def work(every: float) -> None:
    """Fire due timers and work the jobs until stopped.

    Ctrl-C or SIGTERM stops it when the step in hand is done. Several may run side by side. Needs no broker; where
    there is one, `celery -A engine.celery_app worker` does the same.
    """
    opened = office()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    click.echo(f"Working on {opened.database.name}. Ctrl-C stops.", err=True)
    sweep_until(stop, opened, every=every)
    click.echo("Stopped.", err=True)


@click.command()
@click.option(
    "--now", metavar="ISO", help="Set the clock to this moment first; only in a database made by `asb make-simulation`."
)
def tick(now: str | None) -> None:
    """One sweep: fire what is due now, work what is ready.

    With --now it is as if nobody had worked since the last sweep: of several rungs of a ladder that are due by then
    only the highest acts. To see each day by itself, tick day by day.

    \b
    Examples:
      asb tick
      asb tick --now 2026-05-05T09:00
    """
    opened = office()
    if now is not None:
        set_simulated_clock(opened, _moment(now))
    done = bring_up_to_date(opened)
    click.echo(f"{count(done, 'thing')} done." if done else "Nothing was due.")


@click.command("make-simulation")
@click.option("--now", required=True, metavar="ISO", help="The moment at which its clock stands.")
def make_simulation_command(now: str) -> None:
    """Make the configured database one for simulation, for as long as it exists.

    Its clock stands still until `asb tick --now ISO` moves it, so that months of a case can be worked in an
    afternoon. Only a database without cases can become one; name a new one with ASB_HOME.

    \b
    Example:
      export ASB_HOME=/tmp/try
      asb make-simulation --now 2026-03-02T09:00
    """
    made = make_simulation(settings(), _moment(now))
    stands = f"{made.clock.now().astimezone(LONDON):%-d %B %Y, %H:%M}"
    click.echo(paragraph(f"{made.database.name} is for simulation; its clock stands at {stands}."))


def _moment(text: str) -> datetime:
    """A day (its start) or a moment; London time where it names no zone."""
    try:
        at = datetime.fromisoformat(text)
        at = at if at.tzinfo is not None else at.replace(tzinfo=LONDON)
        at.astimezone(LONDON)
    except (ValueError, OverflowError):
        refuse(f"“{text}” is no moment. Write a day and a time like 2026-05-05T09:00.")
    return at
