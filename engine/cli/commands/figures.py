"""`asb figures`: what is to be published at least every 12 months."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

from engine.casework.overview import YearlyFigures, yearly_figures
from engine.casework.overview.figures import Counted, count_figures
from engine.casework.overview.figures_pdf import figures_pdf
from engine.casework.overview.figures_rows import figures_rows
from engine.casework.overview.figures_sheet import figures_sheet
from engine.casework.overview.figures_word import figures_word
from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.cli.frame import office, policy_of, print_json
from engine.cli.layout import paragraph
from engine.cli.yearly_table import as_json, as_lines
from engine.errors import BadInputError
from engine.variants import Variant
from engine.words import day_in_words

#: By how the name of the file ends.
_DOCUMENTS = {".docx": figures_word, ".pdf": figures_pdf}
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("figures")
@click.argument("councils", metavar="COUNCIL...", nargs=-1, required=True)
@click.option("--from", "first", required=True, metavar="DAY", type=_DAY, help="The first day, like 2026-04-01.")
@click.option("--to", "last", required=True, metavar="DAY", type=_DAY, help="The last day, which counts too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="Text for people, CSV for spreadsheets, JSON for programs.",
)
@click.option("--by", type=click.Choice(["year"]), help="A row for each year; several councils always come so.")
@click.option("--cases", "shows_cases", is_flag=True, help="Name the cases behind each number.")
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
    help="Write them by year as a document with a chart instead: FILE.docx (Word) or FILE.pdf.",
)  # fmt: skip
def figures_command(
    councils: Sequence[str],
    first: datetime,
    last: datetime,
    form: str,
    by: str | None,
    shows_cases: bool,
    out: Path | None,
) -> None:
    """Count what each COUNCIL has to publish (L104.9) for any period, by the policy that is in force.

    Each figure is counted by itself from what was decided, not from the ways that cases took: they need not add up.
    Its variant.toml says under [figures] what is counted, under [[entered_figures]] what was published before, and
    under [figures_table] how the table of a document is laid out, with several councils that of the first.

    \b
    Examples:
      asb figures hertsmere --from 2026-04-01 --to 2027-03-31
      asb figures hertsmere --from 2026-04-01 --to 2027-03-31 --format csv
      asb figures hertsmere --from 2026-04-01 --to 2027-03-31 --cases
      asb figures hertsmere selby --from 2016-04-01 --to 2027-03-31 --by year
      asb figures selby --from 2021-04-01 --to 2022-03-31 --out figures.pdf
    """
    opened = office()
    named = [policy_of(opened, name) for name in councils]
    if out is not None:
        _document(opened, named, first.date(), last.date(), out, shows_cases=shows_cases)
        return
    if by == "year" or len(named) > 1 or named[0].settings.areas:
        _by_year(opened, named, first.date(), last.date(), form, shows_cases=shows_cases)
        return
    read = named[0]
    counted = count_figures(opened, read, first=first.date(), last=last.date())
    if form == "json":
        print_json({
            "council": read.id, "from": first.date().isoformat(), "to": last.date().isoformat(),
            "figures": [each.to_json(with_cases=shows_cases) for each in counted],
        })  # fmt: skip
    elif form == "csv":
        click.echo(_cases_file(counted) if shows_cases else _file(counted, first.date(), last.date()), nl=False)
    else:
        click.echo(f"{read.name}, {day_in_words(first)} to {day_in_words(last)}")
        for each in counted:
            click.echo(paragraph(each.figure.label, first=f"{each.count:>6}  ", indent=8))
            for case in each.cases if shows_cases else ():
                click.echo(f"        {case.day.isoformat()}  {case.words}")
        click.echo(paragraph("Each is counted by itself from what was decided; they need not add up."))


def _document(
    opened: Office, variants: Sequence[Variant], first: date, last: date, out: Path, *, shows_cases: bool
) -> None:
    write = _DOCUMENTS.get(out.suffix.lower())
    if write is None:
        raise BadInputError(f"“{out.name[:60]}” is no document that is made. Name a file that ends in .docx or .pdf.")
    if shows_cases:
        raise BadInputError("A document of the figures names no cases. Leave out --cases, or leave out --out.")
    table = _yearly(opened, variants, first, last)
    language = variants[0].settings.languages[0]
    out.write_bytes(write(figures_sheet(table, variants, made_on=opened.today, language=language)))
    click.echo(out)


def _by_year(
    opened: Office, variants: Sequence[Variant], first: date, last: date, form: str, *, shows_cases: bool
) -> None:
    table = _yearly(opened, variants, first, last)
    if form == "json":
        print_json(as_json(table, shows_cases=shows_cases))
    elif form == "csv":
        heading, *rows = figures_rows(table)
        click.echo(_csv([str(each) for each in heading], rows), nl=False)
    else:
        for line in as_lines(table, shows_cases=shows_cases):
            click.echo(line)


def _yearly(opened: Office, variants: Sequence[Variant], first: date, last: date) -> YearlyFigures:
    return yearly_figures(opened, variants, first=first, last=last, council_of=partial(policy_in_force, opened))


def _file(counted: Iterable[Counted], first: date, last: date) -> str:
    rows = ((each.figure.id, each.figure.label, each.count, first, last) for each in counted)
    return _csv(("figure", "label", "count", "from", "to"), rows)


def _cases_file(counted: Iterable[Counted]) -> str:
    rows = ((each.figure.id, case.day, case.reference, case.item) for each in counted for case in each.cases)
    return _csv(("figure", "day", "case", "about"), rows)


def _csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return lines.getvalue()
