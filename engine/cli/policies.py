"""`asb check`, `simulate`, `draw`, `story`: a policy's folder seen before it counts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from engine.bootstrap import build_simulation_office, build_story_office, handlers_by_name
from engine.casework.history import sentence_of
from engine.casework.verification import verify_records
from engine.cli.frame import FORMAT, FOUND, print_json, read_file, refuse, settings, variant_of
from engine.clock import LONDON
from engine.diagram import Diagram, read_diagram
from engine.draw import write_drawings
from engine.errors import BadInputError
from engine.lint import Severity, check_paths
from engine.model import RecordEntry
from engine.scenarios import Outcome, Scenario, play, scenarios_of
from engine.variants import Variant


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@FORMAT
def check(paths: tuple[Path, ...], form: str) -> None:
    """Check variants' folders, or single diagrams, tables, forms and letters.

    A finding names the file and the element, says what is wrong and what to do. Exit code 0: sound; 1: findings of
    severity error; 2: the call cannot be used.
    """
    is_terminal = sys.stderr.isatty()

    def progress(rule: str, number: int, of: int) -> None:
        if is_terminal:
            click.echo(f"\r\033[K{number} of {of}: {rule}", nl=False, err=True)

    findings = check_paths([_named(path) for path in paths], handlers=tuple(handlers_by_name().values()), on_progress=progress)
    if is_terminal:
        click.echo("\r\033[K", nl=False, err=True)
    if form == "json":
        print_json([finding.to_json() for finding in findings])
    else:
        for finding in findings:
            where = f"{finding.file}: " + (f"“{finding.element_name or finding.element_id}” ({finding.element_id}): " if finding.element_id else "")
            click.echo(f"{finding.severity}  {where}{finding.message} [{finding.rule}]")
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        click.echo(f"{errors} error(s), {len(findings) - errors} warning(s)." if findings else "Sound: nothing found.")
    if any(finding.severity is Severity.ERROR for finding in findings):
        sys.exit(FOUND)


@click.command()
@click.argument("variant")
@click.option("--scenario", metavar="NAME", help="Only this one (its file's name without .toml).")
@FORMAT
def simulate(variant: str, scenario: str | None, form: str) -> None:
    """Play the worked examples of VARIANT on the real engine in a virtual clock. Exit code 1 if one comes out otherwise."""
    read = variant_of(variant)
    outcomes: list[Outcome] = []
    for chosen in _chosen(read, scenario):
        outcome = play(chosen, read, build_simulation_office())
        outcomes.append(outcome)
        if form == "text":
            click.echo(f"{'right' if outcome.is_right else 'WRONG'}  {chosen.name}: {chosen.title}")
            for miss in outcome.misses:
                click.echo(f"       {miss.where}: {miss.sentence}")
    wrong = sum(not outcome.is_right for outcome in outcomes)
    if form == "json":
        print_json([
            {"scenario": o.scenario.name, "title": o.scenario.title, "is_right": o.is_right,
             "misses": [{"where": m.where, "sentence": m.sentence} for m in o.misses]}
            for o in outcomes
        ])  # fmt: skip
    else:
        click.echo(f"{len(outcomes)} scenario(s), {wrong} wrong.")
    if wrong:
        sys.exit(FOUND)


@click.command()
@click.argument("what", metavar="VARIANT|FILE")
@click.option("--out", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="Where to put them.")
def draw(what: str, folder: Path) -> None:
    """Draw the diagrams of a variant, or one .bpmn file: an SVG picture and a plain-text outline of each."""
    for path in write_drawings(_diagrams(what), folder):
        click.echo(path)


@click.command()
@click.argument("variant", default="hertsmere")
@click.option("--scenario", default="the-whole-story", show_default=True, metavar="NAME")
def story(variant: str, scenario: str) -> None:
    """Tell a worked case from its application to its end: each day, what happened, and why it was due."""
    read = variant_of(variant)
    chosen = _chosen(read, scenario)[0]
    office = build_story_office(settings())
    click.echo(f"{chosen.title}\n{read.name}. Played on a database made for it: {office.database.name}")
    day = ""

    def tell(entry: RecordEntry) -> None:
        nonlocal day
        at = entry.at.astimezone(LONDON)
        if f"{at:%A %-d %B %Y}" != day:
            day = f"{at:%A %-d %B %Y}"
            click.echo(f"\n{day}")
        click.echo(f"  {at:%H:%M}  {sentence_of(entry, read.settings)}")

    outcome = play(chosen, read, office, listen=tell)
    for miss in outcome.misses:
        click.echo(f"not as the story says: {miss.where}: {miss.sentence}", err=True)
    _count, breaks = verify_records(office, replay=True)
    click.echo(f"\nThe record of {outcome.reference} was verified and every decision computed again: "
               + ("whole." if not breaks else f"{len(breaks)} break(s)."))
    click.echo(f"Look at it: ASB_HOME={os.path.relpath(office.home)} {sys.argv[0]} case {outcome.reference}")
    if outcome.misses or breaks:
        sys.exit(FOUND)


def _chosen(variant: Variant, name: str | None) -> list[Scenario]:
    scenarios = scenarios_of(variant)
    found = [scenario for scenario in scenarios if name in (None, scenario.name)]
    if not found:
        known = ", ".join(scenario.name for scenario in scenarios) or "none"
        raise BadInputError(f"{variant.id} has no scenario “{name}”. It has: {known}." if name else f"{variant.id} has no scenarios.")
    return found


def _named(path: Path) -> Path:
    """A path, or the folder of the variant of that name."""
    named = settings().variants / path
    return named if not path.exists() and named.is_dir() else path


def _diagrams(what: str) -> Iterator[Diagram]:
    if what.endswith(".bpmn"):
        yield read_diagram(read_file(Path(what)), file=Path(what).name)
        return
    variant = variant_of(what)
    if not variant.diagrams:
        refuse(f"{variant.id} has no diagrams to draw.")
    yield from variant.diagrams.values()
