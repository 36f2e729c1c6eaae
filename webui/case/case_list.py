"""The list of cases, and the search."""

from __future__ import annotations

from flask import render_template, request

from engine.casework.pages.case import find_cases
from engine.model import CaseStatus
from webui.access import Right, allow, person
from webui.case.blueprint import blueprint, looker
from webui.shell.office import office, today

_LONGEST_SEARCH = 200


@blueprint.get("")
@allow(Right.SEE_CASES)
def find() -> str:
    """The council's cases, by reference, name or address, open or closed. The choice stands in the address."""
    search = request.args.get("search", "")[:_LONGEST_SEARCH].strip()
    status = request.args.get("status", "")
    chosen = CaseStatus(status) if status in list(CaseStatus) else None
    page = request.args.get("page", 1, type=int)
    who = looker()
    found = find_cases(office(), who, council_id=person().council_id, search=search, status=chosen, page=page)
    return render_template(
        "case/find.html", found=found, today=today(), search=search, status=chosen, sees_names=who.audiences is None
    )
