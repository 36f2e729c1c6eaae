"""Deadlines change only by a person with a reason: extended, taken back, suspended or resumed. The old date stays in
the record."""

from __future__ import annotations

from datetime import date

from engine.casework.step.ladders import moves_with_frame
from engine.casework.step.office import SYSTEM, Office
from engine.casework.step.step import Step
from engine.casework.tasks.later_deadlines import (
    counted_day,
    is_set_by_a_person,
    label_of,
    runs_out_at,
    stopped_in_words,
    supersede,
)
from engine.casework.tasks.rights import check_right
from engine.clock import NEVER, local_date
from engine.errors import BadInputError, TaskNotFoundError
from engine.model import DeadlineHolder, DeadlineStatus, TaskId
from engine.record_kinds import RecordKind
from engine.store import tasks as stored
from engine.store.deadlines import DeadlineRow, DrawnDeadline, current_deadline, deadlines_armed_on
from engine.words import typed_text, weekday_in_words


def extend_deadline(
    office: Office, task: TaskId, *, until: date, reason: str, by: str, council_id: str | None = None
) -> None:
    """Give a task, timer or time frame until another day: a later one or, where it was extended, one not before its
    own limit.

    Raises BadInputError for any other day, or no reason.
    """
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        reason = typed_text(reason)
        row = _running(step, task, reason, by)
        if until <= row.due_on:
            _check_shortening(step, row, until)
        _give_until(step, row, until, reason, by)


def take_back_extension(office: Office, task: TaskId, *, reason: str, by: str, council_id: str | None = None) -> None:
    """A task, timer or time frame is due again on the day that its limit comes to. Raises BadInputError where it is not
    extended, or no reason is given."""
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
    for moved, holder, element in _with_its_ladder(step, row, DeadlineStatus.CURRENT):
        now = moved.due_on + (until - row.due_on)
        limit = counted_day(step, moved) if is_taken_back else None
        is_counted = limit is not None and limit.due_on == now
        supersede(
            step,
            moved,
            holder=holder,
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
    """Stop the clock of a task or time frame: it is not late while suspended."""
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        reason = typed_text(reason)
        row = _current(step, task, reason, by)
        if row.status == DeadlineStatus.SUSPENDED:
            raise BadInputError(f"The deadline of {task} is suspended already.")
        for moved, holder, element in _with_its_ladder(step, row, DeadlineStatus.CURRENT):
            supersede(
                step,
                moved,
                holder=holder,
                due_on=moved.due_on,
                fires_at=NEVER,
                status=DeadlineStatus.SUSPENDED,
                reason=reason,
                words=stopped_in_words(by, reason, moved.due_on),
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
        for moved, holder, element in _with_its_ladder(step, row, DeadlineStatus.SUSPENDED):
            now = moved.due_on + (until - row.due_on)
            supersede(
                step,
                moved,
                holder=holder,
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
        if held.status is DeadlineStatus.SUSPENDED and _moves_with(step, held, is_frame_s=False):
            now = held.due_on + stood_still
            supersede(
                step,
                held,
                holder=DeadlineHolder.TIMER,
                due_on=now,
                fires_at=runs_out_at(step, held, now),
                reason=reason,
                words=f"{weekday_in_words(now)}: {reason}.",
            )
            element = label_of(step.version.variant, held)
            step.record(
                RecordKind.DEADLINE_RESUMED, task=held.token, element=element, limit=held.limit_name, now=now,
                reason=reason,
            )  # fmt: skip


def _with_its_ladder(
    step: Step, row: DeadlineRow, status: DeadlineStatus
) -> list[tuple[DeadlineRow, DeadlineHolder, str | None]]:
    """The deadline and, where it is a task's or a frame's, those of the timers that wait on its edge, and on that of
    the sub-process that the task's ladder hangs on: each with what it is of and, but for a task's, the name.

    They move by as many days: who gives a task two weeks more does not mean it to be escalated two weeks too early.
    """
    task = stored.load_task(step.connection, step.case.case_id, row.token)
    hosts = {row.token} if task is None else {task.number, task.ladder_host}
    frame = step.frames.open.get(row.token) if step.version.frames else None
    armed = deadlines_armed_on(step.connection, step.case.case_id, hosts)
    others: list[tuple[DeadlineRow, DeadlineHolder, str | None]] = [
        (other, DeadlineHolder.TIMER, label_of(step.version.variant, other))
        for other in armed
        if other.status == status and _moves_with(step, other, is_frame_s=frame is not None)
    ]
    if frame is not None:
        return [(row, DeadlineHolder.FRAME, frame.name), *others]
    return [(row, DeadlineHolder.TIMER if task is None else DeadlineHolder.TASK, None), *others]


def _moves_with(step: Step, timer: DrawnDeadline, *, is_frame_s: bool) -> bool:
    """Whether it does with a frame's own deadline, or with that of a task."""
    element = step.version.variant.processes[timer.process_id].elements[timer.element_id or ""]
    return moves_with_frame(step.version, element) is is_frame_s


def _current(step: Step, task: TaskId, reason: str, by: str) -> DeadlineRow:
    check_right(step.settings, by, "change_deadlines")
    if not reason:
        raise BadInputError("Say why: the reason is kept in the record.")
    row = current_deadline(step.connection, step.case.case_id, task.number)
    if row is None or not stored.still_runs(step.connection, step.case.case_id, task.number):
        raise TaskNotFoundError(f"{task} with a deadline that still runs")
    return row


#: What is recorded and said of another day, by (whether it is later, whether it is the limit's own).
_KINDS = {
    (True, False): (RecordKind.DEADLINE_EXTENDED, "extended"),
    (False, False): (RecordKind.DEADLINE_SHORTENED, "shortened"),
    (False, True): (RecordKind.DEADLINE_TAKEN_BACK, "taken back"),
}
