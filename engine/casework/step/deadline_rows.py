"""The row that says what is due when, and why."""

from __future__ import annotations

from engine.calendar import DueDate
from engine.casework.step.step import Step
from engine.model import DeadlineStatus
from engine.store.deadlines import add_deadline


def set_deadline(step: Step, token: int, due_date: DueDate) -> None:
    """`token` is the number of the task, timer or frame that the deadline is of."""
    add_deadline(
        step.batch,
        step.allocate(),
        token=token,
        limit_name=due_date.limit.name,
        counted_from=due_date.limit.counted_from,
        start_on=due_date.start,
        due_on=due_date.due_on,
        calendar_version=due_date.calendar_version,
        explanation=due_date.explanation,
        status=DeadlineStatus.CURRENT,
        set_at=step.now,
        set_by=step.actor,
        reason=None,
        stopped_on=None,
    )
