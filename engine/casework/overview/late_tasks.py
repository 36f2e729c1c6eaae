"""What is late now: whose it is, by how long, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.casework.overview.names import Names
from engine.casework.step.office import Office
from engine.casework.words.ladders import Rung
from engine.casework.words.shown_tasks import TaskShown
from engine.clock import local_date
from engine.model import TaskId, TimerStatus
from engine.store.ladders import DrawnRung, drawn_rungs_of
from engine.store.overview import late as stored
from engine.store.overview.incidents import count_open_incidents
from engine.variants import Variant

#: How far ahead “due soon” looks.
SOON = timedelta(days=7)
#: Of what is late as a whole, so much is listed.
MOST_FRAMES = 50
#: Of the tasks whose clock stands still, so many are listed.
MOST_STANDING = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class LateTask(TaskShown):
    task_id: TaskId
    title: str  #: what people know the case by; "" where it has none
    holder: str  #: who claimed it, or whom it is for; "" for nobody
    due_on: date
    is_claimed: bool
    working_days: int  #: how many it is late by
    explanation: str  #: why it was due then; "" where a day was agreed instead of a limit set
    follow_up_on: date | None  #: put off until then, where that is still to come
    taken: Rung | None  #: the highest rung of its ladder that was taken
    to_come: Rung | None  #: the next one


@dataclass(frozen=True, kw_only=True, slots=True)
class LateFrame:
    """What was to be done as a whole by a day that has passed."""

    reference: str
    title: str  #: what people know the case by; "" where it has none
    name: str
    item: str  #: what people call the item it is about; "" for the case itself
    due_on: date
    working_days: int  #: how many it is late by
    explanation: str  #: why it was due then; "" where a day was agreed instead of a limit set


@dataclass(frozen=True, kw_only=True, slots=True)
class LateCount:
    """What is late of one team, or with one person."""

    key: str  #: the team's id, or the person's name; "" for tasks that nobody has
    name: str
    count: int
    working_days: int  #: by how many the longest late of them is late


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingStill(TaskShown):
    """A task whose clock a person has stopped: it is not late, whatever the day."""

    task_id: TaskId
    title: str
    holder: str
    due_on: date  #: when its clock was stopped
    since: datetime
    by: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    today: date
    total: int
    longest: int  #: working days; 0 where nothing is late
    by_team: tuple[LateCount, ...]  #: most first
    by_person: tuple[LateCount, ...]  #: most first
    chosen: int  #: how many are of the team and the person that were asked for
    tasks: tuple[LateTask, ...]  #: a page of those, the longest late first
    frames: tuple[LateFrame, ...]  #: the longest late first
    frames_in_all: int
    due_today: int
    due_soon: int  #: after today, until `soon_until`
    soon_until: date
    standing_still: tuple[StandingStill, ...]
    standing_in_all: int
    stuck: int  #: open incidents of the council


def late_now(
    office: Office,
    variant: Variant,
    *,
    team: str | None = None,
    person: str | None = None,
    limit: int,
    offset: int = 0,
) -> Late:
    """Open tasks of the variant's council whose day has passed; of one `team` (its id), or of one `person` (by name;
    "" for those that nobody has). Days are counted by the variant's calendar. Nine queries.
    """
    today = local_date(office.clock.now())
    council_id, calendar = variant.id, variant.calendar
    with office.database.read() as connection:
        names = Names(office, connection, variant)
        counts = stored.late_amounts(connection, council_id, today)
        rows = stored.late_tasks(connection, council_id, today, team=team, holder=person, limit=limit, offset=offset)
        rungs = drawn_rungs_of(connection, council_id, [(row.case_id, row.number) for row in rows])
        ladders: dict[tuple[int, int], list[DrawnRung]] = {}
        for rung in rungs:
            ladders.setdefault((rung.case_id, rung.task), []).append(rung)
        frames = stored.late_frames(connection, council_id, today, limit=MOST_FRAMES)
        standing = stored.suspended_tasks(connection, council_id, limit=MOST_STANDING)
        return Late(
            today=today,
            total=sum(row.amount for row in counts),
            longest=max((calendar.working_days_between(row.oldest, today) for row in counts), default=0),
            by_team=_counted(counts, lambda row: row.team, names.team, variant, today),
            by_person=_counted(counts, lambda row: row.holder, str, variant, today),
            chosen=sum(row.amount for row in counts if team in (None, row.team) and person in (None, row.holder)),
            tasks=tuple(
                _late_task(row, ladders.get((row.case_id, row.number), ()), names, variant, today) for row in rows
            ),
            frames=tuple(_late_frame(row, names, variant, today) for row in frames),
            frames_in_all=frames[0].in_all if frames else 0,
            due_today=stored.due_between(connection, council_id, today, today),
            due_soon=stored.due_between(connection, council_id, today + timedelta(days=1), today + SOON),
            soon_until=today + SOON,
            standing_still=tuple(_standing(row, names) for row in standing),
            standing_in_all=standing[0].in_all if standing else 0,
            stuck=count_open_incidents(connection, council_id),
        )


def _counted(
    rows: Iterable[stored.LateAmount],
    key: Callable[[stored.LateAmount], str],
    name: Callable[[str], str],
    variant: Variant,
    today: date,
) -> tuple[LateCount, ...]:
    found: dict[str, tuple[int, date]] = {}
    for row in rows:
        count, oldest = found.get(key(row), (0, row.oldest))
        found[key(row)] = count + row.amount, min(oldest, row.oldest)
    counts = [
        LateCount(
            key=each,
            name=name(each),
            count=count,
            working_days=variant.calendar.working_days_between(oldest, today),
        )
        for each, (count, oldest) in found.items()
    ]
    return tuple(sorted(counts, key=lambda each: (-each.count, -each.working_days, each.name)))


def _late_task(
    row: stored.LateRow, ladder: Sequence[DrawnRung], names: Names, variant: Variant, today: date
) -> LateTask:
    taken = [rung for rung in ladder if rung.status == TimerStatus.FIRED]
    waiting = [rung for rung in ladder if rung.status == TimerStatus.WAITING]

    def rung_of(rung: DrawnRung) -> Rung:
        name = names.element(row.variant_digest, rung.process_id, rung.element_id)
        return Rung(number=rung.rung, name=name, at=rung.at)

    return LateTask(
        task_id=row.task_id,
        title=row.title,
        name=row.name,
        item=names.item(row.collection, row.item_id),
        team=names.team(row.team),
        holder=row.holder,
        is_claimed=row.claimed_by is not None,
        due_on=row.due_on,
        working_days=variant.calendar.working_days_between(row.due_on, today),
        explanation=row.explanation or "",
        follow_up_on=row.follow_up_on if row.follow_up_on is not None and row.follow_up_on > today else None,
        taken=rung_of(taken[-1]) if taken else None,
        to_come=rung_of(waiting[0]) if waiting else None,
    )


def _late_frame(row: stored.LateFrameRow, names: Names, variant: Variant, today: date) -> LateFrame:
    return LateFrame(
        reference=row.reference,
        title=row.title,
        name=row.name,
        item=names.item(row.collection, row.item_id),
        due_on=row.due_on,
        working_days=variant.calendar.working_days_between(row.due_on, today),
        explanation=row.explanation or "",
    )


def _standing(row: stored.SuspendedRow, names: Names) -> StandingStill:
    return StandingStill(
        task_id=row.task_id,
        title=row.title,
        name=row.name,
        item=names.item(row.collection, row.item_id),
        team=names.team(row.team),
        holder=row.holder,
        due_on=row.due_on,
        since=row.set_at,
        by=row.set_by,
        reason=row.reason or "",
    )
