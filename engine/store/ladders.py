"""Ladders of escalation: the rungs that hang on tasks, or on the sub-process round them, taken or to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, FromClause, and_, bindparam, func, select

from engine.model import TaskStatus, TimerStatus
from engine.store.rows import columns_of, rows_of
from engine.store.schema import instances, tasks, timers


@dataclass(frozen=True, kw_only=True, slots=True)
class RungRow:
    """The timer that is a rung of a ladder."""

    case_id: int
    host: int  #: number of what the ladder hangs on: of a task, or of the sub-process round it
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
class RungOfTask(RungRow):
    """A rung with the number of a task that stands on its ladder."""

    task: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnRung(RungOfTask):
    """Such a rung with the process it is drawn in."""

    process_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RungOfCase(DrawnRung):
    """A rung of a case, with what is known of that task."""

    name: str  #: of the task
    item_id: str
    task_status: TaskStatus
    due_on: date | None
    completed_at: datetime | None


def ladder_host(of: FromClause) -> ColumnElement[int]:
    """Number of what the ladder of a task hangs on, where it has one: the task itself, or the sub-process round it."""
    return func.coalesce(of.c.ladder, of.c.number)


_TAKEN_OR_TO_COME = (TimerStatus.FIRED, TimerStatus.WAITING)
_OF_PROCESS = and_(instances.c.case_id == timers.c.case_id, instances.c.number == timers.c.instance)
_ON_LADDER = and_(tasks.c.case_id == timers.c.case_id, ladder_host(tasks) == timers.c.host)
_RUNG = {"host": timers.c.host, "rung": timers.c.rung}
_OF_TASK = {**_RUNG, "task": tasks.c.number}
_DRAWN = {**_OF_TASK, "process_id": instances.c.process_id}
_RUNGS = columns_of(RungRow, timers, **_RUNG)
_RUNGS_OF_TASKS = columns_of(RungOfTask, timers, **_OF_TASK)
_DRAWN_RUNGS = columns_of(DrawnRung, timers, **_DRAWN)
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
_OF_CASE = (
    select(
        *columns_of(
            RungOfCase, timers, **_DRAWN, name=tasks.c.name, item_id=tasks.c.item_id, task_status=tasks.c.status,
            due_on=tasks.c.due_on, completed_at=tasks.c.completed_at,
        )
    )
    .select_from(timers.join(tasks, _ON_LADDER).join(instances, _OF_PROCESS))
    .where(timers.c.case_id == bindparam("case_id"), timers.c.rung.is_not(None))
    .order_by(timers.c.host, (tasks.c.status == TaskStatus.OPEN).desc(), tasks.c.number.desc(), timers.c.rung)
)  # fmt: skip


def ladders_of_case(connection: Connection, case_id: int) -> list[list[RungOfCase]]:
    """The rungs of every ladder in the case, from the lowest, those passed over too.

    Each comes with the task that stands on the ladder now, or that was the last to do so.
    """
    ladders: dict[int, list[RungOfCase]] = {}
    for row in rows_of(RungOfCase, connection.execute(_OF_CASE, {"case_id": case_id})):
        ladder = ladders.setdefault(row.host, [])
        if not ladder or ladder[0].task == row.task:
            ladder.append(row)
    return list(ladders.values())


def fired_rungs(connection: Connection, case_id: int, host: int) -> list[RungRow]:
    """The rungs of the ladder on a task or a sub-process that were taken, lowest first."""
    return rows_of(RungRow, connection.execute(_FIRED, {"case_id": case_id, "host": host}))


def rungs_of_tasks(connection: Connection, found: Collection[tuple[int, int]]) -> list[RungOfTask]:
    """The rungs, taken or to come, of the ladders of these tasks, each given by case id and number; from the lowest.

    Others of the same cases may be among them.
    """
    query = (
        select(*_RUNGS_OF_TASKS)
        .join(tasks, _ON_LADDER)
        .where(
            timers.c.case_id.in_({case_id for case_id, _ in found}),
            tasks.c.number.in_({number for _, number in found}),
            timers.c.rung.is_not(None),
            timers.c.status.in_(_TAKEN_OR_TO_COME),
        )
        .order_by(timers.c.rung)
    )
    return rows_of(RungOfTask, connection.execute(query))


def drawn_rungs_of(connection: Connection, council_id: str, found: Iterable[tuple[int, int]]) -> list[DrawnRung]:
    """The rungs, taken or to come, of the ladders of these tasks of a council, (case id, number), from the lowest."""
    wanted = set(found)
    if not wanted:
        return []
    query = (
        select(*_DRAWN_RUNGS)
        .join(instances, _OF_PROCESS)
        .join(tasks, _ON_LADDER)
        .where(
            timers.c.council_id == council_id, timers.c.case_id.in_(sorted({case_id for case_id, _ in wanted})),
            tasks.c.number.in_(sorted({number for _, number in wanted})), timers.c.rung.is_not(None),
            timers.c.status.in_(_TAKEN_OR_TO_COME),
        )
        .order_by(timers.c.case_id, tasks.c.number, timers.c.rung)
    )  # fmt: skip
    rows = rows_of(DrawnRung, connection.execute(query))
    return [row for row in rows if (row.case_id, row.task) in wanted]
