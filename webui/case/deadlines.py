"""Changing the deadline of a task or time frame, with a reason."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.casework.pages.case import read_tasks
from engine.casework.tasks.deadlines import extend_deadline, resume_deadline, suspend_deadline, take_back_extension
from engine.errors import BadInputError
from engine.model import TaskId
from webui.access import Right, allow, person, typed_at, unsent
from webui.case.blueprint import blueprint, page_of, seen
from webui.policyforms.days import join_day
from webui.shell.office import office

_DONE = {
    "extend": "The deadline is changed. The old day stays in the record.",
    "take_back": "The extension is taken back. It stays in the record.",
    "suspend": "The clock is stopped. Start it again when the reason has gone.",
    "resume": "The clock runs again.",
}


@blueprint.get("/<reference>/tasks/<int:number>/deadline")
@allow(Right.CHANGE_CASES)
def deadline(reference: str, number: int) -> Response | str:
    """Extend, suspend or resume; the old day stays in the record. A day that was agreed is changed as what it is: a
    fact."""
    view = read_tasks(office(), reference, **seen(reference, "deadline"))
    task = next((each for each in view.open if each.number == number and each.day_fact), None)
    if task is not None and not task.has_deadline:
        return redirect(url_for("case.correct", reference=reference, name=task.day_fact, item=task.item_id or None))
    return _page(reference, number)


@blueprint.post("/<reference>/tasks/<int:number>/deadline")
@allow(Right.CHANGE_CASES)
@typed_at("case.deadline")
def change_deadline(reference: str, number: int) -> Response | tuple[str, int]:
    seen(reference, "deadline")
    change, reason = request.form.get("change", ""), request.form.get("reason", "").strip()
    problems: dict[str, str] = {}
    until = _posted_day() if change in ("extend", "resume") else None
    if change not in _DONE:
        problems["change"] = "Select what is to change."
    elif change in ("extend", "resume") and until is None:
        problems["until-day"] = "Enter the new last day, such as 27 3 2026."
    if not reason:
        problems["reason"] = "Enter why it changes."
    if problems:
        return _page(reference, number, problems=problems), 422
    task = TaskId(reference=reference, number=number)
    about: dict[str, Any] = {"reason": reason, "by": person().name, "council_id": person().council_id}
    try:
        if change == "suspend":
            suspend_deadline(office(), task, **about)
        elif change == "take_back":
            take_back_extension(office(), task, **about)
        elif until is not None:
            (extend_deadline if change == "extend" else resume_deadline)(office(), task, until=until, **about)
    except BadInputError as error:
        return _page(reference, number, problems={"until-day" if until else "change": str(error)}), 422
    flash(_DONE[change], "success")
    return redirect(url_for("case.tasks", reference=reference))


def _posted_day() -> date | None:
    typed = join_day(*(request.form.get(f"until-{part}", "") for part in ("day", "month", "year")))
    with suppress(ValueError):  # no such day
        return date.fromisoformat(typed)
    return None


def _page(reference: str, number: int, *, problems: dict[str, str] | None = None) -> str:
    view = read_tasks(office(), reference, **seen(reference, "deadline"))
    task = view.held(number)
    if task is None or not task.has_deadline:
        abort(404)
    return page_of(
        "deadline", view, endpoint="case.tasks", task=task, problems=problems or {}, typed=unsent() or request.form,
        has_errors=bool(problems),
    )  # fmt: skip
