"""`asb simulate`: the worked examples of a variant, played in a virtual clock."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from engine.bootstrap import build_simulation_office
from engine.cli.coverage_report import coverage_as_json, draw_coverage, print_coverage
from engine.cli.frame import FORMAT, FOUND, print_json, read_file, settings, variant_of
from engine.cli.layout import Progress, paragraph
from engine.cli.scenario_choice import chosen_scenarios
from engine.cli.scenario_report import (
    groups_of,
    outcome_as_json,
    print_groups,
    print_misses,
    print_ways_on,
    rewritten_as_json,
    write_rewritten,
)
from engine.errors import BadInputError
from engine.scenarios import Coverage, NewStep, Rewritten, Scenario, ScenarioOutcome, accept_days, insert_step, play
from engine.variants import Variant, find_variant
from engine.words import counted


@click.command("simulate")
@click.argument("variant")
@click.option("--scenario", metavar="NAME", help="Only this one (its file's name without .toml).")
@click.option("--accept", is_flag=True, help="Rewrite the days of those that come out otherwise in days alone.")
@click.option(
    "--insert",
    "step_file",
    metavar="STEP",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Put the step in this file into all in which its task is open and not expected.",
)
@click.option("--coverage", "with_coverage", is_flag=True, help="Say which elements and flows none of them takes.")
@click.option(
    "--out",
    "folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="With --coverage: draw the diagrams there, with what none takes marked.",
)
@FORMAT
def simulate_command(
    variant: str,
    scenario: str | None,
    accept: bool,
    step_file: Path | None,
    with_coverage: bool,
    folder: Path | None,
    form: str,
) -> None:
    """Play the worked examples of VARIANT on the real engine in a virtual clock.

    Nothing is kept and no letter leaves. Each goes as far as its first miss; what went wrong is said once for all to
    which it happens. Exit code 1 if an example comes out otherwise than it says. With --coverage the elements and flows
    that none of them takes are named (JSON: an object with "scenarios" and "untaken").

    --accept and --insert rewrite the files of examples, with their comments; those that then come out otherwise still
    stay as they are. What was rewritten is played again.

    \b
    Examples:
      asb simulate hertsmere
      asb simulate hertsmere --scenario 11_action_22_days
      asb simulate hertsmere --accept
      asb simulate hertsmere --insert phone.toml
      asb simulate hertsmere --coverage --out pictures
    """
    if folder is not None and not with_coverage:
        raise BadInputError("--out is for the pictures of --coverage. Add --coverage.")
    if accept and step_file is not None:
        raise BadInputError("--accept and --insert are one after the other. Leave one of them out.")
    step = NewStep.read(read_file(step_file), name=str(step_file)) if step_file is not None else None
    read = variant_of(variant)
    coverage = Coverage() if with_coverage else None
    run = _Run(form)
    outcomes = run.play(chosen_scenarios(read, scenario), read, coverage)
    rewritten = None
    if (accept or step is not None) and not all(outcome.is_right for outcome in outcomes):
        rewritten = run.rewrite(outcomes, read, step)
        write_rewritten(rewritten, find_variant(variant, settings().variants), announce=form == "text")
        outcomes = run.play_again(outcomes, rewritten, variant_of(variant))
    wrong = sum(not outcome.is_right for outcome in outcomes)
    if form == "json":
        print_json(_as_json(outcomes, rewritten, coverage, read))
    else:
        groups = groups_of(outcomes)
        if len(outcomes) > 1:
            print_groups(groups)
        else:
            print_misses(outcomes[0])
        click.echo(f"{counted(len(outcomes), 'scenario')}, {wrong or 'none'} wrong.")
        if rewritten is None:
            print_ways_on(groups, variant)
        if coverage is not None:
            print_coverage(coverage, read)
    if coverage is not None and folder is not None:
        draw_coverage(coverage, read, folder, announce=form == "text")
    if wrong:
        sys.exit(FOUND)


class _Run:
    """Playing with a line that says how far it is, and one for each scenario once it is played."""

    def __init__(self, form: str) -> None:
        self._is_text = form == "text"
        self._progress = Progress(is_wanted=self._is_text)

    def play(
        self, chosen: Sequence[Scenario], variant: Variant, coverage: Coverage | None = None
    ) -> list[ScenarioOutcome]:
        outcomes = []
        for number, each in enumerate(chosen, start=1):
            self._progress.say(f"{number} of {len(chosen)}: {each.name}")
            outcome = play(each, variant, build_simulation_office(), coverage=coverage, until_miss=True)
            self._progress.clear()
            outcomes.append(outcome)
            if self._is_text:
                verdict = "right" if outcome.is_right else "WRONG"
                click.echo(paragraph(f"{each.name}: {each.title}", first=f"{verdict}  ", indent=7))
        return outcomes

    def rewrite(self, outcomes: Sequence[ScenarioOutcome], variant: Variant, step: NewStep | None) -> Rewritten:
        def say(name: str) -> None:
            self._progress.say(f"rewriting {name}")

        if step is None:
            rewritten = accept_days(outcomes, variant, build_simulation_office, say)
        else:
            rewritten = insert_step(outcomes, variant, step, build_simulation_office, say)
        self._progress.clear()
        return rewritten

    def play_again(
        self, outcomes: Sequence[ScenarioOutcome], rewritten: Rewritten, variant: Variant
    ) -> list[ScenarioOutcome]:
        """Those that came out otherwise, and those that build on one that was rewritten; of the rest as they were."""
        was = {outcome.scenario.name: outcome for outcome in outcomes}
        scenarios = [each for name in was for each in chosen_scenarios(variant, name)]
        again = [
            each
            for each in scenarios
            if not was[each.name].is_right or rewritten.files.keys() & {each.file, *(step.file for step in each.steps)}
        ]
        now = {outcome.scenario.name: outcome for outcome in self.play(again, variant)}
        return [now.get(name, outcome) for name, outcome in was.items()]


def _as_json(
    outcomes: Sequence[ScenarioOutcome], rewritten: Rewritten | None, coverage: Coverage | None, variant: Variant
) -> list[dict[str, Any]] | Mapping[str, object]:
    played = [outcome_as_json(outcome) for outcome in outcomes]
    if coverage is None and rewritten is None:
        return played
    more = coverage_as_json(coverage, variant) if coverage is not None else {}
    return {"scenarios": played, **(rewritten_as_json(rewritten) if rewritten is not None else {}), **more}
