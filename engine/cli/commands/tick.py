"""`asb tick`: one sweep."""

from __future__ import annotations

import click

from engine.bootstrap import set_simulated_clock
from engine.casework.background.sweep import bring_up_to_date
from engine.cli.frame import office
from engine.cli.moment import read_moment
from engine.words import counted


@click.command("tick")
@click.option(
    "--now", metavar="ISO", help="Set the clock to this moment first; only in a database made by `asb make-simulation`."
)
def tick_command(now: str | None) -> None:
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
        set_simulated_clock(opened, read_moment(now))
    done = bring_up_to_date(opened)
    click.echo(f"{counted(done, 'thing')} done." if done else "Nothing was due.")
