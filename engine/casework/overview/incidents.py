"""What is stuck: open incidents, for somebody to retry or to resolve (`engine.casework.background.incidents`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.casework.overview.names import Names
from engine.casework.step.office import Office
from engine.errors import IncidentNotFoundError
from engine.model import IncidentKind, TaskId
from engine.store.overview import incidents as stored
from engine.variants import Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class Stuck:
    incident: TaskId
    title: str  #: what people know the case by
    process: str
    element: str
    kind: IncidentKind
    message: str  #: what went wrong, as the engine says it
    since: datetime
    attempts: int | None  #: of a job; None for what is no job
    handler: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StuckPage:
    total: int
    incidents: tuple[Stuck, ...]  #: those that wait longest first


def stuck_now(office: Office, variant: Variant, *, limit: int, offset: int = 0) -> StuckPage:
    """A page of the council's open incidents. Three queries."""
    with office.database.read() as connection:
        names = Names(office, connection, variant)
        rows = stored.incidents_to_settle(connection, variant.id, limit=limit, offset=offset)
        return StuckPage(
            total=stored.count_open_incidents(connection, variant.id),
            incidents=tuple(_stuck(row, names) for row in rows),
        )


def stuck_at(office: Office, variant: Variant, incident: TaskId) -> Stuck:
    """One open incident of the council. Raises IncidentNotFoundError."""
    with office.database.read() as connection:
        names = Names(office, connection, variant)
        rows = stored.incidents_to_settle(
            connection, variant.id, limit=1, reference=incident.reference, number=incident.number
        )
        if not rows:
            raise IncidentNotFoundError(str(incident))
        return _stuck(rows[0], names)


def _stuck(row: stored.StuckRow, names: Names) -> Stuck:
    return Stuck(
        incident=row.incident_id,
        title=row.title,
        process=names.process(row.variant_digest, row.process_id),
        element=names.element(row.variant_digest, row.process_id, row.element_id),
        kind=row.kind,
        message=row.message,
        since=row.opened_at,
        attempts=row.attempts,
        handler=row.handler,
    )
