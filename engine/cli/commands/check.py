"""`asb check`: what is wrong in variants' folders, diagrams, tables, forms and letters."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from engine.check import Finding, Severity, WatchedFolder, check_paths, each_of
from engine.cli.check_server import HOST, PORT, check_server
from engine.cli.frame import FORMAT, FOUND, print_json, refuse, settings
from engine.cli.layout import Progress, paragraph
from engine.cli.moment import today
from engine.errors import BadInputError
from engine.handler import Handler
from engine.known_handlers import handlers_by_name
from engine.variants import SETTINGS_FILE
from engine.words import counted


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--all", "with_all", is_flag=True, help="Say of each cause what follows from it, too.")
@FORMAT
@click.option("--serve", is_flag=True, help="Answer the desktop modeller's plug-in about these folders, until stopped.")
@click.option(
    "--port", metavar="NUMBER", type=click.IntRange(0, 65535),
    help=f"With --serve: where, {PORT} without it; 0 takes any free one.",
)  # fmt: skip
def check_command(paths: tuple[str, ...], with_all: bool, form: str, serve: bool, port: int | None) -> None:
    """Check variants' folders, or single diagrams, tables, forms and letters.

    A finding names the file and the element, says what is wrong and what to do. What only follows from another is
    counted there; --all lists it. Exit code 0: sound; 1: findings of severity error; 2: the call cannot be used. Of
    several paths, one that leads nowhere is a finding, and the others are checked.

    With --serve the plug-in of the desktop modeller asks, while one draws, what is wrong: on this machine alone, and
    only reading. Each answer is about the whole folder as it then lies, with the file as it stands on the screen.

    \b
    Examples:
      asb check hertsmere
      asb check hertsmere --all
      asb check bpmn/hertsmere/case_review.bpmn
      asb check hertsmere --serve
    """
    named = [_named(path) for path in paths if path.strip()]
    if not named:
        raise BadInputError("A path is empty. Name a folder or a file.")
    if serve:
        if with_all or form == "json":
            raise BadInputError("--serve answers as --format json does, with what follows: leave the others out.")
        _serve(named, PORT if port is None else port)
        return
    if port is not None:
        raise BadInputError("--port goes with --serve.")
    progress = Progress(is_wanted=form == "text")
    findings = check_paths(
        named,
        handlers=_handlers(),
        today=today(),
        on_progress=lambda rule, number, of: progress.say(f"{number + 1} of {of}: {rule}"),
    )
    progress.clear()
    if len(named) < len(paths):
        findings.append(Finding(rule="readable", file="", sentence="A path is empty. Name a folder or a file."))
    if form == "json":
        print_json([finding.to_json() for finding in findings])
    else:
        for finding in findings:
            # one line each for programs that look for one, wrapped for people
            _say(_line(finding, with_all=with_all), indent=4)
            for each in each_of(finding.follows) if with_all else ():
                _say(f"  follows: {_line(each)}", indent=6)
        click.echo(_counted(findings))
    if any(finding.severity is Severity.ERROR for finding in findings):
        sys.exit(FOUND)


def _serve(paths: list[Path], port: int) -> None:
    for path in paths:
        if not (path / SETTINGS_FILE).is_file():
            raise BadInputError(f"--serve takes the folder of a variant, and {path} holds no {SETTINGS_FILE}.")
    folders = [WatchedFolder(path, handlers=_handlers(), today=today()) for path in paths]
    try:
        server = check_server(folders, port=port, today=today)
    except OSError as error:
        refuse(f"Nothing can be served on port {port}: {error.strerror}. Choose another with --port.")
    for folder in folders:
        click.echo(f"{folder.folder}: {_counted(folder.findings)}")
    click.echo(f"The modeller is answered at http://{HOST}:{server.effective_port}. Ctrl-C stops.")
    try:
        server.run()
    finally:
        server.close()


def _handlers() -> tuple[Handler, ...]:
    return tuple(handlers_by_name().values())


def _counted(findings: Sequence[Finding]) -> str:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = len(findings) - errors
    return f"{counted(errors, 'error')}, {counted(warnings, 'warning')}." if findings else "Sound: nothing found."


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
