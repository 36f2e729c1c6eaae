"""Absences: one's own, and for those who manage others theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import FormAnswersError
from engine.staff.absences import end_absence, list_absences, may_set_absences_of, set_absence
from engine.variants import VariantSettings
from webui.access import Right, allow, person
from webui.policyforms.days import join_day
from webui.shell.filters import short_day
from webui.shell.office import office, policy, today

blueprint = Blueprint("absence", __name__, url_prefix="/absences")


@blueprint.get("")
@allow(Right.DO_TASKS)
def list() -> str:
    return _page({})


@blueprint.post("")
@allow(Right.DO_TASKS)
def add() -> Response | tuple[str, int]:
    me, settings = person(), _settings()
    problems: dict[str, str] = {}
    first_day = _day("first_day", "Enter the first day away.", problems)
    last_day = _day("last_day", "Enter the last day away.", problems)
    deputy = request.form.get("deputy", "")
    if deputy not in _possible_deputies(settings):  # whoever else stands in for them would see their tasks and cases
        problems["deputy"] = "Select who stands in."
    if problems or first_day is None or last_day is None:
        return _page(problems), 422
    away = request.form.get("person") or me.name
    try:
        set_absence(
            office().database, office().clock, settings, me.council_id,
            person=away, deputy=deputy, first_day=first_day, last_day=last_day, by=me.name,
        )  # fmt: skip
    except FormAnswersError as error:
        return _page(dict(error.problems)), 422
    whose = "your" if away == me.name else f"{away}’s"
    flash(f"{deputy} can do {whose} tasks from {short_day(first_day)} to {short_day(last_day)}.", "success")
    return redirect(url_for("absence.list"))


@blueprint.post("/<int:absence_id>/end")
@allow(Right.DO_TASKS)
def end(absence_id: int) -> Response:
    end_absence(office().database, office().clock, _settings(), person().council_id, absence_id, by=person().name)
    flash("The absence has ended.", "success")
    return redirect(url_for("absence.list"))


def _page(problems: dict[str, str]) -> str:
    me, settings = person(), _settings()
    absences = list_absences(office().database, me.council_id, today())
    manages = [each.name for each in settings.people if may_set_absences_of(settings, me.name, each.name)]
    return render_template(
        "inbox/absences.html",
        absences=[each for each in absences if each.person in manages or me.name in (each.person, each.deputy)],
        manages=manages,
        people=[name for name in _possible_deputies(settings) if name != me.name or len(manages) > 1],
        me=me.name,
        today=today(),
        problems=problems,
        has_errors=bool(problems),
        typed=request.form,
    )


def _possible_deputies(settings: VariantSettings) -> Sequence[str]:
    """People of the person's teams; who sees all tasks chooses from all."""
    me = person()
    sees_all = Right.SEE_ALL_TASKS in me.rights
    return [each.name for each in settings.people if sees_all or set(each.teams) & me.teams or each.name == me.name]


def _settings() -> VariantSettings:
    """The people of the council as they are now."""
    return office().settings_in_force(policy(), person().council_id)


def _day(key: str, missing: str, problems: dict[str, Any]) -> date | None:
    typed = join_day(*(request.form.get(f"{key}-{part}", "") for part in ("day", "month", "year")))
    try:
        return date.fromisoformat(typed)
    except ValueError:
        problems[key] = missing if not typed else "The day must be a real day, like 27 3 2026."
        return None
