"""Cases: the row that is the lock, its reference, and the versions of variants they keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Select, bindparam, insert, select

from engine.errors import CaseNotFoundError
from engine.model import CaseStatus, CaseSummary
from engine.store.batch import Batch
from engine.store.database import upserting
from engine.store.record import first_link
from engine.store.rows import columns_of, row_of, row_or_none, rows_of
from engine.store.schema import cases, reference_counters, variant_versions


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRow:
    case_id: int
    council_id: str
    reference: str
    variant_digest: str  #: of the version that it was opened with
    calendar_digest: str | None  #: the version whose calendar counts its days; None: its own
    status: CaseStatus
    opened_at: datetime
    closed_at: datetime | None
    closed_as: str | None  #: in the diagram's words
    last_number: int  #: of what is inside it
    item_counts: str  #: JSON: items made so far, per collection
    record_seq: int
    record_head: str
    title: str  #: what people know it by


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionRow:
    digest: str
    stored_at: datetime


# Statements of every step are built once: building one takes longer than sending it.
_CASES = select(*columns_of(CaseRow, cases))
_FIND = _CASES.where(cases.c.reference == bindparam("reference"))
_FIND_OF_COUNCIL = _FIND.where(cases.c.council_id == bindparam("council_id"))
_LOCK = _FIND.with_for_update()
_LOCK_OF_COUNCIL = _FIND_OF_COUNCIL.with_for_update()
_BY_ID = _CASES.where(cases.c.case_id == bindparam("case_id"))
_LOCK_BY_ID = _BY_ID.with_for_update()
_LOCK_IF_FREE = _BY_ID.with_for_update(skip_locked=True)
_EVERY = _CASES.order_by(cases.c.case_id)
_EVERY_OF_COUNCIL = _EVERY.where(cases.c.council_id == bindparam("council_id"))
_OPEN_OF_COUNCIL = _EVERY_OF_COUNCIL.where(cases.c.status == CaseStatus.OPEN)
_CLOSED_OF_COUNCIL = (
    _CASES.where(cases.c.council_id == bindparam("council_id"), cases.c.status == CaseStatus.CLOSED)
    .order_by(cases.c.closed_at.desc(), cases.c.case_id.desc())
)  # fmt: skip
_VERSIONS = (
    select(*columns_of(VersionRow, variant_versions))
    .where(variant_versions.c.council_id == bindparam("council_id"))
    .order_by(variant_versions.c.stored_at.desc(), variant_versions.c.digest)
)


class CaseChange(TypedDict, total=False):
    """What changes in the row of a case."""

    variant_digest: str
    calendar_digest: str | None
    status: CaseStatus
    closed_at: datetime | None
    closed_as: str | None
    last_number: int
    item_counts: str
    record_seq: int
    record_head: str
    title: str


def change_case(batch: Batch, **changes: Unpack[CaseChange]) -> None:
    batch.change_own(cases, changes)


def next_reference(connection: Connection, council_id: str, prefix: str, year: int, *, series: str = "") -> str:
    """The council's next reference of the year, e.g. HBC-2026-0001. Locks the counter until the transaction ends.

    `series`: capitals after the prefix, of cases that begin without an application; each series counts for itself.
    """
    upsert = upserting(connection)(reference_counters).values(council_id=council_id, year=year, series=series, last=1)
    last = connection.execute(
        upsert.on_conflict_do_update(
            index_elements=["council_id", "year", "series"], set_={"last": reference_counters.c.last + 1}
        ).returning(reference_counters.c.last)
    ).scalar_one()
    return f"{prefix}{series}-{year}-{last:04d}"


def create_case(connection: Connection, *, council_id: str, reference: str, digest: str, now: datetime) -> CaseRow:
    """A new row, which nobody else sees before the transaction ends."""
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
    return case_by_id(connection, case_id)


def lock_case(connection: Connection, reference: str, council_id: str | None = None) -> CaseRow:
    """The case, locked until the transaction ends. Raises CaseNotFoundError."""
    return _one(connection, _LOCK if council_id is None else _LOCK_OF_COUNCIL, reference, council_id)


def lock_case_by_id(connection: Connection, case_id: int) -> CaseRow:
    """The case, locked until the transaction ends."""
    return row_of(CaseRow, connection.execute(_LOCK_BY_ID, {"case_id": case_id}).one())


def lock_case_if_free(connection: Connection, case_id: int) -> CaseRow | None:
    """The case, locked until the transaction ends. None where somebody else holds it."""
    return row_or_none(CaseRow, connection.execute(_LOCK_IF_FREE, {"case_id": case_id}).one_or_none())


def find_case(connection: Connection, reference: str, council_id: str | None = None) -> CaseRow:
    """The case as it stands, not locked. Raises CaseNotFoundError."""
    return _one(connection, _FIND if council_id is None else _FIND_OF_COUNCIL, reference, council_id)


def all_cases(connection: Connection, council_id: str | None = None) -> list[CaseRow]:
    """In the order in which they were opened."""
    query = _EVERY if council_id is None else _EVERY_OF_COUNCIL
    return rows_of(CaseRow, connection.execute(query, {"council_id": council_id}))


def open_cases(connection: Connection, council_id: str) -> list[CaseRow]:
    """Those of the council that are open, in the order in which they were opened."""
    return rows_of(CaseRow, connection.execute(_OPEN_OF_COUNCIL, {"council_id": council_id}))


def closed_cases(connection: Connection, council_id: str) -> list[CaseRow]:
    """Those of the council that are closed, that first which was closed last."""
    return rows_of(CaseRow, connection.execute(_CLOSED_OF_COUNCIL, {"council_id": council_id}))


def summary(case: CaseRow) -> CaseSummary:
    return CaseSummary(
        reference=case.reference,
        council_id=case.council_id,
        variant_digest=case.variant_digest,
        status=case.status,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        closed_as=case.closed_as,
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


def versions_of(connection: Connection, council_id: str) -> list[VersionRow]:
    """The council's versions, the latest first."""
    return rows_of(VersionRow, connection.execute(_VERSIONS, {"council_id": council_id}))


def case_by_id(connection: Connection, case_id: int) -> CaseRow:
    """The case as it stands, not locked."""
    return row_of(CaseRow, connection.execute(_BY_ID, {"case_id": case_id}).one())


def _one(connection: Connection, query: Select[Any], reference: str, council_id: str | None) -> CaseRow:
    named = {"reference": reference} if council_id is None else {"reference": reference, "council_id": council_id}
    rows = rows_of(CaseRow, connection.execute(query, named))
    if not rows:
        raise CaseNotFoundError(reference)
    if len(rows) > 1:
        raise CaseNotFoundError(reference, councils=tuple(row.council_id for row in rows))
    return rows[0]
