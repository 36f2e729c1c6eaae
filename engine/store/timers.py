"""Timers: what in a case waits for its time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import Connection, and_, bindparam, exists, func, select

from engine.model import TimerStatus
from engine.store.batch import Batch
from engine.store.rows import columns_of, rows_of
from engine.store.schema import deadlines, instances, timers


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerRow:
    number: int
    instance: int
    host: int | None  #: token of the activity that it is armed on, where it stands on an edge
    fires_at: datetime
    repeats: int  #: firings left after this one; -1 without end
    period: str | None  #: of a cycle: from when it counts, and how long it takes; as FEEL value
    rung: int | None  #: of a ladder


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerWaiting:
    """One that waits, with what people call where it stands."""

    number: int
    element_id: str
    fires_at: datetime
    repeats: int
    rung: int | None
    process_id: str
    item_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerWithoutDay:
    number: int
    instance: int
    element_id: str


class NewTimer(TypedDict):
    """What is told of one that is armed."""

    instance: int
    element_id: str
    host: int | None  #: token of the activity that it is armed on, where it stands on an edge
    fires_at: datetime
    repeats: int  #: firings left after this one; -1 without end
    period: str | None  #: of a cycle: from when it counts, and how long it takes; as FEEL value
    rung: int | None  #: of a ladder
    armed_at: datetime


class TimerChange(TypedDict, total=False):
    element_id: str
    rung: int | None
    status: TimerStatus
    fires_at: datetime
    fired_at: datetime
    repeats: int
    period: str | None


def add_timer(batch: Batch, number: int, **told: Unpack[NewTimer]) -> None:
    batch.add(timers, number, {**told, "status": TimerStatus.WAITING})


def change_timer(batch: Batch, number: int, **changes: Unpack[TimerChange]) -> None:
    batch.change(timers, number, changes)


_OF_INSTANCE = and_(instances.c.case_id == timers.c.case_id, instances.c.number == timers.c.instance)
_OF_CASE = timers.c.case_id == bindparam("case_id")
_WAITS = timers.c.status == TimerStatus.WAITING
_IS_DUE = timers.c.fires_at <= bindparam("now")
_DUE = (
    select(*columns_of(TimerRow, timers)).where(_OF_CASE, _WAITS, _IS_DUE).order_by(timers.c.fires_at, timers.c.number)
)
_WAITING = (
    select(
        *columns_of(
            TimerWaiting,
            timers,
            process_id=instances.c.process_id,
            item_id=instances.c.item_id,
        )
    )
    .select_from(timers.join(instances, _OF_INSTANCE))
    .where(_OF_CASE, _WAITS)
    .order_by(timers.c.fires_at, timers.c.number)
)

_WITHOUT_DAY = select(*columns_of(TimerWithoutDay, timers)).where(
    _OF_CASE,
    _WAITS,
    timers.c.host.in_(bindparam("hosts", expanding=True)),
    timers.c.fires_at == bindparam("never"),
    ~exists().where(deadlines.c.case_id == timers.c.case_id, deadlines.c.token == timers.c.number),
)


def timers_without_day(
    connection: Connection, case_id: int, hosts: Iterable[int], never: datetime
) -> list[TimerWithoutDay]:
    """Those on the edges of these hosts of which nobody has known yet from when they count."""
    named = {"case_id": case_id, "hosts": list(hosts), "never": never}
    return rows_of(TimerWithoutDay, connection.execute(_WITHOUT_DAY, named))


def due_timers(connection: Connection, case_id: int, now: datetime) -> list[TimerRow]:
    """The case's due timers, earliest first."""
    return rows_of(TimerRow, connection.execute(_DUE, {"case_id": case_id, "now": now}))


def waiting_timers(connection: Connection, case_id: int) -> list[TimerWaiting]:
    """Every timer of the case that waits, the next first."""
    return rows_of(TimerWaiting, connection.execute(_WAITING, {"case_id": case_id}))


def cases_with_due_timers(connection: Connection, now: datetime, limit: int) -> list[int]:
    """Cases in which a timer is due, the longest due first; costs what is due, not what waits."""
    due = (
        select(timers.c.case_id, timers.c.fires_at)
        .where(_WAITS, timers.c.fires_at <= now)
        .order_by(timers.c.fires_at)
        .limit(limit)
        .subquery()
    )
    rows = connection.execute(
        select(due.c.case_id).group_by(due.c.case_id).order_by(func.min(due.c.fires_at), due.c.case_id)
    )
    return [row.case_id for row in rows]


def next_timer_at(connection: Connection) -> datetime | None:
    """When the next timer of all cases fires."""
    return connection.execute(select(func.min(timers.c.fires_at)).where(_WAITS)).scalar()


def count_fired(connection: Connection, since: datetime, until: datetime) -> int:
    """How many timers fired from the one moment up to the other: for measuring, it reads all that ever fired."""
    query = select(func.count()).where(
        timers.c.status == TimerStatus.FIRED, timers.c.fired_at >= since, timers.c.fired_at < until
    )
    return int(connection.execute(query).scalar_one())
