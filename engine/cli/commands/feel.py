"""`asb feel`: the value of an expression by itself."""

from __future__ import annotations

import click

from engine import feel
from engine.calendar import Calendar, feel_functions
from engine.cli.frame import print_json, read_answers
from engine.cli.unknown_names import say_missing
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
    say_missing(name for name in parsed.names if name not in known)
    unknown = sorted({call.function for call in parsed.calls} - feel.BUILTINS - set(functions) - set(known))
    for name in unknown:
        click.echo(f"There is no function “{name}”, so what it gives counts as null.", err=True)
    print_json(feel.to_json(value))
