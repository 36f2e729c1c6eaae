"""Lists of cases: those that a search finds, and those that share names or addresses with one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, or_, select

from engine.model import CaseStatus, TaskStatus
from engine.store.case_words import cases_with, reference_has, words_in
from engine.store.rows import columns_of, rows_of
from engine.store.schema import case_words, cases, tasks

#: Words of a search that are looked for; what comes after them is passed over.
_MOST_WORDS = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which cases of a council a list holds."""

    council_id: str
    search: str = ""
    status: CaseStatus | None = None  #: None: open and closed ones
    #: only those in which these teams, or the person, have a part, searched by reference alone; None: all
    teams: Collection[str] | None = None
    person: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundCase:
    """A case among others."""

    reference: str
    title: str  #: what people know it by
    status: CaseStatus
    opened_at: datetime
    closed_at: datetime | None
    closed_as: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedCase(FoundCase):
    open_tasks: int  #: how many
    next_due_on: date | None  #: when the next of them is due

    def is_late(self, today: date) -> bool:
        return self.next_due_on is not None and self.next_due_on < today


@dataclass(frozen=True, kw_only=True, slots=True)
class LikeCase(FoundCase):
    """A case that shares words of names and addresses with another."""

    case_id: int


_IS_OPEN = (tasks.c.case_id == cases.c.case_id, tasks.c.status == TaskStatus.OPEN)
_LISTED = columns_of(
    ListedCase,
    cases,
    open_tasks=select(func.count()).select_from(tasks).where(*_IS_OPEN).scalar_subquery(),
    next_due_on=select(func.min(tasks.c.due_on)).where(*_IS_OPEN).scalar_subquery(),
)
_LIKE = columns_of(LikeCase, cases)


def count(connection: Connection, wanted: Wanted) -> int:
    return int(connection.execute(select(func.count()).select_from(cases).where(*_conditions(wanted))).scalar_one())


def list_cases(connection: Connection, wanted: Wanted, *, offset: int, limit: int) -> list[ListedCase]:
    """The newest first, each with how many tasks are open and when the next of them is due."""
    query = (
        select(*_LISTED)
        .where(*_conditions(wanted))
        .order_by(cases.c.opened_at.desc(), cases.c.case_id.desc())
        .offset(offset)
        .limit(limit)
    )
    return rows_of(ListedCase, connection.execute(query))


def sharing_words(connection: Connection, council_id: str, case_id: int, *, limit: int) -> list[LikeCase]:
    """The council's other cases that share words of names and addresses with this one, those with most first."""
    own, other = case_words.alias(), case_words.alias()
    shared = (
        select(other.c.case_id, func.count().label("words"))
        .select_from(own.join(other, (other.c.council_id == own.c.council_id) & (other.c.word == own.c.word)))
        .where(own.c.case_id == case_id, own.c.council_id == council_id, other.c.case_id != case_id)
        .group_by(other.c.case_id)
        .order_by(func.count().desc(), other.c.case_id.desc())
        .limit(limit)
        .subquery()
    )
    query = (
        select(*_LIKE)
        .join(shared, shared.c.case_id == cases.c.case_id)
        .where(cases.c.council_id == council_id)
        .order_by(shared.c.words.desc(), cases.c.case_id.desc())
    )
    return rows_of(LikeCase, connection.execute(query))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [cases.c.council_id == wanted.council_id]
    if wanted.status is not None:
        found.append(cases.c.status == wanted.status)
    words = words_in(wanted.search)[:_MOST_WORDS]
    if wanted.search.strip() and not words:  # signs alone, which no case has
        found.append(cases.c.case_id.is_(None))
    if wanted.teams is None:
        found += [cases.c.case_id.in_(cases_with(wanted.council_id, word)) for word in words]
    else:
        # names and addresses may be kept from them: what a search finds would tell whether the case has them
        found += [reference_has(word) for word in words]
        theirs = or_(tasks.c.team.in_(list(wanted.teams)), tasks.c.assignee == wanted.person)
        found.append(select(tasks.c.number).where(tasks.c.case_id == cases.c.case_id, theirs).exists())
    return found
