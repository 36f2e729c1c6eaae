"""Staff enter an application that came by phone, letter or email, or begin a case for which nobody applied: all
questions on one page, and what came with it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from engine.casework.applications.form import ApplicationForm, Problems, application_form
from engine.casework.cases.originals import Original, take_original_for, with_receipt
from engine.casework.cases.staff_intake import enter_application
from engine.casework.cases.uploads import HandedIn, forget_files, take_file
from engine.casework.tasks.drafts import draft_of, drop_draft, keep_draft
from engine.errors import BadInputError, EngineError, FormAnswersError
from engine.forms import Field, FieldKind
from webui.access import Right, allow, person, typed_at, unsent
from webui.apply.blueprint import blueprint
from webui.policyforms import COMPLETE, UPDATE, read_answers, render_form, render_problems
from webui.policyforms.email_upload import EMAIL, LEFT_OUT, email_of_page, forget_email, takes_email
from webui.shell.office import office, policy

#: Under which name a person's draft of an application is kept.
PLACE = "application"
#: What came besides the answers, such as the scan of a letter.
BESIDES = "came_besides"


@dataclass(frozen=True)
class _Page:
    """What stands on the page: as typed, and the files that are kept already."""

    answers: Mapping[str, Any]
    files: tuple[HandedIn, ...]
    once: str  #: the same for two clicks on the same page

    def as_draft(self) -> dict[str, Any]:
        return {"answers": self.answers, "files": [file.as_json() for file in self.files], "once": self.once}


@blueprint.get("/applications/new")
@blueprint.get("/starts/<start>")
@allow(Right.ENTER_APPLICATIONS)
def enter(start: str = "") -> str:
    form, kept = _form(start), _kept(start)
    typed = unsent()
    page = kept if typed is None else replace(kept, answers=read_answers(form.form, typed)[0])
    email, problems = _email(start, form, is_sent=False)
    return _show(start, form, page, problems, email=email)


@blueprint.post("/applications/new")
@blueprint.post("/starts/<start>")
@allow(Right.ENTER_APPLICATIONS)
@typed_at("apply.enter")
def enter_it(start: str = "") -> Response | str | tuple[str, int]:
    form = _form(start)
    answers, action = read_answers(form.form, request.form)
    before = _kept(start)
    page, problems = _with_files(form, answers, before)
    email, untaken = _email(start, form, is_sent=action in (COMPLETE, "draft"))
    problems = (*problems, *untaken)
    if action not in (COMPLETE, "draft"):
        # scripts ask which questions there are at every change: what is typed so is kept when it is sent
        if page.files != before.files:
            _keep(start, page)
        shown = _show(start, form, page, problems, email=email, action="" if problems else action)
        return (shown, 422) if problems else shown
    _keep(start, page)
    if problems:
        return _show(start, form, page, problems, email=email), 422
    if action == "draft":
        flash("Your draft is kept. Nobody else sees it.", "success")
        return redirect(_address(start))
    try:
        said = form.said(_with_receipt(form, page.answers, email))
        named = {file.key for file in page.files} & said.keys() | {""}
        reference = enter_application(
            office(), policy(), said, [file for file in page.files if file.key in named],
            by=person().name, once=page.once, start=start, original=email,
        )  # fmt: skip
    except FormAnswersError as error:
        return _show(start, form, page, error.problems, email=email), 422
    drop_draft(office(), _place(start), **_own())
    forget_email(_place(start))
    what = _word(start) or "The application"
    flash(f"{what} is entered. The case is {reference}.", "success")
    return redirect(url_for("case.show", reference=reference))


@blueprint.post("/applications/new/clear")
@blueprint.post("/starts/<start>/clear")
@allow(Right.ENTER_APPLICATIONS)
def clear_draft(start: str = "") -> Response:
    files = _kept(start).files
    drop_draft(office(), _place(start), **_own())
    forget_files(office(), [file.digest for file in files])
    forget_email(_place(start))
    flash("Your draft is deleted.", "success")
    return redirect(_address(start))


def _form(start: str) -> ApplicationForm:
    return application_form(office(), policy(), for_public=False, start=start)


def _word(start: str) -> str:
    """What the case is that begins so; "" for an application."""
    return policy().settings.start(start).word if start else ""


def _address(start: str) -> str:
    return url_for("apply.enter", start=start) if start else url_for("apply.enter")


def _place(start: str) -> str:
    """Under which name a person's draft is kept."""
    return f"{PLACE} {start}" if start else PLACE


def _kept(start: str) -> _Page:
    draft = draft_of(office(), _place(start), **_own())
    if draft is None:
        return _Page({}, (), request.form.get("once", "") or secrets.token_hex(8))
    files = tuple(HandedIn.of(file) for file in draft.answers["files"])
    return _Page(draft.answers["answers"], files, draft.answers["once"])


def _keep(start: str, page: _Page) -> None:
    keep_draft(office(), _place(start), page.as_draft(), **_own())


def _own() -> dict[str, str]:
    return {"council_id": person().council_id, "person": person().name}


def _with_files(form: ApplicationForm, answers: dict[str, Any], before: _Page) -> tuple[_Page, Problems]:
    """The page with the files that were sent, without those that were removed; and which were not taken."""
    questions = [field for field in form.fields if field.kind is FieldKind.FILES]
    removed = set(request.form.getlist("remove_file"))
    files = [file for file in before.files if _stays(file, answers, removed)]
    problems = []
    sent: list[tuple[Field | None, FileStorage]] = [(None, file) for file in request.files.getlist(BESIDES)]
    for field in questions:
        sent += [(field, file) for file in request.files.getlist(field.key)]
    for asked, upload in sent:
        if not upload.filename:
            continue
        try:
            files.append(take_file(office(), files, upload.filename, upload.stream.read(), asked))
        except BadInputError as error:
            problems.append((asked.key if asked is not None else BESIDES, str(error)))
    for field in questions:
        names = [file.name for file in files if file.key == field.key]
        if names or field.key in answers:
            answers[field.key] = names if field.is_multiple else names[-1:]
    return _Page(answers, tuple(files), before.once), tuple(problems)


def _email(start: str, form: ApplicationForm, *, is_sent: bool) -> tuple[Original | None, Problems]:
    """The email itself, where it came by email; or why it was not taken."""
    if not takes_email(form.form):
        return None, ()
    variant = policy()
    try:
        taken = email_of_page(
            _place(start), lambda name, data: take_original_for(office(), variant, name, data), is_sent=is_sent
        )
    except EngineError as error:
        return None, ((EMAIL, str(error)),)
    return taken, ()


def _with_receipt(form: ApplicationForm, answers: Mapping[str, Any], email: Original | None) -> Mapping[str, Any]:
    """With the stamped day. Raises FormAnswersError at the question for it where another was typed."""
    receipt = form.form.receipt
    if email is None or receipt is None:
        return answers
    try:
        return with_receipt(answers, email, receipt)
    except BadInputError as error:
        raise FormAnswersError(((receipt.key, str(error)),)) from None


def _stays(file: HandedIn, answers: Mapping[str, Any], removed: set[str]) -> bool:
    if not file.key:
        return file.name not in removed
    return file.name in (answers.get(file.key) or ())


def _show(
    start: str, form: ApplicationForm, page: _Page, problems: Problems = (), *, email: Original | None, action: str = ""
) -> str:
    drawn = render_form(
        form.form, page.answers, scope=form.scope, now=form.now, functions=form.functions, problems=problems,
        people=form.people,
        action=action,
    )  # fmt: skip
    return render_template(
        "apply/enter.html", form=drawn, summary=render_problems(form.form, problems), has_errors=bool(problems),
        besides=[file for file in page.files if not file.key], once=page.once, name_of_besides=BESIDES,
        error=next((sentence for key, sentence in problems if key == BESIDES), ""),
        takes_email=takes_email(form.form), name_of_email=EMAIL, left_out=LEFT_OUT, email=email,
        email_error=next((sentence for key, sentence in problems if key == EMAIL), ""),
        has_draft=bool(page.answers or page.files or email), update=UPDATE, start=start, word=_word(start),
        starts=() if start else policy().settings.starts, address=_address(start),
    )  # fmt: skip
