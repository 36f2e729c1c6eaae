"""A fact that is put right moves the days that are counted from it: of open tasks, of time frames, and of timers that
are armed.

A day moves where its expression gives another one with the new fact than it gave with the old: what is counted from
today stays. A person's extension stays as long as it is later than the limit counted anew; the ladder of a task moves
with it. What has happened, a rung that was taken, stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

from engine.calendar import DueDate
from engine.casework.step.deadline_change import DeadlineChange, tell_later
from engine.casework.step.deadline_rows import set_deadline
from engine.casework.step.evaluator import Evaluator
from engine.casework.step.frames import frame_day
from engine.casework.step.instance import Loaded
from engine.casework.step.ladders import ladder_around, moves_with_frame
from engine.casework.step.moments import day_of, firing_of
from engine.casework.step.office import SYSTEM
from engine.casework.step.sight import evaluator_at
from engine.casework.step.step import Step
from engine.casework.tasks.later_deadlines import is_set_by_a_person, runs_out_at, stopped_in_words, supersede
from engine.clock import LONDON
from engine.diagram.model import Element, ElementKind, TimerKind
from engine.errors import EngineError
from engine.model import DeadlineHolder, DeadlineStatus
from engine.record_kinds import RecordKind
from engine.runtime import Token
from engine.store import instances
from engine.store.deadlines import DeadlineRow, current_deadline, end_deadline
from engine.store.frames import change_frame
from engine.store.tasks import change_task
from engine.store.timers import change_timer
from engine.words import weekday_in_words

#: Since when a task, timer or frame is there, by its number.
Since: TypeAlias = Callable[[int], datetime]
#: By how much the day of a task or frame is later than it is counted, by what moves with it.
_Held: TypeAlias = dict[tuple[int, DeadlineHolder], timedelta]


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingDay:
    """The day of an open task, an armed timer or an open time frame, as its expression gives it now."""

    token: int
    edge: tuple[int, DeadlineHolder]  #: what moves with it: the token on whose edge, and whose deadline that is
    label: str  #: what people call it
    item_id: str
    day: date
    fires_at: datetime | None  #: None but for a timer
    due_date: DueDate | None  #: the limit that it stands on; None where the day itself is a fact
    holder: DeadlineHolder

    @property
    def is_timer(self) -> bool:
        return self.holder is DeadlineHolder.TIMER


def waiting_days(step: Step, since: Since | None = None) -> dict[int, WaitingDay]:
    """The days of everything in the case that waits for one, by the numbers of tasks, timers and frames.

    `since`: at which moment each is to be asked for its day; None: now.
    """
    at = since or (lambda _number: step.now)
    found = {each.token: each for row in _running(step) for each in _days_of(step, row, at)}
    return found | {each.token: each for each in _days_of_frames(step, at)}


def move_days(step: Step, before: Mapping[int, WaitingDay], reason: str) -> None:
    """Let the days of `before` follow what has been put right since; each move stands in the record."""
    move_days_to(step, before, waiting_days(step), reason)


def move_days_to(step: Step, before: Mapping[int, WaitingDay], after: Mapping[int, WaitingDay], reason: str) -> None:
    """Let the days of `before` become those of `after`, where they are another one."""
    held: _Held = {}
    for number, now in sorted(after.items(), key=lambda each: (each[1].is_timer, each[0])):
        was = before.get(number)
        if was is not None:
            _move(step, was, now, reason, held)


def _running(step: Step) -> list[int]:
    return [row.number for row in instances.running_instances(step.connection, step.case.case_id)]


def _days_of(step: Step, number: int, at: Since) -> Iterator[WaitingDay]:
    instance = step.load(number)
    for token in list(instance.run.tokens.values()):
        element = instance.run.element_of(token)
        if token.is_parked:
            continue
        try:
            found = _day_of(step, evaluator_at(step, instance, element).at(at(token.number)), token, element)
        except EngineError:  # what it counts from is not known, so there is nothing to move to
            continue
        if found is not None:
            yield replace(found, edge=_edge(step, instance, token, element), item_id=instance.subject.item_id)


def _edge(step: Step, instance: Loaded, token: Token, element: Element) -> tuple[int, DeadlineHolder]:
    if element.kind is ElementKind.USER:
        return ladder_around(step, instance, token) or token.number, DeadlineHolder.TASK
    holder = DeadlineHolder.FRAME if moves_with_frame(step.version, element) else DeadlineHolder.TASK
    return token.host or token.number, holder


def _days_of_frames(step: Step, at: Since) -> Iterator[WaitingDay]:
    for frame in step.frames.open.values() if step.version.frames else ():
        with suppress(EngineError):
            found = frame_day(step, frame, at(frame.number))
            if found is not None:
                yield WaitingDay(
                    token=frame.number, edge=(frame.number, DeadlineHolder.FRAME), holder=DeadlineHolder.FRAME,
                    label=frame.name, item_id=frame.item_id, day=found.day, fires_at=None, due_date=found.due_date,
                )  # fmt: skip


def _day_of(step: Step, evaluator: Evaluator, token: Token, element: Element) -> WaitingDay | None:
    if element.kind is ElementKind.USER and element.due_date:
        day = day_of(evaluator.value(element.due_date), element.label, "due date")
        holder, fires_at, due_date = DeadlineHolder.TASK, None, evaluator.due_date_of(day) if day is not None else None
    elif element.event is not None and element.event.timer is TimerKind.DATE:
        firing = firing_of(evaluator, element, element.event, step.now, step.version.calendar)
        if firing is None:
            return None
        holder, fires_at, due_date = DeadlineHolder.TIMER, firing.at, firing.due_date
        day = due_date.due_on if due_date is not None else (firing.at.astimezone(LONDON) - timedelta(seconds=1)).date()
    else:
        return None
    if day is None:
        return None
    return WaitingDay(
        token=token.number, edge=(token.number, holder), holder=holder, label=element.label, item_id="", day=day,
        fires_at=fires_at, due_date=due_date,
    )  # fmt: skip


def _move(step: Step, was: WaitingDay, now: WaitingDay, reason: str, held: _Held) -> None:
    row = current_deadline(step.connection, step.case.case_id, now.token)
    is_extended = row is not None and is_set_by_a_person(row)
    stays_later = timedelta(0)
    if row is not None and is_extended:
        by_as_much = held.get(now.edge) if now.is_timer else None
        stays_later = max(row.due_on - now.day, timedelta(0)) if by_as_much is None else by_as_much
    has_own_edge = now.edge[0] == now.token
    if not now.is_timer and (has_own_edge or is_extended):  # of several tasks on a ladder the one that has most time
        held[now.edge] = max(stays_later, held.get(now.edge, timedelta(0)))
    if (now.day, now.fires_at, now.due_date) == (was.day, was.fires_at, was.due_date):
        return
    is_held = row is not None and (bool(stays_later) or row.status is DeadlineStatus.SUSPENDED)
    if row is not None and (now.due_date is not None or is_held):
        _move_deadline(step, row, now, now.day + stays_later, reason)
    else:
        _move_day(step, row, now, was.day if row is None else row.due_on, reason)


def _move_day(step: Step, row: DeadlineRow | None, now: WaitingDay, was: date, reason: str) -> None:
    """The day is a fact, or was one until now: its deadline ends, or begins."""
    limit = now.due_date.limit.name if now.due_date is not None else None
    if was != now.day:
        change = DeadlineChange(
            number=now.token, holder=now.holder, limit=limit, was=was, now=now.day, reason=reason, by=step.actor
        )
        tell_later(step, change)
    if now.holder is DeadlineHolder.TASK:
        change_task(step.batch, now.token, due_on=now.day)
    elif now.holder is DeadlineHolder.FRAME:
        change_frame(step.batch, now.token, due_on=now.day)
    elif now.fires_at is not None:
        change_timer(step.batch, now.token, fires_at=now.fires_at)
    if row is not None:
        end_deadline(step.batch, row.number)
    if now.due_date is not None:
        set_deadline(step, now.token, now.due_date)
    _record(step, now, was, now.day, _in_words(now), reason)


def _in_words(now: WaitingDay) -> str:
    return now.due_date.explanation if now.due_date is not None else f"{weekday_in_words(now.day)}."


def _move_deadline(step: Step, row: DeadlineRow, now: WaitingDay, day: date, reason: str) -> None:
    """The deadline counts from the new start. A day that a person gave holds where it is later, and what stands still
    does, whatever day it would be due on."""
    holds = day != now.day or row.status is DeadlineStatus.SUSPENDED
    due_date = now.due_date
    words = _in_words(now)
    if row.status is DeadlineStatus.SUSPENDED:
        stopped = stopped_in_words(row.set_by, row.reason, row.stopped_on or row.due_on)
        words = f"{stopped} Counted anew, it would be due on {words}"
    elif holds:
        words = f"{weekday_in_words(day)}: as {row.set_by} set it ({row.reason}). The limit itself: {words}"
    counted = row
    if due_date is not None:
        limit = due_date.limit
        counted = replace(row, limit_name=limit.name, counted_from=limit.counted_from, start_on=due_date.start)
    supersede(
        step,
        counted,
        holder=now.holder,
        due_on=day,
        fires_at=runs_out_at(step, counted, day),
        status=row.status,
        reason=(row.reason or reason) if holds else reason,
        words=words,
        calendar_version=due_date.calendar_version if due_date is not None else None,
        set_by=row.set_by if holds else SYSTEM,
    )
    _record(step, now, row.due_on, day, words, reason)


def _record(step: Step, now: WaitingDay, was: date, day: date, words: str, reason: str) -> None:
    step.record(
        RecordKind.DEADLINE_STAYS if was == day else RecordKind.DEADLINE_FOLLOWED,
        task=now.token,
        element=now.label,
        item=now.item_id or None,
        was=was,
        now=day,
        reason=reason,
        why=words,
    )
