"""`asb open`: a case from its application."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

import click

from engine.casework.background.sweep import bring_up_to_date
from engine.casework.cases.intake import open_case
from engine.casework.cases.originals import take_original_for
from engine.casework.cases.staff_intake import enter_application
from engine.cli.frame import office, policy_of, read_answers, read_file, refuse

_THE_APPLICANT = "the applicant"


@click.command("open")
@click.argument("council")
@click.argument("application", type=click.Path(path_type=Path), metavar="APPLICATION.json")
@click.option("--by", default=_THE_APPLICANT, metavar="NAME", show_default=True, help="Who applies, or begins it.")
@click.option(
    "--original", type=click.Path(path_type=Path), metavar="FILE.eml",
    help="The email with which it came: its stamp is the day of receipt.",
)  # fmt: skip
@click.option("--start", default="", metavar="NAME", help="Begin a case for which nobody applied: one of [starts].")
def open_command(council: str, application: Path, by: str, original: Path | None, start: str) -> None:
    """Open a case of COUNCIL with an application, by the policy that is in force today; print its reference.

    APPLICATION.json holds the answers of the application form as a JSON object. `asb questions COUNCIL` lists what
    is asked. With --original it is what staff (--by) enter that came by email. With --start it is a case for which
    nobody applied, such as the remedy that the Ombudsman asks for.

    \b
    Examples:
      asb open hertsmere bpmn/hertsmere/scenarios/application.json
      asb open coventry report.json --start remedy --by "Officer 1"
      asb open coventry application.json --by "Officer 1" --original asked.eml
    """
    answers = read_answers(f"@{application}", str(application))
    opened = office()
    read = policy_of(opened, council)
    if original is None:
        reference = open_case(opened, read, answers, by=by, start=start)
    elif by == _THE_APPLICANT:
        refuse("Say who enters what came by email: --by NAME, as variant.toml names them.")
    else:
        email = take_original_for(opened, read, original.name, read_file(original))
        reference = enter_application(opened, read, answers, (), by=by, once=token_hex(8), start=start, original=email)
    bring_up_to_date(opened)
    click.echo(reference)
