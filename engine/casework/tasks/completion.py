"""Clearing tasks: claim, hand back, complete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine import feel
from engine.casework.step.answers import write_answers, write_outputs
from engine.casework.step.facts import Source
from engine.casework.step.instance import Loaded
from engine.casework.step.office import Office
from engine.casework.step.participation import told_by_doing
from engine.casework.step.sight import evaluator_at
from engine.casework.step.step import Step
from engine.casework.tasks.deadlines import restart_ladder
from engine.casework.tasks.rights import check_claim, check_may_do, entered_for, stands_in_for
from engine.clock import LONDON, end_of, local_date
from engine.diagram.model import Element
from engine.errors import (
    FormAnswersError,
    TaskAlreadyCompletedError,
    TaskCancelledError,
    TaskClaimedError,
    TaskNotFoundError,
)
from engine.model import Subject, TaskId, TaskStatus
from engine.record_kinds import RecordKind
from engine.store import tasks as stored
from engine.store.ladders import fired_rungs
from engine.store.tasks import change_task
from engine.words import weekday_in_words


def claim_task(office: Office, task: TaskId, *, by: str, council_id: str | None = None) -> None:
    """Make the task this person's own. Claiming it twice changes nothing. A deputy takes over what the absent has."""
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        row = open_task(step, task)
        if row.claimed_by == by:
            return
        absent = check_may_do(step, row, by)
        check_claim(row, task, by, absent)
        change_task(step.batch, task.number, claimed_by=by, claimed_at=step.now)
        step.record(RecordKind.TASK_CLAIMED, task=task.number, element=row.name, **{"for": absent})


def hand_back_task(office: Office, task: TaskId, *, by: str, council_id: str | None = None) -> None:
    """Give a claimed task back to its team."""
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        row = open_task(step, task)
        absent = stands_in_for(step, row, by)
        if row.claimed_by is None or row.claimed_by not in (by, absent):
            raise TaskClaimedError(f"“{row.name}” ({task})", row.claimed_by or "nobody")
        change_task(step.batch, task.number, claimed_by=None, claimed_at=None)
        step.record(RecordKind.TASK_HANDED_BACK, task=task.number, element=row.name, **{"for": absent})


def complete_task(
    office: Office, task: TaskId, answers: Mapping[str, Any], *, by: str, council_id: str | None = None
) -> None:
    """Complete the task with the answers of its form, as JSON-like values; the case moves on.

    Raises TaskNotFoundError, TaskAlreadyCompletedError, TaskCancelledError, TaskClaimedError, NotAllowedError,
    FormAnswersError, GuardError.
    """
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        step.undoable = task.number
        row = open_task(step, task)
        instance = step.load(row.instance)
        absent = check_may_do(step, row, by)
        check_claim(row, task, by, absent)
        element = instance.run.program.element(row.element_id)
        form = step.version.variant.forms.get(row.form_id or "")
        evaluator = evaluator_at(step, instance, element)
        told = dict(
            form.validate(
                answers, evaluator.scope, now=evaluator.now, functions=evaluator.functions, people=step.people
            )
            if form is not None
            else {name: feel.from_json(value) for name, value in answers.items()}
        )
        told |= told_by_doing(step, element)
        happened_on = _happened_on(step, element, told)
        step.record(
            RecordKind.TASK_COMPLETED,
            task=task.number,
            element=row.name,
            element_id=row.element_id,
            item=row.item_id or None,
            due_on=row.due_on,
            happened_on=happened_on,
            answers=told,
            clauses=list(element.clauses) or None,
            entered_for=entered_for(step, row, by),
            **{"for": absent},
        )
        if happened_on is not None:
            _note_rungs_taken_late(step, row, instance, happened_on)
        subject = Subject(collection=row.collection, item_id=row.item_id)
        source = Source(by=by, words=f"task {task}", happened_on=happened_on, at=f"“{row.name}”")
        write_answers(step, subject, form, told, source)
        change_task(
            step.batch,
            task.number,
            status=TaskStatus.COMPLETED,
            completed_at=step.now,
            completed_by=by,
            completed_on=happened_on or local_date(step.now),
        )
        write_outputs(step, instance, element)
        restart_ladder(step, row)
        instance.run.complete(task.number)


def _happened_on(step: Step, element: Element, told: Mapping[str, Any]) -> date | None:
    """The day on which it was really done, where the form asks. Raises FormAnswersError for one still to come."""
    key = element.properties.get("happened_on", "")
    day = told.get(key)
    if isinstance(day, datetime) or not isinstance(day, date):
        return None
    if day > local_date(step.now):
        words = f"{weekday_in_words(day)} is in the future. Give the day on which it was done, today at the latest."
        raise FormAnswersError(((key, words),))
    return day


def _note_rungs_taken_late(step: Step, row: stored.TaskRow, instance: Loaded, happened_on: date) -> None:
    """Told on day 20, entered on day 25: a rung taken meanwhile stays in the record with this note.

    A rung that stands on the end of a day was taken rightly if it was not done until the day after. So was one of a
    sub-process that goes on behind the task: with the task alone its ladder has not ended.
    """
    host = row.ladder_host
    too_soon = [
        rung for rung in fired_rungs(step.connection, step.case.case_id, host) if end_of(happened_on) <= rung.fires_at
    ]

    def note() -> None:
        for rung in too_soon if host not in instance.run.tokens else ():
            step.record(RecordKind.RUNG_TAKEN_TOO_SOON, rung=rung.rung, taken_at=rung.fired_at, happened_on=happened_on)

    if too_soon:
        step.later(note)


def open_task(step: Step, task: TaskId) -> stored.TaskRow:
    """The row of the task. Raises TaskNotFoundError, TaskAlreadyCompletedError, TaskCancelledError."""
    row = stored.load_task(step.connection, step.case.case_id, task.number)
    if row is None:
        raise TaskNotFoundError(str(task))
    at = row.completed_at.astimezone(LONDON) if row.completed_at is not None else None
    if row.status is TaskStatus.COMPLETED and row.completed_by is not None and at is not None:
        raise TaskAlreadyCompletedError(f"“{row.name}” ({task})", row.completed_by, at)
    if row.status is not TaskStatus.OPEN:
        raise TaskCancelledError(f"“{row.name}” ({task})", row.completed_by, at)
    return row
