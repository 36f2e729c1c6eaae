"""Who has which file of a draft of a policy open: a page says so again and again, and is gone when it does not."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from engine.store.database import upserting
from engine.store.rows import columns_of, rows_of
from engine.store.schema import policy_draft_sittings as sittings


@dataclass(frozen=True, kw_only=True, slots=True)
class SittingRow:
    council_id: str
    draft: int
    sitting: str  #: of one person at one file
    file: str
    person: str
    since: datetime
    seen_at: datetime  #: when its page last said that it is open


_ROW = columns_of(SittingRow, sittings)
_KEY = ("council_id", "draft", "sitting")


def sittings_at(connection: Connection, council_id: str, draft: int, *, seen_after: datetime) -> list[SittingRow]:
    """Those of which a page is open still, the first first."""
    query = select(*_ROW).where(
        sittings.c.council_id == council_id, sittings.c.draft == draft, sittings.c.seen_at > seen_after
    )
    return rows_of(SittingRow, connection.execute(query.order_by(sittings.c.since, sittings.c.sitting)))


def see_sitting(connection: Connection, row: SittingRow, *, forget_before: datetime) -> None:
    """Its page is open now. Of the draft's others those are forgotten that were last seen before."""
    connection.execute(
        delete(sittings).where(
            sittings.c.council_id == row.council_id, sittings.c.draft == row.draft, sittings.c.seen_at < forget_before
        )
    )
    values = upserting(connection)(sittings).values(asdict(row))
    connection.execute(
        values.on_conflict_do_update(index_elements=list(_KEY), set_={"seen_at": row.seen_at, "file": row.file})
    )
