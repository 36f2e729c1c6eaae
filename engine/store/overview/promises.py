"""What was not done by the day that was promised by a limit: an extension by a person leaves the promise as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, Select, and_, bindparam, func, literal_column, or_, select
from sqlalchemy import union_all as both

from engine.store.overview.conditions import IS_COMPLETED, IS_OPEN
from engine.store.rows import columns_of, rows_of
from engine.store.schema import cases, deadlines, frames, instances, tasks


@dataclass(frozen=True, kw_only=True, slots=True)
class LateByPromise:
    reference: str
    title: str
    collection: str  #: "" for the case itself
    item_id: str  #: "" for the case itself
    promised_on: date  #: the last day that the limit itself came to


def _ran(
    columns: tuple[ColumnElement[Any], ...], of: Any, due_on: ColumnElement[Any], *conditions: ColumnElement[bool]
) -> Select[Any]:
    # An extension only puts off: nothing promised in the period is due before it. A clock that stands has no day.
    may_be_late = or_(due_on >= bindparam("first"), due_on.is_(None))
    return select(*columns).select_from(of).where(may_be_late, *conditions)


def _tasks(status: ColumnElement[bool]) -> Select[Any]:
    columns = (
        tasks.c.case_id, tasks.c.number, tasks.c.collection, tasks.c.item_id, tasks.c.completed_on.label("ended_on"),
    )  # fmt: skip
    return _ran(columns, tasks, tasks.c.due_on, status, tasks.c.council_id == bindparam("council_id"))


def _frames(status: str) -> Select[Any]:
    columns = (
        frames.c.case_id, frames.c.number, instances.c.collection, instances.c.item_id,
        frames.c.ended_on.label("ended_on"),
    )  # fmt: skip
    of_instance = and_(instances.c.case_id == frames.c.case_id, instances.c.number == frames.c.instance)
    # Written into the statement, so that an index of these alone will do.
    is_so = frames.c.status == literal_column(f"'{status}'")
    of_council = frames.c.council_id == bindparam("council_id")
    return _ran(columns, frames.join(instances, of_instance), frames.c.due_on, is_so, of_council)


_holders = both(_tasks(IS_OPEN), _tasks(IS_COMPLETED), _frames("open"), _frames("ended")).subquery("holders")
_today = bindparam("today", type_=Date)
#: The last deadline of each that no person set: what is promised until the limit itself comes to another day.
_promised = (
    select(deadlines.c.case_id, deadlines.c.token, func.max(deadlines.c.number).label("number"))
    .join(_holders, and_(_holders.c.case_id == deadlines.c.case_id, _holders.c.number == deadlines.c.token))
    .where(
        deadlines.c.limit_name == bindparam("limit_name"),
        or_(deadlines.c.reason.is_(None), deadlines.c.set_by == bindparam("not_people")),
    )
    .group_by(deadlines.c.case_id, deadlines.c.token)
    .subquery("promised")
)
_LATE = (
    select(
        *columns_of(
            LateByPromise, _holders, reference=cases.c.reference, title=cases.c.title, promised_on=deadlines.c.due_on
        )
    )
    .select_from(_promised)
    .join(deadlines, and_(deadlines.c.case_id == _promised.c.case_id, deadlines.c.number == _promised.c.number))
    .join(_holders, and_(_holders.c.case_id == _promised.c.case_id, _holders.c.number == _promised.c.token))
    .join(cases, cases.c.case_id == _promised.c.case_id)
    .where(
        deadlines.c.due_on >= bindparam("first"),
        deadlines.c.due_on <= bindparam("last"),
        func.coalesce(_holders.c.ended_on, _today) > deadlines.c.due_on,
    )
    .order_by(deadlines.c.due_on, cases.c.case_id, _promised.c.token)
)


def late_by_promise(
    connection: Connection, council_id: str, limit_name: str, *, first: date, last: date, today: date, not_people: str
) -> list[LateByPromise]:
    """Tasks and time frames of this limit that were promised from `first` to `last`, both included, and done later, or
    not yet though the day has passed `today`. What was cancelled is none. One query; `not_people` sets days by the
    calendar."""
    named = {
        "council_id": council_id, "limit_name": limit_name, "first": first, "last": last, "today": today,
        "not_people": not_people,
    }  # fmt: skip
    return rows_of(LateByPromise, connection.execute(_LATE, named))
