"""What somebody wants in force of a council's policy: one row for each wish, from the asking to what came of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from engine.errors import BadInputError
from engine.model import ProposalStatus
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import policy_proposals as proposals


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalRow:
    council_id: str
    number: int  #: 1 for the council's first
    status: ProposalStatus
    digest: str  #: of the variant version that it would be
    source_digest: str | None  #: of the folders that it was read from; None where they were not kept
    again: int | None  #: the earlier version that would be in force again with it
    follows: int  #: the council's last version when it was proposed; 0 for none
    in_force_from: date | None  #: None: the day on which it is put in force
    proposed_at: datetime
    proposed_by: str
    why: str
    despite: str  #: why warnings that are new with it do not matter
    judgement: str | None  #: JSON: what it was found to be; None: not judged yet
    approved_by: str | None
    progress: str  #: what of it is being judged
    attempts: int  #: how often judging it was begun
    lease: str | None
    ended_at: datetime | None
    ended_by: str | None  #: who declined it or took it back
    reasons: str  #: JSON: the sentences for which it came to nothing
    version: int | None  #: the version that it became
    commit_id: str | None  #: of the git checkout that it was read from; None where that is not known
    commit_has_all: bool | None  #: every file was as that commit has it; None where there is none


class ProposalChange(TypedDict, total=False):
    status: ProposalStatus
    judgement: str
    approved_by: str | None
    progress: str
    attempts: int
    lease_until: datetime | None
    ended_at: datetime
    ended_by: str
    reasons: str
    version: int


_ROW = columns_of(ProposalRow, proposals)
_OPEN = tuple(status for status in ProposalStatus if status.is_open)


def proposals_of(connection: Connection, council_id: str) -> list[ProposalRow]:
    """All of the council, the last first."""
    query = select(*_ROW).where(proposals.c.council_id == council_id).order_by(proposals.c.number.desc())
    return rows_of(ProposalRow, connection.execute(query))


def open_proposals_of(connection: Connection, council_id: str) -> list[ProposalRow]:
    """Those of which nothing has come yet, the last first."""
    query = select(*_ROW).where(proposals.c.council_id == council_id, proposals.c.status.in_(_OPEN))
    return rows_of(ProposalRow, connection.execute(query.order_by(proposals.c.number.desc())))


def proposal_numbered(connection: Connection, council_id: str, number: int) -> ProposalRow | None:
    query = select(*_ROW).where(proposals.c.council_id == council_id, proposals.c.number == number)
    return row_or_none(ProposalRow, connection.execute(query).one_or_none())


def next_proposal_number(connection: Connection, council_id: str) -> int:
    query = select(func.max(proposals.c.number)).where(proposals.c.council_id == council_id)
    return int(connection.execute(query).scalar() or 0) + 1


def add_proposal(connection: Connection, row: ProposalRow) -> None:
    """Raises BadInputError where another took the number at the same moment."""
    try:
        connection.execute(insert(proposals).values(asdict(row)))
    except IntegrityError:
        raise BadInputError("Another proposal was made at this moment. Propose again.") from None


def change_proposal(
    connection: Connection,
    row: ProposalRow,
    *,
    only_in: Collection[ProposalStatus],
    held: str | None = None,
    **changes: Unpack[ProposalChange],
) -> bool:
    """Whether it was so changed: only where it stands as one of `only_in`, and the lease `held` still holds."""
    where = [
        proposals.c.council_id == row.council_id,
        proposals.c.number == row.number,
        proposals.c.status.in_(only_in),
    ]
    if held is not None:
        where.append(proposals.c.lease == held)
    return connection.execute(update(proposals).where(*where).values(**changes)).rowcount == 1


def _is_ready(now: datetime) -> ColumnElement[bool]:
    """Waiting, or leased to a worker that has died."""
    return or_(
        proposals.c.status == ProposalStatus.WAITING,
        and_(proposals.c.status == ProposalStatus.JUDGING, proposals.c.lease_until <= now),
    )


def has_ready_proposal(connection: Connection, now: datetime) -> bool:
    return connection.execute(select(proposals.c.number).where(_is_ready(now)).limit(1)).first() is not None


def lease_proposal(
    connection: Connection, *, lease: str, now: datetime, until: datetime, key: tuple[str, int] | None = None
) -> ProposalRow | None:
    """Take for one worker the proposal that has waited longest, or that of this council and number; None for none."""
    first = select(proposals.c.council_id, proposals.c.number).where(_is_ready(now)).order_by(proposals.c.proposed_at)
    if key is not None:
        first = first.where(proposals.c.council_id == key[0], proposals.c.number == key[1])
    found = connection.execute(first.limit(1).with_for_update(skip_locked=True)).first()
    if found is None:
        return None
    taken = (
        update(proposals)
        .where(proposals.c.council_id == found.council_id, proposals.c.number == found.number, _is_ready(now))
        .values(status=ProposalStatus.JUDGING, lease=lease, lease_until=until, attempts=proposals.c.attempts + 1)
        .returning(*_ROW)
    )
    return row_or_none(ProposalRow, connection.execute(taken).one_or_none())
