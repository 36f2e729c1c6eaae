"""Process instances: one run of a process in a case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import Connection, bindparam, func, select

from engine.model import CaseStatus, InstanceStatus, JobStatus, TimerStatus
from engine.store.batch import Batch
from engine.store.rows import columns_of, row_of, rows_of
from engine.store.schema import cases, instances, jobs, timers


@dataclass(frozen=True, kw_only=True, slots=True)
class InstanceRow:
    """One as a step loads it."""

    number: int
    process_id: str
    parent: int | None  #: the instance that called it
    parent_token: int | None  #: token of the call activity in the parent
    position: int  #: 0-based place in the collection of a multi-instance call
    element_value: str | None  #: the element of the collection that it is for, as FEEL value
    collection: str
    item_id: str
    within: str | None  #: JSON: ids of the items within which its own stands, the innermost first; None: of none
    frame: int | None  #: number of the nearest time frame round it
    status: InstanceStatus
    state: bytes  #: its tokens, packed
    variables: str
    output: str | None  #: outputElement of a multi-instance child, as FEEL value
    ended_as: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class InstancePassed:
    """One with its times, for who looks at what has happened."""

    number: int
    process_id: str
    parent: int | None
    item_id: str
    status: InstanceStatus
    state: bytes
    started_at: datetime
    ended_at: datetime | None
    ended_as: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class InstanceRunning:
    number: int
    process_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenState:
    """Where an instance stands, among those of many cases."""

    case_id: int
    state: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildRow:
    """A child of a call activity, without its state."""

    number: int
    status: InstanceStatus
    position: int
    element_value: str | None
    item_id: str
    output: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ElementEnded:
    """A job that was done or a timer that fired."""

    instance: int
    element_id: str


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
    within: str | None  #: JSON: ids of the items within which its own stands, the innermost first; None: of none
    frame: int | None  #: number of the nearest time frame round it
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


def place_instance(batch: Batch, number: int, *, process_id: str, state: bytes) -> None:
    """It runs this process from now on, and its tokens stand so."""
    batch.change(instances, number, {"process_id": process_id, "state": state})


_OF_CASE = instances.c.case_id == bindparam("case_id")
_OF_TOKEN = instances.c.parent_token == bindparam("parent_token")
_RUNS = instances.c.status == InstanceStatus.RUNNING
_LOAD = select(*columns_of(InstanceRow, instances)).where(_OF_CASE, instances.c.number == bindparam("number"))
_PROCESS = select(instances.c.process_id).where(_OF_CASE, instances.c.number == bindparam("number"))
_PASSED = select(*columns_of(InstancePassed, instances)).where(_OF_CASE).order_by(instances.c.number)
_RUNNING = select(*columns_of(InstanceRunning, instances)).where(_OF_CASE, _RUNS).order_by(instances.c.number)
_ANY_RUNNING = select(instances.c.number).where(_OF_CASE, _RUNS).limit(1)
_RUNNING_CHILD = (
    select(instances.c.number)
    .where(_OF_CASE, _OF_TOKEN, _RUNS, instances.c.number.not_in(bindparam("besides", expanding=True)))
    .limit(1)
)
_CHILD_COUNTS = (
    select(instances.c.status, func.count().label("children")).where(_OF_CASE, _OF_TOKEN).group_by(instances.c.status)
)
_CHILDREN = select(*columns_of(ChildRow, instances)).where(_OF_CASE, _OF_TOKEN).order_by(instances.c.position)
_RUNNING_CHILDREN = (
    select(*columns_of(InstanceRow, instances)).where(_OF_CASE, _OF_TOKEN, _RUNS).order_by(instances.c.position)
)
_ENDED = (
    select(*columns_of(ElementEnded, jobs))
    .where(jobs.c.case_id == bindparam("case_id"), jobs.c.status == JobStatus.DONE)
    .union(
        select(*columns_of(ElementEnded, timers)).where(
            timers.c.case_id == bindparam("case_id"), timers.c.status == TimerStatus.FIRED
        )
    )
)


def load_instance(connection: Connection, case_id: int, number: int) -> InstanceRow:
    return row_of(InstanceRow, connection.execute(_LOAD, {"case_id": case_id, "number": number}).one())


def process_of(connection: Connection, case_id: int, number: int) -> str:
    """The id of the process that the instance runs, or ran."""
    process_id: str = connection.execute(_PROCESS, {"case_id": case_id, "number": number}).scalar_one()
    return process_id


def of_case(connection: Connection, case_id: int) -> list[InstancePassed]:
    """Every process instance that the case has had, in the order in which they began."""
    return rows_of(InstancePassed, connection.execute(_PASSED, {"case_id": case_id}))


def ended_elements(connection: Connection, case_id: int) -> list[ElementEnded]:
    return rows_of(ElementEnded, connection.execute(_ENDED, {"case_id": case_id}))


def running_instances(connection: Connection, case_id: int) -> list[InstanceRunning]:
    """The case's running instances, oldest first."""
    return rows_of(InstanceRunning, connection.execute(_RUNNING, {"case_id": case_id}))


def open_states(connection: Connection, council_id: str, process_ids: Collection[str]) -> list[OpenState]:
    """Of the process instances of these processes that run in the open cases of the council."""
    query = (
        select(*columns_of(OpenState, instances))
        .join_from(cases, instances, cases.c.case_id == instances.c.case_id)
        .where(cases.c.council_id == council_id, cases.c.status == CaseStatus.OPEN, _RUNS)
        .where(instances.c.process_id.in_(process_ids))
    )
    return rows_of(OpenState, connection.execute(query))


def has_running(connection: Connection, case_id: int) -> bool:
    return connection.execute(_ANY_RUNNING, {"case_id": case_id}).first() is not None


def has_running_child(connection: Connection, case_id: int, parent_token: int, *, besides: Iterable[int]) -> bool:
    """Whether a child of a call activity runs that is not among the instances `besides`."""
    named = {"case_id": case_id, "parent_token": parent_token, "besides": list(besides)}
    return connection.execute(_RUNNING_CHILD, named).first() is not None


def child_counts(connection: Connection, case_id: int, parent_token: int) -> Mapping[InstanceStatus, int]:
    """How many children of a call activity have each status."""
    rows = connection.execute(_CHILD_COUNTS, {"case_id": case_id, "parent_token": parent_token})
    return {row.status: row.children for row in rows}


def children(connection: Connection, case_id: int, parent_token: int) -> list[ChildRow]:
    """The children of a call activity in the order of the collection."""
    named = {"case_id": case_id, "parent_token": parent_token}
    return rows_of(ChildRow, connection.execute(_CHILDREN, named))


def running_children(connection: Connection, case_id: int, parent_token: int) -> list[InstanceRow]:
    """The running children of a call activity in the order of the collection."""
    named = {"case_id": case_id, "parent_token": parent_token}
    return rows_of(InstanceRow, connection.execute(_RUNNING_CHILDREN, named))
