"""Which cases a person may see. Every page of a case asks here first, and the record says who looked."""

from __future__ import annotations

from flask import Response, abort, after_this_request

from engine.casework.cases.entries import record_view
from engine.casework.cases.visibility import case_seen_by
from engine.errors import CaseNotFoundError
from engine.model import CaseSummary
from engine.staff.roles import Right
from webui.access.session import person
from webui.shell.office import office


def case_for(reference: str, *, page: str) -> CaseSummary:
    """The case, for the person who asks; `page` is what they look at, as the record calls it.

    Ends the request with 404 for a case of another council and, for somebody who does not see every case, for one in
    which none of their teams has a part: that there is such a case is not told either.
    """
    who = person()
    try:
        found = case_seen_by(
            office(), reference, name=who.name, teams=who.teams, sees_all=Right.SEE_ALL_CASES in who.rights,
            council_id=who.council_id,
        )  # fmt: skip
    except CaseNotFoundError:
        abort(404)

    @after_this_request
    def _record(answer: Response) -> Response:
        # What leads on to another page has shown nothing: what it changed is in the record, and that page will be
        if not 300 <= answer.status_code < 400:
            record_view(office(), found.reference, page, by=who.name, council_id=who.council_id)
        return answer

    return found
