"""`asb check`: what is wrong in variants' folders, diagrams, tables, forms and letters."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.bootstrap import handlers_by_name
from engine.check import Finding, Severity, check_paths, each_of
from engine.cli.frame import FORMAT, FOUND, print_json, settings
from engine.cli.layout import Progress, paragraph
from engine.cli.moment import today
from engine.errors import BadInputError
from engine.words import counted


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--all", "with_all", is_flag=True, help="Say of each cause what follows from it, too.")
@FORMAT
def check_command(paths: tuple[str, ...], with_all: bool, form: str) -> None:
    """Check variants' folders, or single diagrams, tables, forms and letters.

    A finding names the file and the element, says what is wrong and what to do. What only follows from another is
    counted there; --all lists it. Exit code 0: sound; 1: findings of severity error; 2: the call cannot be used. Of
    several paths, one that leads nowhere is a finding, and the others are checked.

    \b
    Examples:
      asb check hertsmere
      asb check hertsmere --all
      asb check bpmn/hertsmere/case_review.bpmn
    """
    progress = Progress(is_wanted=form == "text")
    named = [_named(path) for path in paths if path.strip()]
    if not named:
        raise BadInputError("A path is empty. Name a folder or a file.")
    findings = check_paths(
        named,
        handlers=tuple(handlers_by_name().values()),
        today=today(),
        on_progress=lambda rule, number, of: progress.say(f"{number + 1} of {of}: {rule}"),
    )
    progress.clear()
    if len(named) < len(paths):
        findings.append(Finding(rule="readable", file="", sentence="A path is empty. Name a folder or a file."))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if form == "json":
        print_json([finding.to_json() for finding in findings])
    else:
        for finding in findings:
            # one line each for programs that look for one, wrapped for people
            _say(_line(finding, with_all=with_all), indent=4)
            for each in each_of(finding.follows) if with_all else ():
                _say(f"  follows: {_line(each)}", indent=6)
        warnings = len(findings) - errors
        click.echo(
            f"{counted(errors, 'error')}, {counted(warnings, 'warning')}." if findings else "Sound: nothing found."
        )
    if errors:
        sys.exit(FOUND)


def _say(line: str, *, indent: int) -> None:
    click.echo(paragraph(line, indent=indent, first="") if sys.stdout.isatty() else line)


def _and_more(finding: Finding, with_all: bool) -> str:
    number = sum(1 for _ in each_of(finding.follows))
    if not number:
        return ""
    how = "" if with_all else " (--all lists what)"
    return f" {number} more {'follows' if number == 1 else 'follow'} from it{how}."


def _line(finding: Finding, *, with_all: bool = True) -> str:
    where = f" “{finding.element_name or finding.element_id}” ({finding.element_id}):" if finding.element_id else ""
    line = f":{finding.line}" if finding.line else ""
    said = f"{finding.sentence}{_and_more(finding, with_all)}"
    return f"{finding.severity}  {finding.file}{line}:{where} {said} [{finding.rule}]"


def _named(text: str) -> Path:
    """A path, or the folder of the variant of that name."""
    path = Path(text)
    named = settings().variants / path
    if path.exists() or not named.is_dir():
        return path
    return named.relative_to(Path.cwd()) if named.is_relative_to(Path.cwd()) else named
