"""Entering a second report, that it was explained, and what was wrong; erasing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.casework.applications.form import ApplicationForm, Problems
from engine.casework.explanations.form import check_may_log, explanation_form, log_of
from engine.casework.explanations.log import REASON, change_explanation, enter_explanation, erase_explanation
from engine.casework.explanations.pages import LoggedReport, logged_report
from engine.errors import BadInputError, FormAnswersError
from webui.access import Right, allow, person, settings_in_force, typed_at, unsent
from webui.explanations.blueprint import blueprint
from webui.policyforms import COMPLETE, read_answers, render_form, render_problems
from webui.shell.office import office, policy


@blueprint.get("/new")
@allow(Right.LOG_EXPLANATIONS)
def enter() -> str:
    check_may_log(settings_in_force(), log_of(policy()), person().name)
    form, typed = explanation_form(office(), policy()), unsent()
    return _show(form, read_answers(form.form, typed)[0] if typed is not None else {})


@blueprint.post("/new")
@allow(Right.LOG_EXPLANATIONS)
@typed_at("explanations.enter")
def enter_it() -> Response | str | tuple[str, int]:
    form = explanation_form(office(), policy())
    answers, action = read_answers(form.form, request.form)
    if action != COMPLETE:
        return _show(form, answers, action=action)
    try:
        entry = enter_explanation(
            office(), policy(), form.said(answers), by=person().name, once=request.form.get("once", "")
        )
    except FormAnswersError as error:
        return _show(form, answers, error.problems), 422
    flash(f"Second report {entry} is in the log.", "success")
    return redirect(url_for("explanations.show", entry=entry))


@blueprint.get("/<int:entry>/change")
@allow(Right.LOG_EXPLANATIONS)
def change(entry: int) -> str:
    """The answers as they stand: to say that it was explained, or to correct one."""
    report, _ = logged_report(office(), policy(), entry, by=person().name)
    form, typed = explanation_form(office(), policy()), unsent()
    answers = read_answers(form.form, typed)[0] if typed is not None else report.answers
    return _show(form, answers, report=report, reason=typed.get(REASON, "") if typed is not None else "")


@blueprint.post("/<int:entry>/change")
@allow(Right.LOG_EXPLANATIONS)
@typed_at("explanations.change")
def change_it(entry: int) -> Response | str | tuple[str, int]:
    report, _ = logged_report(office(), policy(), entry, by=person().name)
    form, reason = explanation_form(office(), policy()), request.form.get(REASON, "")
    answers, action = read_answers(form.form, request.form)
    if action != COMPLETE:
        return _show(form, answers, action=action, report=report, reason=reason)
    try:
        change_explanation(office(), policy(), entry, form.said(answers), by=person().name, reason=reason)
    except FormAnswersError as error:
        return _show(form, answers, error.problems, report=report, reason=reason), 422
    except BadInputError as error:
        flash(str(error))
        return redirect(url_for("explanations.show", entry=entry))
    flash(f"Second report {entry} is changed. What was said before stays in the log.", "success")
    return redirect(url_for("explanations.show", entry=entry))


@blueprint.route("/<int:entry>/erase", methods=["GET", "POST"])
@allow(Right.LOG_EXPLANATIONS)
def erase(entry: int) -> Response | str | tuple[str, int]:
    """First what erasing means; then it is done."""
    report, _ = logged_report(office(), policy(), entry, by=person().name)
    if request.method == "GET":
        return render_template("explanations/erase.html", report=report, problem="")
    try:
        erase_explanation(office(), policy(), entry, by=person().name, reason=request.form.get(REASON, ""))
    except BadInputError as error:
        return render_template("explanations/erase.html", report=report, problem=str(error), has_errors=True), 422
    flash(f"What the log said of second report {entry} is erased.", "success")
    return redirect(url_for("explanations.show", entry=entry))


def _show(
    form: ApplicationForm, answers: Mapping[str, Any], problems: Problems = (), *, action: str = "",
    report: LoggedReport | None = None, reason: str = "",
) -> str:  # fmt: skip
    drawn = render_form(
        form.form, answers, scope=form.scope, now=form.now, functions=form.functions, problems=problems,
        people=form.people, action=action,
    )  # fmt: skip
    reason_problem = next((sentence for key, sentence in problems if key == REASON), "")
    summary = render_problems(form.form, [each for each in problems if each[0] != REASON])
    return render_template(
        "explanations/form.html", form=drawn, summary=summary, has_errors=bool(problems), report=report,
        reason=reason, reason_problem=reason_problem,
        once=request.form.get("once", "") or secrets.token_hex(8),
    )  # fmt: skip
