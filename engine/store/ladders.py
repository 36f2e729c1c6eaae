"""Ladders of escalation: the rungs that hang on tasks, taken or to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, select

from engine.model import TaskStatus, TimerStatus
from engine.store.rows import columns_of, rows_of
from engine.store.schema import instances, tasks, timers


@dataclass(frozen=True, kw_only=True, slots=True)
class RungRow:
    """The timer that is a rung of a task's ladder."""

    case_id: int
    host: int  #: number of the task
    element_id: str
    rung: int
    status: TimerStatus
    fires_at: datetime
    fired_at: datetime | None  #: None where it was not taken

    @property
    def at(self) -> datetime:
        """When it was taken, or will be."""
        return self.fired_at or self.fires_at


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnRung(RungRow):
    """A rung with the process it is drawn in."""

    process_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RungOfTask(DrawnRung):
    """A rung with the task it hangs on."""

    name: str  #: of the task
    item_id: str
    task_status: TaskStatus
    due_on: date | None
    completed_at: datetime | None


_TAKEN_OR_TO_COME = (TimerStatus.FIRED, TimerStatus.WAITING)
_OF_PROCESS = and_(instances.c.case_id == timers.c.case_id, instances.c.number == timers.c.instance)
_RUNG = {"host": timers.c.host, "rung": timers.c.rung}
_DRAWN = {**_RUNG, "process_id": instances.c.process_id}
_RUNGS = columns_of(RungRow, timers, **_RUNG)
_FIRED = (
    select(*_RUNGS)
    .where(
        timers.c.case_id == bindparam("case_id"),
        timers.c.host == bindparam("host"),
        timers.c.rung.is_not(None),
        timers.c.status == TimerStatus.FIRED,
    )
    .order_by(timers.c.rung)
)
_DRAWN_RUNGS = columns_of(DrawnRung, timers, **_DRAWN)
_OF_CASE = (
    select(
        *columns_of(
            RungOfTask, timers, **_DRAWN, name=tasks.c.name, item_id=tasks.c.item_id, task_status=tasks.c.status,
            due_on=tasks.c.due_on, completed_at=tasks.c.completed_at,
        )
    )
    .select_from(
        timers.join(tasks, and_(tasks.c.case_id == timers.c.case_id, tasks.c.number == timers.c.host)).join(
            instances, _OF_PROCESS
        )
    )
    .where(timers.c.case_id == bindparam("case_id"), timers.c.rung.is_not(None))
    .order_by(tasks.c.number, timers.c.rung)
)  # fmt: skip


def rungs_of_case(connection: Connection, case_id: int) -> list[RungOfTask]:
    """The rungs of every ladder in the case, ladder by ladder from the lowest, those passed over too."""
    return rows_of(RungOfTask, connection.execute(_OF_CASE, {"case_id": case_id}))


def fired_rungs(connection: Connection, case_id: int, host: int) -> list[RungRow]:
    """The rungs of the ladder on a task that were taken, lowest first."""
    return rows_of(RungRow, connection.execute(_FIRED, {"case_id": case_id, "host": host}))


def rungs_of_tasks(connection: Connection, found: Collection[tuple[int, int]]) -> list[RungRow]:
    """The rungs, taken or to come, that hang on these tasks, each given by case id and number; from the lowest.

    Others of the same cases may be among them.
    """
    query = (
        select(*_RUNGS)
        .where(
            timers.c.case_id.in_({case_id for case_id, _ in found}),
            timers.c.host.in_({number for _, number in found}),
            timers.c.rung.is_not(None),
            timers.c.status.in_(_TAKEN_OR_TO_COME),
        )
        .order_by(timers.c.rung)
    )
    return rows_of(RungRow, connection.execute(query))


def drawn_rungs_of(connection: Connection, council_id: str, hosts: Iterable[tuple[int, int]]) -> list[DrawnRung]:
    """The rungs that were taken or wait on these tasks of a council, (case id, number), from the lowest."""
    wanted = set(hosts)
    if not wanted:
        return []
    query = (
        select(*_DRAWN_RUNGS)
        .join(instances, _OF_PROCESS)
        .where(
            timers.c.council_id == council_id, timers.c.case_id.in_(sorted({case_id for case_id, _ in wanted})),
            timers.c.host.in_(sorted({number for _, number in wanted})), timers.c.rung.is_not(None),
            timers.c.status.in_(_TAKEN_OR_TO_COME),
        )
        .order_by(timers.c.case_id, timers.c.host, timers.c.rung)
    )  # fmt: skip
    found = rows_of(DrawnRung, connection.execute(query))
    return [row for row in found if (row.case_id, row.host) in wanted]
