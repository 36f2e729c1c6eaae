"""The page of the inbox, and what is done from it with one task or several."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.casework.pages.inbox import InboxChoice, Tab, Viewer, read_inbox_view
from engine.casework.tasks.assignment import Outcome, claim_tasks, follow_up_task, for_each, give_task
from engine.casework.tasks.completion import hand_back_task
from engine.clock import local_date
from engine.errors import BadInputError, FormAnswersError
from engine.model import TaskId
from engine.words import counted, day_in_words, short_weekday_in_words
from webui.access import Right, allow, may, person
from webui.access.audience import audiences
from webui.inbox.address import address_of, has_filters, read_choice
from webui.policyforms.days import join_day
from webui.shell.office import office, policy
from webui.shell.pagination import PageNumber

blueprint = Blueprint("inbox", __name__)
blueprint.add_app_template_filter(local_date, "day_of")


@blueprint.app_template_filter()
def weekday(value: date) -> str:
    """`Tue 5 May 2026`"""
    return short_weekday_in_words(value)


_MOST_AT_ONCE = 100  #: tasks
_HEADINGS = {Tab.MINE: "My tasks", Tab.TEAMS: "My teams’ tasks", Tab.ALL: "All tasks"}

Problems = Sequence[tuple[str, str]]


@blueprint.get("/tasks")
@allow(Right.SEE_TASKS)
def tasks() -> Response | str:
    choice = chosen()
    if not all(request.args.values()):  # from the form: what is not chosen leaves the address
        return redirect(url_for("inbox.tasks", **address_of(choice)))
    return show_page(choice)


@blueprint.post("/tasks")
@allow(Right.DO_TASKS)
def act() -> Response | str | tuple[str, int]:
    """Claim the selected tasks, hand them back, give them to a colleague, or come back to them on a day."""
    choice = chosen()
    try:
        selected = _selected()
        outcomes, words = _do(selected)
    except FormAnswersError as error:
        return show_page(choice, problems=error.problems, selected=request.form.getlist("task")), 422
    done = [outcome for outcome in outcomes if outcome.is_done]
    if done:
        flash(words(len(done)), "success")
    for outcome in outcomes:
        if outcome.problem is not None:
            flash(str(outcome.problem), "problem")
    if request.form.get("back") == "task" and len(selected) == 1:
        return redirect(url_for("task.show", reference=selected[0].reference, number=selected[0].number))
    return redirect(url_for("inbox.tasks", **address_of(choice), **_page_of(choice)))


def chosen() -> InboxChoice:
    """What the address says; a person who has no tasks to do begins with everybody's."""
    return read_choice(request.args, Tab.MINE if may(Right.DO_TASKS) else Tab.ALL)


def show_page(choice: InboxChoice, *, problems: Problems = (), selected: Collection[str] = ()) -> str:
    """The page, again with what is wrong with what was asked of it."""
    me = person()
    viewer = Viewer(
        council_id=me.council_id, names=(me.name,), teams=me.teams, sees_all=may(Right.SEE_ALL_TASKS),
        audiences=audiences(),
    )  # fmt: skip
    desk = read_inbox_view(office(), policy(), viewer, choice)
    tab = choice.tab if choice.tab in desk.page.tabs else Tab.TEAMS
    choice = replace(choice, tab=tab, page=desk.page.page)
    return render_template(
        "inbox/tasks.html",
        desk=desk,
        choice=choice,
        address=lambda **changed: url_for("inbox.tasks", **address_of(choice, **changed)),
        here=url_for("inbox.tasks", **address_of(choice), **_page_of(choice)),
        query=address_of(choice),
        has_filters=has_filters(choice),
        sees_names=viewer.audiences is None,
        heading=_HEADINGS[tab],
        headings={each: _HEADINGS[each] for each in desk.page.tabs},
        pagination=PageNumber(choice.page).links(desk.page.total, address_of(choice)),
        problems=dict(problems),
        has_errors=bool(problems),
        selected=frozenset(selected),
        typed=request.form,
        me=me.name,
    )


def _page_of(choice: InboxChoice) -> dict[str, Any]:
    return {"page": str(choice.page)} if choice.page > 1 else {}


def _selected() -> list[TaskId]:
    """Raises FormAnswersError where none is."""
    found = []
    for text in request.form.getlist("task")[:_MOST_AT_ONCE]:
        try:
            found.append(TaskId.read(text))
        except BadInputError:
            continue  # no page of ours sends it
    if not found:
        raise FormAnswersError((("task", "Select one task or more."),))
    return found


def _do(selected: list[TaskId]) -> tuple[list[Outcome], Callable[[int], str]]:
    """What came of it, and how to tell of so many that were done. Raises FormAnswersError."""
    by, council_id = person().name, person().council_id
    match request.form.get("action"):
        case "claim":
            claims = claim_tasks(office(), selected, by=by, council_id=council_id)
            return claims, lambda count: f"You have claimed {counted(count, 'task')}."
        case "hand-back":
            handed = for_each(selected, lambda task: hand_back_task(office(), task, by=by, council_id=council_id))
            return handed, lambda count: f"You have handed {counted(count, 'task')} back to the team."
        case "give" if may(Right.SHARE_OUT_TASKS):
            to = request.form.get("to", "")
            if not to:
                raise FormAnswersError((("to", "Select who is to have them."),))
            given = for_each(selected, lambda task: give_task(office(), task, to=to, by=by, council_id=council_id))
            return given, lambda count: f"{to} now has {counted(count, 'task')} more."
        case "follow-up":
            day = _day()
            noted = for_each(selected, lambda task: follow_up_task(office(), task, day, by=by, council_id=council_id))
            return noted, lambda count: f"{counted(count, 'task')} to follow up on {day_in_words(day)}."
        case "no-follow-up":
            cleared = for_each(
                selected, lambda task: follow_up_task(office(), task, None, by=by, council_id=council_id)
            )
            return cleared, lambda count: f"{counted(count, 'task')} no longer to follow up."
    raise FormAnswersError((("task", "Select what to do with the tasks."),))


def _day() -> date:
    """The day that was typed; that it is still to come is checked here too, once for all the tasks."""
    typed = join_day(*(request.form.get(f"day-{part}", "") for part in ("day", "month", "year")))
    if not typed:
        raise FormAnswersError((("day", "Enter the day on which to follow up."),))
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise FormAnswersError((("day", "The day must be a real day, like 27 3 2026."),)) from None
    if day < local_date(office().clock.now()):
        raise FormAnswersError((("day", "The day must be today or in the future."),))
    return day
