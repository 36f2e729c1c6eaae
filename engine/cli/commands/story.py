"""`asb story`: one worked example, told day by day."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from engine.bootstrap import build_story_office, put_in_force_by_itself, set_simulated_clock
from engine.casework.background.verification import verify_records
from engine.casework.words.items import item_names
from engine.casework.words.sentences import Narrator
from engine.cli.frame import FOUND, settings, source_of, variant_of
from engine.cli.layout import Diary, paragraph
from engine.cli.scenario_choice import chosen_scenarios
from engine.scenarios import play
from engine.store import cases
from engine.words import counted


@click.command("story")
@click.argument("variant", default="hertsmere")
@click.option(
    "--scenario", default="the-whole-story", show_default=True, metavar="NAME", help="Which of its worked examples."
)
def story_command(variant: str, scenario: str) -> None:
    """Tell a worked case from its application to its end: each day, what happened, and why it was due.

    It is played on a database made for it, in the folder story of ASB_HOME, which then holds the case and its
    letters. Exit code 1 if it comes out otherwise than the example says.

    \b
    Example:
      asb story hertsmere --scenario 16_appeal_allowed
    """
    read = variant_of(variant)
    chosen = chosen_scenarios(read, scenario)[0]
    office = build_story_office(settings())
    click.echo(paragraph(chosen.title))
    click.echo(paragraph(f"{read.name}. Played on a database made for it, in {_near(office.home)}."))

    def names() -> dict[str, str]:
        with office.database.begin() as connection:
            return item_names(connection, cases.all_cases(connection)[0].case_id, read.settings)

    diary = Diary(Narrator(read, names))
    outcome = play(chosen, read, office, listen=lambda entry: diary.print([entry]))
    put_in_force_by_itself(office, read, source_of(variant), why="Its worked example is told.")
    set_simulated_clock(office, office.clock.now())  # who looks at the case afterwards is at the story's end
    click.echo()
    for miss in outcome.misses:
        click.echo(paragraph(f"Not as the example says: {miss.where}: {miss.sentence}"), err=True)
    _number, breaks = verify_records(office, replay=True)
    result = "it is whole" if not breaks else counted(len(breaks), "break")
    click.echo(paragraph(f"The record was verified and every decision computed again: {result}."))
    if outcome.reference is not None:
        click.echo(f"Its letters: {_near(office.home / 'post')}")
        click.echo(f"Its file:    ASB_HOME={_near(office.home)} {_program()} case {outcome.reference}")
    if outcome.misses or breaks:
        sys.exit(FOUND)


def _near(path: Path) -> str:
    """A path as somebody would type it from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _program() -> str:
    return sys.argv[0] if os.sep in sys.argv[0] and sys.argv[0].endswith("asb") else "asb"
