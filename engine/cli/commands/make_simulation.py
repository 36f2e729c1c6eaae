"""`asb make-simulation`: a database whose clock can be set."""

from __future__ import annotations

import click

from engine.bootstrap import make_simulation
from engine.cli.frame import settings
from engine.cli.layout import paragraph
from engine.cli.moment import read_moment
from engine.clock import LONDON
from engine.words import stamp_in_words


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
    made = make_simulation(settings(), read_moment(now))
    stands = stamp_in_words(made.clock.now().astimezone(LONDON))
    click.echo(paragraph(f"{made.database.name} is for simulation; its clock stands at {stands}."))
