"""`asb check`: what is wrong in variants' folders, diagrams, tables, forms and letters."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine.bootstrap import handlers_by_name
from engine.check import Finding, Severity, check_paths
from engine.cli.frame import FORMAT, FOUND, print_json, settings
from engine.cli.layout import Progress, paragraph
from engine.cli.moment import today
from engine.errors import BadInputError
from engine.words import counted


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@FORMAT
def check_command(paths: tuple[str, ...], form: str) -> None:
    """Check variants' folders, or single diagrams, tables, forms and letters.

    A finding names the file and the element, says what is wrong and what to do. Exit code 0: sound; 1: findings of
    severity error; 2: the call cannot be used. Of several
    paths, one that leads nowhere is a finding, and the others are checked.

    \b
    Examples:
      asb check hertsmere
      asb check bpmn/hertsmere/case_review.bpmn
    """
    progress = Progress()
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
            click.echo(paragraph(_line(finding), indent=4, first="") if sys.stdout.isatty() else _line(finding))
        warnings = len(findings) - errors
        click.echo(
            f"{counted(errors, 'error')}, {counted(warnings, 'warning')}." if findings else "Sound: nothing found."
        )
    if errors:
        sys.exit(FOUND)


def _line(finding: Finding) -> str:
    where = f" “{finding.element_name or finding.element_id}” ({finding.element_id}):" if finding.element_id else ""
    line = f":{finding.line}" if finding.line else ""
    return f"{finding.severity}  {finding.file}{line}:{where} {finding.sentence} [{finding.rule}]"


def _named(text: str) -> Path:
    """A path, or the folder of the variant of that name."""
    path = Path(text)
    named = settings().variants / path
    if path.exists() or not named.is_dir():
        return path
    return named.relative_to(Path.cwd()) if named.is_relative_to(Path.cwd()) else named
