"""Another day takes the place of a deadline's, which stays in the record; and what its limit comes to."""

from __future__ import annotations

from datetime import date, datetime

from engine.calendar import Counting, DueDate
from engine.casework.step.deadline_change import DeadlineChange, tell_later
from engine.casework.step.office import SYSTEM
from engine.casework.step.step import Step
from engine.clock import NEVER, end_of, start_of
from engine.model import DeadlineHolder, DeadlineStatus
from engine.store.deadlines import DeadlineRow, DrawnDeadline, supersede_deadline
from engine.store.frames import change_frame
from engine.store.tasks import change_task
from engine.store.timers import change_timer
from engine.variants import Variant
from engine.words import weekday_in_words


def supersede(
    step: Step,
    old: DeadlineRow,
    *,
    holder: DeadlineHolder,
    due_on: date,
    fires_at: datetime,
    reason: str,
    words: str,
    status: DeadlineStatus = DeadlineStatus.CURRENT,
    calendar_version: str | None = None,
    set_by: str | None = None,
) -> None:
    """Another day takes the place of the old one, with the reason, and the task, timer or frame goes by it.

    It is told where it is news to whoever goes by it: while the clock stands still nothing is, and that it goes on is,
    even to the same day. `words` explain the day; without `calendar_version` nothing was counted anew. `set_by`: who
    set it, where that is not who moves the case.
    """
    stood_still, stands_still = (each is DeadlineStatus.SUSPENDED for each in (old.status, status))
    was = old.stopped_on or old.due_on  # what was said of it last
    supersede_deadline(
        step.batch,
        step.allocate(),
        old,
        due_on=due_on,
        calendar_version=calendar_version or old.calendar_version,
        explanation=words,
        status=status,
        set_at=old.set_at if stood_still and stands_still else step.now,
        set_by=set_by if set_by is not None else step.actor,
        reason=reason,
        stopped_on=was if stands_still else None,
    )
    if stood_still is not stands_still or (not stands_still and was != due_on):
        change = DeadlineChange(
            number=old.token,
            holder=holder,
            limit=old.limit_name,
            was=was,
            now=None if stands_still else due_on,
            reason=reason,
            by=step.actor,
        )
        tell_later(step, change)
    before = step.days_before
    before.deadlines.setdefault(old.number, old.status)
    match holder:
        case DeadlineHolder.TASK:
            before.tasks.setdefault(old.token, None if stood_still else old.due_on)
            change_task(step.batch, old.token, due_on=None if stands_still else due_on)
        case DeadlineHolder.FRAME:
            before.frames.setdefault(old.token, None if stood_still else old.due_on)
            change_frame(step.batch, old.token, due_on=None if stands_still else due_on)
        case DeadlineHolder.TIMER:
            before.timers.setdefault(old.token, NEVER if stood_still else runs_out_at(step, old, old.due_on))
            change_timer(step.batch, old.token, fires_at=NEVER if stands_still else fires_at)


def stopped_in_words(by: str, reason: str | None, was: date) -> str:
    return f"Suspended by {by} ({reason}); it was due on {weekday_in_words(was)}."


def label_of(variant: Variant, row: DrawnDeadline) -> str:
    """What people call what it is the deadline of."""
    process = variant.processes[row.process_id]
    return process.elements[row.element_id].label if row.element_id is not None else process.name or process.id


def is_set_by_a_person(row: DeadlineRow) -> bool:
    """Extended or resumed: such a row says why, as one that was counted anew does, but a person wrote it."""
    return row.reason is not None and row.set_by != SYSTEM


def counted_day(step: Step, row: DeadlineRow) -> DueDate | None:
    """What its limit comes to from its start, whatever a person has set; None where the policy has no such limit."""
    limit = step.version.variant.limits.get(row.limit_name)
    return step.version.calendar.due(limit.limit, row.start_on) if limit is not None else None


def runs_out_at(step: Step, row: DeadlineRow, day: date) -> datetime:
    """When the limit has run out that a day is the day of: “more than” as it begins, any other as it ends."""
    limit = step.version.variant.limits.get(row.limit_name)
    is_more_than = limit is not None and limit.limit.counting is Counting.MORE_THAN
    return start_of(day) if is_more_than else end_of(day)
