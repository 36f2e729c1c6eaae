"""`asb check`, `simulate`, `draw`, `story`: a policy's folder seen before it counts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from engine.bootstrap import build_simulation_office, build_story_office, handlers_by_name, set_simulated_clock
from engine.casework.background.verification import verify_records
from engine.casework.words.items import item_names
from engine.casework.words.sentences import Teller
from engine.check import Finding, Severity, check_paths
from engine.cli.coverage import coverage_as_json, draw_coverage, print_coverage
from engine.cli.frame import FORMAT, FOUND, print_json, read_file, refuse, settings, variant_of
from engine.cli.layout import Diary, Progress, count, paragraph
from engine.diagram import Diagram, read_diagram
from engine.draw import write_drawings
from engine.errors import BadInputError
from engine.scenarios import Coverage, Outcome, Scenario, play, scenarios_of
from engine.store import cases
from engine.variants import Variant


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@FORMAT
def check(paths: tuple[str, ...], form: str) -> None:
    """Check variants' folders, or single diagrams, tables, forms and letters.

    A finding names the file and the element, says what is wrong and what to do. Exit code 0: sound; 1: findings of
    severity error; 2: the call cannot be used.

    \b
    Examples:
      asb check hertsmere
      asb check bpmn/hertsmere/case_review.bpmn
    """
    progress = Progress()
    findings = check_paths(
        [_named(path) for path in paths],
        handlers=tuple(handlers_by_name().values()),
        on_progress=lambda rule, number, of: progress.say(f"{number + 1} of {of}: {rule}"),
    )
    progress.clear()
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if form == "json":
        print_json([finding.to_json() for finding in findings])
    else:
        for finding in findings:
            # one line each for programs that look for one, wrapped for people
            click.echo(paragraph(_line(finding), indent=4, first="") if sys.stdout.isatty() else _line(finding))
        warnings = len(findings) - errors
        click.echo(f"{count(errors, 'error')}, {count(warnings, 'warning')}." if findings else "Sound: nothing found.")
    if errors:
        sys.exit(FOUND)


@click.command()
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
def simulate(variant: str, scenario: str | None, with_coverage: bool, folder: Path | None, form: str) -> None:
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
    outcomes: list[Outcome] = []
    chosen = _chosen(read, scenario)
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
        click.echo(f"{count(len(outcomes), 'scenario')}, {wrong or 'none'} wrong.")
        if coverage is not None:
            print_coverage(coverage, read)
    if coverage is not None and folder is not None:
        draw_coverage(coverage, read, folder, announce=form == "text")
    if wrong:
        sys.exit(FOUND)


@click.command()
@click.argument("what", metavar="VARIANT|FILE")
@click.option(
    "--out", "folder", required=True, metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False),
    help="Where to put them; made where it is missing.",
)  # fmt: skip
def draw(what: str, folder: Path) -> None:
    """Draw the diagrams of a variant, or one .bpmn file.

    Each gives an SVG picture and a plain-text outline; the files written are printed.

    \b
    Example:
      asb draw hertsmere --out pictures
    """
    for path in write_drawings(_diagrams(what), folder):
        click.echo(path)


@click.command()
@click.argument("variant", default="hertsmere")
@click.option(
    "--scenario", default="the-whole-story", show_default=True, metavar="NAME", help="Which of its worked examples."
)
def story(variant: str, scenario: str) -> None:
    """Tell a worked case from its application to its end: each day, what happened, and why it was due.

    It is played on a database made for it, in the folder story of ASB_HOME, which then holds the case and its
    letters. Exit code 1 if it comes out otherwise than the example says.

    \b
    Example:
      asb story hertsmere --scenario 16_appeal_allowed
    """
    read = variant_of(variant)
    chosen = _chosen(read, scenario)[0]
    office = build_story_office(settings())
    click.echo(paragraph(chosen.title))
    click.echo(paragraph(f"{read.name}. Played on a database made for it, in {_near(office.home)}."))

    def names() -> dict[str, str]:
        with office.database.begin() as connection:
            return item_names(connection, cases.all_cases(connection)[0].case_id, read.settings)

    diary = Diary(Teller(read, names))
    outcome = play(chosen, read, office, listen=lambda entry: diary.print([entry]))
    set_simulated_clock(office, office.clock.now())  # who looks at the case afterwards is at the story's end
    click.echo()
    for miss in outcome.misses:
        click.echo(paragraph(f"Not as the example says: {miss.where}: {miss.sentence}"), err=True)
    _number, breaks = verify_records(office, replay=True)
    result = "it is whole" if not breaks else count(len(breaks), "break")
    click.echo(paragraph(f"The record was verified and every decision computed again: {result}."))
    if outcome.reference is not None:
        click.echo(f"Its letters: {_near(office.home / 'post')}")
        click.echo(f"Its file:    ASB_HOME={_near(office.home)} {_program()} case {outcome.reference}")
    if outcome.misses or breaks:
        sys.exit(FOUND)


def _line(finding: Finding) -> str:
    where = f" “{finding.element_name or finding.element_id}” ({finding.element_id}):" if finding.element_id else ""
    return f"{finding.severity}  {finding.file}:{where} {finding.message} [{finding.rule}]"


def _near(path: Path) -> str:
    """A path as somebody would type it from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _program() -> str:
    return sys.argv[0] if os.sep in sys.argv[0] and sys.argv[0].endswith("asb") else "asb"


def _chosen(variant: Variant, name: str | None) -> list[Scenario]:
    scenarios = scenarios_of(variant)
    found = [scenario for scenario in scenarios if name in (None, scenario.name)]
    if not found:
        known = ", ".join(scenario.name for scenario in scenarios) or "none"
        raise BadInputError(
            f"{variant.id} has no scenario “{name}”. It has: {known}." if name else f"{variant.id} has no scenarios."
        )
    return found


def _named(text: str) -> Path:
    """A path, or the folder of the variant of that name."""
    if not text.strip():
        raise BadInputError("A path is empty. Name a folder or a file.")
    path = Path(text)
    named = settings().variants / path
    if path.exists() or not named.is_dir():
        return path
    return named.relative_to(Path.cwd()) if named.is_relative_to(Path.cwd()) else named


def _diagrams(what: str) -> Iterator[Diagram]:
    if what.endswith(".bpmn"):
        yield read_diagram(read_file(Path(what)), file=Path(what).name)
        return
    variant = variant_of(what)
    if not variant.diagrams:
        refuse(f"{variant.id} has no diagrams to draw.")
    yield from variant.diagrams.values()
