"""One question per page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from engine.casework.applications.application import change_answers, hand_in, take_out
from engine.errors import BadInputError
from engine.forms import Field, FieldKind
from webui.access import Right, allow
from webui.apply.blueprint import blueprint
from webui.apply.draft import Writing, nothing_for, writing
from webui.apply.list_entries import list_page
from webui.policyforms import COMPLETE, read_answers, render_form, render_problems
from webui.policyforms.problems import Problems
from webui.shell.office import office
from webui.shell.public_pages import public_page


@blueprint.route("/apply/<council>/question/<key>", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def question(council: str, key: str) -> Response | str | tuple[str, int]:
    found = writing(council)
    if not isinstance(found, Writing):
        return found
    field = found.field(key)
    if field is None:
        if found.form.field(key) is None:
            abort(404)
        return redirect(found.go_on())  # not asked as the answers stand
    if field.kind is FieldKind.LIST:
        return list_page(found, field)
    if request.method == "GET":
        return _page(found, field, found.answers)
    return _take_files(found, field) if field.kind is FieldKind.FILES else _take(found, field)


def _take(found: Writing, field: Field) -> Response | tuple[str, int]:
    answers, _ = read_answers(found.form.form, request.form)
    # what else was sent is not on this page
    answered = {**found.answers, field.key: answers.get(field.key, nothing_for(field))}
    problems = found.form.problems_at(field.key, answered)
    if problems:
        return _page(found, field, answered, problems), 422
    return redirect(_keep(found, field, answered[field.key]).after(field))


def _take_files(found: Writing, field: Field) -> Response | tuple[str, int]:
    """The files that are chosen are added to those there; Continue without any goes on with what there is."""
    code, council = found.code, found.variant.id
    listed, action = read_answers(found.form.form, request.form)
    if action.startswith("remove:"):
        take_out(office(), council, code, field.key, listed.get(field.key, []))
        return redirect(request.full_path.rstrip("?"))
    chosen = [file for file in request.files.getlist(field.key) if file.filename]
    for file in chosen:
        try:
            hand_in(
                office(), found.variant, code, field.key, file.filename or "", file.stream.read(),
                address=request.remote_addr or "",
            )  # fmt: skip
        except BadInputError as error:
            kept = writing(council)  # those before it stay
            answers = kept.answers if isinstance(kept, Writing) else found.answers
            return _page(found, field, answers, ((field.key, str(error)),)), 422
    if chosen:
        return redirect(request.full_path.rstrip("?"))
    answered = {**found.answers, field.key: found.answers.get(field.key, [])}
    problems = found.form.problems_at(field.key, answered)
    if problems:
        return _page(found, field, answered, problems), 422
    return redirect(_keep(found, field, answered[field.key]).after(field))


def _keep(found: Writing, field: Field, answer: Any) -> Writing:
    kept = change_answers(office(), found.variant.id, found.code, lambda answers: answers.update({field.key: answer}))
    return Writing(found.variant, found.code, kept)


def _page(found: Writing, field: Field, answers: Mapping[str, Any], problems: Problems = ()) -> str:
    asked = found.form
    drawn = render_form(
        asked.form, answers, scope=asked.scope, now=asked.now, functions=asked.functions, problems=problems,
        people=asked.people,
        only=field.key, is_about_reader=True,
    )  # fmt: skip
    number, of = found.place_of(field)
    return public_page(
        "apply/question.html", found.variant, title=field.name, question=drawn, number=number, of=of,
        summary=render_problems(asked.form, problems), has_errors=bool(problems), back=found.before(field),
        is_file=field.kind is FieldKind.FILES, files=answers.get(field.key) if field.kind is FieldKind.FILES else None,
        complete=COMPLETE,
    )  # fmt: skip
