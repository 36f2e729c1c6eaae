"""`asb new`: a council's own folder, from what it answers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from engine.bootstrap import build_simulation_office, handlers_by_name
from engine.check import Severity, check_paths
from engine.cli.frame import read_file, settings, variant_of
from engine.cli.interview import interview
from engine.cli.layout import Progress, paragraph
from engine.cli.moment import today
from engine.cli.questioner import Questioner
from engine.draw import write_drawings
from engine.errors import BadInputError
from engine.scenarios import play, scenarios_of
from engine.toml import read_toml
from engine.variants import load_variant, write_folder
from engine.words import counted

#: The folder that is extended where nobody says another.
_MODEL = "model"
#: The rules whose warnings are a new owner's to decide on.
_TO_DECIDE = ("settings", "below-the-floor")


@click.command("new")
@click.argument("name")
@click.option(
    "--from", "base", metavar="VARIANT",
    help=f"The folder it extends; {_MODEL}, where neither this nor the answers say one.",
)  # fmt: skip
@click.option(
    "--answers", metavar="FILE", type=click.Path(path_type=Path),
    help="A file with what is otherwise asked: the values of variant.toml.",
)  # fmt: skip
@click.option(
    "--pictures",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Draw its diagrams there; without it, into pictures/NAME of ASB_HOME.",
)
def new_command(name: str, base: str | None, answers: Path | None, pictures: Path | None) -> None:
    """Make the folder of a council that takes over VARIANT's procedure and says what differs.

    It asks who the council is, its calendar, teams, agencies, first people and limits, each with what the base says;
    then the folder is checked and its worked examples are played, and what is left to decide is listed.

    \b
    Examples:
      asb new derby_city
      asb new derby_city --from hertsmere --answers answers.toml
    """
    root = settings().variants
    if (root / name).exists():
        raise BadInputError(f"{root / name} is there already. Edit it, or give the new council another name.")
    said: dict[str, Any] = read_toml(read_file(answers), name=answers.name) if answers is not None else {}
    taken_over = variant_of(_base(base, said.pop("extends", None)))
    if answers is None:
        said = interview(taken_over, Questioner(ask=click.prompt, tell=click.echo))
    home = write_folder(root, name, taken_over.id, said, today=today())
    click.echo(f"{home} is written.")
    variant = load_variant(home, root=root)
    pictures = pictures or settings().home / "pictures" / name
    drawn = list(write_drawings(variant.diagrams.values(), pictures))
    click.echo(f"{counted(len(drawn), 'picture')} drawn into {pictures}.")
    findings = check_paths([home], handlers=tuple(handlers_by_name().values()), root=root, today=today())
    progress, wrong, played = Progress(), [], scenarios_of(variant)
    lacking: Counter[str] = Counter()
    for number, scenario in enumerate(played, start=1):
        progress.say(f"{number} of {len(played)}: {scenario.name}")
        outcome = play(scenario, variant, build_simulation_office())
        if not outcome.is_right:
            lacking.update(scenario.unstaffed)
            wrong.append(outcome)
    progress.clear()
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    left = [*errors, *(finding for finding in findings if finding.rule in _TO_DECIDE and finding not in errors)]
    for finding in left:
        click.echo(paragraph(finding.sentence, first="- ", indent=2))
    for sentence, examples in lacking.items():
        click.echo(paragraph(f"{counted(examples, 'example')} cannot be played. {sentence}", first="- ", indent=2))
    for outcome in wrong:
        if not outcome.scenario.unstaffed:
            miss = outcome.misses[0]
            what = f"The example {outcome.scenario.name} comes out otherwise: {miss.where}: {miss.sentence}"
            click.echo(paragraph(what, first="- ", indent=2))
    click.echo(
        f"{counted(len(errors), 'error')}, {counted(len(findings) - len(errors), 'warning')}; "
        f"{counted(len(played), 'scenario')}, {len(wrong) or 'none'} wrong. "
        + ("What stands above is left to decide." if left or wrong else f"asb check {name} lists the warnings.")
    )


def _base(told: str | None, answered: object) -> str:
    """The folder that it extends, by --from or by “extends” of the answers. Raises BadInputError where they differ."""
    if answered is not None and not isinstance(answered, str):
        raise BadInputError('“extends” of the answers is no name of a folder. Write it like extends = "model".')
    if told and answered and told != answered:
        raise BadInputError(
            f"The answers extend “{answered[:60]}”, and --from names “{told[:60]}”. Leave one of them out."
        )
    return told or answered or _MODEL
