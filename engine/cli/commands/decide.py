"""`asb decide`: what a table decides by itself."""

from __future__ import annotations

from pathlib import Path

import click

from engine import dmn, feel
from engine.calendar import Calendar, feel_functions
from engine.cli.frame import print_json, read_answers, read_file
from engine.cli.layout import paragraph
from engine.cli.unknown_names import say_missing
from engine.clock import LONDON, SystemClock


@click.command("decide")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.dmn")
@click.option("--decision", required=True, metavar="NAME", help="The decision's name or id in the file.")
@click.option(
    "--input",
    "inputs",
    default="{}",
    metavar="JSON",
    help="The inputs by name, and values of decisions read; @FILE reads a file, - standard input.",
)
@click.option(
    "--explain", is_flag=True, help="Say what was read, which rules matched and why, instead of the result alone."
)
def decide_command(file: Path, decision: str, inputs: str, explain: bool) -> None:
    """Print what a decision in FILE.dmn decides, as JSON.

    \b
    Example:
      asb decide bpmn/hertsmere/threshold.dmn --decision threshold --explain \\
          --input '{"safeguarding_review_needed": "yes"}'
    """
    definitions = dmn.load(read_file(file), name=file.name)
    given = definitions.inputs_from_json(decision, read_answers(inputs, "--input"))
    required = definitions.required_by(decision)
    stand_in = {required[name]: given.pop(name) for name in sorted(set(given) & set(required))}
    made = definitions.explain(
        decision,
        given,
        now=SystemClock().now().astimezone(LONDON),
        functions=feel_functions(Calendar()),
        stand_in=stand_in,
    )
    if explain:
        for line in made.text().splitlines():
            depth = len(line) - len(line.lstrip())
            click.echo(paragraph(line.strip(), first=" " * depth, indent=depth + 2))
        return
    say_missing(name for name, was_given in _told(made).items() if not was_given)
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
