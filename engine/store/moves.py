"""What is asked of a case, and kept of it, when it is moved to another version of its policy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, bindparam, func, literal_column, select, union_all

from engine.model import IncidentStatus, TimerStatus
from engine.store.batch import Batch
from engine.store.rows import columns_of, rows_of
from engine.store.schema import (
    deadlines,
    frames,
    incidents,
    instances,
    jobs,
    policy_moves,
    subscriptions,
    tasks,
    timers,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class EventHappened:
    """A timer beside something that has fired, or was passed over."""

    host: int | None  #: what it stood beside
    element_id: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerArmed:
    """A timer that waits, as it was set."""

    number: int
    fires_at: datetime
    repeats: int
    period: str | None
    armed_at: datetime | None  #: None where that was not kept


@dataclass(frozen=True, kw_only=True, slots=True)
class StuckAt:
    """An open incident, and where it is."""

    number: int
    instance: int
    token: int
    element_id: str
    process_id: str  #: of the element
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveRow:
    number: int
    was_digest: str
    now_digest: str
    moved_at: datetime
    table: str  #: JSON: what the policy owner said of it
    became: str  #: JSON: by process, elements that bear another id since: old to new

    @property
    def elements(self) -> Mapping[str, Mapping[str, str]]:
        found: Mapping[str, Mapping[str, str]] = json.loads(self.became)
        return found


class NewMove(TypedDict):
    was_digest: str
    now_digest: str
    moved_at: datetime
    table: str
    became: str


def add_move(batch: Batch, number: int, **told: Unpack[NewMove]) -> None:
    batch.add(policy_moves, number, told)


_CASE: Any = bindparam("case_id")
_WAITS = timers.c.status == TimerStatus.WAITING
_HAPPENED = (
    select(*columns_of(EventHappened, timers, at=func.coalesce(timers.c.fired_at, timers.c.fires_at)))
    .where(
        timers.c.case_id == _CASE,
        timers.c.host.is_not(None),
        timers.c.status.in_((TimerStatus.FIRED, TimerStatus.PASSED)),
    )
    .order_by(timers.c.number)
)
_ARMED = select(*columns_of(TimerArmed, timers)).where(timers.c.case_id == _CASE, _WAITS).order_by(timers.c.number)
_MADE = union_all(
    *(
        select(table.c.number, at.label("at")).where(table.c.case_id == _CASE, at.is_not(None))
        for table, at in (
            (tasks, tasks.c.created_at),
            (jobs, jobs.c.created_at),
            (instances, instances.c.started_at),
            (frames, frames.c.started_at),
            (deadlines, deadlines.c.set_at),
            (timers, timers.c.armed_at),
            (incidents, incidents.c.opened_at),
        )
    )
).order_by(literal_column("number"))
_STUCK = (
    select(*columns_of(StuckAt, incidents, process_id=func.coalesce(incidents.c.process_id, instances.c.process_id)))
    .join(instances, (instances.c.case_id == incidents.c.case_id) & (instances.c.number == incidents.c.instance))
    .where(incidents.c.case_id == _CASE, incidents.c.status == IncidentStatus.OPEN)
    .order_by(incidents.c.number)
)
_MOVES = (
    select(*columns_of(MoveRow, policy_moves)).where(policy_moves.c.case_id == _CASE).order_by(policy_moves.c.number)
)
_STARTED = select(instances.c.process_id).where(instances.c.case_id == _CASE).distinct()
_SUBSCRIBED = select(subscriptions.c.number).where(subscriptions.c.case_id == _CASE, subscriptions.c.is_waiting)


def events_happened(connection: Connection, case_id: int) -> list[EventHappened]:
    """The timers beside something that waits no more because their time came."""
    return rows_of(EventHappened, connection.execute(_HAPPENED, {"case_id": case_id}))


def armed_timers(connection: Connection, case_id: int) -> Mapping[int, TimerArmed]:
    """Those that wait, by number."""
    return {row.number: row for row in rows_of(TimerArmed, connection.execute(_ARMED, {"case_id": case_id}))}


def waiting_subscriptions(connection: Connection, case_id: int) -> frozenset[int]:
    return frozenset(connection.execute(_SUBSCRIBED, {"case_id": case_id}).scalars())


def made_at(connection: Connection, case_id: int) -> list[tuple[int, datetime]]:
    """When what has a number in the case was made, by number. A token has no row of its own; what was made right after
    it was made in the same step."""
    return [(row.number, row.at) for row in connection.execute(_MADE, {"case_id": case_id})]


def stuck_at(connection: Connection, case_id: int) -> list[StuckAt]:
    """The open incidents of the case."""
    return rows_of(StuckAt, connection.execute(_STUCK, {"case_id": case_id}))


def processes_begun(connection: Connection, case_id: int) -> frozenset[str]:
    """The processes of which the case has, or had, an instance."""
    return frozenset(connection.execute(_STARTED, {"case_id": case_id}).scalars())


def moves_of_case(connection: Connection, case_id: int) -> list[MoveRow]:
    """The first one first."""
    return rows_of(MoveRow, connection.execute(_MOVES, {"case_id": case_id}))
