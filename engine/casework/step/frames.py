"""A time frame: a process, sub-process or call activity with a deadline for all that is inside.

It begins with what it is of, and its day is set as soon as it is known from when it counts: then, or when a fact is
told later. A timer on its edge waits for such a fact, too, instead of being stuck.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from engine.calendar import DueDate
from engine.casework.step.deadline_rows import set_deadline
from engine.casework.step.evaluator import Evaluator
from engine.casework.step.instance import Loaded
from engine.casework.step.ladders import is_beside_frame
from engine.casework.step.moments import day_of, firing_of
from engine.casework.step.sight import evaluator_of
from engine.casework.step.step import Step
from engine.casework.step.time_starts import waiting_to_begin
from engine.clock import NEVER
from engine.diagram.model import Element, Event, TimerKind
from engine.errors import EngineError
from engine.record_kinds import RecordKind
from engine.store.frames import FrameRow
from engine.store.timers import change_timer, timers_without_day


@dataclass(frozen=True, kw_only=True, slots=True)
class FrameDay:
    day: date
    due_date: DueDate | None  #: the limit that it stands on; None where the day itself is a fact


def begin_frame(step: Step, instance: Loaded, number: int, element: Element | None) -> None:
    """The process (without an element), sub-process or call activity begins, and with it its time frame, if it is one.

    Raises BadInputError where its property gives something else than a day.
    """
    if (instance.process_id, element.id if element is not None else None) not in step.version.frames:
        return
    if number in step.frames.open:  # it is tried again
        return
    process = instance.run.program.process
    name = element.label if element is not None else process.name or process.id
    day = _day_of(step, instance, element.id if element is not None else None, name)
    begun = step.frames.begin(
        number, instance, element_id=element.id if element is not None else None, name=name, now=step.now
    )
    if day is not None:
        _set_day(step, begun, day)


def set_days(step: Step) -> None:
    """Facts were told: frames whose day was not known may have one now, timers on their edges, and processes that begin
    on a day."""
    frames = list(step.frames.open.values()) if step.version.frames else []
    for frame in frames:
        if frame.due_on is not None or frame.is_suspended:
            continue
        with suppress(EngineError):  # it waits on for what makes a day
            day = frame_day(step, frame)
            if day is not None:
                _set_day(step, frame, day)
    hosts = [frame.number for frame in frames if _has_timer(step, frame)]
    hosts += [instance.number for instance in waiting_to_begin(step)]
    if hosts:
        _arm_timers(step, hosts)


def frame_day(step: Step, frame: FrameRow, at: datetime | None = None) -> FrameDay | None:
    """The day as its expression gives it now, or gave it at another moment; None while it is not known from when it
    counts."""
    return _day_of(step, step.load(frame.instance), frame.element_id, frame.name, at)


def waits_for_a_fact(step: Step, evaluator: Evaluator, timer: Element, event: Event) -> bool:
    """Whether a timer for a day, which has none yet, stands on the edge of a time frame or begins a process, and the
    day, or that from which it counts, is a fact that is not known."""
    may_wait = timer.begins_by_time or is_beside_frame(step.version, timer)
    if event.timer is not TimerKind.DATE or not may_wait:
        return False
    return evaluator.lacks_start or evaluator.value(event.expression or "") is None


def _day_of(
    step: Step, instance: Loaded, element_id: str | None, name: str, at: datetime | None = None
) -> FrameDay | None:
    evaluator = evaluator_of(step, instance).at(at or step.now)
    try:
        day = day_of(evaluator.value(step.version.frames[instance.process_id, element_id]), name, "due date")
    except EngineError:
        if evaluator.lacks_start:
            return None
        raise
    return None if day is None else FrameDay(day=day, due_date=evaluator.due_date_of(day))


def _set_day(step: Step, frame: FrameRow, found: FrameDay) -> None:
    step.days_before.frames.setdefault(frame.number, frame.due_on)
    step.frames.set_day(frame.number, found.day, is_counted=found.due_date is not None)
    if found.due_date is not None:
        set_deadline(step, frame.number, found.due_date)
    step.record(
        RecordKind.FRAME_DUE,
        task=frame.number,
        element=frame.name,
        item=frame.item_id or None,
        due_on=found.day,
        why=found.due_date.explanation if found.due_date is not None else None,
    )


def _has_timer(step: Step, frame: FrameRow) -> bool:
    """Whether a timer for a day stands on its edge."""
    events = step.version.program(frame.process_id).process.waiting_beside(frame.element_id)
    return any(event.event is not None and event.event.timer is TimerKind.DATE for event in events)


def _arm_timers(step: Step, hosts: Sequence[int]) -> None:
    step.flush()
    for row in timers_without_day(step.connection, step.case.case_id, hosts, NEVER):
        instance = step.load(row.instance)
        element = instance.run.program.element(row.element_id)
        if element.event is None:
            continue
        firing = None
        with suppress(EngineError):
            firing = firing_of(evaluator_of(step, instance), element, element.event, step.now, step.version.calendar)
        if firing is not None:
            step.days_before.timers.setdefault(row.number, NEVER)
            change_timer(step.batch, row.number, fires_at=firing.at)
            if firing.due_date is not None:
                set_deadline(step, row.number, firing.due_date)
