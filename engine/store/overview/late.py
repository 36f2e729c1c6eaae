"""What is late now, and what stands still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, func, select

from engine.model import DeadlineStatus, FrameStatus, TaskId
from engine.store.overview.conditions import IS_OPEN, OF_TASK, task_holder
from engine.store.rows import columns_of, rows_of
from engine.store.schema import cases, deadlines, frames, instances, tasks


@dataclass(frozen=True, kw_only=True, slots=True)
class LateAmount:
    """Open tasks of one team, with one person, whose day has passed."""

    team: str  #: id
    holder: str  #: who claimed them, or whom they are for; "" for nobody
    amount: int
    oldest: date  #: the earliest day on which one was due


@dataclass(frozen=True, kw_only=True, slots=True)
class CouncilTask:
    """A task as the overview of all cases has it."""

    reference: str
    title: str  #: what people know the case by; "" where it has none
    variant_digest: str  #: of the policy version that the case keeps
    case_id: int
    number: int
    name: str
    team: str  #: id
    item_id: str
    collection: str
    holder: str  #: who claimed it, or whom it is for; "" for nobody

    @property
    def task_id(self) -> TaskId:
        return TaskId(reference=self.reference, number=self.number)


@dataclass(frozen=True, kw_only=True, slots=True)
class LateRow(CouncilTask):
    claimed_by: str | None
    due_on: date
    follow_up_on: date | None
    explanation: str | None  #: why it was due then; None where a day was agreed instead of a limit set


@dataclass(frozen=True, kw_only=True, slots=True)
class LateFrameRow:
    """A time frame whose day has passed: what was to be done as a whole by then."""

    reference: str
    title: str  #: what people know the case by; "" where it has none
    name: str
    collection: str
    item_id: str  #: "" where it is about the case itself
    due_on: date
    explanation: str | None  #: why it was due then; None where the day is a fact
    in_all: int  #: how many such time frames there are


@dataclass(frozen=True, kw_only=True, slots=True)
class SuspendedRow(CouncilTask):
    due_on: date  #: when its clock was stopped
    set_at: datetime
    set_by: str
    reason: str | None
    in_all: int  #: how many such tasks there are


_OF_CASE = {
    "reference": cases.c.reference,
    "title": cases.c.title,
    "variant_digest": cases.c.variant_digest,
    "holder": task_holder,
}
_AMOUNTS = columns_of(LateAmount, tasks, holder=task_holder, amount=func.count(), oldest=func.min(tasks.c.due_on))
_LATE = (
    select(*columns_of(LateRow, tasks, **_OF_CASE, due_on=tasks.c.due_on, explanation=deadlines.c.explanation))
    .select_from(tasks.join(cases, cases.c.case_id == tasks.c.case_id).outerjoin(deadlines, OF_TASK))
    .order_by(tasks.c.due_on, tasks.c.case_id, tasks.c.number)
)
_SUSPENDED = (
    select(
        *columns_of(
            SuspendedRow, tasks, **_OF_CASE, due_on=deadlines.c.stopped_on, set_at=deadlines.c.set_at,
            set_by=deadlines.c.set_by, reason=deadlines.c.reason, in_all=func.count().over(),
        )
    )
    .select_from(tasks.join(cases, cases.c.case_id == tasks.c.case_id).join(deadlines, OF_TASK))
    .where(IS_OPEN, tasks.c.due_on.is_(None), deadlines.c.status == DeadlineStatus.SUSPENDED)
    .order_by(deadlines.c.set_at, tasks.c.case_id, tasks.c.number)
)  # fmt: skip


def late_amounts(connection: Connection, council_id: str, today: date) -> list[LateAmount]:
    """Of open tasks that were due before `today`, per team and holder."""
    query = (
        select(*_AMOUNTS)
        .where(IS_OPEN, tasks.c.council_id == council_id, tasks.c.due_on < today)
        .group_by(tasks.c.team, task_holder)
    )
    return rows_of(LateAmount, connection.execute(query))


def late_tasks(
    connection: Connection, council_id: str, today: date, *, team: str | None, holder: str | None, limit: int,
    offset: int,
) -> list[LateRow]:  # fmt: skip
    """Open tasks that were due before `today`, the longest late first, each with the explanation of its deadline.

    `team`, `holder`: only theirs; "" as holder: only those that nobody has.
    """
    query = _LATE.where(IS_OPEN, tasks.c.council_id == council_id, tasks.c.due_on < today)
    if team is not None:
        query = query.where(tasks.c.team == team)
    if holder is not None:
        query = query.where(task_holder == holder)
    return rows_of(LateRow, connection.execute(query.limit(limit).offset(offset)))


def due_between(connection: Connection, council_id: str, first: date, last: date) -> int:
    """How many open tasks are due from `first` to `last`, both included."""
    query = select(func.count()).where(
        IS_OPEN, tasks.c.council_id == council_id, tasks.c.due_on >= first, tasks.c.due_on <= last
    )
    return int(connection.execute(query).scalar_one())


def suspended_tasks(connection: Connection, council_id: str, *, limit: int) -> list[SuspendedRow]:
    """Open tasks whose clock stands still, the earliest stopped first."""
    query = _SUSPENDED.where(tasks.c.council_id == council_id).limit(limit)
    return rows_of(SuspendedRow, connection.execute(query))


def late_frames(connection: Connection, council_id: str, today: date, *, limit: int) -> list[LateFrameRow]:
    """Open time frames whose day has passed, the longest late first."""
    of_frame = and_(
        deadlines.c.case_id == frames.c.case_id,
        deadlines.c.token == frames.c.number,
        deadlines.c.status != DeadlineStatus.SUPERSEDED,
    )
    of_instance = and_(instances.c.case_id == frames.c.case_id, instances.c.number == frames.c.instance)
    query = (
        select(
            *columns_of(
                LateFrameRow,
                frames,
                reference=cases.c.reference,
                title=cases.c.title,
                collection=instances.c.collection,
                item_id=instances.c.item_id,
                due_on=frames.c.due_on,
                explanation=deadlines.c.explanation,
                in_all=func.count().over(),
            )
        )
        .select_from(
            frames.join(cases, cases.c.case_id == frames.c.case_id)
            .join(instances, of_instance)
            .outerjoin(deadlines, of_frame)
        )
        .where(frames.c.council_id == council_id, frames.c.status == FrameStatus.OPEN, frames.c.due_on < today)
        .order_by(frames.c.due_on, frames.c.case_id, frames.c.number)
        .limit(limit)
    )
    return rows_of(LateFrameRow, connection.execute(query))
