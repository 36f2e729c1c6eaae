"""Which cases a person may see."""

from __future__ import annotations

from collections.abc import Collection

from engine.casework.step.office import Office
from engine.errors import CaseNotFoundError
from engine.model import CaseSummary
from engine.store import cases, tasks


def case_seen_by(
    office: Office, reference: str, *, name: str, teams: Collection[str], sees_all: bool, council_id: str
) -> CaseSummary:
    """The case, for the person of this name in these teams (ids). Two queries at most.

    Raises CaseNotFoundError for a case of another council and, for somebody who does not see all, for one in which
    neither they nor their teams have a part: that there is such a case is not told either.
    """
    with office.database.read() as connection:
        row = cases.find_case(connection, reference, council_id)
        if not sees_all and not tasks.has_part(connection, row.case_id, teams, name):
            raise CaseNotFoundError(reference)
        return cases.summary(row)
