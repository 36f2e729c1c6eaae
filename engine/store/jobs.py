"""Jobs (the outbox), what they sent, and incidents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Row, and_, or_, select, update

from engine.model import IncidentKind, IncidentStatus, JobStatus
from engine.store.batch import Batch
from engine.store.schema import cases, documents, incidents, jobs


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


def _is_ready(now: datetime) -> Any:
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
) -> Row[Any] | None:
    """Take the job for one worker. None where it is done, taken, or not yet due.

    A lease is the carrier's, like the note of what was announced: it says who works the job and tells nothing of the
    case, so neither is gathered with what a step writes, nor needs the case's lock.
    """
    return connection.execute(
        update(jobs)
        .where(jobs.c.case_id == case_id, jobs.c.number == number, _is_ready(now))
        .values(status=JobStatus.LEASED, lease=lease, lease_until=until, attempts=jobs.c.attempts + 1)
        .returning(jobs)
    ).one_or_none()


def load_job(connection: Connection, case_id: int, number: int) -> Row[Any]:
    return connection.execute(select(jobs).where(jobs.c.case_id == case_id, jobs.c.number == number)).one()


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


def next_job_at(connection: Connection) -> datetime | None:
    """When the next job that is not done becomes ready."""
    from_rows = connection.execute(
        select(jobs.c.ready_at).where(jobs.c.status == JobStatus.WAITING).order_by(jobs.c.ready_at).limit(1)
    )
    return from_rows.scalar()


def open_incidents(
    connection: Connection, council_id: str | None = None, case_id: int | None = None
) -> Sequence[Row[Any]]:
    query = (
        select(incidents, cases.c.reference)
        .join(cases, cases.c.case_id == incidents.c.case_id)
        .where(incidents.c.status == IncidentStatus.OPEN)
        .order_by(incidents.c.opened_at, incidents.c.case_id, incidents.c.number)
    )
    if council_id is not None:
        query = query.where(incidents.c.council_id == council_id)
    if case_id is not None:
        query = query.where(incidents.c.case_id == case_id)
    return connection.execute(query).all()


def load_incident(connection: Connection, case_id: int, number: int) -> Row[Any] | None:
    return connection.execute(
        select(incidents).where(incidents.c.case_id == case_id, incidents.c.number == number)
    ).one_or_none()


def has_open_incident(connection: Connection, case_id: int, token: int, *, kind: IncidentKind) -> bool:
    return (
        connection.execute(
            select(incidents.c.number).where(
                incidents.c.case_id == case_id,
                incidents.c.token == token,
                incidents.c.kind == kind,
                incidents.c.status == IncidentStatus.OPEN,
            )
        ).first()
        is not None
    )


def documents_of(connection: Connection, case_id: int) -> Sequence[Row[Any]]:
    """The letters of a case in the order in which they were sent."""
    return connection.execute(
        select(documents).where(documents.c.case_id == case_id).order_by(documents.c.sent_at, documents.c.number)
    ).all()


def has_documents(connection: Connection, case_id: int, once_key: str) -> bool:
    """Whether letters that a job sent are kept already."""
    return (
        connection.execute(
            select(documents.c.number).where(documents.c.case_id == case_id, documents.c.once_key == f"{once_key}/0")
        ).first()
        is not None
    )


def has_waiting_jobs(connection: Connection, case_id: int) -> bool:
    """Whether something of the case is still to be sent or worked."""
    open_ones = (JobStatus.WAITING, JobStatus.LEASED)
    query = select(jobs.c.number).where(jobs.c.case_id == case_id, jobs.c.status.in_(open_ones)).limit(1)
    return connection.execute(query).first() is not None
