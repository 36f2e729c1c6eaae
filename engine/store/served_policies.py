"""What was read of each council's folder at the last start: the version that is served, or why none is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, union

from engine.store.database import upserting
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import cases, councils, served_policies


@dataclass(frozen=True, kw_only=True, slots=True)
class ServedPolicyRow:
    council_id: str
    digest: str | None  #: of the version that is served; None: none was ever sound
    prefix: str  #: of its references; "" where none is served
    refusal: str  #: why the folder as it was read is not served; "" where it is
    is_gone: bool  #: there was no folder
    read_at: datetime


_ROW = columns_of(ServedPolicyRow, served_policies)


def served_policy(connection: Connection, council_id: str) -> ServedPolicyRow | None:
    query = select(*_ROW).where(served_policies.c.council_id == council_id)
    return row_or_none(ServedPolicyRow, connection.execute(query).one_or_none())


def served_policies_of_all(connection: Connection) -> list[ServedPolicyRow]:
    """By council."""
    return rows_of(ServedPolicyRow, connection.execute(select(*_ROW).order_by(served_policies.c.council_id)))


def put_served_policy(connection: Connection, row: ServedPolicyRow) -> None:
    told = {name: getattr(row, name) for name in ("digest", "prefix", "refusal", "is_gone", "read_at")}
    upsert = upserting(connection)(served_policies).values(council_id=row.council_id, **told)
    connection.execute(upsert.on_conflict_do_update(index_elements=["council_id"], set_=told))


def forget_served_policy(connection: Connection, council_id: str) -> None:
    connection.execute(delete(served_policies).where(served_policies.c.council_id == council_id))


def known_councils(connection: Connection) -> list[str]:
    """Every council that has people, cases or a policy that was read, by id."""
    every = union(*(select(table.c.council_id) for table in (councils, cases, served_policies)))
    return sorted(connection.execute(every).scalars())
