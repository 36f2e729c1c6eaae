"""Which deadlines of tasks and time frames ran out in a period, and which of them were kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    cast,
    extract,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    union_all,
)

from engine.model import DeadlineStatus, TaskId
from engine.store.overview.conditions import IS_COMPLETED, IS_OPEN, OF_TASK, count_of
from engine.store.rows import columns_of, rows_of
from engine.store.schema import cases, deadlines, frames, instances, tasks

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeAmount:
    """Deadlines of one limit that ran out in one month."""

    limit_name: str  #: "" where none was set, but a day
    year: int
    month: int  #: 1 to 12
    kept: int
    missed: int
    running: int
    extended: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MissedAmount:
    """Missed deadlines of one limit that took equally long."""

    limit_name: str
    days: int  #: whole ones after the last
    amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MissedRow:
    """A task or time frame of which the deadline was missed."""

    reference: str
    title: str
    number: int
    name: str
    team: str  #: id; "" of a time frame
    is_frame: bool  #: what had to be done as a whole
    item_id: str
    collection: str
    due_on: date
    completed_on: date | None  #: None: still open
    limit_name: str
    days: int

    @property
    def task_id(self) -> TaskId:
        return TaskId(reference=self.reference, number=self.number)


def _of(status: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            tasks.c.case_id, tasks.c.number, tasks.c.name, tasks.c.team, false().label("is_frame"),
            tasks.c.item_id, tasks.c.collection, tasks.c.due_on, tasks.c.completed_on,
            func.coalesce(deadlines.c.limit_name, "").label("limit_name"), deadlines.c.reason, deadlines.c.set_by,
        )
        .select_from(tasks.outerjoin(deadlines, OF_TASK))
        .where(
            status, tasks.c.council_id == bindparam("council_id"), tasks.c.due_on >= bindparam("first"),
            tasks.c.due_on <= bindparam("last"),
        )
    )  # fmt: skip


def _of_frames(status: str) -> Select[Any]:
    of_frame = and_(
        deadlines.c.case_id == frames.c.case_id,
        deadlines.c.token == frames.c.number,
        deadlines.c.status != DeadlineStatus.SUPERSEDED,
    )
    of_instance = and_(instances.c.case_id == frames.c.case_id, instances.c.number == frames.c.instance)
    return (
        select(
            frames.c.case_id, frames.c.number, frames.c.name, literal("").label("team"), true().label("is_frame"),
            instances.c.item_id, instances.c.collection, frames.c.due_on, frames.c.ended_on.label("completed_on"),
            func.coalesce(deadlines.c.limit_name, "").label("limit_name"), deadlines.c.reason, deadlines.c.set_by,
        )
        .select_from(frames.join(instances, of_instance).outerjoin(deadlines, of_frame))
        .where(
            frames.c.status == literal_column(f"'{status}'"), frames.c.council_id == bindparam("council_id"),
            frames.c.due_on >= bindparam("first"), frames.c.due_on <= bindparam("last"),
        )
    )  # fmt: skip


#: Tasks and frames, done or open, whose day lies in the period, with what was set for it. Two reads of an index each.
_ran = union_all(_of(IS_OPEN), _of(IS_COMPLETED), _of_frames("open"), _of_frames("ended")).subquery("ran_out")
_today = bindparam("today", type_=Date)
_year, _month = extract("year", _ran.c.due_on), extract("month", _ran.c.due_on)
_is_running = and_(_ran.c.completed_on.is_(None), _ran.c.due_on >= _today)
_is_missed = or_(_ran.c.completed_on > _ran.c.due_on, and_(_ran.c.completed_on.is_(None), _ran.c.due_on < _today))
_is_extended = and_(_ran.c.reason.is_not(None), _ran.c.set_by != bindparam("not_people"))
_ended = func.coalesce(_ran.c.completed_on, _today)
_days: ColumnElement[int] = cast((extract("epoch", _ended) - extract("epoch", _ran.c.due_on)) / _SECONDS_A_DAY, Integer)

_OUTCOMES = select(
    *columns_of(
        OutcomeAmount, _ran, limit_name=_ran.c.limit_name, year=cast(_year, Integer), month=cast(_month, Integer),
        kept=count_of(_ran.c.completed_on <= _ran.c.due_on), missed=count_of(_is_missed),
        running=count_of(_is_running), extended=count_of(_is_extended),
    )
).group_by(_ran.c.limit_name, _year, _month)  # fmt: skip
_DAYS_MISSED = (
    select(*columns_of(MissedAmount, _ran, limit_name=_ran.c.limit_name, days=_days, amount=func.count()))
    .where(_is_missed)
    .group_by(_ran.c.limit_name, _days)
    .order_by(_ran.c.limit_name, _days)
)
_MISSED = (
    select(
        *columns_of(
            MissedRow,
            _ran,
            is_frame=_ran.c.is_frame,
            reference=cases.c.reference,
            title=cases.c.title,
            limit_name=_ran.c.limit_name,
            due_on=_ran.c.due_on,
            days=_days,
        )
    )
    .join(cases, cases.c.case_id == _ran.c.case_id)
    .where(_is_missed)
    .order_by(_days.desc(), _ran.c.due_on, _ran.c.case_id, _ran.c.number)
)


def outcomes(
    connection: Connection, council_id: str, first: date, last: date, today: date, *, not_people: str
) -> list[OutcomeAmount]:
    """Per limit and month in which deadlines of tasks and frames ran out, from `first` to `last`: how many were `kept`,
    `missed` and still `running`, and how many were `extended`.

    A deadline is kept where what it is of was really done on the day at the latest, and missed where later, or not yet
    though the day has passed. What was cancelled, and what stands still, is in none. A day that a person set counts as
    extended; `not_people` sets days by the calendar.
    """
    named = {**_named(council_id, first, last, today), "not_people": not_people}
    return rows_of(OutcomeAmount, connection.execute(_OUTCOMES, named))


def days_missed_by(connection: Connection, council_id: str, first: date, last: date, today: date) -> list[MissedAmount]:
    """How long the missed ones of `outcomes` took, limit by limit, those that took least first."""
    return rows_of(MissedAmount, connection.execute(_DAYS_MISSED, _named(council_id, first, last, today)))


def missed_deadlines(
    connection: Connection, council_id: str, first: date, last: date, today: date, *, limit_name: str | None,
    limit: int, offset: int,
) -> list[MissedRow]:  # fmt: skip
    """The missed ones of `outcomes`, of all limits or of one, those by most `days` first."""
    query = _MISSED if limit_name is None else _MISSED.where(_ran.c.limit_name == limit_name)
    found = connection.execute(query.limit(limit).offset(offset), _named(council_id, first, last, today))
    return rows_of(MissedRow, found)


def _named(council_id: str, first: date, last: date, today: date) -> dict[str, object]:
    return {"council_id": council_id, "first": first, "last": last, "today": today}
