"""`asb open`: a case from its application."""

from __future__ import annotations

from pathlib import Path

import click

from engine.casework.background.sweep import bring_up_to_date
from engine.casework.cases.intake import open_case
from engine.cli.frame import office, read_answers, variant_of


@click.command("open")
@click.argument("variant")
@click.argument("application", type=click.Path(path_type=Path), metavar="APPLICATION.json")
@click.option("--by", default="the applicant", metavar="NAME", show_default=True, help="Who applies, or begins it.")
@click.option("--start", default="", metavar="NAME", help="Begin a case for which nobody applied: one of [starts].")
def open_command(variant: str, application: Path, by: str, start: str) -> None:
    """Open a case with an application; print its reference.

    APPLICATION.json holds the answers of the application form as a JSON object. `asb questions VARIANT` lists what
    is asked. With --start it is a case for which nobody applied, such as the remedy that the Ombudsman asks for.

    \b
    Examples:
      asb open hertsmere bpmn/hertsmere/scenarios/application.json
      asb open coventry report.json --start remedy --by "Officer 1"
    """
    answers = read_answers(f"@{application}", str(application))
    read = variant_of(variant)
    opened = office()
    reference = open_case(opened, read, answers, by=by, start=start)
    bring_up_to_date(opened)
    click.echo(reference)
