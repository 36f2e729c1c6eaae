"""Deadlines: what is due when and why, of tasks, timers and time frames. None is overwritten: another follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select, type_coerce

from engine.model import DeadlineHolder, DeadlineStatus, FrameStatus, TaskStatus, TimerStatus
from engine.store.batch import Batch
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import deadlines, frames, instances, tasks, timers
from engine.store.schema.base import Word


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineRow:
    number: int
    token: int  #: number of the task, timer or frame that it is the deadline of
    limit_name: str
    counted_from: str  #: the fact it counts from, as time_limits.dmn says it
    start_on: date
    due_on: date
    calendar_version: str
    explanation: str
    status: DeadlineStatus
    set_at: datetime  #: of one that stands still, since when
    set_by: str
    reason: str | None  #: why a person, or a calendar, has set it
    stopped_on: date | None  #: the day on which it was due when its clock was stopped; None: that runs


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnDeadline(DeadlineRow):
    """A deadline with the element that it is the deadline of."""

    process_id: str
    element_id: str | None  #: None where it is that of the process itself
    holder: DeadlineHolder


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineMade(DrawnDeadline):
    """One that a step set, with what it is about."""

    name: str | None  #: of the task or frame; None where it is a timer's
    item_id: str  #: "" for the case itself


class NewDeadline(TypedDict):
    token: int
    limit_name: str
    counted_from: str
    start_on: date
    due_on: date
    calendar_version: str
    explanation: str
    status: DeadlineStatus
    set_at: datetime
    set_by: str
    reason: str | None
    stopped_on: date | None


class LaterDeadline(TypedDict):
    """What is told of one that takes the place of another of the same task, timer or frame, and of the same limit."""

    due_on: date
    calendar_version: str
    explanation: str
    status: DeadlineStatus
    set_at: datetime
    set_by: str
    reason: str
    stopped_on: date | None


_OF_TIMER = and_(timers.c.case_id == deadlines.c.case_id, timers.c.number == deadlines.c.token)
_OF_FRAME = and_(frames.c.case_id == deadlines.c.case_id, frames.c.number == deadlines.c.token)
_OF_TASK = and_(tasks.c.case_id == deadlines.c.case_id, tasks.c.number == deadlines.c.token)
_CURRENT = select(*columns_of(DeadlineRow, deadlines)).where(
    deadlines.c.case_id == bindparam("case_id"),
    deadlines.c.token == bindparam("token"),
    deadlines.c.status != DeadlineStatus.SUPERSEDED,
)
_instance = func.coalesce(tasks.c.instance, timers.c.instance, frames.c.instance)
_HOLDER = type_coerce(
    case(
        (tasks.c.number.is_not(None), DeadlineHolder.TASK.value),
        (timers.c.number.is_not(None), DeadlineHolder.TIMER.value),
        else_=DeadlineHolder.FRAME.value,
    ),
    Word(DeadlineHolder),
)
_ELEMENT = {
    "process_id": instances.c.process_id,
    "holder": _HOLDER,
    "element_id": func.coalesce(tasks.c.element_id, timers.c.element_id, frames.c.element_id),
}
_FROM = (
    deadlines.outerjoin(tasks, _OF_TASK)
    .outerjoin(timers, _OF_TIMER)
    .outerjoin(frames, _OF_FRAME)
    .join(instances, and_(instances.c.case_id == deadlines.c.case_id, instances.c.number == _instance))
)
_DRAWN = (
    select(*columns_of(DrawnDeadline, deadlines, **_ELEMENT))
    .select_from(_FROM)
    .where(deadlines.c.case_id == bindparam("case_id"))
)
_SINCE = (
    select(
        *columns_of(
            DeadlineMade, deadlines, **_ELEMENT, name=func.coalesce(tasks.c.name, frames.c.name),
            item_id=func.coalesce(tasks.c.item_id, instances.c.item_id),
        )
    )
    .select_from(_FROM)
    .where(
        deadlines.c.case_id == bindparam("case_id"),
        deadlines.c.number > bindparam("last_number"),
        deadlines.c.status != DeadlineStatus.SUPERSEDED,
    )
    .order_by(deadlines.c.due_on, deadlines.c.number)
)  # fmt: skip
_COUNTING = _DRAWN.where(
    deadlines.c.status == DeadlineStatus.CURRENT,
    or_(
        tasks.c.status == TaskStatus.OPEN,
        timers.c.status == TimerStatus.WAITING,
        frames.c.status == FrameStatus.OPEN,
    ),
).order_by(deadlines.c.number)
_ARMED = _DRAWN.where(
    timers.c.host.in_(bindparam("hosts", expanding=True)),
    timers.c.status == TimerStatus.WAITING,
    deadlines.c.status != DeadlineStatus.SUPERSEDED,
).order_by(timers.c.number)


def add_deadline(batch: Batch, number: int, **told: Unpack[NewDeadline]) -> None:
    batch.add(deadlines, number, told)


def supersede_deadline(batch: Batch, number: int, old: DeadlineRow, **told: Unpack[LaterDeadline]) -> None:
    """The new row, numbered `number`, counts from now on; `old` stays and names it."""
    add_deadline(
        batch, number, token=old.token, limit_name=old.limit_name, counted_from=old.counted_from,
        start_on=old.start_on, **told,
    )  # fmt: skip
    batch.change(deadlines, old.number, {"status": DeadlineStatus.SUPERSEDED, "superseded_by": number})


def end_deadline(batch: Batch, number: int) -> None:
    """It counts no more and none follows: the day is a fact now."""
    batch.change(deadlines, number, {"status": DeadlineStatus.SUPERSEDED})


def go_back_to_deadline(batch: Batch, number: int, status: DeadlineStatus) -> None:
    """What has taken the place of this one is undone, and it counts, or stands still, again."""
    batch.change(deadlines, number, {"status": status, "superseded_by": None})


def current_deadline(connection: Connection, case_id: int, token: int) -> DeadlineRow | None:
    """The one of this task, timer or frame that counts, or stands still."""
    return row_or_none(DeadlineRow, connection.execute(_CURRENT, {"case_id": case_id, "token": token}).one_or_none())


def deadlines_armed_on(connection: Connection, case_id: int, hosts: Iterable[int]) -> list[DrawnDeadline]:
    """The deadlines of the timers that wait on the edges of tasks or sub-processes."""
    return rows_of(DrawnDeadline, connection.execute(_ARMED, {"case_id": case_id, "hosts": sorted(set(hosts))}))


def counting_deadlines(connection: Connection, case_id: int) -> list[DrawnDeadline]:
    """The case's deadlines that run now, oldest first. Those that are suspended do not run."""
    return rows_of(DrawnDeadline, connection.execute(_COUNTING, {"case_id": case_id}))


def deadlines_since(connection: Connection, case_id: int, last_number: int) -> list[DeadlineMade]:
    """The deadlines that count or stand still and were set since `last_number` was the case's last number."""
    return rows_of(DeadlineMade, connection.execute(_SINCE, {"case_id": case_id, "last_number": last_number}))
