"""Notes, files, and what was wrong."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from engine import feel
from engine.casework.cases.attachments import attach_file
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.file_types import LARGEST_FILE, TAKEN, TAKEN_IN_WORDS
from engine.casework.cases.notes import LONGEST_NOTE, add_note
from engine.casework.pages.case import Correction, read_correction, read_file_of, read_files, read_notes
from engine.casework.rehearsal import Consequences, what_follows_correcting
from engine.errors import BadInputError, FormAnswersError
from engine.forms import ABOUT
from webui.access import Right, allow, person, typed_at, unsent, unsent_text
from webui.access.audience import audiences
from webui.case.blueprint import blueprint, page_of, seen
from webui.policyforms import read_answers, render_form, render_problems
from webui.policyforms.defaults import as_answer
from webui.policyforms.problems import Problems
from webui.shell.office import office

#: A file is given to keep, never to be shown or run here.
_NEVER_RUN = "default-src 'none'; sandbox"


@blueprint.get("/<reference>/notes")
@allow(Right.SEE_ALL_CASES)
def notes(reference: str) -> str:
    return _notes(reference, text=unsent_text("note"))


@blueprint.post("/<reference>/notes")
@allow(Right.CHANGE_CASES)
@typed_at("case.notes")
def add_note_to(reference: str) -> Answer | tuple[str, int]:
    text = request.form.get("note", "")
    seen(reference, "notes")
    if audiences() is not None:  # they could not read it again
        abort(403)
    try:
        add_note(office(), reference, text, by=person().name, council_id=person().council_id)
    except BadInputError as error:
        return _notes(reference, text=text, problem=str(error), has_errors=True), 422
    flash("The note is added.", "success")
    return redirect(url_for("case.notes", reference=reference))


def _notes(reference: str, **more: Any) -> str:
    view = read_notes(office(), reference, **seen(reference, "notes"))
    return page_of("notes", view, endpoint="case.notes", longest=LONGEST_NOTE, **more)


@blueprint.get("/<reference>/attachments")
@allow(Right.SEE_CASES)
def attachments(reference: str) -> str:
    return _files(reference)


@blueprint.post("/<reference>/attachments")
@allow(Right.CHANGE_CASES)
def attach(reference: str) -> Answer | tuple[str, int]:
    """Files for the case itself. What is in them says what they are."""
    seen(reference, "files")
    files = [file for file in request.files.getlist("files") if file.filename]
    problems = [] if files else ["Select a file."]
    for file in files:
        try:
            data = file.stream.read(LARGEST_FILE + 1)
            attach_file(
                office(), reference, None, file.filename or "", data, by=person().name, council_id=person().council_id
            )
        except BadInputError as error:
            problems.append(str(error))
    if problems:
        return _files(reference, problems=problems, has_errors=True), 422
    flash("The file is added." if len(files) == 1 else f"{len(files)} files are added.", "success")
    return redirect(url_for("case.attachments", reference=reference))


def _files(reference: str, **more: Any) -> str:
    view = read_files(office(), reference, **seen(reference, "files"))
    endings = ",".join(ending for each in TAKEN.values() for ending in each)
    return page_of(
        "attachments", view, endpoint="case.attachments", taken=TAKEN_IN_WORDS, accept=endings,
        megabytes=LARGEST_FILE // 1_000_000, **more,
    )  # fmt: skip


@blueprint.get("/<reference>/attachments/<int:number>")
@allow(Right.SEE_CASES)
def attachment(reference: str, number: int) -> Response:
    """A file as it came, to keep."""
    file, data = read_file_of(office(), reference, number, **seen(reference, f"file {number}"))
    response = Response(data, content_type=file.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    response.headers["Content-Security-Policy"] = _NEVER_RUN
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.get("/<reference>/known/<name>")
@allow(Right.CHANGE_CASES)
def correct(reference: str, name: str) -> str:
    """One question again, with what is known as its answer."""
    found = _asked(reference, name)
    typed = unsent()
    if typed is not None:
        return _question(found, read_answers(found.form, typed)[0], reason=typed.get("reason", ""))
    return _question(found, {key: as_answer(value) for key, value in found.answers.items()})


@blueprint.post("/<reference>/known/<name>")
@allow(Right.CHANGE_CASES)
@typed_at("case.correct")
def correct_it(reference: str, name: str) -> Answer | str | tuple[str, int]:
    found = _asked(reference, name)
    answers, action = read_answers(found.form, request.form)
    reason = request.form.get("reason", "").strip()
    if action != "complete":
        return _question(found, answers, reason=reason)
    missing = "" if reason else "Enter why it is corrected."
    try:
        told = found.form.validate(
            answers, found.scope, now=found.now, functions=found.functions, people=found.people.aside()
        )
    except FormAnswersError as error:
        return _question(found, answers, reason=reason, problems=error.problems, reason_problem=missing), 422
    if missing:
        return _question(found, answers, reason=reason, reason_problem=missing), 422
    correction: dict[str, Any] = {
        "reason": reason, "by": person().name, "item_id": _item(), "council_id": person().council_id,
    }  # fmt: skip
    value = feel.to_json(told.get(f"{name}{ABOUT}") or told.get(name))
    try:
        if "seen" not in request.form:
            follows = what_follows_correcting(office(), reference, name, value, **correction)
            if follows.moves or follows.letters or follows.new_tasks:
                return _question(found, answers, reason=reason, follows=follows)
        correct_fact(office(), reference, name, value, **correction)
    except BadInputError as error:
        return _question(found, answers, reason=reason, problems=((name, str(error)),)), 422
    flash(f"“{found.label}” is corrected. What was said before stays in the record.", "success")
    return redirect(url_for("case.known", reference=reference))


def _item() -> str:
    return request.values.get("item", "")[:200]


def _asked(reference: str, name: str) -> Correction:
    return read_correction(office(), reference, name, _item(), **seen(reference, "what is known"))


def _question(
    found: Correction,
    answers: Any,
    *,
    reason: str = "",
    problems: Problems = (),
    reason_problem: str = "",
    follows: Consequences | None = None,
) -> str:
    form = render_form(
        found.form, answers, scope=found.scope, now=found.now, functions=found.functions, problems=problems,
        people=found.people,
    )  # fmt: skip
    return page_of(
        "correct", found, endpoint="case.known", form=form, summary=render_problems(found.form, problems),
        reason=reason, reason_problem=reason_problem, item=_item(), follows=follows,
        sees_all=audiences() is None, has_errors=bool(problems) or bool(reason_problem),
    )  # fmt: skip
