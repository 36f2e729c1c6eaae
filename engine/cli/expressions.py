"""`asb feel`, `asb decide`: an expression or a table by itself."""

from __future__ import annotations

from pathlib import Path

import click

from engine import dmn, feel
from engine.calendar import Calendar, feel_functions
from engine.cli.frame import print_json, read_answers, read_file
from engine.clock import LONDON, SystemClock


@click.command("feel")
@click.argument("expression")
@click.option("--context", default="{}", metavar="JSON", help="Names and their values; @FILE reads a file.")
def feel_command(expression: str, context: str) -> None:
    """Print the value of a FEEL EXPRESSION as JSON.

    Example: asb feel 'count(reports) >= 3' --context '{"reports": [1, 2, 3]}'
    """
    value = feel.evaluate(
        expression, feel.from_json(read_answers(context, "--context")), now=SystemClock().now().astimezone(LONDON),
        functions=feel_functions(Calendar()),
    )
    print_json(feel.to_json(value))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--decision", required=True, metavar="NAME", help="The decision's name or id.")
@click.option("--input", "inputs", default="{}", metavar="JSON", help="The inputs by name; @FILE reads a file.")
@click.option("--explain", is_flag=True, help="Say which rules matched, and why.")
def decide(file: Path, decision: str, inputs: str, explain: bool) -> None:
    """Decide by a table: print the result of a decision in FILE.dmn as JSON."""
    definitions = dmn.load(read_file(file), name=file.name)
    known = definitions.inputs_from_json(decision, read_answers(inputs, "--input"))
    now = SystemClock().now().astimezone(LONDON)
    functions = feel_functions(Calendar())
    if explain:
        click.echo(definitions.explain(decision, known, now=now, functions=functions).text())
    else:
        print_json(feel.to_json(definitions.decide(decision, known, now=now, functions=functions)))
