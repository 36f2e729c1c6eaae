"""Which cases a person may see. Every page of a case asks here first, and the record says who looked."""

from __future__ import annotations

from engine.casework.viewing import record_view
from flask import abort

from engine.errors import CaseNotFoundError
from engine.model import CaseSummary
from engine.staff.roles import Right
from engine.store import cases, tasks
from webui.access.session import person
from webui.shell.office import office


def case_for(reference: str, *, page: str) -> CaseSummary:
    """The case, for the person who asks; `page` is what they look at, as the record calls it.

    Ends the request with 404 for a case of another council and, for somebody who does not see every case, for one in
    which none of their teams has a part: that there is such a case is not told either.
    """
    who = person()
    with office().database.read() as connection:
        try:
            row = cases.find_case(connection, reference, who.council_id)
        except CaseNotFoundError:
            abort(404)
        if Right.SEE_ALL_CASES not in who.rights and not tasks.has_part(connection, row.case_id, who.teams, who.name):
            abort(404)
        found = cases.summary(row)
    record_view(office(), found.reference, page, by=who.name, council_id=who.council_id)
    return found
