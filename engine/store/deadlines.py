"""Deadlines: what is due when and why, of tasks and of timers. None is overwritten; another takes its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Row, and_, bindparam, or_, select

from engine.model import DeadlineStatus, TaskStatus, TimerStatus
from engine.store.batch import Batch
from engine.store.rows import columns_of, rows_of
from engine.store.schema import deadlines, instances, tasks, timers


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineRow:
    number: int
    token: int  #: of the task or timer that it is the deadline of
    limit_name: str
    counted_from: str  #: the fact it counts from, as time_limits.dmn says it
    start_on: date
    due_on: date
    calendar_version: str
    status: DeadlineStatus
    set_by: str
    reason: str | None  #: why a person, or a calendar, has set it


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineMade:
    """One that a step set, with the task, or the timer, that it is the deadline of."""

    due_on: date
    explanation: str
    task_name: str | None
    task_item_id: str | None
    timer_element: str | None
    process_id: str | None  #: of the timer
    item_id: str | None  #: of the timer's process instance


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


class LaterDeadline(TypedDict):
    """What is told of one that takes the place of another of the same task or timer, and of the same limit."""

    due_on: date
    calendar_version: str
    explanation: str
    status: DeadlineStatus
    set_at: datetime
    set_by: str
    reason: str


def add_deadline(batch: Batch, number: int, **told: Unpack[NewDeadline]) -> None:
    batch.add(deadlines, number, told)


def supersede_deadline(batch: Batch, number: int, old: DeadlineRow, **told: Unpack[LaterDeadline]) -> None:
    """The new row, numbered `number`, counts from now on; `old` stays and names it."""
    add_deadline(
        batch, number, token=old.token, limit_name=old.limit_name, counted_from=old.counted_from,
        start_on=old.start_on, **told,
    )  # fmt: skip
    batch.change(deadlines, old.number, {"status": DeadlineStatus.SUPERSEDED, "superseded_by": number})


def counting_deadlines(connection: Connection, case_id: int) -> Sequence[Row[Any]]:
    """The case's deadlines that run now, oldest first, each with the element it is the deadline of.

    `is_task` says whether it is a task's; otherwise it is a timer's. Those that are suspended do not run.
    """
    of_token = and_(tasks.c.case_id == deadlines.c.case_id, tasks.c.number == deadlines.c.token)
    of_timer = and_(timers.c.case_id == deadlines.c.case_id, timers.c.number == deadlines.c.token)
    found: Sequence[Row[Any]] = connection.execute(
        select(
            deadlines,
            tasks.c.number.is_not(None).label("is_task"),
            tasks.c.element_id.label("task_element"),
            timers.c.element_id.label("timer_element"),
            tasks.c.instance.label("task_instance"),
            timers.c.instance.label("timer_instance"),
        )
        .select_from(deadlines.outerjoin(tasks, of_token).outerjoin(timers, of_timer))
        .where(
            deadlines.c.case_id == case_id,
            deadlines.c.status == DeadlineStatus.CURRENT,
            or_(tasks.c.status == TaskStatus.OPEN, timers.c.status == TimerStatus.WAITING),
        )
        .order_by(deadlines.c.number)
    ).all()
    return found


_SINCE = (
    select(
        *columns_of(
            DeadlineMade,
            deadlines,
            task_name=tasks.c.name,
            task_item_id=tasks.c.item_id,
            timer_element=timers.c.element_id,
            process_id=instances.c.process_id,
            item_id=instances.c.item_id,
        )
    )
    .select_from(
        deadlines.outerjoin(tasks, and_(tasks.c.case_id == deadlines.c.case_id, tasks.c.number == deadlines.c.token))
        .outerjoin(timers, and_(timers.c.case_id == deadlines.c.case_id, timers.c.number == deadlines.c.token))
        .outerjoin(instances, and_(instances.c.case_id == timers.c.case_id, instances.c.number == timers.c.instance))
    )
    .where(
        deadlines.c.case_id == bindparam("case_id"),
        deadlines.c.number > bindparam("last_number"),
        deadlines.c.status != DeadlineStatus.SUPERSEDED,
    )
    .order_by(deadlines.c.due_on, deadlines.c.number)
)


def deadlines_since(connection: Connection, case_id: int, last_number: int) -> list[DeadlineMade]:
    """The deadlines that count or stand still and were set since `last_number` was the case's last number."""
    return rows_of(DeadlineMade, connection.execute(_SINCE, {"case_id": case_id, "last_number": last_number}))
