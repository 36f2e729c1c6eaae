"""Deadlines change only by a person with a reason: extended, taken back, suspended or resumed. The old date stays in
the record."""

from __future__ import annotations

from datetime import date, datetime

from engine.calendar import Counting, DueDate
from engine.casework.step.office import SYSTEM, Office
from engine.casework.step.step import Step
from engine.casework.tasks.rights import check_right
from engine.clock import end_of, local_date, start_of
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
    """Give a task or timer until another day: a later one or, where it was extended, one not before its own limit.

    Raises BadInputError for any other day, or no reason.
    """
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        reason = typed_text(reason)
        row = _running(step, task, reason, by)
        if until <= row.due_on:
            _check_shortening(step, row, until)
        _give_until(step, row, until, reason, by)


def take_back_extension(office: Office, task: TaskId, *, reason: str, by: str, council_id: str | None = None) -> None:
    """A task or timer is due again on the day that its limit comes to. Raises BadInputError where it is not extended,
    or no reason is given."""
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        reason = typed_text(reason)
        row = _running(step, task, reason, by)
        own = counted_day(step, row)
        if own is None or not is_set_by_a_person(row) or row.due_on <= own.due_on:
            raise BadInputError(f"It is due on {weekday_in_words(row.due_on)}, and no extension is to be taken back.")
        _give_until(step, row, own.due_on, reason, by)


def _running(step: Step, task: TaskId, reason: str, by: str) -> DeadlineRow:
    row = _current(step, task, reason, by)
    if row.status == DeadlineStatus.SUSPENDED:
        raise BadInputError(f"The deadline of {task} is suspended. Resume it, and say until when.")
    return row


def _check_shortening(step: Step, row: DeadlineRow, until: date) -> None:
    """Raises BadInputError where the day is no shorter extension."""
    own = counted_day(step, row)
    if until == row.due_on or own is None or not is_set_by_a_person(row):
        raise BadInputError(f"It is due on {weekday_in_words(row.due_on)}; an extension must be to a later day.")
    if until < own.due_on:
        raise BadInputError(
            f"The limit itself ends on {weekday_in_words(own.due_on)}. An extension can be shortened, or taken back to "
            "that day, and nothing is due before it."
        )


def _give_until(step: Step, row: DeadlineRow, until: date, reason: str, by: str) -> None:
    """The deadline and its ladder move by as many days; whoever is back at the limit itself counts with the calendar
    again."""
    own = counted_day(step, row)
    is_taken_back = until < row.due_on and own is not None and until == own.due_on
    kind, done = _KINDS[until > row.due_on, is_taken_back]
    for moved, is_task, element in _with_its_ladder(step, row, DeadlineStatus.CURRENT):
        now = moved.due_on + (until - row.due_on)
        limit = counted_day(step, moved) if is_taken_back else None
        is_counted = limit is not None and limit.due_on == now
        supersede(
            step,
            moved,
            is_task=is_task,
            due_on=now,
            fires_at=runs_out_at(step, moved, now),
            reason=reason,
            words=limit.explanation
            if limit is not None and is_counted
            else f"{weekday_in_words(now)}: {done} by {by} from {weekday_in_words(moved.due_on)} ({reason}).",
            set_by=SYSTEM if is_counted else None,
        )
        step.record(
            kind,
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
                fires_at=runs_out_at(step, moved, now),
                reason=reason,
                words=f"{weekday_in_words(now)}: resumed by {by} ({reason}).",
            )
            step.record(
                RecordKind.DEADLINE_RESUMED, task=moved.token, element=element, limit=moved.limit_name, now=now,
                reason=reason,
            )  # fmt: skip


def restart_ladder(step: Step, task: stored.TaskRow) -> None:
    """A task has ended: where its clock stood still, that of the sub-process round it goes on without it.

    Nobody could resume it any more, as its task is gone. Its rungs come later by the days that it stood still.
    """
    if task.ladder is None:
        return
    own = current_deadline(step.connection, step.case.case_id, task.number)
    if own is None or own.status is not DeadlineStatus.SUSPENDED:
        return
    stood_still = local_date(step.now) - local_date(own.set_at)
    reason = f"“{task.name}” is done, for which it stood still"
    for held in deadlines_armed_on(step.connection, step.case.case_id, {task.ladder}):
        if held.status is DeadlineStatus.SUSPENDED:
            now = held.due_on + stood_still
            supersede(
                step,
                held,
                is_task=False,
                due_on=now,
                fires_at=runs_out_at(step, held, now),
                reason=reason,
                words=f"{weekday_in_words(now)}: {reason}.",
            )
            element = step.version.variant.processes[held.process_id].elements[held.element_id].label
            step.record(
                RecordKind.DEADLINE_RESUMED, task=held.token, element=element, limit=held.limit_name, now=now,
                reason=reason,
            )  # fmt: skip


def _with_its_ladder(
    step: Step, row: DeadlineRow, status: DeadlineStatus
) -> list[tuple[DeadlineRow, bool, str | None]]:
    """The deadline and, where it is a task's, those of the timers that wait on the task and on the sub-process that
    its ladder hangs on: each with whether it is a task's and, of the others, the element's name.

    They move by as many days: who gives a task two weeks more does not mean it to be escalated two weeks too early.
    """
    task = stored.load_task(step.connection, step.case.case_id, row.token)
    hosts = {row.token} if task is None else {task.number, task.ladder_host}
    armed = deadlines_armed_on(step.connection, step.case.case_id, hosts)
    others: list[tuple[DeadlineRow, bool, str | None]] = [
        (other, False, step.version.variant.processes[other.process_id].elements[other.element_id].label)
        for other in armed
        if other.status == status
    ]
    return [(row, task is not None, None), *others]


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
    set_by: str | None = None,
) -> None:
    """Another day takes the place of the old one, with the reason, and the task or timer goes by it.

    `words` explain the day; without `calendar_version` nothing was counted anew. `set_by`: who set it, where that is
    not who moves the case.
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
        set_by=set_by if set_by is not None else step.actor,
        reason=reason,
    )
    if is_task:
        change_task(step.batch, old.token, due_on=None if status is DeadlineStatus.SUSPENDED else due_on)
    else:
        change_timer(step.batch, old.token, fires_at=_NEVER if status is DeadlineStatus.SUSPENDED else fires_at)


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


_NEVER = end_of(date(9998, 12, 31))
#: What is recorded and said of another day, by (whether it is later, whether it is the limit's own).
_KINDS = {
    (True, False): (RecordKind.DEADLINE_EXTENDED, "extended"),
    (False, False): (RecordKind.DEADLINE_SHORTENED, "shortened"),
    (False, True): (RecordKind.DEADLINE_TAKEN_BACK, "taken back"),
}
