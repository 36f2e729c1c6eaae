"""`asb diff`: in what two councils' policies differ, or two versions of one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from engine.cli.frame import FOUND, office, print_json, settings, variant_of
from engine.cli.layout import Progress, paragraph
from engine.draw import write_drawings
from engine.errors import BadInputError
from engine.variants.comparison import Difference, marks_of, procedures_page
from engine.workshop.differences import PolicyComparison, examples_come_out
from engine.workshop.named_policies import IN_FORCE, NamedPolicy, is_of_version, policy_named

_TWO = 2


@click.command("diff")
@click.argument("names", metavar="POLICY POLICY...", nargs=-1, required=True)
@click.option(
    "--pictures", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help="Draw the diagrams that differ there, of both, with what is new, changed, moved and gone.",
)  # fmt: skip
@click.option(
    "--play",
    "is_played",
    is_flag=True,
    help="Play the worked examples that both have, and say what comes out otherwise.",
)
@click.option("--scenario", metavar="NAME", help="With --play: only this one.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "page"]), default="text", show_default=True,
    help="Text for people, JSON for programs; a page shows two or more beside one another.",
)  # fmt: skip
def diff_command(names: Sequence[str], pictures: Path | None, is_played: bool, scenario: str | None, form: str) -> None:
    """Say in what the second POLICY differs from the first: by clause, then whatever carries none out, by file.

    A council's name, or a path, is its folder as it lies; NAME@3 is version 3 of its policy, NAME@in-force the one in
    force today. One name alone: its folder beside what is in force, which is what publishing it would change.

    As a page (Markdown), two or more stand beside one another: the threshold, limits, ways, letters, the appeal, and
    what the Act adds to each. Exit code 0 where two say the same, 1 where they differ.

    \b
    Examples:
      asb diff hertsmere
      asb diff hertsmere@2 hertsmere@3
      asb diff hertsmere othershire --pictures pictures
      asb diff hertsmere derby_city selby --format page
    """
    if scenario is not None and not is_played:
        raise BadInputError("--scenario is for --play. Add --play.")
    if form == "page" and len(names) > 1:
        click.echo(procedures_page([variant_of(name) for name in names]), nl=False)
        return
    if len(names) > _TWO or form == "page":
        raise BadInputError("Name two policies; as a page (--format page), two or more.")
    before, after = _named(names if len(names) == _TWO else (f"{Path(names[0]).name}@{IN_FORCE}", names[0]))
    compared = PolicyComparison(before=before.variant, after=after.variant)
    played = _played(compared, scenario, is_shown=form == "text") if is_played else ()
    if form == "json":
        print_json([difference.to_json() for difference in (*compared.differences, *played)])
    else:
        _print(before, after, compared)
        if is_played:
            _print_played(played)
    if pictures is not None:
        _draw(compared, pictures)
    if compared.differences or played:
        sys.exit(FOUND)


def _named(names: Sequence[str]) -> list[NamedPolicy]:
    """The database is opened where a version is asked for, and only then."""
    root = settings().variants
    kept = office() if any(map(is_of_version, names)) else None
    return [policy_named(name, root, kept) for name in names]


def _print(before: NamedPolicy, after: NamedPolicy, compared: PolicyComparison) -> None:
    if compared.differences:
        click.echo(paragraph(f"{after.title[:1].upper()}{after.title[1:]}, beside {before.title}:"))
    for difference in compared.differences:
        click.echo(paragraph(difference.told, first=f"{difference.how:<8} ", indent=9))
    click.echo(paragraph(compared.summary))


def _played(compared: PolicyComparison, scenario: str | None, *, is_shown: bool) -> tuple[Difference, ...]:
    progress = Progress(is_wanted=is_shown)
    try:
        return examples_come_out(compared.before, compared.after, progress.say, only=scenario)
    finally:
        progress.clear()


def _print_played(played: Sequence[Difference]) -> None:
    for difference in played:
        click.echo(paragraph(difference.sentence, first=f"{difference.how:<8} ", indent=9))
    if not played:
        click.echo("The worked examples that both have come out the same.")


def _draw(compared: PolicyComparison, folder: Path) -> None:
    """Of each diagram that differs, what it was and what it is, each into a folder of its own."""
    files = [file for file in compared.files if file.endswith(".bpmn")]
    marks = [marks_of(compared.before, compared.after, file) for file in files]
    for number, (side, variant) in enumerate((("before", compared.before), ("after", compared.after))):
        marked = {file: both[number] for file, both in zip(files, marks, strict=True)}
        diagrams = [variant.diagrams[file] for file in files if file in variant.diagrams]
        for path in write_drawings(diagrams, folder / side, marks=marked) if diagrams else ():
            click.echo(path, err=True)
