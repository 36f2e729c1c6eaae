"""What a policy would do to the cases of its council: one row for each policy of which somebody wants to know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from engine.store.database import upserting
from engine.store.rows import columns_of, row_or_none
from engine.store.schema import policy_impacts as impacts


@dataclass(frozen=True, kw_only=True, slots=True)
class ImpactRow:
    council_id: str
    digest: str  #: of the policy
    pack: bytes | None  #: the policy; None: it was worked out
    asked_at: datetime
    attempts: int  #: how often a worker took it
    progress: str  #: how far it is
    lease_until: datetime | None
    found_at: datetime | None  #: as of when it was worked out; None: not yet
    found: bytes | None  #: what it would do; None: not yet
    why_not: str  #: why it could not be worked out; "": it could, or not yet


class ImpactChange(TypedDict, total=False):
    pack: bytes | None
    attempts: int
    progress: str
    lease_until: datetime | None
    found_at: datetime
    found: bytes
    why_not: str


_ROW = columns_of(ImpactRow, impacts)


def impact_of(connection: Connection, council_id: str, digest: str) -> ImpactRow | None:
    """None where nobody has asked for it."""
    query = select(*_ROW).where(impacts.c.council_id == council_id, impacts.c.digest == digest)
    return row_or_none(ImpactRow, connection.execute(query).one_or_none())


def ask_impact(connection: Connection, *, council_id: str, digest: str, pack: bytes, now: datetime) -> None:
    """It is to be worked out, anew where it was; what was found stays until then."""
    told = {"pack": pack, "asked_at": now, "attempts": 0, "progress": "", "why_not": ""}
    insert = upserting(connection)(impacts).values(council_id=council_id, digest=digest, **told)
    connection.execute(insert.on_conflict_do_update(index_elements=["council_id", "digest"], set_=told))


def forget_impacts(connection: Connection, council_id: str, *, most: int) -> None:
    """All but the last `most` of the council."""
    kept = select(impacts.c.digest).where(impacts.c.council_id == council_id).order_by(impacts.c.asked_at.desc())
    old = list(connection.execute(kept.offset(most)).scalars())
    connection.execute(delete(impacts).where(impacts.c.council_id == council_id, impacts.c.digest.in_(old)))


def _is_ready(now: datetime) -> ColumnElement[bool]:
    return and_(impacts.c.pack.is_not(None), or_(impacts.c.lease_until.is_(None), impacts.c.lease_until <= now))


def has_ready_impact(connection: Connection, now: datetime) -> bool:
    return connection.execute(select(impacts.c.digest).where(_is_ready(now)).limit(1)).first() is not None


def lease_impact(connection: Connection, *, lease: str, now: datetime, until: datetime) -> ImpactRow | None:
    """Take for one worker the one that has waited longest. None for none."""
    first = select(impacts.c.council_id, impacts.c.digest).where(_is_ready(now)).order_by(impacts.c.asked_at).limit(1)
    found = connection.execute(first.with_for_update(skip_locked=True)).first()
    if found is None:
        return None
    taken = (
        update(impacts)
        .where(impacts.c.council_id == found.council_id, impacts.c.digest == found.digest, _is_ready(now))
        .values(lease=lease, lease_until=until, attempts=impacts.c.attempts + 1)
        .returning(*_ROW)
    )
    return row_or_none(ImpactRow, connection.execute(taken).one_or_none())


def change_impact(connection: Connection, row: ImpactRow, lease: str, **changes: Unpack[ImpactChange]) -> bool:
    """Whether the lease still holds, and nobody has asked for it anew meanwhile."""
    held = update(impacts).where(
        impacts.c.council_id == row.council_id,
        impacts.c.digest == row.digest,
        impacts.c.lease == lease,
        impacts.c.asked_at == row.asked_at,
    )
    return connection.execute(held.values(**changes)).rowcount == 1
