"""What the latest completion of each case changed, so that a wrong one can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, delete, exists, select, update

from engine.model import IncidentKind, IncidentStatus, InstanceStatus, JobStatus, TaskStatus, TimerStatus
from engine.store.database import upserting
from engine.store.schema import deadlines, facts, incidents, instances, jobs, subscriptions, tasks, timers, undo

_COLUMNS = tuple(column.name for column in undo.columns)


def keep(connection: Connection, **values: Any) -> None:
    """Take the place of what was kept of the completion before. `values`: every column of the table."""
    connection.execute(_keeping(upserting(connection)), values)


def load(connection: Connection, case_id: int) -> Row[Any] | None:
    return connection.execute(select(undo).where(undo.c.case_id == case_id)).one_or_none()


def forget(connection: Connection, case_id: int) -> None:
    """Nothing of the case can be undone any more."""
    connection.execute(delete(undo).where(undo.c.case_id == case_id))


def lock_jobs_after(connection: Connection, case_id: int, last_number: int) -> Sequence[Row[Any]]:
    """The jobs with higher numbers, locked, so that no worker takes one meanwhile."""
    return connection.execute(
        select(jobs)
        .where(jobs.c.case_id == case_id, jobs.c.number > last_number)
        .order_by(jobs.c.number)
        .with_for_update()
    ).all()


def states_of(connection: Connection, case_id: int, numbers: Iterable[int]) -> Mapping[int, bytes]:
    """The packed tokens of these process instances."""
    rows = connection.execute(
        select(instances.c.number, instances.c.state).where(
            instances.c.case_id == case_id, instances.c.number.in_(list(numbers))
        )
    )
    return {row.number: row.state for row in rows}


def put_back(
    connection: Connection,
    case_id: int,
    *,
    last_number: int,
    gone: Sequence[int],
    moved: Mapping[int, Mapping[str, Any]],
    now: datetime,
) -> list[Row[Any]]:
    """Make everything in the case as it was when `last_number` was its last number; gives the tasks taken back.

    `gone`: the tokens that were live then and are not now; `moved`: columns of the process instances as they were.
    What was made since is deleted. Only the facts stay, told and not current, and the tasks, which people may have
    seen.
    """
    for number, values in moved.items():
        connection.execute(
            update(instances)
            .where(instances.c.case_id == case_id, instances.c.number == number)
            .values(status=InstanceStatus.RUNNING, ended_at=None, **values)
        )
    _wake(connection, case_id, gone)
    _make_current_again(connection, case_id, last_number, now)
    for table in (instances, timers, subscriptions, jobs, deadlines, incidents):
        connection.execute(delete(table).where(table.c.case_id == case_id, table.c.number > last_number))
    taken_back = (tasks.c.case_id == case_id, tasks.c.number > last_number, tasks.c.status == TaskStatus.OPEN)
    found = connection.execute(select(tasks).where(*taken_back).order_by(tasks.c.number)).all()
    connection.execute(update(tasks).where(*taken_back).values(status=TaskStatus.CANCELLED, completed_at=now))
    return list(found)


def _wake(connection: Connection, case_id: int, gone: Sequence[int]) -> None:
    """What these tokens waited for is waited for again."""

    def change(table: Any, *, key: str = "number", where: tuple[Any, ...] = (), **values: Any) -> None:
        woken = update(table).where(table.c.case_id == case_id, table.c[key].in_(gone), *where)
        connection.execute(woken.values(**values))

    change(tasks, status=TaskStatus.OPEN, completed_at=None, completed_by=None, completed_on=None)
    change(timers, status=TimerStatus.WAITING, fired_at=None)
    change(subscriptions, is_waiting=True)
    # An incident is cancelled only together with the token it is about, and a token goes only once
    is_cancelled = incidents.c.status == IncidentStatus.CANCELLED
    of_the_job = (incidents.c.case_id == jobs.c.case_id, incidents.c.token == jobs.c.number)
    was_parked = exists().where(*of_the_job, incidents.c.kind == IncidentKind.JOB, is_cancelled)
    was = case((was_parked, JobStatus.PARKED), (jobs.c.lease.is_not(None), JobStatus.LEASED), else_=JobStatus.WAITING)
    change(jobs, status=was, ended_at=None)
    change(incidents, key="token", where=(is_cancelled,), status=IncidentStatus.OPEN, ended_at=None)


def _make_current_again(connection: Connection, case_id: int, last_number: int, now: datetime) -> None:
    superseded = connection.scalars(
        select(facts.c.supersedes).where(facts.c.case_id == case_id, facts.c.number > last_number)
    ).all()
    known = [number for number in superseded if number is not None and number <= last_number]
    connection.execute(
        update(facts).where(facts.c.case_id == case_id, facts.c.number.in_(known)).values(is_current=True)
    )
    connection.execute(
        update(facts)
        .where(facts.c.case_id == case_id, facts.c.number > last_number)
        .values(is_current=False, undone_at=now)
    )


@cache
def _keeping(insert: Any) -> Any:
    statement = insert(undo).values({name: bindparam(name) for name in _COLUMNS})
    return statement.on_conflict_do_update(
        index_elements=["case_id"],
        set_={name: statement.excluded[name] for name in _COLUMNS if name != "case_id"},
    )
