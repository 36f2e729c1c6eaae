"""Incidents: what is stuck in a case until a person acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import Connection, and_, bindparam, func, select, update

from engine.model import IncidentKind, IncidentStatus
from engine.store.batch import Batch
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import cases, incidents, instances


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentRow:
    number: int
    instance: int
    token: int  #: 0 for a message, which no token waits for
    element_id: str
    kind: IncidentKind
    message: str  #: what went wrong
    change: str | None  #: JSON: the change of a deadline that could not be heard
    status: IncidentStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenIncident:
    reference: str  #: of the case
    number: int
    element_id: str
    kind: IncidentKind
    message: str
    opened_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentMade:
    """One that a step left, with the process that is stuck in it."""

    element_id: str
    message: str
    process_id: str


class NewIncident(TypedDict):
    instance: int
    token: int  #: 0 for a message, which no token waits for
    element_id: str
    kind: IncidentKind
    message: str  #: what went wrong
    process_id: str | None  #: of the element, where that is not its instance's; None: it is
    change: str | None  #: JSON: the change of a deadline that could not be heard
    opened_at: datetime


class IncidentChange(TypedDict, total=False):
    element_id: str
    process_id: str | None


class SettledIncident(TypedDict):
    status: IncidentStatus
    ended_at: datetime
    ended_by: str
    reason: str | None


#: The process in which the element stands, of an incident that is joined with its instance.
PROCESS_ID = func.coalesce(incidents.c.process_id, instances.c.process_id)


def add_incident(batch: Batch, number: int, **told: Unpack[NewIncident]) -> None:
    batch.add(incidents, number, {**told, "status": IncidentStatus.OPEN})


def change_incident(batch: Batch, number: int, **changes: Unpack[IncidentChange]) -> None:
    batch.change(incidents, number, changes)


def settle_incident(batch: Batch, number: int, **told: Unpack[SettledIncident]) -> None:
    batch.change(incidents, number, told)


_CANCELLING = (
    update(incidents)
    .where(
        incidents.c.case_id == bindparam("b_case"),
        incidents.c.token.in_(bindparam("tokens", expanding=True)),
        incidents.c.status == IncidentStatus.OPEN,
    )
    .values(status=IncidentStatus.CANCELLED, ended_at=bindparam("now"))
)


def cancel_incidents(batch: Batch, tokens: Sequence[int], now: datetime) -> None:
    """What these tokens were stuck at is gone with them."""
    batch.sweep(_CANCELLING, {"tokens": list(tokens), "now": now})


_OF_CASE = incidents.c.case_id == bindparam("case_id")
_IS_OPEN = incidents.c.status == IncidentStatus.OPEN
_LOAD = select(*columns_of(IncidentRow, incidents)).where(_OF_CASE, incidents.c.number == bindparam("number"))
_OPEN_AT = select(incidents.c.number).where(
    _OF_CASE, incidents.c.token == bindparam("token"), incidents.c.kind == bindparam("kind"), _IS_OPEN
)
_OPEN = (
    select(*columns_of(OpenIncident, incidents, reference=cases.c.reference))
    .join(cases, cases.c.case_id == incidents.c.case_id)
    .where(_IS_OPEN)
    .order_by(incidents.c.opened_at, incidents.c.case_id, incidents.c.number)
)
_SINCE = (
    select(*columns_of(IncidentMade, incidents, process_id=PROCESS_ID))
    .join(
        instances,
        and_(instances.c.case_id == incidents.c.case_id, instances.c.number == incidents.c.instance),
    )
    .where(_OF_CASE, incidents.c.number > bindparam("last_number"), _IS_OPEN)
    .order_by(incidents.c.number)
)


def open_incidents(
    connection: Connection, council_id: str | None = None, case_id: int | None = None
) -> list[OpenIncident]:
    """Those that wait longest first."""
    query = _OPEN
    if council_id is not None:
        query = query.where(incidents.c.council_id == council_id)
    if case_id is not None:
        query = query.where(incidents.c.case_id == case_id)
    return rows_of(OpenIncident, connection.execute(query))


def load_incident(connection: Connection, case_id: int, number: int) -> IncidentRow | None:
    found = connection.execute(_LOAD, {"case_id": case_id, "number": number})
    return row_or_none(IncidentRow, found.one_or_none())


def has_open_incident(connection: Connection, case_id: int, token: int, *, kind: IncidentKind) -> bool:
    named = {"case_id": case_id, "token": token, "kind": kind}
    return connection.execute(_OPEN_AT, named).first() is not None


def incidents_since(connection: Connection, case_id: int, last_number: int) -> list[IncidentMade]:
    """The incidents that are open and came since `last_number` was the case's last number."""
    return rows_of(IncidentMade, connection.execute(_SINCE, {"case_id": case_id, "last_number": last_number}))
