"""What the latest completion of each case changed, so that a wrong one can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Table, bindparam, case, delete, exists, select, update

from engine.model import FrameStatus, IncidentKind, IncidentStatus, JobStatus, TaskStatus, TimerStatus
from engine.store.batch import Batch
from engine.store.instances import InstanceChange, change_instance
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import deadlines, facts, frames, incidents, instances, jobs, subscriptions, tasks, timers, undo


@dataclass(frozen=True, kw_only=True, slots=True)
class UndoRow:
    task: int  #: the task that was completed
    first_seq: int  #: the entries of the record that it made
    last_seq: int
    last_number: int  #: of the case before it; what it made has higher numbers
    item_counts: str  #: before it
    instances: str  #: JSON: the process instances that it moved, as they were
    days: str | None  #: JSON: the days that it moved, as they were (`DaysBefore`); None: none


class NewUndo(TypedDict):
    task: int
    first_seq: int
    last_seq: int
    last_number: int
    item_counts: str
    instances: str
    days: str | None


def keep_undo(batch: Batch, **told: Unpack[NewUndo]) -> None:
    """Take the place of what was kept of the completion before."""
    batch.put(undo, told)


def forget_undo(batch: Batch) -> None:
    """Nothing of the case can be undone any more."""
    batch.sweep(_FORGETTING)


_FORGETTING = delete(undo).where(undo.c.case_id == bindparam("b_case"))
_OF_CASE = select(*columns_of(UndoRow, undo)).where(undo.c.case_id == bindparam("case_id"))


def load_undo(connection: Connection, case_id: int) -> UndoRow | None:
    return row_or_none(UndoRow, connection.execute(_OF_CASE, {"case_id": case_id}).one_or_none())


@dataclass(frozen=True, kw_only=True, slots=True)
class JobMade:
    """A job that a completion made."""

    instance: int
    element_id: str
    attempts: int  #: 0 where no worker has taken it yet


def lock_jobs_after(connection: Connection, case_id: int, last_number: int) -> list[JobMade]:
    """The jobs with higher numbers, locked, so that no worker takes one meanwhile."""
    return rows_of(JobMade, connection.execute(_JOBS_AFTER, {"case_id": case_id, "last_number": last_number}))


_JOBS_AFTER = (
    select(*columns_of(JobMade, jobs))
    .where(jobs.c.case_id == bindparam("case_id"), jobs.c.number > bindparam("last_number"))
    .order_by(jobs.c.number)
    .with_for_update()
)


def states_of(connection: Connection, case_id: int, numbers: Iterable[int]) -> Mapping[int, bytes]:
    """The packed tokens of these process instances."""
    rows = connection.execute(
        select(instances.c.number, instances.c.state).where(
            instances.c.case_id == case_id, instances.c.number.in_(list(numbers))
        )
    )
    return {row.number: row.state for row in rows}


def names_of_tasks_after(connection: Connection, case_id: int, last_number: int) -> Sequence[str]:
    """What the open tasks with higher numbers are called, oldest first."""
    return connection.scalars(_TASKS_AFTER, {"case_id": case_id, "last_number": last_number}).all()


_TASKS_AFTER = (
    select(tasks.c.name)
    .where(
        tasks.c.case_id == bindparam("case_id"),
        tasks.c.number > bindparam("last_number"),
        tasks.c.status == TaskStatus.OPEN,
    )
    .order_by(tasks.c.number)
)


def put_back(
    batch: Batch, *, last_number: int, gone: Sequence[int], moved: Mapping[int, InstanceChange], now: datetime
) -> None:
    """Make everything in the case as it was when `last_number` was its last number.

    `gone`: the tokens that were live then and are not now; `moved`: columns of the process instances as they were.
    What was made since is deleted. Only the facts stay, told and not current, and the tasks, which people may have
    seen: those that are open are taken back.
    """
    for number, values in moved.items():
        change_instance(batch, number, **values)
    batch.sweep(_OPENING_FRAMES, {"again": [*gone, *moved]})
    for waking in _WAKING:
        batch.sweep(waking, {"gone": list(gone)})
    batch.sweep(_MAKING_CURRENT_AGAIN, {"last": last_number})
    batch.sweep(_NO_LONGER_TOLD, {"last": last_number, "now": now})
    for deleting in _DELETING:
        batch.sweep(deleting, {"last": last_number})
    batch.sweep(_TAKING_TASKS_BACK, {"last": last_number, "now": now})


# What a token waited for that has gone is waited for again.


def _waking(table: Table, *where: Any, key: str = "number", **values: Any) -> Any:
    gone = table.c[key].in_(bindparam("gone", expanding=True))
    return update(table).where(table.c.case_id == bindparam("b_case"), gone, *where).values(**values)


# An incident is cancelled only together with the token it is about, and a token goes only once
_IS_CANCELLED = incidents.c.status == IncidentStatus.CANCELLED
_WAS_PARKED = exists().where(
    incidents.c.case_id == jobs.c.case_id,
    incidents.c.token == jobs.c.number,
    incidents.c.kind == IncidentKind.JOB,
    _IS_CANCELLED,
)
_JOB_WAS = case((_WAS_PARKED, JobStatus.PARKED), (jobs.c.lease.is_not(None), JobStatus.LEASED), else_=JobStatus.WAITING)
_WAKING = (
    _waking(tasks, status=TaskStatus.OPEN, completed_at=None, completed_by=None, completed_on=None),
    _waking(timers, status=TimerStatus.WAITING, fired_at=None),
    _waking(subscriptions, is_waiting=True),
    _waking(jobs, status=_JOB_WAS, ended_at=None),
    _waking(incidents, _IS_CANCELLED, key="token", status=IncidentStatus.OPEN, ended_at=None),
)

# a frame is over with its token, or with its process instance
_OPENING_FRAMES = (
    update(frames)
    .where(frames.c.case_id == bindparam("b_case"), frames.c.number.in_(bindparam("again", expanding=True)))
    .values(status=FrameStatus.OPEN, ended_at=None, ended_on=None)
)

_SINCE = facts.alias("since")
_MAKING_CURRENT_AGAIN = (
    update(facts)
    .where(
        facts.c.case_id == bindparam("b_case"),
        facts.c.number <= bindparam("last"),
        facts.c.number.in_(
            select(_SINCE.c.supersedes).where(
                _SINCE.c.case_id == bindparam("b_case"),
                _SINCE.c.number > bindparam("last"),
                _SINCE.c.supersedes.is_not(None),
            )
        ),
    )
    .values(is_current=True)
)
_NO_LONGER_TOLD = (
    update(facts)
    .where(facts.c.case_id == bindparam("b_case"), facts.c.number > bindparam("last"))
    .values(is_current=False, undone_at=bindparam("now"))
)
_DELETING = tuple(
    delete(table).where(table.c.case_id == bindparam("b_case"), table.c.number > bindparam("last"))
    for table in (instances, frames, timers, subscriptions, jobs, deadlines, incidents)
)
_TAKING_TASKS_BACK = (
    update(tasks)
    .where(
        tasks.c.case_id == bindparam("b_case"),
        tasks.c.number > bindparam("last"),
        tasks.c.status == TaskStatus.OPEN,
    )
    .values(status=TaskStatus.CANCELLED, completed_at=bindparam("now"))
)
