"""What managers ask: what is late and whose, which limits were kept, which rungs were taken, what is stuck.

Counted by the database, over one council, in a fixed number of queries however many cases there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from engine.clock import end_of, start_of
from engine.model import DeadlineStatus, TimerStatus
from engine.store.schema import cases, deadlines, incidents, instances, jobs, tasks, timers

Rows: TypeAlias = Sequence[Row[*tuple[Any, ...]]]

# Written into the statement, not bound: only then does a database see that an index of open tasks alone will do.
_IS_OPEN = tasks.c.status == literal_column("'open'")
_IS_COMPLETED = tasks.c.status == literal_column("'completed'")
_INCIDENT_IS_OPEN = incidents.c.status == literal_column("'open'")
_WAS_TAKEN = and_(timers.c.rung.is_not(None), timers.c.status == literal_column("'fired'"))
_SECONDS_A_DAY = 86_400

#: Who has a task: who claimed it, or else whom it was given to; "" for nobody.
_holder = func.coalesce(tasks.c.claimed_by, tasks.c.assignee, "")
_DEADLINE = and_(
    deadlines.c.case_id == tasks.c.case_id,
    deadlines.c.token == tasks.c.number,
    deadlines.c.status != DeadlineStatus.SUPERSEDED,
)
_OF_A_TASK = (
    cases.c.reference,
    cases.c.title,
    cases.c.variant_digest,
    tasks.c.case_id,
    tasks.c.number,
    tasks.c.name,
    tasks.c.team,
    tasks.c.item_id,
    tasks.c.collection,
)


def late_counts(connection: Connection, council_id: str, today: date) -> Rows:
    """Per `team` and `holder`: `amount` of open tasks that were due before `today`, and the earliest day, `oldest`."""
    return connection.execute(
        select(
            tasks.c.team, _holder.label("holder"), func.count().label("amount"),
            func.min(tasks.c.due_on).label("oldest"),
        )
        .where(_IS_OPEN, tasks.c.council_id == council_id, tasks.c.due_on < today)
        .group_by(tasks.c.team, _holder)
    ).all()  # fmt: skip


def late_tasks(
    connection: Connection, council_id: str, today: date, *, team: str | None, holder: str | None, limit: int,
    offset: int,
) -> Rows:  # fmt: skip
    """Open tasks that were due before `today`, the longest late first, each with the explanation of its deadline.

    `team`, `holder`: only theirs; "" as holder: only those that nobody has.
    """
    query = (
        select(
            *_OF_A_TASK, _holder.label("holder"), tasks.c.claimed_by, tasks.c.due_on, tasks.c.follow_up_on,
            tasks.c.created_at, deadlines.c.limit_name, deadlines.c.explanation,
        )
        .select_from(tasks.join(cases, cases.c.case_id == tasks.c.case_id).outerjoin(deadlines, _DEADLINE))
        .where(_IS_OPEN, tasks.c.council_id == council_id, tasks.c.due_on < today)
        .order_by(tasks.c.due_on, tasks.c.case_id, tasks.c.number)
    )  # fmt: skip
    if team is not None:
        query = query.where(tasks.c.team == team)
    if holder is not None:
        query = query.where(_holder == holder)
    return connection.execute(query.limit(limit).offset(offset)).all()


def due_between(connection: Connection, council_id: str, first: date, last: date) -> int:
    """How many open tasks are due from `first` to `last`, both included."""
    query = select(func.count()).where(
        _IS_OPEN, tasks.c.council_id == council_id, tasks.c.due_on >= first, tasks.c.due_on <= last
    )
    return int(connection.execute(query).scalar_one())


def suspended_tasks(connection: Connection, council_id: str, *, limit: int) -> Rows:
    """Open tasks whose clock stands still, the earliest stopped first; `in_all` says how many there are."""
    return connection.execute(
        select(
            *_OF_A_TASK, _holder.label("holder"), deadlines.c.due_on, deadlines.c.set_at, deadlines.c.set_by,
            deadlines.c.reason, func.count().over().label("in_all"),
        )
        .select_from(tasks.join(cases, cases.c.case_id == tasks.c.case_id).join(deadlines, _DEADLINE))
        .where(
            _IS_OPEN, tasks.c.council_id == council_id, tasks.c.due_on.is_(None),
            deadlines.c.status == DeadlineStatus.SUSPENDED,
        )
        .order_by(deadlines.c.set_at, tasks.c.case_id, tasks.c.number)
        .limit(limit)
    ).all()  # fmt: skip


def rungs_on(connection: Connection, council_id: str, hosts: Iterable[tuple[int, int]]) -> Rows:
    """The rungs that were taken or wait on these tasks, (case id, number), from the lowest; each with its process."""
    wanted = sorted(set(hosts))
    if not wanted:
        return []
    found = connection.execute(
        select(
            timers.c.case_id, timers.c.host, timers.c.element_id, timers.c.rung, timers.c.status, timers.c.fires_at,
            timers.c.fired_at, instances.c.process_id,
        )
        .join(instances, and_(instances.c.case_id == timers.c.case_id, instances.c.number == timers.c.instance))
        .where(
            timers.c.council_id == council_id, timers.c.case_id.in_(sorted({case_id for case_id, _ in wanted})),
            timers.c.host.in_(sorted({number for _, number in wanted})), timers.c.rung.is_not(None),
            timers.c.status.in_((TimerStatus.FIRED, TimerStatus.WAITING)),
        )
        .order_by(timers.c.case_id, timers.c.host, timers.c.rung)
    ).all()  # fmt: skip
    asked = set(wanted)
    return [row for row in found if (row.case_id, row.host) in asked]


def outcomes(connection: Connection, council_id: str, first: date, last: date, today: date, *, not_people: str) -> Rows:
    """Per `limit_name` ("" where none was set, but a day), `year` and `month` in which deadlines of tasks ran out,
    from `first` to `last`: how many were `kept`, `missed` and still `running`, and how many were `extended`.

    A deadline is kept where its task was really done on the day at the latest, and missed where later, or not yet
    though the day has passed. What was cancelled, and what stands still, is in none. A day that a person set counts as
    extended; `not_people` sets days by the calendar.
    """
    ran = _ran_out(council_id, first, last).subquery()
    is_running = and_(ran.c.completed_on.is_(None), ran.c.due_on >= today)
    is_kept = ran.c.completed_on <= ran.c.due_on
    is_extended = and_(ran.c.reason.is_not(None), ran.c.set_by != not_people)
    year, month = extract("year", ran.c.due_on), extract("month", ran.c.due_on)
    return connection.execute(
        select(
            ran.c.limit_name, cast(year, Integer).label("year"), cast(month, Integer).label("month"),
            _count_of(is_kept).label("kept"), _count_of(is_running).label("running"),
            _count_of(_is_missed(ran.c, today)).label("missed"), _count_of(is_extended).label("extended"),
        ).group_by(ran.c.limit_name, year, month)
    ).all()  # fmt: skip


def days_missed_by(connection: Connection, council_id: str, first: date, last: date, today: date) -> Rows:
    """How long the missed ones of `outcomes` took: per `limit_name` and whole `days` after the last one, `amount`."""
    ran = _ran_out(council_id, first, last).subquery()
    days = _days_late(ran.c, today)
    return connection.execute(
        select(ran.c.limit_name, days.label("days"), func.count().label("amount"))
        .where(_is_missed(ran.c, today))
        .group_by(ran.c.limit_name, days)
        .order_by(ran.c.limit_name, days)
    ).all()


def missed_deadlines(
    connection: Connection, council_id: str, first: date, last: date, today: date, *, limit_name: str | None,
    limit: int, offset: int,
) -> Rows:  # fmt: skip
    """The missed ones of `outcomes`, of all limits or of one, those by most `days` first."""
    ran = _ran_out(council_id, first, last).subquery()
    days = _days_late(ran.c, today)
    query = (
        select(
            cases.c.reference, cases.c.title, ran.c.number, ran.c.name, ran.c.team, ran.c.due_on, ran.c.completed_on,
            ran.c.limit_name, days.label("days"),
        )
        .join(cases, cases.c.case_id == ran.c.case_id)
        .where(_is_missed(ran.c, today))
        .order_by(days.desc(), ran.c.due_on, ran.c.case_id, ran.c.number)
    )  # fmt: skip
    if limit_name is not None:
        query = query.where(ran.c.limit_name == limit_name)
    return connection.execute(query.limit(limit).offset(offset)).all()


def rung_counts(connection: Connection, council_id: str, first: date, last: date) -> Rows:
    """Per policy version, process, element and rung: how often it was taken from `first` to `last` (`amount`), in how
    many cases (`in_cases`), and how many of those tasks are still `open`."""
    of = (cases.c.variant_digest, instances.c.process_id, timers.c.element_id, timers.c.rung)
    return connection.execute(
        _taken(
            council_id, first, last, *of, func.count().label("amount"),
            func.count(timers.c.case_id.distinct()).label("in_cases"), _count_of(_IS_OPEN).label("open"),
        ).group_by(*of)
    ).all()  # fmt: skip


def rung_teams(connection: Connection, council_id: str, first: date, last: date) -> Rows:
    """What `rung_counts` counts, per process, rung and `team` of the task; None for what hangs on no task."""
    of = (instances.c.process_id, timers.c.rung, tasks.c.team)
    return connection.execute(_taken(council_id, first, last, *of, func.count().label("amount")).group_by(*of)).all()


def rungs_taken(
    connection: Connection, council_id: str, first: date, last: date, *, process_id: str | None, rung: int | None,
    limit: int, offset: int,
) -> Rows:  # fmt: skip
    """The rungs that `rung_counts` counts, the latest first, of one process or rung of it where they are given."""
    query = _taken(
        council_id, first, last,
        cases.c.reference, cases.c.title, cases.c.variant_digest, instances.c.process_id, timers.c.element_id,
        timers.c.rung, timers.c.fired_at, tasks.c.number, tasks.c.name, tasks.c.item_id, tasks.c.collection,
        tasks.c.team, _holder.label("holder"), tasks.c.due_on, tasks.c.status, tasks.c.completed_on,
    ).order_by(timers.c.fired_at.desc(), timers.c.case_id, timers.c.number)  # fmt: skip
    if process_id is not None:
        query = query.where(instances.c.process_id == process_id)
    if rung is not None:
        query = query.where(timers.c.rung == rung)
    return connection.execute(query.limit(limit).offset(offset)).all()


def count_open_incidents(connection: Connection, council_id: str) -> int:
    query = select(func.count()).where(_INCIDENT_IS_OPEN, incidents.c.council_id == council_id)
    return int(connection.execute(query).scalar_one())


def incidents_to_settle(
    connection: Connection, council_id: str, *, limit: int, offset: int = 0, reference: str | None = None,
    number: int | None = None,
) -> Rows:  # fmt: skip
    """Open incidents, those that wait longest first, each with its process, and its job's handler and attempts.

    With `reference` and `number` that one, where it is open.
    """
    of_job = and_(incidents.c.kind == "job", jobs.c.case_id == incidents.c.case_id, jobs.c.number == incidents.c.token)
    query = (
        select(
            incidents.c.case_id, incidents.c.number, incidents.c.element_id, incidents.c.kind, incidents.c.message,
            incidents.c.opened_at, cases.c.reference, cases.c.title, cases.c.variant_digest, instances.c.process_id,
            jobs.c.attempts, jobs.c.handler,
        )
        .select_from(
            incidents.join(cases, cases.c.case_id == incidents.c.case_id)
            .join(
                instances,
                and_(instances.c.case_id == incidents.c.case_id, instances.c.number == incidents.c.instance),
            )
            .outerjoin(jobs, of_job)
        )
        .where(_INCIDENT_IS_OPEN, incidents.c.council_id == council_id)
        .order_by(incidents.c.opened_at, incidents.c.case_id, incidents.c.number)
    )  # fmt: skip
    if reference is not None:
        query = query.where(cases.c.reference == reference)
    if number is not None:
        query = query.where(incidents.c.number == number)
    return connection.execute(query.limit(limit).offset(offset)).all()


def _ran_out(council_id: str, first: date, last: date) -> Any:
    """Tasks, done or open, whose day lies in the period, with what was set for it. Two reads of an index each."""

    def of(status: ColumnElement[bool]) -> Select[Any]:
        return (
            select(
                tasks.c.case_id, tasks.c.number, tasks.c.name, tasks.c.team, tasks.c.due_on, tasks.c.completed_on,
                func.coalesce(deadlines.c.limit_name, "").label("limit_name"), deadlines.c.reason, deadlines.c.set_by,
            )
            .select_from(tasks.outerjoin(deadlines, _DEADLINE))
            .where(status, tasks.c.council_id == council_id, tasks.c.due_on >= first, tasks.c.due_on <= last)
        )  # fmt: skip

    return union_all(of(_IS_OPEN), of(_IS_COMPLETED))


def _is_missed(ran: Any, today: date) -> ColumnElement[bool]:
    return or_(ran.completed_on > ran.due_on, and_(ran.completed_on.is_(None), ran.due_on < today))


def _days_late(ran: Any, today: date) -> ColumnElement[int]:
    ended = func.coalesce(ran.completed_on, literal(today))
    return cast((extract("epoch", ended) - extract("epoch", ran.due_on)) / _SECONDS_A_DAY, Integer)


def _taken(council_id: str, first: date, last: date, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(
            timers.join(cases, cases.c.case_id == timers.c.case_id)
            .join(instances, and_(instances.c.case_id == timers.c.case_id, instances.c.number == timers.c.instance))
            .outerjoin(tasks, and_(tasks.c.case_id == timers.c.case_id, tasks.c.number == timers.c.host))
        )
        .where(
            _WAS_TAKEN, timers.c.council_id == council_id, timers.c.fired_at >= start_of(first),
            timers.c.fired_at < end_of(last),
        )
    )  # fmt: skip


def _count_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
