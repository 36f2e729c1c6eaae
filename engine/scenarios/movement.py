"""What moves a case in a virtual clock: the clock goes on, what is due happens, people act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from engine.casework.background.incidents import resolve_incident, retry_incident
from engine.casework.background.jobs import work_ready_jobs
from engine.casework.background.timers import fire_due_timers
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.messages import send_message
from engine.casework.handovers.reception import hear_other_side
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.casework.tasks.deadlines import (
    extend_deadline,
    resume_deadline,
    suspend_deadline,
    take_back_extension,
)
from engine.clock import SettableClock
from engine.errors import BadInputError
from engine.model import TaskId
from engine.scenarios.scenario import DeadlineDeed, ScenarioStep
from engine.store import cases, jobs, tasks, timers
from engine.store.frames import FrameRow, open_frames
from engine.store.incidents import open_incidents
from engine.store.tasks import OpenTask

#: Why a scenario corrects a fact: a reason has to be given, and none of its own matters.
_WRONG = "It was wrong."


def virtual_clock(office: Office) -> SettableClock:
    """The office's clock. Raises BadInputError for one that nobody can set."""
    if not isinstance(office.clock, SettableClock):
        raise BadInputError("A scenario is played in a virtual clock only.")
    return office.clock


def go_to(office: Office, at: datetime, *, rested: Callable[[], None] = lambda: None) -> None:
    """The clock passes each moment at which something is due in any case, so that it happens then, up to `at`.

    `rested` is called after each.
    """
    clock = virtual_clock(office)
    while (due := _next_due(office)) is not None and due <= at:
        clock.set(max(due, clock.now()))
        if not rest(office):
            break  # what is due cannot be done; it must not hold up the clock for ever
        rested()
    clock.set(at.astimezone(UTC))


def rest(office: Office) -> bool:
    """Work the jobs and fire the timers of this moment. Whether there were any."""
    has_moved = False
    while work_ready_jobs(office) or fire_due_timers(office):
        has_moved = True
    return has_moved


def take_step(office: Office, reference: str, step: ScenarioStep) -> None:
    """A person completes the step's task, tells the case, corrects a fact or gives something another day; with none of
    it nothing happens but time.

    Raises BadInputError where no such task is open, and what completing, telling, correcting and extending raise.
    """
    if step.task is not None:
        complete_task(office, find_task(office, reference, step).task_id, step.answers, by=step.by)
    elif step.tell is not None and step.agreement is not None:
        hear_other_side(
            office, reference, step.agreement, step.tell, step.answers, sender=step.by, item_id=step.item or ""
        )
    elif step.tell is not None:
        send_message(office, reference, step.tell, step.answers, by=step.by, item_id=step.item or "")
    elif step.correct is not None:
        reason = step.reason or _WRONG
        correct_fact(office, reference, step.correct, step.to, reason=reason, by=step.by, item_id=step.item or "")
    elif step.extend is not None:
        _change_deadline(office, _find_extended(office, reference, step), step)
    elif step.settle:
        _settle_stuck(office, reference, step)


def _change_deadline(office: Office, task: TaskId, step: ScenarioStep) -> None:
    match step.deed:
        case DeadlineDeed.EXTEND:
            extend_deadline(office, task, until=step.to, reason=step.reason, by=step.by)
        case DeadlineDeed.TAKE_BACK:
            take_back_extension(office, task, reason=step.reason, by=step.by)
        case DeadlineDeed.SUSPEND:
            suspend_deadline(office, task, reason=step.reason, by=step.by)
        case DeadlineDeed.RESUME:
            resume_deadline(office, task, until=step.to, reason=step.reason, by=step.by)


def _settle_stuck(office: Office, reference: str, step: ScenarioStep) -> None:
    """What is stuck there longest; nothing where nothing is."""
    with office.database.read() as connection:
        stuck = open_incidents(connection, case_id=cases.find_case(connection, reference).case_id)
    number = next((each.number for each in stuck if each.element_id in step.settle), None)
    if number is None:
        return
    incident = TaskId(reference=reference, number=number)
    if step.reason:
        resolve_incident(office, incident, reason=step.reason, by=step.by)
    else:
        retry_incident(office, incident, by=step.by)


def _find_extended(office: Office, reference: str, step: ScenarioStep) -> TaskId:
    """The time frame, or else the task, that the step gives another day."""
    for frame in open_frames_of(office, reference):
        if frame_label(frame) == step.extend and step.item in (None, frame.item_id):
            return TaskId(reference=reference, number=frame.number)
    return find_task(office, reference, step).task_id


def find_task(office: Office, reference: str, step: ScenarioStep) -> OpenTask:
    """The open task that the step is about. Raises BadInputError where none is open, or several are."""
    open_now = open_tasks(office, reference)
    wanted = step.task or step.extend
    found = [t for t in open_now if t.element_id == wanted and step.item in (None, t.item_id)]
    if len(found) == 1:
        return found[0]
    labels = ", ".join(sorted(label(t) for t in open_now)) or "none"
    what = f"{wanted}{':' + step.item if step.item else ''}"
    raise BadInputError(
        f"there is no open task {what}; open are: {labels}"
        if not found
        else f"{what} is open more than once ({labels}); say which with item"
    )


def open_tasks(office: Office, reference: str) -> list[OpenTask]:
    """The case's open tasks, the most urgent first."""
    with office.database.read() as connection:
        return tasks.open_tasks(connection, reference=reference)


def open_frames_of(office: Office, reference: str) -> list[FrameRow]:
    """The case's open time frames, in the order in which they began."""
    with office.database.read() as connection:
        return open_frames(connection, cases.find_case(connection, reference).case_id)


def frame_label(frame: FrameRow) -> str:
    """As a scenario names it: the id of the element, or of the process."""
    return frame.element_id or frame.process_id


def label(task: OpenTask) -> str:
    """As a scenario names it: `answer_request:agencies-1`."""
    return f"{task.element_id}:{task.item_id}" if task.item_id else task.element_id


def _next_due(office: Office) -> datetime | None:
    with office.database.read() as connection:
        upcoming = [timers.next_timer_at(connection), jobs.next_job_at(connection)]
    return min((moment for moment in upcoming if moment is not None), default=None)
