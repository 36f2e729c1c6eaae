"""`asb explanations`: the log of second reports, and of who was told then that there are case reviews."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import click

from engine.casework.explanations.form import explanation_form
from engine.casework.explanations.log import change_explanation, enter_explanation, erase_explanation
from engine.casework.explanations.pages import LoggedReport, log_page, logged_report
from engine.casework.step.office import Office
from engine.casework.words.cells import safe_cell
from engine.casework.words.values import answers_in_words
from engine.cli.frame import ANSWERS_HELP, office, policy_of, print_json, read_answers, refuse
from engine.cli.layout import paragraph
from engine.forms import Field
from engine.variants import Variant
from engine.words import day_in_words, moment_in_words

#: Entries that are listed at once; whoever has more searches.
_MOST = 20_000
#: What of each is in the file besides its answers.
_DAYS = ("number", "reported_on", "explained_on", "due_on")


@click.command("explanations")
@click.argument("council")
@click.argument("number", type=click.IntRange(min=1), required=False)
@click.option("--answers", metavar="JSON", help=f"Enter a second report, or change NUMBER. {ANSWERS_HELP}")
@click.option("--erase", is_flag=True, help="Erase what the log says of NUMBER.")
@click.option("--reason", default="", metavar="WORDS", help="Why it is corrected or erased; it is kept in the log.")
@click.option("--as", "by", metavar="NAME", help="The person who does it, as variant.toml names them.")
@click.option("--open", "is_open", is_flag=True, help="Only those that nobody has explained yet, the oldest first.")
@click.option("--find", "search", default="", metavar="WORDS", help="Only those with these words.")
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True,
    help="Text for people, CSV for spreadsheets, JSON for programs.",
)  # fmt: skip
def explanations_command(
    council: str, number: int | None, answers: str | None, erase: bool, reason: str, by: str | None, is_open: bool,
    search: str, form: str,
) -> None:  # fmt: skip
    """List a council's log of second reports: to whom the case review was explained then, when, how and by whom.

    With NUMBER, one of them and what was said of it. With --answers one is entered or changed: all answers, as they
    are then. `asb questions COUNCIL --explanations` lists what is asked.

    \b
    Examples:
      asb explanations coventry --open
      asb explanations coventry --as "Officer 1" --answers @second.json
      asb explanations coventry 12 --as "Officer 1" --answers @explained.json
      asb explanations coventry 12 --erase --as "Officer 1" \\
          --reason "She asked for it"
    """
    opened = office()
    read = policy_of(opened, council)
    if answers is None and not erase:
        _show(opened, read, number, is_open=is_open, search=search, form=form)
        return
    if by is None:
        refuse("Say who does it: --as NAME.")
    if answers is not None and erase:
        refuse("Either --answers or --erase: what is erased has no answers.")
    if erase:
        if number is None:
            refuse("Say which is erased: its NUMBER, as `asb explanations` lists it.")
        erase_explanation(opened, read, number, by=by, reason=reason)
        click.echo(f"What the log said of second report {number} is erased.")
    elif number is None:
        entered = enter_explanation(opened, read, read_answers(answers or ""), by=by)
        click.echo(f"Second report {entered} is in the log.")
    else:
        change_explanation(opened, read, number, read_answers(answers or ""), by=by, reason=reason)
        click.echo(f"Second report {number} is changed. What was said before stays in the log.")


def _show(opened: Office, read: Variant, number: int | None, *, is_open: bool, search: str, form: str) -> None:
    if number is not None:
        _show_one(opened, read, number, form)
        return
    found = log_page(opened, read, by=None, search=search, is_explained=False if is_open else None, limit=_MOST)
    if form == "json":
        print_json([each.to_json() for each in found.reports])
    elif form == "csv":
        fields = [question.field for question in explanation_form(opened, read).form.questions]
        click.echo(_file(found.reports, fields), nl=False)
    else:
        for each in found.reports:
            late = "  late" if each.is_late(found.today) else ""
            click.echo(f"{each.number:>6}  {each.reported_on.isoformat()}  {_standing(each):<24}  {each.title}{late}")
        if not found.reports:
            click.echo("Nothing in the log is like that." if search or is_open else "The log is empty.")


def _show_one(opened: Office, read: Variant, number: int, form: str) -> None:
    report, history = logged_report(opened, read, number, by=None)
    if form == "json":
        print_json(report.to_json())
        return
    click.echo(f"Second report {number} of {day_in_words(report.reported_on)}: {_standing(report)}")
    for words in answers_in_words(report.answers, explanation_form(opened, read).form):
        click.echo(paragraph(words, first="  ", indent=4))
    if report.due is not None:
        click.echo(paragraph(report.due.explanation, first="  ", indent=4))
    for entry in history:
        why = f": {entry.reason}" if entry.reason else ""
        by = f" by {entry.by}" if entry.by else ""
        click.echo(paragraph(f"{entry.kind}{by}, {moment_in_words(entry.at)}{why}", first="  ", indent=4))
        for sentence in entry.changes:
            click.echo(paragraph(sentence, first="    ", indent=6))


def _standing(report: LoggedReport) -> str:
    if report.is_erased:
        return "erased"
    if report.explained_on is not None:
        return f"explained {report.explained_on.isoformat()}"
    return f"due {report.due.due_on.isoformat()}" if report.due is not None else "not explained yet"


def _file(reports: Iterable[LoggedReport], fields: Sequence[Field]) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(["number", "reported_on", "explained_on", "due_on", *(field.key for field in fields)])
    for each in reports:
        said = each.to_json()
        answers = (each.answers.get(field.key) for field in fields)
        row = ("; ".join(map(str, value)) if isinstance(value, list) else value for value in answers)
        writer.writerow([safe_cell(value) for value in (*(said[key] for key in _DAYS), *row)])
    return lines.getvalue()
