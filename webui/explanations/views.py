"""The list of second reports, one of them with what was said of it, and all of them as a file."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from engine.casework.explanations.form import explanation_form
from engine.casework.explanations.pages import log_page, logged_report
from engine.casework.words.values import in_words
from engine.forms import Field, FieldKind
from webui.access import Right, allow, person
from webui.explanations.blueprint import blueprint
from webui.overview.download import csv_file
from webui.policyforms import facts_as_rows
from webui.shell.office import office, policy, today
from webui.shell.pagination import SIZE, page_asked

#: Rows of the file; whoever has more searches.
MOST = 20_000
_LONGEST_SEARCH = 200
#: What an address says of those that are shown.
_EXPLAINED = {"no": False, "yes": True}


@blueprint.get("")
@allow(Right.LOG_EXPLANATIONS)
def entries() -> str:
    """Whose second reports there were, and to whom the review was explained. The choice stands in the address."""
    page, (search, explained) = page_asked(), _asked()
    found = log_page(
        office(), policy(), by=person().name, search=search, is_explained=_EXPLAINED.get(explained), limit=SIZE,
        offset=page.offset,
    )  # fmt: skip
    chosen = {name: value for name, value in (("search", search), ("explained", explained)) if value}
    return render_template(
        "explanations/entries.html", found=found, search=search, explained=explained, chosen=chosen,
        pagination=page.links(found.found, chosen),
    )  # fmt: skip


@blueprint.get("/<int:entry>")
@allow(Right.LOG_EXPLANATIONS)
def show(entry: int) -> str:
    report, history = logged_report(office(), policy(), entry, by=person().name)
    rows = facts_as_rows(explanation_form(office(), policy()).form.fields, report.answers)
    return render_template("explanations/show.html", report=report, history=history, rows=rows, today=today())


@blueprint.get("/log.csv")
@allow(Right.LOG_EXPLANATIONS)
def file() -> Response:
    """What the list shows, with every answer."""
    search, explained = _asked()
    found = log_page(
        office(), policy(), by=person().name, search=search, is_explained=_EXPLAINED.get(explained), limit=MOST
    )
    fields = [question.field for question in explanation_form(office(), policy()).form.questions]
    return csv_file(
        f"second-reports-{today().isoformat()}",
        ("Number", "To be explained by", *(field.name for field in fields)),
        (
            (
                each.number, each.due.due_on if each.due is not None else None,
                *(_cell(each.answers.get(field.key), field) for field in fields),
            )
            for each in found.reports
        ),
    )  # fmt: skip


def _cell(said: Any, field: Field) -> object:
    return said if said is None or field.kind is FieldKind.DATE else in_words(said, field)


def _asked() -> tuple[str, str]:
    explained = request.args.get("explained", "")
    return request.args.get("search", "")[:_LONGEST_SEARCH].strip(), explained if explained in _EXPLAINED else ""
