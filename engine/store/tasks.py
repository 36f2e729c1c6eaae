"""Tasks, each with the deadline that explains when it is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Connection, FromClause, and_, bindparam, or_, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from engine.clock import local_date
from engine.model import DeadlineStatus, FrameStatus, TaskId, TaskStatus, TimerStatus
from engine.store.batch import Batch
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import cases, deadlines, frames, instances, tasks, timers


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskRow:
    number: int  #: in the case
    instance: int
    element_id: str
    name: str
    team: str  #: id
    assignee: str | None  #: the one person it is for, as the diagram says
    status: TaskStatus
    claimed_by: str | None
    form_id: str | None
    due_on: date | None  #: last day; None where there is no limit, or where its clock stands still
    follow_up_on: date | None  #: somebody wants to come back to it on this day
    collection: str
    item_id: str  #: "" where it is about the case itself
    ladder: int | None  #: token of the sub-process on whose edge its ladder stands; None: on its own
    frame: int | None  #: number of the nearest time frame round it
    created_at: datetime
    completed_at: datetime | None
    completed_by: str | None
    completed_on: date | None  #: the day on which it was really done, or completed

    @property
    def done_on(self) -> date | None:
        """The day on which it was done; None while it is not."""
        return self.completed_on or (local_date(self.completed_at) if self.completed_at is not None else None)

    @property
    def ladder_host(self) -> int:
        """Number of what its ladder hangs on, where it has one."""
        return self.number if self.ladder is None else self.ladder

    @property
    def had_by(self) -> str | None:
        return self.claimed_by or self.assignee


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedTask(TaskRow):
    """A task with the deadline that counts; what is of that is None where the task has none."""

    explanation: str | None  #: why it is due then
    deadline_status: DeadlineStatus | None

    @property
    def is_suspended(self) -> bool:
        """Its clock stands still, so it is not late."""
        return self.deadline_status is DeadlineStatus.SUSPENDED


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskOfCase(DatedTask):
    """A task among all that its case has had."""

    process_id: str
    deadline_reason: str | None  #: what a person said who changed the deadline
    deadline_set_by: str | None  #: who set or changed it


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenTask(DatedTask):
    """A task among those of many cases."""

    council_id: str
    case_id: int
    reference: str
    title: str  #: what people know the case by
    frame_name: str | None  #: of the nearest time frame round it; None where there is none
    frame_due_on: date | None  #: its last day; None also where none is set, or where its clock stands still

    @property
    def task_id(self) -> TaskId:
        return TaskId(reference=self.reference, number=self.number)


@dataclass(frozen=True, kw_only=True, slots=True)
class DoneTask:
    name: str
    completed_by: str | None


class NewTask(TypedDict):
    """What is told of one that arises; it is open and nobody has claimed it."""

    instance: int
    element_id: str
    name: str
    team: str
    assignee: str | None
    form_id: str | None
    priority: int
    due_on: date | None
    follow_up_on: date | None
    collection: str
    item_id: str
    ladder: int | None  #: token of the sub-process on whose edge its ladder stands; None: on its own
    frame: int | None  #: number of the nearest time frame round it
    created_at: datetime


class TaskChange(TypedDict, total=False):
    element_id: str
    name: str
    team: str
    assignee: str | None
    form_id: str | None
    priority: int
    ladder: int | None
    frame: int | None
    status: TaskStatus
    claimed_by: str | None
    claimed_at: datetime | None
    due_on: date | None
    follow_up_on: date | None
    completed_at: datetime
    completed_by: str
    completed_on: date


def add_task(batch: Batch, number: int, **told: Unpack[NewTask]) -> None:
    batch.add(tasks, number, {**told, "status": TaskStatus.OPEN})


def change_task(batch: Batch, number: int, **changes: Unpack[TaskChange]) -> None:
    batch.change(tasks, number, changes)


_LOAD = select(*columns_of(TaskRow, tasks)).where(
    tasks.c.case_id == bindparam("case_id"), tasks.c.number == bindparam("number")
)
_OF_TASK = and_(
    deadlines.c.case_id == tasks.c.case_id,
    deadlines.c.token == tasks.c.number,
    deadlines.c.status != DeadlineStatus.SUPERSEDED,
)
_DEADLINE = {"explanation": deadlines.c.explanation, "deadline_status": deadlines.c.status}
_OF_CASE = (
    select(
        *columns_of(
            TaskOfCase,
            tasks,
            **_DEADLINE,
            deadline_reason=deadlines.c.reason,
            deadline_set_by=deadlines.c.set_by,
            process_id=instances.c.process_id,
        )
    )
    .select_from(
        tasks.join(
            instances, and_(instances.c.case_id == tasks.c.case_id, instances.c.number == tasks.c.instance)
        ).outerjoin(deadlines, _OF_TASK)
    )
    .where(tasks.c.case_id == bindparam("case_id"))
    .order_by(tasks.c.number)
)
OPEN_TASK = columns_of(
    OpenTask,
    tasks,
    **_DEADLINE,
    reference=cases.c.reference,
    title=cases.c.title,
    frame_name=frames.c.name,
    frame_due_on=frames.c.due_on,
)
_FRAME = and_(frames.c.case_id == tasks.c.case_id, frames.c.number == tasks.c.frame)
_DONE = columns_of(DoneTask, tasks)


def urgent_first(columns: ReadOnlyColumnCollection[str, Any]) -> list[ColumnElement[Any]]:
    """The order of tasks, or of a query's columns of them: the most urgent first, those without a day last."""
    return [columns.due_on.asc().nulls_last(), columns.priority.desc(), columns.case_id, columns.number]


def with_case_and_deadline(found: FromClause) -> FromClause:
    """What the columns of `INBOX_TASK` are read from; `found` are, or hold, the tasks."""
    return (
        found.join(cases, cases.c.case_id == tasks.c.case_id).outerjoin(deadlines, _OF_TASK).outerjoin(frames, _FRAME)
    )


def load_task(connection: Connection, case_id: int, number: int) -> TaskRow | None:
    return row_or_none(TaskRow, connection.execute(_LOAD, {"case_id": case_id, "number": number}).one_or_none())


def of_case(connection: Connection, case_id: int) -> list[TaskOfCase]:
    """Every task that the case has had, in the order in which they came."""
    return rows_of(TaskOfCase, connection.execute(_OF_CASE, {"case_id": case_id}))


def done_by(connection: Connection, case_id: int, element_ids: Iterable[str]) -> list[DoneTask]:
    """The completed tasks of these elements in this case."""
    query = select(*_DONE).where(
        tasks.c.case_id == case_id,
        tasks.c.element_id.in_(list(element_ids)),
        tasks.c.status == TaskStatus.COMPLETED,
    )
    return rows_of(DoneTask, connection.execute(query))


def open_tasks(
    connection: Connection,
    *,
    council_id: str | None = None,
    team: str | None = None,
    reference: str | None = None,
    held_by: Collection[str] | None = None,
) -> list[OpenTask]:
    """Open tasks, the most urgent first, those without a deadline last.

    `held_by`: only those that one of these people has claimed, or that are for them alone.
    """
    query = (
        select(*OPEN_TASK)
        .select_from(with_case_and_deadline(tasks))
        .where(tasks.c.status == TaskStatus.OPEN)
        .order_by(*urgent_first(tasks.c))
    )
    if council_id is not None:
        query = query.where(tasks.c.council_id == council_id)
    if team is not None:
        query = query.where(tasks.c.team == team)
    if reference is not None:
        query = query.where(cases.c.reference == reference)
    if held_by is not None:
        query = query.where(or_(tasks.c.claimed_by.in_(held_by), tasks.c.assignee.in_(held_by)))
    return rows_of(OpenTask, connection.execute(query))


def still_runs(connection: Connection, case_id: int, token: int) -> bool:
    """Whether the task or time frame is open, or the timer waits, that has this number."""
    of_task = select(tasks.c.number).where(
        tasks.c.case_id == case_id, tasks.c.number == token, tasks.c.status == TaskStatus.OPEN
    )
    of_timer = select(timers.c.number).where(
        timers.c.case_id == case_id, timers.c.number == token, timers.c.status == TimerStatus.WAITING
    )
    of_frame = select(frames.c.number).where(
        frames.c.case_id == case_id, frames.c.number == token, frames.c.status == FrameStatus.OPEN
    )
    return connection.execute(of_task.union_all(of_timer, of_frame)).first() is not None


def has_part(connection: Connection, case_id: int, teams: Iterable[str], person: str) -> bool:
    """Whether a task of the case is, or was, for one of these teams or for this person."""
    query = (
        select(tasks.c.number)
        .where(tasks.c.case_id == case_id, or_(tasks.c.team.in_(list(teams)), tasks.c.assignee == person))
        .limit(1)
    )
    return connection.execute(query).first() is not None
