"""What is stuck in the cases of a council."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, literal_column, select

from engine.model import IncidentKind, TaskId
from engine.store.incidents import PROCESS_ID
from engine.store.rows import columns_of, rows_of
from engine.store.schema import cases, incidents, instances, jobs

# Written into the statement, as the index of open incidents has it.
_IS_OPEN = incidents.c.status == literal_column("'open'")


@dataclass(frozen=True, kw_only=True, slots=True)
class StuckRow:
    """An open incident."""

    reference: str
    title: str
    variant_digest: str
    number: int
    process_id: str
    element_id: str
    kind: IncidentKind
    message: str  #: what went wrong, as the engine says it
    opened_at: datetime
    attempts: int | None  #: of a job; None for what is no job
    handler: str | None

    @property
    def incident_id(self) -> TaskId:
        return TaskId(reference=self.reference, number=self.number)


_OF_JOB = and_(
    incidents.c.kind == IncidentKind.JOB, jobs.c.case_id == incidents.c.case_id, jobs.c.number == incidents.c.token
)
_STUCK = (
    select(
        *columns_of(
            StuckRow, incidents, reference=cases.c.reference, title=cases.c.title,
            variant_digest=cases.c.variant_digest, process_id=PROCESS_ID, attempts=jobs.c.attempts,
            handler=jobs.c.handler,
        )
    )
    .select_from(
        incidents.join(cases, cases.c.case_id == incidents.c.case_id)
        .join(
            instances,
            and_(instances.c.case_id == incidents.c.case_id, instances.c.number == incidents.c.instance),
        )
        .outerjoin(jobs, _OF_JOB)
    )
    .where(_IS_OPEN)
    .order_by(incidents.c.opened_at, incidents.c.case_id, incidents.c.number)
)  # fmt: skip


def count_open_incidents(connection: Connection, council_id: str) -> int:
    query = select(func.count()).where(_IS_OPEN, incidents.c.council_id == council_id)
    return int(connection.execute(query).scalar_one())


def incidents_to_settle(
    connection: Connection, council_id: str, *, limit: int, offset: int = 0, reference: str | None = None,
    number: int | None = None,
) -> list[StuckRow]:  # fmt: skip
    """Open incidents, those that wait longest first, each with its process, and its job's handler and attempts.

    With `reference` and `number` that one, where it is open.
    """
    query = _STUCK.where(incidents.c.council_id == council_id)
    if reference is not None:
        query = query.where(cases.c.reference == reference)
    if number is not None:
        query = query.where(incidents.c.number == number)
    return rows_of(StuckRow, connection.execute(query.limit(limit).offset(offset)))
