"""`asb feel`, `asb decide`: an expression or a table by itself."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from engine import dmn, feel
from engine.calendar import Calendar, feel_functions
from engine.cli.frame import print_json, read_answers, read_file
from engine.cli.layout import paragraph
from engine.clock import LONDON, SystemClock


# an expression may start with a minus, which is no option then
@click.command("feel", context_settings={"ignore_unknown_options": True})
@click.argument("expression")
@click.option(
    "--context", default="{}", metavar="JSON", help="Names and their values; @FILE reads a file, - standard input."
)
def feel_command(expression: str, context: str) -> None:
    """Print the value of a FEEL EXPRESSION as JSON.

    Dates, times and durations are printed as text. Names that nobody gave count as null; they are said on standard
    error.

    \b
    Examples:
      asb feel 'date("2026-05-05") - date("2026-04-30")'
      asb feel 'count(reports) >= 3' --context '{"reports": [1, 2, 3]}'
    """
    functions = feel_functions(Calendar())
    known = feel.from_json(read_answers(context, "--context"))
    value = feel.evaluate(expression, known, now=SystemClock().now().astimezone(LONDON), functions=functions)
    parsed = feel.parse(expression, [*known, *functions])
    _say_missing(name for name in parsed.names if name not in known)
    unknown = sorted({call.function for call in parsed.calls} - feel.BUILTINS - set(functions) - set(known))
    for name in unknown:
        click.echo(f"There is no function “{name}”, so what it gives counts as null.", err=True)
    print_json(feel.to_json(value))


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.dmn")
@click.option("--decision", required=True, metavar="NAME", help="The decision's name or id in the file.")
@click.option(
    "--input", "inputs", default="{}", metavar="JSON", help="The inputs by name; @FILE reads a file, - standard input."
)
@click.option(
    "--explain", is_flag=True, help="Say what was read, which rules matched and why, instead of the result alone."
)
def decide(file: Path, decision: str, inputs: str, explain: bool) -> None:
    """Print what a decision in FILE.dmn decides, as JSON.

    \b
    Example:
      asb decide bpmn/hertsmere/threshold.dmn --decision threshold --explain \\
          --input '{"safeguarding_review_needed": "yes"}'
    """
    definitions = dmn.load(read_file(file), name=file.name)
    given = definitions.inputs_from_json(decision, read_answers(inputs, "--input"))
    made = definitions.explain(
        decision, given, now=SystemClock().now().astimezone(LONDON), functions=feel_functions(Calendar())
    )
    if explain:
        for line in made.text().splitlines():
            depth = len(line) - len(line.lstrip())
            click.echo(paragraph(line.strip(), first=" " * depth, indent=depth + 2))
        return
    _say_missing(name for name, was_given in _told(made).items() if not was_given)
    for name in sorted(set(given) - set(_told(made))):
        click.echo(f"“{name}” was not read by this decision.", err=True)
    print_json(feel.to_json(made.value))


def _told(made: dmn.Explanation) -> dict[str, bool]:
    """What was read from outside, by this decision and those it requires: whether it was given."""
    told: dict[str, bool] = {}
    waiting = [made]
    while waiting:
        each = waiting.pop()
        told |= {read.name: read.was_given for read in each.told}
        waiting.extend(each.requires)
    return told


def _say_missing(names: Iterable[str]) -> None:
    for name in sorted(names):
        click.echo(f"“{name}” is not given, so it counts as null.", err=True)
