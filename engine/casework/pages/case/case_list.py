"""The list of a council's cases: searched, filtered, page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.casework.pages.case.viewpoint import Looker
from engine.casework.step.office import Office
from engine.model import CaseStatus
from engine.store import case_list
from engine.store.case_list import ListedCase

PER_PAGE = 25


@dataclass(frozen=True, kw_only=True, slots=True)
class CasesPage:
    rows: tuple[ListedCase, ...]  #: `title` is "" for somebody who may not see the fact it comes from
    count: int  #: of all pages
    page: int  #: from 1
    pages: int


def find_cases(
    office: Office,
    looker: Looker,
    *,
    council_id: str,
    search: str = "",
    status: CaseStatus | None = None,
    page: int = 1,
) -> CasesPage:
    """The council's cases that `looker` may see, the newest first. `search`: beginnings of words of references, names
    and addresses, all of which a case must have; for somebody who may not see everything, parts of references. A page
    that there is not becomes the nearest that there is."""
    is_limited = looker.audiences is not None
    wanted = case_list.Wanted(
        council_id=council_id,
        search=search,
        status=status,
        teams=looker.teams if is_limited else None,
        person=looker.name,
    )
    with office.database.read() as connection:
        count = case_list.count(connection, wanted)
        pages = max(1, -(-count // PER_PAGE))
        page = min(max(page, 1), pages)
        found = case_list.list_cases(connection, wanted, offset=(page - 1) * PER_PAGE, limit=PER_PAGE)
    return CasesPage(
        rows=tuple(replace(row, title="") if is_limited else row for row in found),
        count=count,
        page=page,
        pages=pages,
    )
