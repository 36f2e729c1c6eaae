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
@click.option("--by", default="the applicant", metavar="NAME", show_default=True, help="Who applies.")
def open_command(variant: str, application: Path, by: str) -> None:
    """Open a case with an application; print its reference.

    APPLICATION.json holds the answers of the application form as a JSON object. `asb questions VARIANT` lists what
    is asked.

    \b
    Example:
      asb open hertsmere bpmn/hertsmere/scenarios/application.json
    """
    answers = read_answers(f"@{application}", str(application))
    read = variant_of(variant)
    opened = office()
    reference = open_case(opened, read, answers, by=by)
    bring_up_to_date(opened)
    click.echo(reference)
