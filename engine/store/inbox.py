"""The inbox: a page of open tasks with exact counts, in as many statements however many tasks there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from engine.model import TaskStatus
from engine.store.case_words import cases_with, reference_has, words_in
from engine.store.rows import rows_of
from engine.store.schema import cases, frames, tasks
from engine.store.tasks import OPEN_TASK, OpenTask, urgent_first, with_case_and_deadline

PAGE = 25  #: rows


class Tab(StrEnum):
    """Whose tasks."""

    MINE = "mine"
    TEAMS = "teams"
    ALL = "all"


class Bucket(StrEnum):
    """Which of them, by when they are due."""

    ANY = "any"
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"  #: from today to Sunday
    NONE = "none"  #: without a deadline, or with one that stands still
    FOLLOW_UP = "follow-up"  #: somebody wanted to come back to it today, or earlier


class Sort(StrEnum):
    DUE = "due"  #: the most urgent first
    NEWEST = "newest"
    OLDEST = "oldest"
    KIND = "kind"
    WHOLE = "whole"  #: by the last day of the time frame they stand in; those in none last


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxChoice:
    """What a person wants to see; an empty text is no filter."""

    tab: Tab = Tab.MINE
    bucket: Bucket = Bucket.ANY
    variant: str = ""  #: digest of a version of the policy
    team: str = ""  #: id
    kind: str = ""  #: name of the task
    case: str = ""  #: whole reference
    person: str = ""  #: who has it
    is_unclaimed: bool = False  #: nobody has it
    search: str = ""  #: beginnings of words of names, addresses and the reference; all of them
    sort: Sort = Sort.DUE
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        """Whether a filter leaves few tasks of many, which no index has in the order of the days."""
        return bool(self.kind or self.person or self.variant or self.case or self.search)


@dataclass(frozen=True, kw_only=True, slots=True)
class Viewer:
    """For whom the inbox is read. What they may not see is in no row and no count."""

    council_id: str
    names: tuple[str, ...]  #: the person, and those whose deputy they are today
    teams: frozenset[str]  #: ids, with those whose substitute they are
    sees_all: bool = False  #: the tasks of every team
    #: what forms call those to whom they belong, who find cases by reference alone; None for who may read everything
    audiences: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Open tasks that the filters leave."""

    tabs: dict[Tab, int]  #: whatever their deadline
    buckets: dict[Bucket, int]  #: in the chosen tab
    teams: dict[str, int]  #: in the chosen tab, by id; of the tab of one's own tasks none


def count_tasks(connection: Connection, viewer: Viewer, choice: InboxChoice, today: date) -> Counts:
    """Exact counts. Two statements: one walks the index of open tasks once, the other looks at the person's own."""
    scope = [] if viewer.sees_all else [tasks.c.team.in_(sorted(viewer.teams))]
    found = connection.execute(_per_day(viewer, choice, today, scope)).all() if viewer.sees_all or viewer.teams else []
    every, of_teams, teams = _Days(), _Days(), dict[str, int]()
    for team, due_on, count, follow_up in found:
        every.add(due_on, count, follow_up)
        if team in viewer.teams:
            of_teams.add(due_on, count, follow_up)
        if team in viewer.teams or choice.tab is Tab.ALL:
            teams[team] = teams.get(team, 0) + count
    own = _Days()
    for _, due_on, count, follow_up in connection.execute(_own_per_day(viewer, choice, today)).all():
        own.add(due_on, count, follow_up)
    in_tab = {Tab.MINE: own, Tab.TEAMS: of_teams, **({Tab.ALL: every} if viewer.sees_all else {})}
    chosen = in_tab[choice.tab]
    return Counts(
        tabs={tab: days.count(Bucket.ANY, today) for tab, days in in_tab.items()},
        buckets={bucket: chosen.count(bucket, today) for bucket in Bucket},
        teams=teams if choice.tab is not Tab.MINE else {},
    )


class _Days:
    """Tasks by the day on which they are due."""

    def __init__(self) -> None:
        self._tasks: dict[date | None, int] = {}
        self._follow_up = 0

    def add(self, due_on: date | None, count: int, follow_up: int) -> None:
        self._tasks[due_on] = self._tasks.get(due_on, 0) + count
        self._follow_up += follow_up

    def count(self, bucket: Bucket, today: date) -> int:
        if bucket is Bucket.ANY:
            return sum(self._tasks.values())
        if bucket is Bucket.NONE:
            return self._tasks.get(None, 0)
        if bucket is Bucket.FOLLOW_UP:
            return self._follow_up
        first, last = _days_of(bucket, today)
        return sum(count for day, count in self._tasks.items() if day is not None and first <= day <= last)


def count_open_tasks(connection: Connection, council_id: str) -> int:
    """How many open tasks the council has."""
    query = select(func.count()).where(tasks.c.council_id == council_id, tasks.c.status == TaskStatus.OPEN)
    return connection.execute(query).scalar_one()


def page_of_tasks(connection: Connection, viewer: Viewer, choice: InboxChoice, today: date) -> list[OpenTask]:
    """The tasks of the page, in one statement. To be asked only where there are tasks in the tab."""
    numbered = _on_page(viewer, choice, today).subquery("on_page")
    on_page = numbered.join(tasks, and_(tasks.c.case_id == numbered.c.case_id, tasks.c.number == numbered.c.number))
    query = select(*OPEN_TASK).select_from(with_case_and_deadline(on_page)).order_by(*_order(choice.sort, tasks.c))
    return rows_of(OpenTask, connection.execute(query))


def _per_day(viewer: Viewer, choice: InboxChoice, today: date, scope: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Tasks per team and day on which they are due, and how many of them somebody wanted to come back to."""
    follow_up = func.count().filter(tasks.c.follow_up_on <= today)
    return (
        select(tasks.c.team, tasks.c.due_on, func.count(), follow_up)
        .where(*_open(viewer, choice), *scope)
        .group_by(tasks.c.team, tasks.c.due_on)
    )


def _own_per_day(viewer: Viewer, choice: InboxChoice, today: date) -> CompoundSelect[Any]:
    """The same of the person's own tasks; the team is left out, so that an index says it all."""
    follow_up = func.count().filter(tasks.c.follow_up_on <= today)
    of_each = [
        select(literal(""), tasks.c.due_on, func.count(), follow_up)
        .where(*_open(viewer, choice), scope)
        .group_by(tasks.c.due_on)
        for scope in _scopes(viewer, Tab.MINE)
    ]
    return union_all(*of_each)


def _days_of(bucket: Bucket, today: date) -> tuple[date, date]:
    """The first and the last day of a bucket of days."""
    if bucket is Bucket.OVERDUE:
        return date.min, today - timedelta(days=1)
    return today, today + timedelta(days=6 - today.weekday()) if bucket is Bucket.WEEK else today


def _scopes(viewer: Viewer, tab: Tab) -> list[ColumnElement[bool]]:
    """What is in the tab, in parts of which each has an index in the order of the days."""
    if tab is Tab.TEAMS:
        return [tasks.c.team == team for team in sorted(viewer.teams)]
    if tab is Tab.MINE:
        return [scope for name in viewer.names for scope in _had_by(name)]
    return [true()]


def _had_by(name: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """A task is had by who has claimed it or, before anybody has, by the one person it is for."""
    return tasks.c.claimed_by == name, and_(tasks.c.assignee == name, tasks.c.claimed_by.is_(None))


def _on_page(viewer: Viewer, choice: InboxChoice, today: date) -> Select[Any]:
    """The keys of the tasks on the page."""
    end = PAGE * choice.page
    keys = {"case_id", "number", *(_COLUMNS_OF[choice.sort])}
    wanted = select(*(tasks.c[name] if name in tasks.c else _FRAME_DUE_ON.label(name) for name in sorted(keys)))
    wanted = wanted.where(*_open(viewer, choice), *_in_bucket(choice.bucket, today))
    scopes = _scopes(viewer, choice.tab)
    found: FromClause
    if choice.is_narrow:
        # all that the filters leave, and then their order: PostgreSQL would otherwise walk the tasks in that order
        # and look at each, in the hope that 25 come soon
        found = wanted.where(or_(*scopes)).cte("found").prefix_with("MATERIALIZED", dialect="postgresql")
    else:
        # the first of each part, from its index, and then the first of these
        firsts = [wanted.where(scope).order_by(*_order(choice.sort, tasks.c)).limit(end) for scope in scopes]
        found = union_all(*(select(first.subquery()) for first in firsts)).subquery("found")
    page = select(found.c.case_id, found.c.number).order_by(*_order(choice.sort, found.c))
    return page.limit(PAGE).offset(end - PAGE)


#: The last day of the time frame that a task stands in.
_FRAME_DUE_ON = (
    select(frames.c.due_on)
    .where(frames.c.case_id == tasks.c.case_id, frames.c.number == tasks.c.frame)
    .correlate(tasks)
    .scalar_subquery()
)
#: What each order looks at, besides the keys.
_COLUMNS_OF = {
    Sort.DUE: ("due_on", "priority"),
    Sort.NEWEST: ("created_at",),
    Sort.OLDEST: ("created_at",),
    Sort.KIND: ("name", "due_on", "priority"),
    Sort.WHOLE: ("frame_due_on", "due_on", "priority"),
}


def _order(sort: Sort, columns: ReadOnlyColumnCollection[str, Any]) -> list[ColumnElement[Any]]:
    keys = [columns.case_id, columns.number]
    match sort:
        case Sort.DUE:
            return urgent_first(columns)
        case Sort.NEWEST:
            return [columns.created_at.desc(), *keys]
        case Sort.OLDEST:
            return [columns.created_at, *keys]
        case Sort.WHOLE:
            whole = columns.get("frame_due_on", _FRAME_DUE_ON)
            return [whole.asc().nulls_last(), *urgent_first(columns)]
        case Sort.KIND:
            return [columns.name, *urgent_first(columns)]


def _open(viewer: Viewer, choice: InboxChoice) -> list[ColumnElement[bool]]:
    """The open tasks of the council that the filters leave."""
    council_id = viewer.council_id
    found: list[ColumnElement[bool]] = [tasks.c.council_id == council_id, tasks.c.status == TaskStatus.OPEN]
    of_council = select(cases.c.case_id).where(cases.c.council_id == council_id)
    if choice.team:
        found.append(tasks.c.team == choice.team)
    if choice.kind:
        found.append(tasks.c.name == choice.kind)
    if choice.person:
        found.append(or_(*_had_by(choice.person)))
    if choice.is_unclaimed:
        found += [tasks.c.claimed_by.is_(None), tasks.c.assignee.is_(None)]
    if choice.variant:
        found.append(tasks.c.case_id.in_(of_council.where(cases.c.variant_digest == choice.variant)))
    if choice.case:
        found.append(tasks.c.case_id.in_(of_council.where(cases.c.reference == choice.case)))
    for word in words_in(choice.search):
        # names and addresses may be kept from them: what a search finds would tell whether the case has them
        by_words = cases_with(council_id, word) if viewer.audiences is None else of_council.where(reference_has(word))
        found.append(tasks.c.case_id.in_(by_words))
    return found


def _in_bucket(bucket: Bucket, today: date) -> list[ColumnElement[bool]]:
    if bucket is Bucket.ANY:
        return []
    if bucket is Bucket.NONE:
        return [tasks.c.due_on.is_(None)]
    if bucket is Bucket.FOLLOW_UP:
        return [tasks.c.follow_up_on <= today]
    first, last = _days_of(bucket, today)
    return [tasks.c.due_on <= last] if first == date.min else [tasks.c.due_on.between(first, last)]
