"""Which rungs of the ladders of escalation were taken in a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, FromClause, and_, case, exists, func, literal_column, or_, select

from engine.clock import end_of, start_of
from engine.model import TaskId
from engine.store.ladders import ladder_host
from engine.store.overview.conditions import count_of, task_holder
from engine.store.rows import columns_of, rows_of
from engine.store.schema import cases, instances, tasks, timers

# Written into the statement, as the index of taken rungs has it.
_WAS_TAKEN = and_(timers.c.rung.is_not(None), timers.c.status == literal_column("'fired'"))


@dataclass(frozen=True, kw_only=True, slots=True)
class RungAmount:
    """How often a rung was taken, under one version of the policy."""

    variant_digest: str
    process_id: str
    element_id: str
    rung: int
    amount: int
    in_cases: int
    open: int  #: of these, those whose ladder still goes on: a task on it is not done yet


@dataclass(frozen=True, kw_only=True, slots=True)
class RungTeamAmount:
    """How often a rung was taken on a team's tasks."""

    process_id: str
    rung: int
    team: str | None  #: id; None for what hangs on no task
    amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RungTakenRow:
    """A rung that was taken, with the task that stood on its ladder then; what is of that is None where none did."""

    reference: str
    title: str
    variant_digest: str
    process_id: str
    element_id: str
    rung: int
    fired_at: datetime
    number: int | None
    name: str | None
    item_id: str | None
    collection: str | None
    team: str | None  #: id
    holder: str  #: "" for nobody
    due_on: date | None
    is_open: bool  #: a task on the ladder is not done yet
    completed_on: date | None  #: when the last task on the ladder was done; None while one is open

    @property
    def task_id(self) -> TaskId | None:
        return TaskId(reference=self.reference, number=self.number) if self.number is not None else None


_on_ladder = tasks.alias("on_ladder")
_IS_ON_LADDER = and_(_on_ladder.c.case_id == timers.c.case_id, ladder_host(_on_ladder) == timers.c.host)
_STOOD = or_(_on_ladder.c.completed_at.is_(None), _on_ladder.c.completed_at >= timers.c.fired_at)
#: Of the tasks of a ladder the one that stood on it when the rung was taken, the oldest of several.
_STOOD_THEN = (
    select(func.coalesce(func.min(case((_STOOD, _on_ladder.c.number))), func.max(_on_ladder.c.number)))
    .where(_IS_ON_LADDER, _on_ladder.c.created_at <= timers.c.fired_at)
    .correlate(timers)
    .scalar_subquery()
)
_GOES_ON = exists().where(_IS_ON_LADDER, _on_ladder.c.status == literal_column("'open'")).correlate(timers)
_LAST_DONE_ON = select(func.max(_on_ladder.c.completed_on)).where(_IS_ON_LADDER).correlate(timers).scalar_subquery()
_FROM: FromClause = timers.join(cases, cases.c.case_id == timers.c.case_id).join(
    instances, and_(instances.c.case_id == timers.c.case_id, instances.c.number == timers.c.instance)
)
_WITH_TASK: FromClause = _FROM.outerjoin(
    tasks, and_(tasks.c.case_id == timers.c.case_id, tasks.c.number == _STOOD_THEN)
)
_OF_PROCESS = (instances.c.process_id, timers.c.rung)
_OF_ELEMENT = (cases.c.variant_digest, instances.c.process_id, timers.c.element_id, timers.c.rung)
_RUNG = {"process_id": instances.c.process_id, "rung": timers.c.rung}
_OF_VERSION = {**_RUNG, "variant_digest": cases.c.variant_digest}
_AMOUNTS = (
    select(
        *columns_of(
            RungAmount, timers, **_OF_VERSION, amount=func.count(), in_cases=func.count(timers.c.case_id.distinct()),
            open=count_of(_GOES_ON),
        )
    )
    .select_from(_FROM)
    .where(_WAS_TAKEN)
    .group_by(*_OF_ELEMENT)
)  # fmt: skip
_TEAM_AMOUNTS = (
    select(*columns_of(RungTeamAmount, timers, **_RUNG, team=tasks.c.team, amount=func.count()))
    .select_from(_WITH_TASK)
    .where(_WAS_TAKEN)
    .group_by(*_OF_PROCESS, tasks.c.team)
)
_OF_TASK = ("number", "name", "item_id", "collection", "team", "due_on")
_TAKEN = (
    select(
        *columns_of(
            RungTakenRow, timers, **_OF_VERSION, reference=cases.c.reference, title=cases.c.title,
            fired_at=timers.c.fired_at, holder=task_holder, is_open=_GOES_ON,
            completed_on=case((_GOES_ON, None), else_=_LAST_DONE_ON), **{name: tasks.c[name] for name in _OF_TASK},
        )
    )
    .select_from(_WITH_TASK)
    .where(_WAS_TAKEN)
    .order_by(timers.c.fired_at.desc(), timers.c.case_id, timers.c.number)
)  # fmt: skip


def rung_amounts(connection: Connection, council_id: str, first: date, last: date) -> list[RungAmount]:
    """Per policy version, process, element and rung: how often it was taken from `first` to `last`."""
    return rows_of(RungAmount, connection.execute(_AMOUNTS.where(*_within(council_id, first, last))))


def rung_teams(connection: Connection, council_id: str, first: date, last: date) -> list[RungTeamAmount]:
    """What `rung_amounts` counts, per process, rung and team of the task."""
    return rows_of(RungTeamAmount, connection.execute(_TEAM_AMOUNTS.where(*_within(council_id, first, last))))


def rungs_taken(
    connection: Connection, council_id: str, first: date, last: date, *, process_id: str | None, rung: int | None,
    limit: int, offset: int,
) -> list[RungTakenRow]:  # fmt: skip
    """The rungs that `rung_amounts` counts, the latest first, of one process or rung of it where they are given."""
    query = _TAKEN.where(*_within(council_id, first, last))
    if process_id is not None:
        query = query.where(instances.c.process_id == process_id)
    if rung is not None:
        query = query.where(timers.c.rung == rung)
    return rows_of(RungTakenRow, connection.execute(query.limit(limit).offset(offset)))


def _within(council_id: str, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    return (
        timers.c.council_id == council_id,
        timers.c.fired_at >= start_of(first),
        timers.c.fired_at < end_of(last),
    )
