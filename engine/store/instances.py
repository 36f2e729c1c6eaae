"""Process instances, and what they wait for: timers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Row, bindparam, func, select

from engine.model import InstanceStatus, JobStatus, TimerStatus
from engine.store.batch import Batch
from engine.store.schema import cases, instances, jobs, timers


class InstanceState(TypedDict):
    """What moving a process instance changes."""

    state: bytes  #: its tokens, packed
    variables: str
    output: str | None  #: outputElement of a multi-instance child, as FEEL value
    ended_as: str | None
    status: InstanceStatus


class NewInstance(InstanceState):
    process_id: str
    parent: int | None
    parent_token: int | None
    position: int
    element_value: str | None
    collection: str
    item_id: str
    started_at: datetime


class InstanceChange(TypedDict, total=False):
    state: bytes
    variables: str
    output: str | None
    ended_as: str | None
    status: InstanceStatus
    ended_at: datetime | None


def add_instance(batch: Batch, number: int, **told: Unpack[NewInstance]) -> None:
    batch.add(instances, number, told)


def change_instance(batch: Batch, number: int, **changes: Unpack[InstanceChange]) -> None:
    batch.change(instances, number, changes)


_LOAD = select(instances).where(instances.c.case_id == bindparam("case_id"), instances.c.number == bindparam("number"))


def load_instance(connection: Connection, case_id: int, number: int) -> Row[Any]:
    return connection.execute(_LOAD, {"case_id": case_id, "number": number}).one()


def of_case(connection: Connection, case_id: int) -> Sequence[Any]:
    """Every process instance that the case has had, in the order in which they began, with their states."""
    return connection.execute(
        select(
            instances.c.number, instances.c.process_id, instances.c.parent, instances.c.parent_token,
            instances.c.collection, instances.c.item_id, instances.c.status, instances.c.state,
            instances.c.started_at, instances.c.ended_at, instances.c.ended_as,
        )
        .where(instances.c.case_id == case_id)
        .order_by(instances.c.number)
    ).all()  # fmt: skip


def ended_elements(connection: Connection, case_id: int) -> Sequence[Any]:
    """`instance` and `element_id` of the jobs that were done and the timers that fired."""
    done = select(jobs.c.instance, jobs.c.element_id).where(jobs.c.case_id == case_id, jobs.c.status == JobStatus.DONE)
    fired = select(timers.c.instance, timers.c.element_id).where(
        timers.c.case_id == case_id, timers.c.status == TimerStatus.FIRED
    )
    return connection.execute(done.union(fired)).all()


def running_instances(connection: Connection, case_id: int) -> Sequence[Any]:
    """Numbers and processes of the case's running instances, oldest first."""
    return connection.execute(
        select(
            instances.c.number, instances.c.process_id, instances.c.parent, instances.c.collection, instances.c.item_id
        )
        .where(instances.c.case_id == case_id, instances.c.status == InstanceStatus.RUNNING)
        .order_by(instances.c.number)
    ).all()


def has_running(connection: Connection, case_id: int) -> bool:
    return (
        connection.execute(
            select(instances.c.number)
            .where(instances.c.case_id == case_id, instances.c.status == InstanceStatus.RUNNING)
            .limit(1)
        ).first()
        is not None
    )


def has_running_child(connection: Connection, case_id: int, parent_token: int, *, besides: Iterable[int]) -> bool:
    """Whether a child of a call activity runs that is not among the instances `besides`."""
    return (
        connection.execute(
            _RUNNING_CHILD, {"case_id": case_id, "parent_token": parent_token, "besides": list(besides)}
        ).first()
        is not None
    )


_RUNNING_CHILD = (
    select(instances.c.number)
    .where(
        instances.c.case_id == bindparam("case_id"),
        instances.c.parent_token == bindparam("parent_token"),
        instances.c.status == InstanceStatus.RUNNING,
        instances.c.number.not_in(bindparam("besides", expanding=True)),
    )
    .limit(1)
)


def child_counts(connection: Connection, case_id: int, parent_token: int) -> Mapping[InstanceStatus, int]:
    """How many children of a call activity have each status."""
    rows = connection.execute(
        select(instances.c.status, func.count())
        .where(instances.c.case_id == case_id, instances.c.parent_token == parent_token)
        .group_by(instances.c.status)
    )
    return {InstanceStatus(status): count for status, count in rows}


def children(connection: Connection, case_id: int, parent_token: int) -> Sequence[Any]:
    """The children of a call activity in the order of the collection, without their states."""
    return connection.execute(
        select(
            instances.c.number,
            instances.c.status,
            instances.c.position,
            instances.c.collection,
            instances.c.item_id,
            instances.c.output,
        )
        .where(instances.c.case_id == case_id, instances.c.parent_token == parent_token)
        .order_by(instances.c.position)
    ).all()


def running_children(connection: Connection, case_id: int, parent_token: int) -> Sequence[Row[Any]]:
    """The running children of a call activity in the order of the collection."""
    return connection.execute(
        select(instances)
        .where(
            instances.c.case_id == case_id,
            instances.c.parent_token == parent_token,
            instances.c.status == InstanceStatus.RUNNING,
        )
        .order_by(instances.c.position)
    ).all()


def waiting_timers(connection: Connection, case_id: int, now: datetime) -> Sequence[Row[Any]]:
    """The case's due timers, earliest first."""
    return connection.execute(
        select(timers)
        .where(timers.c.case_id == case_id, timers.c.status == TimerStatus.WAITING, timers.c.fires_at <= now)
        .order_by(timers.c.fires_at, timers.c.number)
    ).all()


def cases_with_due_timers(connection: Connection, now: datetime, limit: int) -> list[int]:
    """Cases in which a timer is due, the longest due first; costs what is due, not what waits."""
    due = (
        select(timers.c.case_id, timers.c.fires_at)
        .where(timers.c.status == TimerStatus.WAITING, timers.c.fires_at <= now)
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
    return connection.execute(
        select(func.min(timers.c.fires_at)).where(timers.c.status == TimerStatus.WAITING)
    ).scalar()


def count_fired(connection: Connection, since: datetime, until: datetime) -> int:
    """How many timers fired from the one moment up to the other: for measuring, it reads all that ever fired."""
    query = select(func.count()).where(
        timers.c.status == TimerStatus.FIRED, timers.c.fired_at >= since, timers.c.fired_at < until
    )
    return int(connection.execute(query).scalar_one())


def fired_rungs(connection: Connection, case_id: int, host: int) -> Sequence[Row[Any]]:
    """The rungs of the ladder on an activity that were taken, lowest first."""
    return connection.execute(
        select(timers)
        .where(
            timers.c.case_id == case_id,
            timers.c.host == host,
            timers.c.rung.is_not(None),
            timers.c.status == TimerStatus.FIRED,
        )
        .order_by(timers.c.rung)
    ).all()


def reference_of(connection: Connection, case_id: int) -> str:
    reference: str = connection.execute(select(cases.c.reference).where(cases.c.case_id == case_id)).scalar_one()
    return reference
