"""What a token that has to wait waits for: each arrival makes the row that will wake it, each leaving ends it."""

from __future__ import annotations

from decimal import Decimal

from engine import feel
from engine.calendar import DueDate
from engine.casework.step import children
from engine.casework.step.deadline_rows import set_deadline
from engine.casework.step.evaluator import Evaluator
from engine.casework.step.frames import begin_frame, waits_for_a_fact
from engine.casework.step.guards import hold
from engine.casework.step.instance import Loaded
from engine.casework.step.ladders import ladder_around
from engine.casework.step.moments import Firing, day_of, firing_of
from engine.casework.step.participation import assignee_of
from engine.casework.step.sight import evaluator_at, evaluator_of
from engine.casework.step.step import Step
from engine.clock import NEVER
from engine.diagram.model import Element, ElementKind, Event, EventKind, JobDefinition
from engine.errors import BadInputError, EngineError, FormNotFoundError, TeamNotFoundError
from engine.model import JobStatus, TaskStatus, TimerStatus
from engine.record_kinds import RecordKind
from engine.runtime import Token
from engine.store.jobs import add_job, change_job
from engine.store.subscriptions import add_subscription, end_subscription
from engine.store.tasks import add_task, change_task
from engine.store.timers import add_timer, change_timer

DEFAULT_PRIORITY = 50  #: Camunda's own default for user tasks
_LONGEST_ELEMENT = 60  #: characters of an element in the name of its task


def arrive(step: Step, instance: Loaded, token: Token, element: Element) -> None:
    if element.parent is None and not element.begins_by_time:  # at its start event, or without one wherever it begins
        begin_frame(step, instance, instance.number, None)
    if element.kind is ElementKind.USER:
        _make_task(step, instance, token, element)
    elif element.kind is ElementKind.START and token.host is None and not element.begins_by_time:
        return
    elif element.kind is ElementKind.SUBPROCESS:
        begin_frame(step, instance, token.number, element)
    elif element.kind is ElementKind.CALL:
        begin_frame(step, instance, token.number, element)
        children.call(step, instance, token, element)
    elif element.job is not None:
        _make_job(step, instance, token, element, element.job)
    elif element.event is not None and element.event.kind is EventKind.TIMER:
        _make_timer(step, instance, token, element, element.event)
    elif element.event is not None and element.event.kind in (EventKind.MESSAGE, EventKind.SIGNAL):
        _subscribe(step, instance, token, element, element.event)


def leave(step: Step, token: Token, element: Element, *, is_cancelled: bool) -> None:
    """End what `arrive` made. A parked token made nothing but a time frame; changing no row then is right."""
    number = token.number
    if (element.process_id, element.id) in step.version.frames:
        step.frames.end(number, step.now, is_cancelled=is_cancelled)
    if token.is_parked or (element.kind is ElementKind.START and token.host is None and not element.begins_by_time):
        return
    if element.kind is ElementKind.USER:
        if is_cancelled:
            change_task(step.batch, number, status=TaskStatus.CANCELLED, completed_at=step.now, completed_by=step.actor)
            step.record(RecordKind.TASK_CANCELLED, task=number, element=element.label, element_id=element.id)
    elif element.kind is ElementKind.CALL:
        if is_cancelled:
            children.cancel_children(step, number)
    elif element.job is not None:
        ended = JobStatus.CANCELLED if is_cancelled else JobStatus.DONE
        change_job(step.batch, number, status=ended, ended_at=step.now)
    elif element.event is not None and element.event.kind is EventKind.TIMER:
        if is_cancelled:
            change_timer(step.batch, number, status=TimerStatus.CANCELLED)
        else:
            change_timer(step.batch, number, status=TimerStatus.FIRED, fired_at=step.now)
    elif element.event is not None and element.event.kind in (EventKind.MESSAGE, EventKind.SIGNAL):
        end_subscription(step.batch, number)


def rung_of(element: Element) -> int | None:
    """The rung of a ladder that a timer is."""
    rung = element.properties.get("rung")
    return int(rung) if rung and rung.isdigit() else None


def _make_task(step: Step, instance: Loaded, token: Token, element: Element) -> None:
    evaluator = evaluator_at(step, instance, element)
    team = evaluator.text(element.candidate_groups)
    # the council can add teams and take none away, so one of the policy need not be looked up
    if team is None or (step.version.variant.settings.team(team) or step.settings.team(team)) is None:
        raise TeamNotFoundError(element.label, team)
    if element.form_id is not None and element.form_id not in step.version.variant.forms:
        raise FormNotFoundError(element.label, element.form_id)
    due_on = None
    due_date: DueDate | None = None
    if element.due_date:
        due_on = day_of(evaluator.value(element.due_date), element.label, "due date")
        due_date = evaluator.due_date_of(due_on) if due_on else None
    follow_up_on = (
        day_of(evaluator.value(element.follow_up_date), element.label, "follow-up date")
        if element.follow_up_date
        else None
    )
    add_task(
        step.batch,
        token.number,
        instance=instance.number,
        element_id=element.id,
        name=name_of_task(instance, element),
        team=team,
        assignee=assignee_of(evaluator, element),
        form_id=element.form_id,
        priority=priority_of(evaluator, element),
        due_on=due_on,
        follow_up_on=follow_up_on,
        collection=instance.subject.collection,
        item_id=instance.subject.item_id,
        ladder=ladder_around(step, instance, token),
        frame=step.frames.nearest(instance, token.number) if step.version.frames else None,
        created_at=step.now,
    )
    if due_date is not None:
        set_deadline(step, token.number, due_date)
    step.record(
        RecordKind.TASK_CREATED,
        task=token.number,
        element=element.label,
        element_id=element.id,
        team=team,
        due_on=due_on,
        item=instance.subject.item_id or None,
        why=due_date.explanation if due_date else None,
        clauses=list(element.clauses) or None,
    )


def name_of_task(instance: Loaded, element: Element) -> str:
    """What it is called; where it is done for each of several words or numbers, with the one that it is for. An item
    is told beside it."""
    value = instance.element_value if instance.run.program.process.drawn_in is not None else None
    if not isinstance(value, str | Decimal):
        return element.label
    return f"{element.label}: {' '.join(str(value).split())[:_LONGEST_ELEMENT]}"


def priority_of(evaluator: Evaluator, element: Element) -> int:
    if not element.priority:
        return DEFAULT_PRIORITY
    value = evaluator.value(element.priority)
    try:
        priority = int(value)
    except (TypeError, ValueError):
        priority = -1
    if not 0 <= priority <= 100:
        raise BadInputError(f"The priority of “{element.label}” is not a number from 0 to 100: {value}.")
    return priority


def _make_job(step: Step, instance: Loaded, token: Token, element: Element, job: JobDefinition) -> None:
    add_job(
        step.batch,
        token.number,
        instance=instance.number,
        element_id=element.id,
        handler=job.handler,
        inputs=feel.dump(job_inputs(step, instance, element)),
        once_key=f"{step.case.council_id}/{step.case.reference}/{token.number}",
        ready_at=step.now,
        created_at=step.now,
    )
    step.announce.append((step.case.case_id, token.number))


def job_inputs(step: Step, instance: Loaded, element: Element) -> dict[str, feel.Value]:
    """What the handler is given. Raises GuardError, where a guard stands before its letter."""
    inputs = evaluator_of(step, instance).mapped(element.inputs)
    letter = inputs.get("letter")
    if isinstance(letter, str):
        sent = (guard for guard in step.guards if letter in guard.letters)
        hold(step, sent, at=f"the letter {letter}", items=instance.items)
    return inputs


def item_waited_for(step: Step, instance: Loaded, event: Event) -> str:
    """The id of the item that a message is about; "" for the case itself."""
    if event.correlation_key:
        key = evaluator_of(step, instance).text(event.correlation_key) or ""
        if key != step.case.reference:  # to which case it is told is so anyhow
            return key
    return instance.subject.item_id


def _make_timer(step: Step, instance: Loaded, token: Token, element: Element, event: Event) -> None:
    since = step.came.get(token.host or token.gate or token.number, step.now)
    evaluator = evaluator_of(step, instance).at(since)
    try:
        firing = firing_of(evaluator, element, event, since, step.version.calendar)
    except EngineError:
        if not waits_for_a_fact(step, evaluator, element, event):
            raise
        firing = Firing(at=NEVER)  # until that is told, as the frame itself
    if firing is None:
        return
    add_timer(
        step.batch,
        token.number,
        instance=instance.number,
        element_id=element.id,
        host=instance.number if element.begins_by_time else token.host,
        fires_at=firing.at,
        repeats=firing.repeats,
        period=firing.period,
        rung=rung_of(element),
        armed_at=since,
    )
    if firing.due_date is not None:
        set_deadline(step, token.number, firing.due_date)


def _subscribe(step: Step, instance: Loaded, token: Token, element: Element, event: Event) -> None:
    if not event.name:
        raise BadInputError(f"“{element.label}” waits for a {event.kind} that has no name. Name it in the modeller.")
    add_subscription(
        step.batch,
        token.number,
        instance=instance.number,
        element_id=element.id,
        kind=event.kind,
        name=event.name,
        item_id=item_waited_for(step, instance, event),
    )
