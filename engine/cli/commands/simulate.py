"""`asb simulate`: the worked examples of a variant, played in a virtual clock."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.bootstrap import build_simulation_office
from engine.cli.coverage_report import coverage_as_json, draw_coverage, print_coverage
from engine.cli.frame import FORMAT, FOUND, print_json, variant_of
from engine.cli.layout import Progress, paragraph
from engine.cli.scenario_choice import chosen_scenarios
from engine.errors import BadInputError
from engine.scenarios import Coverage, ScenarioOutcome, play
from engine.words import counted


@click.command("simulate")
@click.argument("variant")
@click.option("--scenario", metavar="NAME", help="Only this one (its file's name without .toml).")
@click.option("--coverage", "with_coverage", is_flag=True, help="Say which elements and flows none of them takes.")
@click.option(
    "--out",
    "folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="With --coverage: draw the diagrams there, with what none takes marked.",
)
@FORMAT
def simulate_command(variant: str, scenario: str | None, with_coverage: bool, folder: Path | None, form: str) -> None:
    """Play the worked examples of VARIANT on the real engine in a virtual clock.

    Nothing is kept and no letter leaves. Exit code 1 if an example comes out otherwise than it says. With --coverage
    the elements and flows that none of them takes are named (JSON: an object with "scenarios" and "untaken").

    \b
    Examples:
      asb simulate hertsmere
      asb simulate hertsmere --scenario 11_action_22_days
      asb simulate hertsmere --coverage --out pictures
    """
    if folder is not None and not with_coverage:
        raise BadInputError("--out is for the pictures of --coverage. Add --coverage.")
    read = variant_of(variant)
    coverage = Coverage() if with_coverage else None
    progress = Progress()
    outcomes: list[ScenarioOutcome] = []
    chosen = chosen_scenarios(read, scenario)
    for number, each in enumerate(chosen, start=1):
        progress.say(f"{number} of {len(chosen)}: {each.name}")
        outcome = play(each, read, build_simulation_office(), coverage=coverage)
        progress.clear()
        outcomes.append(outcome)
        if form == "text":
            verdict = "right" if outcome.is_right else "WRONG"
            click.echo(paragraph(f"{each.name}: {each.title}", first=f"{verdict}  ", indent=7))
            for miss in outcome.misses:
                click.echo(paragraph(f"{miss.where}: {miss.sentence}", first="       - ", indent=9))
    wrong = sum(not outcome.is_right for outcome in outcomes)
    if form == "json":
        played = [
            {"scenario": o.scenario.name, "title": o.scenario.title, "is_right": o.is_right,
             "misses": [{"where": m.where, "sentence": m.sentence} for m in o.misses]}
            for o in outcomes
        ]  # fmt: skip
        print_json(played if coverage is None else {"scenarios": played, **coverage_as_json(coverage, read)})
    else:
        click.echo(f"{counted(len(outcomes), 'scenario')}, {wrong or 'none'} wrong.")
        if coverage is not None:
            print_coverage(coverage, read)
    if coverage is not None and folder is not None:
        draw_coverage(coverage, read, folder, announce=form == "text")
    if wrong:
        sys.exit(FOUND)
