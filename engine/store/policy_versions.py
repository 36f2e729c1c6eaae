"""Which version of each council's policy is in force from which day: one row for each decision, never changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select, bindparam, func, insert, select, union
from sqlalchemy.exc import IntegrityError

from engine.errors import BadInputError
from engine.store.database import upserting
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import cases, councils, policy_sources, policy_versions


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyVersionRow:
    council_id: str
    number: int  #: 1 for the council's first; each decision has one of its own, also one for an earlier version
    digest: str  #: of the variant version
    source_digest: str | None  #: of the folders that it was read from; None where they were not kept
    prefix: str  #: of its references
    in_force_from: date
    put_at: datetime
    put_by: str
    why: str
    approved_by: str | None  #: None: nobody had to
    again: int | None  #: the earlier version that is in force again with it
    judgement: str  #: JSON: what it was found to be, and what was passed over
    commit_id: str | None  #: of the git checkout that it was read from; None where that is not known
    commit_has_all: bool | None  #: every file was as that commit has it; None where there is none


_ROW = columns_of(PolicyVersionRow, policy_versions)
_OF_COUNCIL = policy_versions.c.council_id == bindparam("council_id")
_LATEST_FIRST = (policy_versions.c.in_force_from.desc(), policy_versions.c.number.desc())
_IN_FORCE = (
    select(*_ROW)
    .where(_OF_COUNCIL, policy_versions.c.in_force_from <= bindparam("day"))
    .order_by(*_LATEST_FIRST)
    .limit(1)
)


def digest_in_force() -> Select[tuple[str]]:
    """The digest in force for the parameters `council_id` and `day`: what other queries take in."""
    return _IN_FORCE.with_only_columns(policy_versions.c.digest)


def version_in_force(connection: Connection, council_id: str, day: date) -> PolicyVersionRow | None:
    """That of the latest day not after `day`; of several of one day the last that was decided."""
    found = connection.execute(_IN_FORCE, {"council_id": council_id, "day": day}).one_or_none()
    return row_or_none(PolicyVersionRow, found)


def policy_versions_of(connection: Connection, council_id: str) -> list[PolicyVersionRow]:
    """All of the council, the last decision first."""
    query = select(*_ROW).where(policy_versions.c.council_id == council_id).order_by(policy_versions.c.number.desc())
    return rows_of(PolicyVersionRow, connection.execute(query))


def councils_with_prefix(connection: Connection, prefix: str) -> frozenset[str]:
    """Whose references begin so by any version, also one of the past: its cases keep their references."""
    query = select(policy_versions.c.council_id).where(policy_versions.c.prefix == prefix)
    return frozenset(connection.execute(query).scalars())


def next_number(connection: Connection, council_id: str) -> int:
    query = select(func.max(policy_versions.c.number)).where(policy_versions.c.council_id == council_id)
    return int(connection.execute(query).scalar() or 0) + 1


def add_policy_version(connection: Connection, row: PolicyVersionRow) -> None:
    """Raises BadInputError where another took the number at the same moment."""
    try:
        connection.execute(insert(policy_versions).values(asdict(row)))
    except IntegrityError:
        raise BadInputError(
            f"Another version of {row.council_id} was put in force at this moment. See `asb versions "
            f"{row.council_id}`, and publish again."
        ) from None


def keep_source(connection: Connection, digest: str, pack: bytes) -> None:
    connection.execute(upserting(connection)(policy_sources).values(digest=digest, pack=pack).on_conflict_do_nothing())


def source_of(connection: Connection, digest: str) -> bytes:
    query = select(policy_sources.c.pack).where(policy_sources.c.digest == digest)
    pack: bytes = connection.execute(query).scalar_one()
    return pack


def councils_in_force(connection: Connection, day: date) -> list[str]:
    """The councils of which some version is in force that day, by id."""
    query = select(policy_versions.c.council_id).where(policy_versions.c.in_force_from <= day).distinct()
    return sorted(connection.execute(query).scalars())


def known_councils(connection: Connection) -> list[str]:
    """Every council that has people, cases or a version of its policy, by id."""
    every = union(*(select(table.c.council_id) for table in (councils, cases, policy_versions)))
    return sorted(connection.execute(every).scalars())
