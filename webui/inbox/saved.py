"""Filters that are kept under a name."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.casework.pages.saved_filters import delete_filter, save_filter
from engine.errors import FormAnswersError
from webui.access import Right, allow, person
from webui.inbox.address import address_of
from webui.inbox.views import blueprint, chosen, show_page
from webui.shell.office import office


@blueprint.post("/tasks/filters")
@allow(Right.SEE_TASKS)
def save() -> Response | tuple[str, int]:
    """Keep what the address says. The tab is kept with it, not the page."""
    choice, me = chosen(), person()
    query = address_of(choice)
    try:
        save_filter(
            office().database,
            me.council_id,
            person=me.name,
            name=request.form.get("name", ""),
            query=urlencode(query),
            is_shared=request.form.get("shared") == "yes",
        )
    except FormAnswersError as error:
        return show_page(choice, problems=error.problems), 422
    flash("The filter is saved. It stands under “Saved filters”.", "success")
    return redirect(url_for("inbox.tasks", **query))


@blueprint.post("/tasks/filters/<int:filter_id>/delete")
@allow(Right.SEE_TASKS)
def delete(filter_id: int) -> Response:
    delete_filter(office().database, person().council_id, filter_id, person=person().name)
    flash("The filter is deleted.", "success")
    return redirect(url_for("inbox.tasks", **address_of(chosen())))
