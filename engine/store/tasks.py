"""Tasks: the rows of the inbox, and the deadlines that explain their due dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Row, and_, bindparam, or_, select

from engine.model import DeadlineStatus, InboxTask, TaskId, TaskStatus, TimerStatus
from engine.store.batch import Batch
from engine.store.schema import cases, deadlines, tasks, timers


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
    created_at: datetime


class TaskChange(TypedDict, total=False):
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


_LOAD = select(tasks).where(tasks.c.case_id == bindparam("case_id"), tasks.c.number == bindparam("number"))


def load_task(connection: Connection, case_id: int, number: int) -> Row[Any] | None:
    return connection.execute(_LOAD, {"case_id": case_id, "number": number}).one_or_none()


def of_case(connection: Connection, case_id: int) -> Sequence[Row[Any]]:
    """Every task that the case has had, in the order in which they came, each with the deadline that counts."""
    of_task = and_(
        deadlines.c.case_id == tasks.c.case_id,
        deadlines.c.token == tasks.c.number,
        deadlines.c.status != DeadlineStatus.SUPERSEDED,
    )
    return connection.execute(
        select(
            tasks,
            deadlines.c.explanation,
            deadlines.c.status.label("deadline_status"),
            deadlines.c.reason.label("deadline_reason"),
        )
        .select_from(tasks.outerjoin(deadlines, of_task))
        .where(tasks.c.case_id == case_id)
        .order_by(tasks.c.number)
    ).all()


def completers(connection: Connection, case_id: int, element_ids: Iterable[str]) -> Sequence[Any]:
    """Who completed the tasks of these elements in this case."""
    return connection.execute(
        select(tasks.c.element_id, tasks.c.name, tasks.c.completed_by).where(
            tasks.c.case_id == case_id,
            tasks.c.element_id.in_(list(element_ids)),
            tasks.c.status == TaskStatus.COMPLETED,
        )
    ).all()


def inbox(
    connection: Connection,
    *,
    council_id: str | None = None,
    team: str | None = None,
    reference: str | None = None,
    status: TaskStatus = TaskStatus.OPEN,
) -> list[InboxTask]:
    """Tasks, the most urgent first, those without a deadline last."""
    query = (
        select(tasks, cases.c.reference, deadlines.c.explanation, deadlines.c.status.label("deadline_status"))
        .select_from(
            tasks.join(cases, cases.c.case_id == tasks.c.case_id).outerjoin(
                deadlines,
                and_(
                    deadlines.c.case_id == tasks.c.case_id,
                    deadlines.c.token == tasks.c.number,
                    deadlines.c.status != DeadlineStatus.SUPERSEDED,
                ),
            )
        )
        .where(tasks.c.status == status)
        .order_by(tasks.c.due_on.is_(None), tasks.c.due_on, tasks.c.priority.desc(), tasks.c.case_id, tasks.c.number)
    )
    if council_id is not None:
        query = query.where(tasks.c.council_id == council_id)
    if team is not None:
        query = query.where(tasks.c.team == team)
    if reference is not None:
        query = query.where(cases.c.reference == reference)
    return [
        InboxTask(
            task_id=TaskId(reference=r.reference, number=r.number),
            council_id=r.council_id,
            element_id=r.element_id,
            name=r.name,
            team=r.team,
            status=TaskStatus(r.status),
            claimed_by=r.claimed_by,
            assignee=r.assignee,
            due_on=r.due_on,
            follow_up_on=r.follow_up_on,
            item_id=r.item_id,
            form_id=r.form_id,
            created_at=r.created_at,
            explanation=r.explanation,
            is_suspended=r.deadline_status == DeadlineStatus.SUSPENDED,
        )
        for r in connection.execute(query)
    ]


def still_runs(connection: Connection, case_id: int, token: int) -> bool:
    """Whether the task is open, or the timer waits, that has this number."""
    of_task = select(tasks.c.number).where(
        tasks.c.case_id == case_id, tasks.c.number == token, tasks.c.status == TaskStatus.OPEN
    )
    of_timer = select(timers.c.number).where(
        timers.c.case_id == case_id, timers.c.number == token, timers.c.status == TimerStatus.WAITING
    )
    return connection.execute(of_task.union_all(of_timer)).first() is not None


def current_deadline(connection: Connection, case_id: int, token: int) -> Row[Any] | None:
    return connection.execute(
        select(deadlines).where(
            deadlines.c.case_id == case_id, deadlines.c.token == token, deadlines.c.status != DeadlineStatus.SUPERSEDED
        )
    ).one_or_none()


def deadlines_armed_on(connection: Connection, case_id: int, task: int) -> Sequence[Row[Any]]:
    """The deadlines of the timers that wait on a task, each with its timer's `instance` and `element_id`."""
    return connection.execute(
        select(deadlines, timers.c.instance, timers.c.element_id)
        .join(timers, and_(timers.c.case_id == deadlines.c.case_id, timers.c.number == deadlines.c.token))
        .where(
            timers.c.case_id == case_id,
            timers.c.host == task,
            timers.c.status == TimerStatus.WAITING,
            deadlines.c.status != DeadlineStatus.SUPERSEDED,
        )
        .order_by(timers.c.number)
    ).all()


def has_part(connection: Connection, case_id: int, teams: Iterable[str], person: str) -> bool:
    """Whether a task of the case is, or was, for one of these teams or for this person."""
    query = (
        select(tasks.c.number)
        .where(tasks.c.case_id == case_id, or_(tasks.c.team.in_(list(teams)), tasks.c.assignee == person))
        .limit(1)
    )
    return connection.execute(query).first() is not None
