"""Jobs: what handlers do in the background, the outbox."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select, update

from engine.model import JobStatus
from engine.store.batch import Batch
from engine.store.rows import columns_of, row_of, row_or_none, rows_of
from engine.store.schema import jobs


@dataclass(frozen=True, kw_only=True, slots=True)
class JobRow:
    number: int
    instance: int
    element_id: str
    handler: str
    inputs: str  #: as a FEEL value
    once_key: str
    status: JobStatus
    attempts: int
    lease: str | None  #: of the worker that has it


class NewJob(TypedDict):
    """What is told of one that waits to be taken."""

    instance: int
    element_id: str
    handler: str
    inputs: str  #: as a FEEL value
    once_key: str
    ready_at: datetime
    created_at: datetime


class JobChange(TypedDict, total=False):
    element_id: str
    handler: str
    inputs: str
    status: JobStatus
    attempts: int
    ready_at: datetime
    lease: None
    lease_until: None
    announced_at: None
    error: str
    ended_at: datetime


def add_job(batch: Batch, number: int, **told: Unpack[NewJob]) -> None:
    batch.add(jobs, number, {**told, "status": JobStatus.WAITING, "attempts": 0})


def change_job(batch: Batch, number: int, **changes: Unpack[JobChange]) -> None:
    batch.change(jobs, number, changes)


_JOB = columns_of(JobRow, jobs)
_LOAD = select(*_JOB).where(jobs.c.case_id == bindparam("case_id"), jobs.c.number == bindparam("number"))

_OPEN = (
    select(*_JOB)
    .where(jobs.c.case_id == bindparam("case_id"), jobs.c.status.not_in((JobStatus.DONE, JobStatus.CANCELLED)))
    .order_by(jobs.c.number)
    .with_for_update()
)


def _is_ready(now: datetime) -> ColumnElement[bool]:
    """Waiting and its time has come, or leased to a worker that has died."""
    return or_(
        and_(jobs.c.status == JobStatus.WAITING, jobs.c.ready_at <= now),
        and_(jobs.c.status == JobStatus.LEASED, jobs.c.lease_until <= now),
    )


def ready_jobs(
    connection: Connection, now: datetime, limit: int, *, unannounced_since: datetime | None = None
) -> list[tuple[int, int]]:
    """(case id, number) of jobs to do now, oldest first. `unannounced_since`: only those not announced after it."""
    query = select(jobs.c.case_id, jobs.c.number).where(_is_ready(now))
    if unannounced_since is not None:
        query = query.where(or_(jobs.c.announced_at.is_(None), jobs.c.announced_at <= unannounced_since))
    return [
        (r.case_id, r.number) for r in connection.execute(query.order_by(jobs.c.ready_at, jobs.c.case_id).limit(limit))
    ]


def ready_jobs_since(connection: Connection, case_id: int, last_number: int, now: datetime) -> list[int]:
    """The numbers of the case's jobs to do now that were made since `last_number` was its last number."""
    query = select(jobs.c.number).where(jobs.c.case_id == case_id, jobs.c.number > last_number, _is_ready(now))
    return list(connection.execute(query.order_by(jobs.c.number)).scalars())


def lease_job(
    connection: Connection, case_id: int, number: int, *, lease: str, now: datetime, until: datetime
) -> JobRow | None:
    """Take the job for one worker. None where it is done, taken, or not yet due.

    A lease is the carrier's, like the note of what was announced: it says who works the job and tells nothing of the
    case, so neither is gathered with what a step writes, nor needs the case's lock.
    """
    taken = (
        update(jobs)
        .where(jobs.c.case_id == case_id, jobs.c.number == number, _is_ready(now))
        .values(status=JobStatus.LEASED, lease=lease, lease_until=until, attempts=jobs.c.attempts + 1)
        .returning(*_JOB)
    )
    return row_or_none(JobRow, connection.execute(taken).one_or_none())


def load_job(connection: Connection, case_id: int, number: int) -> JobRow:
    return row_of(JobRow, connection.execute(_LOAD, {"case_id": case_id, "number": number}).one())


def lock_open_jobs(connection: Connection, case_id: int) -> list[JobRow]:
    """The case's jobs that are not over, locked, so that no worker takes one meanwhile."""
    return rows_of(JobRow, connection.execute(_OPEN, {"case_id": case_id}))


def mark_announced(connection: Connection, announced: Sequence[tuple[int, int]], now: datetime) -> None:
    """Note that workers know of these jobs: the carrier's note, as a lease is. A job that somebody is changing this
    moment is left out: it is worked on, and waiting here for one row while holding another is how two transactions
    block each other."""
    of_a_case: dict[int, list[int]] = defaultdict(list)
    for case_id, number in announced:
        of_a_case[case_id].append(number)
    for case_id, numbers in of_a_case.items():
        free = (
            select(jobs.c.number)
            .where(jobs.c.case_id == case_id, jobs.c.number.in_(numbers))
            .with_for_update(skip_locked=True)
        )
        connection.execute(
            update(jobs).where(jobs.c.case_id == case_id, jobs.c.number.in_(free)).values(announced_at=now)
        )


def job_under_way(connection: Connection, case_id: int, once_key: str) -> int | None:
    """The number of the job, where what it began is under way; None where nothing waits for that any more."""
    query = select(jobs.c.number).where(
        jobs.c.case_id == case_id, jobs.c.once_key == once_key, jobs.c.status == JobStatus.UNDER_WAY
    )
    return connection.execute(query).scalar()


def ready_jobs_of(connection: Connection, case_id: int, now: datetime) -> list[int]:
    """The numbers of the case's jobs to do now."""
    return ready_jobs_since(connection, case_id, 0, now)


def next_job_at(connection: Connection) -> datetime | None:
    """When the next job that is not done becomes ready."""
    from_rows = connection.execute(
        select(jobs.c.ready_at).where(jobs.c.status == JobStatus.WAITING).order_by(jobs.c.ready_at).limit(1)
    )
    return from_rows.scalar()


def has_waiting_jobs(connection: Connection, case_id: int) -> bool:
    """Whether something of the case is still to be sent or worked."""
    open_ones = (JobStatus.WAITING, JobStatus.LEASED)
    query = select(jobs.c.number).where(jobs.c.case_id == case_id, jobs.c.status.in_(open_ones)).limit(1)
    return connection.execute(query).first() is not None
