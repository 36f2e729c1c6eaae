"""Deadlines change only by a person with a reason: extended, suspended or resumed. The old date stays in the record."""

from __future__ import annotations

from datetime import date, datetime

from engine.casework.step.office import Office
from engine.casework.step.step import Step
from engine.casework.tasks.rights import check_right
from engine.clock import end_of
from engine.errors import BadInputError, TaskNotFoundError
from engine.model import DeadlineStatus, TaskId
from engine.record_kinds import RecordKind
from engine.store import tasks as stored
from engine.store.deadlines import DeadlineRow, current_deadline, deadlines_armed_on, supersede_deadline
from engine.store.tasks import change_task
from engine.store.timers import change_timer
from engine.words import typed_text, weekday_in_words


def extend_deadline(
    office: Office, task: TaskId, *, until: date, reason: str, by: str, council_id: str | None = None
) -> None:
    """Give a task or timer until a later day. Raises BadInputError for a day that is not later, or no reason."""
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        reason = typed_text(reason)
        row = _current(step, task, reason, by)
        if row.status == DeadlineStatus.SUSPENDED:
            raise BadInputError(f"The deadline of {task} is suspended. Resume it, and say until when.")
        if until <= row.due_on:
            raise BadInputError(f"It is due on {weekday_in_words(row.due_on)}; an extension must be to a later day.")
        for moved, is_task, element in _with_its_ladder(step, row, DeadlineStatus.CURRENT):
            now = moved.due_on + (until - row.due_on)
            supersede(
                step,
                moved,
                is_task=is_task,
                due_on=now,
                fires_at=end_of(now),
                reason=reason,
                words=f"{weekday_in_words(now)}: extended by {by} from {weekday_in_words(moved.due_on)} ({reason}).",
            )
            step.record(
                RecordKind.DEADLINE_EXTENDED,
                task=moved.token,
                element=element,
                limit=moved.limit_name,
                was=moved.due_on,
                now=now,
                reason=reason,
            )


def suspend_deadline(office: Office, task: TaskId, *, reason: str, by: str, council_id: str | None = None) -> None:
    """Stop the clock of a task: it is not late while suspended."""
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        reason = typed_text(reason)
        row = _current(step, task, reason, by)
        if row.status == DeadlineStatus.SUSPENDED:
            raise BadInputError(f"The deadline of {task} is suspended already.")
        for moved, is_task, element in _with_its_ladder(step, row, DeadlineStatus.CURRENT):
            supersede(
                step,
                moved,
                is_task=is_task,
                due_on=moved.due_on,
                fires_at=_NEVER,
                status=DeadlineStatus.SUSPENDED,
                reason=reason,
                words=f"Suspended by {by} ({reason}); it was due on {weekday_in_words(moved.due_on)}.",
            )
            step.record(
                RecordKind.DEADLINE_SUSPENDED,
                task=moved.token,
                element=element,
                limit=moved.limit_name,
                was=moved.due_on,
                reason=reason,
            )


def resume_deadline(
    office: Office, task: TaskId, *, until: date, reason: str, by: str, council_id: str | None = None
) -> None:
    """Start the clock again, with the new last day."""
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        reason = typed_text(reason)
        row = _current(step, task, reason, by)
        if row.status != DeadlineStatus.SUSPENDED:
            raise BadInputError(f"The deadline of {task} is not suspended.")
        for moved, is_task, element in _with_its_ladder(step, row, DeadlineStatus.SUSPENDED):
            now = moved.due_on + (until - row.due_on)
            supersede(
                step,
                moved,
                is_task=is_task,
                due_on=now,
                fires_at=end_of(now),
                reason=reason,
                words=f"{weekday_in_words(now)}: resumed by {by} ({reason}).",
            )
            step.record(
                RecordKind.DEADLINE_RESUMED, task=moved.token, element=element, limit=moved.limit_name, now=now,
                reason=reason,
            )  # fmt: skip


def _with_its_ladder(
    step: Step, row: DeadlineRow, status: DeadlineStatus
) -> list[tuple[DeadlineRow, bool, str | None]]:
    """The deadline and, where it is a task's, those of the timers that wait on the task: each with whether it is a
    task's and, of the others, the element's name.

    They move by as many days: who gives a task two weeks more does not mean it to be escalated two weeks too early.
    """
    is_task = stored.load_task(step.connection, step.case.case_id, row.token) is not None
    armed = deadlines_armed_on(step.connection, step.case.case_id, row.token)
    others: list[tuple[DeadlineRow, bool, str | None]] = [
        (other, False, step.version.variant.processes[other.process_id].elements[other.element_id].label)
        for other in armed
        if other.status == status
    ]
    return [(row, is_task, None), *others]


def _current(step: Step, task: TaskId, reason: str, by: str) -> DeadlineRow:
    check_right(step.settings, by, "change_deadlines")
    if not reason:
        raise BadInputError("Say why: the reason is kept in the record.")
    row = current_deadline(step.connection, step.case.case_id, task.number)
    if row is None or not stored.still_runs(step.connection, step.case.case_id, task.number):
        raise TaskNotFoundError(f"{task} with a deadline that still runs")
    return row


def supersede(
    step: Step,
    old: DeadlineRow,
    *,
    is_task: bool,
    due_on: date,
    fires_at: datetime,
    reason: str,
    words: str,
    status: DeadlineStatus = DeadlineStatus.CURRENT,
    calendar_version: str | None = None,
) -> None:
    """Another day takes the place of the old one, with the reason, and the task or timer goes by it.

    `words` explain the day; without `calendar_version` nothing was counted anew.
    """
    supersede_deadline(
        step.batch,
        step.allocate(),
        old,
        due_on=due_on,
        calendar_version=calendar_version or old.calendar_version,
        explanation=words,
        status=status,
        set_at=step.now,
        set_by=step.actor,
        reason=reason,
    )
    if is_task:
        change_task(step.batch, old.token, due_on=None if status is DeadlineStatus.SUSPENDED else due_on)
    else:
        change_timer(step.batch, old.token, fires_at=fires_at)


_NEVER = end_of(date(9998, 12, 31))
