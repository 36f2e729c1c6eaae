"""Cases: the row that is the lock, its reference, and the versions of variants they keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Row, bindparam, insert, select

from engine.errors import CaseNotFoundError
from engine.model import CaseStatus, CaseSummary
from engine.store.batch import Batch
from engine.store.database import upserting
from engine.store.record import first_link
from engine.store.schema import cases, reference_counters, variant_versions

# Statements of every step are built once: building one takes longer than sending it.
_FIND = select(cases).where(cases.c.reference == bindparam("reference"))
_FIND_OF_COUNCIL = _FIND.where(cases.c.council_id == bindparam("council_id"))
_LOCK = _FIND.with_for_update()
_LOCK_OF_COUNCIL = _FIND_OF_COUNCIL.with_for_update()


class CaseChange(TypedDict, total=False):
    """What changes in the row of a case."""

    calendar_digest: str
    status: CaseStatus
    closed_at: datetime | None
    closed_as: str | None
    last_number: int
    item_counts: str
    record_seq: int
    record_head: str
    title: str


def change_case(batch: Batch, **changes: Unpack[CaseChange]) -> None:
    batch.change_case(changes)


def next_reference(connection: Connection, council_id: str, prefix: str, year: int) -> str:
    """The council's next reference of the year, e.g. HBC-2026-0001. Locks the counter until the transaction ends."""
    upsert = upserting(connection)(reference_counters).values(council_id=council_id, year=year, last=1)
    last = connection.execute(
        upsert.on_conflict_do_update(
            index_elements=["council_id", "year"], set_={"last": reference_counters.c.last + 1}
        ).returning(reference_counters.c.last)
    ).scalar_one()
    return f"{prefix}-{year}-{last:04d}"


def create_case(connection: Connection, *, council_id: str, reference: str, digest: str, now: datetime) -> Row[Any]:
    case_id = connection.execute(
        insert(cases)
        .values(
            council_id=council_id,
            reference=reference,
            variant_digest=digest,
            status=CaseStatus.OPEN,
            opened_at=now,
            last_number=0,
            item_counts="{}",
            record_seq=0,
            record_head=first_link(council_id, reference),
        )
        .returning(cases.c.case_id)
    ).scalar_one()
    return connection.execute(select(cases).where(cases.c.case_id == case_id)).one()


def lock_case(connection: Connection, reference: str, council_id: str | None = None) -> Row[Any]:
    """The case, locked until the transaction ends. Raises CaseNotFoundError."""
    return _one(connection, _LOCK if council_id is None else _LOCK_OF_COUNCIL, reference, council_id)


def lock_case_by_id(connection: Connection, case_id: int, *, skip_locked: bool = False) -> Row[Any] | None:
    """The case, locked. None where `skip_locked` and somebody else holds it."""
    query = select(cases).where(cases.c.case_id == case_id).with_for_update(skip_locked=skip_locked)
    return connection.execute(query).one_or_none()


def find_case(connection: Connection, reference: str, council_id: str | None = None) -> Row[Any]:
    """The case as it stands, not locked. Raises CaseNotFoundError."""
    return _one(connection, _FIND if council_id is None else _FIND_OF_COUNCIL, reference, council_id)


def all_cases(connection: Connection, council_id: str | None = None) -> Sequence[Row[Any]]:
    query = select(cases).order_by(cases.c.case_id)
    if council_id is not None:
        query = query.where(cases.c.council_id == council_id)
    return connection.execute(query).all()


def summary(row: Row[Any]) -> CaseSummary:
    return CaseSummary(
        reference=row.reference,
        council_id=row.council_id,
        variant_digest=row.variant_digest,
        status=CaseStatus(row.status),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_as=row.closed_as,
    )


def store_version(connection: Connection, *, digest: str, council_id: str, pack: bytes, now: datetime) -> None:
    """Keep a variant version for ever. Storing the same one again changes nothing."""
    connection.execute(
        upserting(connection)(variant_versions)
        .values(digest=digest, council_id=council_id, pack=pack, stored_at=now)
        .on_conflict_do_nothing()
    )


def load_version(connection: Connection, digest: str) -> bytes:
    """The packed variant version of that hash."""
    pack: bytes = connection.execute(
        select(variant_versions.c.pack).where(variant_versions.c.digest == digest)
    ).scalar_one()
    return pack


def versions_of(connection: Connection, council_id: str) -> Sequence[Any]:
    """The council's versions, each with its `digest` and `stored_at`, the latest first."""
    return connection.execute(
        select(variant_versions.c.digest, variant_versions.c.stored_at)
        .where(variant_versions.c.council_id == council_id)
        .order_by(variant_versions.c.stored_at.desc(), variant_versions.c.digest)
    ).all()


def _one(connection: Connection, query: Any, reference: str, council_id: str | None) -> Row[Any]:
    named = {"reference": reference} if council_id is None else {"reference": reference, "council_id": council_id}
    rows = connection.execute(query, named).all()
    if not rows:
        raise CaseNotFoundError(reference)
    if len(rows) > 1:
        raise CaseNotFoundError(reference, councils=tuple(row.council_id for row in rows))
    row: Row[Any] = rows[0]
    return row


def case_by_id(connection: Connection, case_id: int) -> Row[Any]:
    """The case as it stands, not locked."""
    return connection.execute(select(cases).where(cases.c.case_id == case_id)).one()
