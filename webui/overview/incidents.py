"""What is stuck: a person sees it, then has it tried again, or says how it was resolved."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.casework.background.incidents import resolve_incident, retry_incident
from engine.casework.overview import Stuck, stuck_at, stuck_now
from engine.errors import IncidentNotFoundError
from engine.model import TaskId
from webui.access import Right, allow, may, person, typed_at, unsent_text
from webui.overview.views import blueprint
from webui.shell.office import office, policy
from webui.shell.pagination import SIZE, page_asked

_LONGEST_REASON = 2_000  #: characters


@blueprint.get("/incidents")
@allow(Right.SETTLE_INCIDENTS)
def incidents() -> str:
    page = page_asked()
    found = stuck_now(office(), policy(), limit=SIZE, offset=page.offset)
    return render_template(
        "overview/incidents.html", stuck=found, pagination=page.links(found.total, {}), sees_cases=may(Right.SEE_CASES)
    )


@blueprint.get("/incidents/<reference>/<int:number>")
@allow(Right.SETTLE_INCIDENTS)
def incident(reference: str, number: int) -> str:
    reason = unsent_text("reason")
    return _page(stuck_at(office(), policy(), TaskId(reference=reference, number=number)), reason=reason)


@blueprint.post("/incidents/<reference>/<int:number>/retry")
@allow(Right.SETTLE_INCIDENTS)
def retry(reference: str, number: int) -> Response:
    which = TaskId(reference=reference, number=number)
    try:
        retry_incident(office(), which, by=person().name, council_id=person().council_id)
    except IncidentNotFoundError:
        flash(f"{which} was settled already, by a colleague or because what it was about is gone.")
    else:
        flash(f"{which} is being tried again. If it fails again, it comes back to this list.", "success")
    return redirect(url_for("overview.incidents"))


@blueprint.post("/incidents/<reference>/<int:number>/resolve")
@allow(Right.SETTLE_INCIDENTS)
@typed_at("overview.incident")
def resolve(reference: str, number: int) -> Response | tuple[str, int]:
    which = TaskId(reference=reference, number=number)
    reason = request.form.get("reason", "").strip()
    problem = _problem(reason)
    try:
        if problem:
            return _page(stuck_at(office(), policy(), which), reason=reason, problem=problem), 400
        resolve_incident(office(), which, reason=reason, by=person().name, council_id=person().council_id)
    except IncidentNotFoundError:
        flash(f"{which} was settled already, by a colleague or because what it was about is gone.")
    else:
        flash(f"{which} is resolved. The case goes on behind it, and your reason is in its record.", "success")
    return redirect(url_for("overview.incidents"))


def _problem(reason: str) -> str:
    if not reason:
        return "Enter how it was resolved"
    if len(reason) > _LONGEST_REASON:
        return f"How it was resolved must be {_LONGEST_REASON:,} characters or fewer"
    return ""


def _page(stuck: Stuck, *, reason: str = "", problem: str = "") -> str:
    return render_template(
        "overview/incident.html", stuck=stuck, reason=reason, problem=problem, has_errors=bool(problem),
        sees_cases=may(Right.SEE_CASES),
    )  # fmt: skip
