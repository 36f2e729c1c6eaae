"""The pages of a task."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from engine.casework.cases.attachments import attach_file
from engine.casework.pages.aftermath import Aftermath, read_aftermath
from engine.casework.pages.task import TaskView, read_task
from engine.casework.rehearsal import alternatives, what_follows
from engine.casework.tasks.completion import complete_task
from engine.casework.tasks.drafts import draft_of, drop_draft, keep_draft, place_of_task
from engine.casework.tasks.rights import teams_of
from engine.casework.tasks.undo import undo_completion
from engine.errors import (
    EngineError,
    FormAnswersError,
    NotAllowedError,
    TaskAlreadyCompletedError,
    TaskCancelledError,
    TaskClaimedError,
)
from engine.forms import FieldKind, Form
from engine.model import TaskId, TaskStatus
from webui.access import Right, allow, may, person, settings_in_force, typed_at, unsent, unsent_text
from webui.access.audience import audiences
from webui.access.cases import case_for
from webui.policyforms import (
    facts_as_rows,
    first_answers,
    given_answers,
    read_answers,
    render_form,
    render_problems,
    rows_of_answers,
)
from webui.policyforms.problems import Problems
from webui.shell.office import office, today

blueprint = Blueprint("task", __name__, url_prefix="/tasks/<reference>/<int:number>")

#: What a colleague, or the case, did meanwhile. What was typed is kept.
_MEANWHILE = (TaskAlreadyCompletedError, TaskCancelledError, TaskClaimedError)


@blueprint.get("")
@allow(Right.SEE_TASKS)
def show(reference: str, number: int) -> Response | str | tuple[str, int]:
    task, view = _read(reference, number)
    typed = unsent()
    answers = read_answers(view.form, typed)[0] if typed is not None and view.form is not None else None
    if view.status is not TaskStatus.OPEN:
        if answers is not None:
            return _meanwhile(view, answers, f"“{view.name}” was done, or is no longer needed.")
        return redirect(url_for("task.done", reference=reference, number=number))
    if answers is not None:
        return _page(view, answers)
    draft = draft_of(office(), place_of_task(task), **_own())
    return _page(view, draft.answers if draft is not None else _first(view), draft=draft)


@blueprint.post("")
@allow(Right.DO_TASKS)
@typed_at("task.show")
def answer(reference: str, number: int) -> Response | str | tuple[str, int]:
    """Complete the task, or whatever else a button of its form says."""
    task, view = _read(reference, number)
    answers, action = read_answers(view.form, request.form) if view.form is not None else ({}, _action())
    if view.form is not None and view.status is TaskStatus.OPEN:
        _keep_files(view, view.form, answers)
    if view.status is TaskStatus.OPEN and action in ("draft", "next"):
        keep_draft(office(), place_of_task(task), answers, **_own())
    if action == "draft":
        flash("Your draft is kept. Nobody else sees it.", "success")
        return redirect(url_for("task.show", reference=reference, number=number))
    if view.status is TaskStatus.COMPLETED and view.completed_by == person().name:  # sent twice: it counts once
        return redirect(url_for("task.done", reference=reference, number=number))
    if action not in ("complete", "next"):
        return _page(view, answers, action=action)
    told = given_answers(view.form, answers, view.scope, now=view.now, functions=view.functions, people=view.people)
    try:
        if action == "next":
            _refuse_the_limited()
            follows = what_follows(office(), task, told, by=person().name, council_id=person().council_id)
            return _page(view, answers, follows=follows)
        complete_task(office(), task, told, by=person().name, council_id=person().council_id)
    except EngineError as error:
        keep_draft(office(), place_of_task(task), answers, **_own())
        return _refused(view, answers, error)
    if draft_of(office(), place_of_task(task), **_own()) is not None:
        drop_draft(office(), place_of_task(task), **_own())
    return redirect(url_for("task.done", reference=reference, number=number))


def _refused(view: TaskView, answers: Mapping[str, Any], error: EngineError) -> tuple[str, int]:
    """The page again with what is wrong, or what happened meanwhile; what was typed stands in it."""
    if isinstance(error, FormAnswersError):
        return _page(view, answers, problems=error.problems), 422
    if isinstance(error, _MEANWHILE):
        return _meanwhile(view, answers, str(error))
    return _page(view, answers, refusal=str(error)), 403 if isinstance(error, NotAllowedError) else 409


@blueprint.get("/next")
@allow(Right.DO_TASKS)
def follows(reference: str, number: int) -> Response | str:
    """What happens after each answer: the real step, run and rolled back."""
    task, view = _read(reference, number)
    _refuse_the_limited()
    if view.status is not TaskStatus.OPEN:
        return redirect(url_for("task.done", reference=reference, number=number))
    draft = draft_of(office(), place_of_task(task), **_own())
    answers = given_answers(
        view.form,
        draft.answers if draft is not None else _first(view),
        view.scope,
        now=view.now,
        functions=view.functions,
        people=view.people,
    )
    found = alternatives(office(), task, answers, by=person().name, council_id=person().council_id)
    questions = [(question, list(ways)) for question, ways in groupby(found, key=lambda way: way.question)]
    return render_template("task/next.html", view=view, questions=questions)


@blueprint.get("/done")
@allow(Right.SEE_TASKS)
def done(reference: str, number: int) -> Response | str:
    """What became of the task, and what followed."""
    task, view = _read(reference, number)
    if view.status is TaskStatus.OPEN:
        return redirect(url_for("task.show", reference=reference, number=number))
    reason = unsent_text("reason")
    return render_template("task/done.html", view=view, aftermath=_aftermath(task), reason=reason)


@blueprint.post("/undo")
@allow(Right.DO_TASKS)
@typed_at("task.done")
def undo(reference: str, number: int) -> Response | tuple[str, int]:
    """Take the completion back, while nothing has followed."""
    task, view = _read(reference, number)
    reason = request.form.get("reason", "")
    if not reason.strip():
        page = render_template(
            "task/done.html", view=view, aftermath=_aftermath(task), reason_missing=True, has_errors=True
        )
        return page, 422
    undo_completion(office(), task, reason=reason, by=person().name, council_id=person().council_id)
    flash(f"“{view.name}” is open again. The record keeps what was done and why it was undone.", "success")
    return redirect(url_for("task.show", reference=reference, number=number))


@blueprint.post("/attachments")
@allow(Right.DO_TASKS)
def attach(reference: str, number: int) -> Response:
    """Files that belong to the task. Their kind is told from what they hold, not from their names."""
    task, _ = _read(reference, number)
    files = [file for file in request.files.getlist("files") if file.filename]
    for file in files:
        _attach(task, file)
    flash(
        "Attached." if files else "No file was chosen. Choose one, then attach it.", "success" if files else "warning"
    )
    return redirect(url_for("task.show", reference=reference, number=number, _anchor="attachments"))


def _read(reference: str, number: int) -> tuple[TaskId, TaskView]:
    task = TaskId(reference=reference, number=number)
    case_for(reference, page=f"task {number}")
    return task, read_task(office(), task, by=person().name, council_id=person().council_id, audiences=audiences())


def _keep_files(view: TaskView, form: Form, answers: dict[str, Any]) -> None:
    """Files that answer a question are kept with the task; the answer names them."""
    for question in form.questions:
        key = question.field.key
        files = [file for file in request.files.getlist(key) if file.filename]
        if question.field.kind is FieldKind.FILES and files:
            added = [_attach(view.task_id, file) for file in files]
            answers[key] = [*(answers.get(key) or []), *added]


def _attach(task: TaskId, file: FileStorage) -> str:
    """The name under which the file is kept."""
    return attach_file(
        office(), task.reference, task.number, file.filename or "", file.stream.read(), by=person().name,
        council_id=person().council_id,
    ).name  # fmt: skip


def _refuse_the_limited() -> None:
    """What would follow holds letters and names; who may not read everything of the case is not shown it."""
    if audiences() is not None:
        abort(403)


def _aftermath(task: TaskId) -> Aftermath | None:
    """None for somebody who may not read everything of the case: what follows may not be for them."""
    return read_aftermath(office(), task, council_id=person().council_id) if audiences() is None else None


def _own() -> dict[str, str]:
    return {"council_id": person().council_id, "person": person().name}


def _action() -> str:
    return request.form.get("action", "complete")


def _first(view: TaskView) -> dict[str, Any]:
    return first_answers(view.form, view.scope) if view.form is not None else {}


def _page(view: TaskView, answers: Mapping[str, Any], *, action: str = "", problems: Problems = (), **more: Any) -> str:
    form, summary = "", ""
    if view.form is not None:
        form = render_form(
            view.form, answers, scope=view.scope, now=view.now, functions=view.functions, problems=problems,
            action=action, people=view.people,
        )  # fmt: skip
        summary = render_problems(view.form, problems)
    can_do = (
        may(Right.DO_TASKS) and view.refusal is None and view.claimed_by in (None, person().name, view.stands_in_for)
    )
    shown = [row for known in view.shown for row in facts_as_rows((known.field,), {known.field.key: known.value})]
    return render_template(
        "task/show.html", view=view, form=form, summary=summary, today=today(), has_errors=bool(problems),
        can_do=can_do, colleagues=_colleagues(view), sees_all=audiences() is None, shown=shown, **more,
    )  # fmt: skip


def _colleagues(view: TaskView) -> list[str]:
    """Who else is of the team that is to do it."""
    settings, me = settings_in_force(), person().name
    return [each.name for each in settings.people if each.name != me and view.team_id in teams_of(settings, each)]


def _meanwhile(view: TaskView, answers: Mapping[str, Any], sentence: str) -> tuple[str, int]:
    """What was typed is kept, and shown, so that nothing is lost."""
    typed = []
    if view.form is not None:
        asked = view.form.shown(answers, view.scope, now=view.now, functions=view.functions, people=view.people)
        typed = [row for row in rows_of_answers(view.form, asked) if row["value"]["html"]]
    return render_template("task/meanwhile.html", view=view, typed=typed, sentence=sentence), 409
