"""Who looked at a case: each view of one of its pages stands in its record."""

from __future__ import annotations

from engine.casework.office import Office
from engine.casework.quiet import VIEWED, entering


def record_view(office: Office, reference: str, page: str, *, by: str, council_id: str) -> None:
    """`by` has looked at `page` of the case. It moves nothing, and what could be undone before still can be.

    Raises CaseNotFoundError.
    """
    with entering(office, reference, council_id=council_id) as case:
        case.record(VIEWED, by=by, page=page)
