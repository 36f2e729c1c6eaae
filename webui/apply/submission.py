"""All answers on one page, sending them, and the receipt."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.casework.applications.application import read_receipt, send_application
from engine.casework.applications.form import Problems
from engine.errors import ApplicationNotFoundError, BadInputError, FormAnswersError
from engine.forms import Field
from webui.access import Right, allow
from webui.apply.blueprint import blueprint
from webui.apply.draft import FROM_CHECK, Writing, forget, writing
from webui.apply.list_entries import problems_by_entry
from webui.policyforms import rows_of_answers
from webui.shell.office import office
from webui.shell.public_pages import public_page, public_policy

_FROM_HERE: dict[str, Any] = {"from": FROM_CHECK}


@blueprint.get("/apply/<council>/check")
@allow(Right.PUBLIC)
def check(council: str) -> Response | str:
    found = writing(council)
    if not isinstance(found, Writing):
        return found
    return _page(found, found.form.problems(found.answers))


@blueprint.post("/apply/<council>/check")
@allow(Right.PUBLIC)
def send(council: str) -> Response | str | tuple[str, int]:
    found = writing(council)
    if not isinstance(found, Writing):
        return found
    try:
        send_application(office(), found.variant, found.code, address=request.remote_addr or "")
    except FormAnswersError as error:
        return _page(found, error.problems, has_errors=True), 422
    except BadInputError as error:
        flash(str(error))
        return redirect(url_for("apply.check", council=council))
    return redirect(url_for("apply.received", council=council))


@blueprint.get("/apply/<council>/received")
@allow(Right.PUBLIC)
def received(council: str) -> Response | str:
    """The receipt: what it says of the sending never changes."""
    found = writing(council)
    if not isinstance(found, Writing):
        return found
    try:
        receipt = read_receipt(office(), council, found.code)
    except ApplicationNotFoundError:
        return redirect(url_for("apply.check", council=council))
    return public_page("apply/received.html", found.variant, receipt=receipt, ends_on=found.application.ends_on)


@blueprint.post("/apply/<council>/received")
@allow(Right.PUBLIC)
def close_receipt(council: str) -> Response:
    public_policy(council)
    forget(council)
    return redirect(url_for("apply.start", council=council))


def _page(found: Writing, problems: Problems, *, has_errors: bool = False) -> str:
    rows = rows_of_answers(found.form.form, found.form.shown(found.answers), link_to=lambda f: _address(found, f))
    last = found.asked[-1] if found.asked else None
    return public_page(
        "apply/check.html", found.variant, rows=rows, missing=_missing(found, problems), has_errors=has_errors,
        back=found.address_of(last) if last else url_for("apply.code", council=found.variant.id),
    )  # fmt: skip


def _missing(found: Writing, problems: Problems) -> list[dict[str, Any]]:
    """What is missing or wrong, in the order of the questions, each with the address where it is put right."""
    lines = []
    for field in found.asked:
        of_field = [
            (path, sentence)
            for path, sentence in problems
            if path == field.key or path.startswith((f"{field.key}[", f"{field.key}."))
        ]
        by_entry = problems_by_entry(field, of_field)
        for number, each in sorted(by_entry.items()):
            where = _address(found, field)
            if number:
                where = url_for("apply.entry", council=found.variant.id, key=field.key, number=number, **_FROM_HERE)
            what = each[0][1] if number == 0 else f"{field.name}, {number}: {each[0][1]}"
            lines.append({"text": what, "href": where})
    return lines


def _address(found: Writing, field: Field) -> str:
    return url_for("apply.question", council=found.variant.id, key=field.key, **_FROM_HERE)
