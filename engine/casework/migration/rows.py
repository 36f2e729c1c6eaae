"""The rows of what waits become those of the new version: what a task is called and asks, what a job is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine import feel
from engine.casework.migration.plan import InstancePlan
from engine.casework.migration.refusals import Refusals
from engine.casework.migration.whereabouts import Standing
from engine.casework.step import children
from engine.casework.step.arrivals import item_waited_for, job_inputs, name_of_task, priority_of, rung_of
from engine.casework.step.frames import begin_frame
from engine.casework.step.instance import Loaded
from engine.casework.step.ladders import ladder_around
from engine.casework.step.moments import firing_of, next_of_cycle
from engine.casework.step.participation import assignee_of
from engine.casework.step.sight import evaluator_at, evaluator_of
from engine.casework.step.step import Step
from engine.casework.tasks.rights import check_may_do
from engine.diagram.model import Element, ElementKind, TimerKind
from engine.errors import EngineError, FormNotFoundError, NotAllowedError, TeamNotFoundError
from engine.model import JobStatus
from engine.record_kinds import RecordKind
from engine.store import moves
from engine.store.jobs import change_job
from engine.store.subscriptions import change_subscription
from engine.store.tasks import TaskChange, TaskRow, change_task, load_task
from engine.store.timers import TimerChange, change_timer


class WaitingRows:
    def __init__(self, step: Step, standing: Standing, refusals: Refusals) -> None:
        """`step`: by the new version, with the tokens where they stand by it."""
        self._step = step
        self._standing = standing
        self._refusals = refusals
        self._timers = moves.armed_timers(step.connection, step.case.case_id)
        self._subscriptions = moves.waiting_subscriptions(step.connection, step.case.case_id)
        self.handed_back: list[str] = []

    def rewrite(self, plan: InstancePlan) -> None:
        instance = self._step.load(plan.number)
        for number, (was, now) in plan.became.items():
            try:
                self._rewrite(instance, number, was, now)
            except EngineError as error:
                self._refusals.cannot_be_set(now.label, str(error))

    def _rewrite(self, instance: Loaded, number: int, was: Element, now: Element) -> None:
        token = instance.run.tokens[number]
        if token.is_parked:
            return
        if now.kind is ElementKind.USER:
            row = load_task(self._step.connection, self._step.case.case_id, number)
            if row is not None:
                self._rewrite_task(instance, row, was, now)
        elif number in self._standing.jobs:
            self._rewrite_job(instance, number, was, now)
        elif number in self._timers:
            self._rewrite_timer(instance, number, was, now)
        elif number in self._subscriptions and now.event is not None:
            change_subscription(
                self._step.batch, number, element_id=now.id, name=now.event.name or "",
                item_id=item_waited_for(self._step, instance, now.event),
            )  # fmt: skip
        elif now.kind is ElementKind.CALL and was.loop != now.loop:  # it may have more to do, or be done
            children.retry_call(self._step, instance, number)

    def _rewrite_task(self, instance: Loaded, row: TaskRow, was: Element, now: Element) -> None:
        step = self._step
        evaluator = evaluator_at(step, instance, now)
        team = row.team if now.candidate_groups == was.candidate_groups else evaluator.text(now.candidate_groups)
        if team is None or (step.version.variant.settings.team(team) or step.settings.team(team)) is None:
            raise TeamNotFoundError(now.label, team)
        if now.form_id is not None and now.form_id not in step.version.variant.forms:
            raise FormNotFoundError(now.label, now.form_id)
        assignee = row.assignee if now.assignee == was.assignee else assignee_of(evaluator, now)
        changes: TaskChange = {
            "element_id": now.id,
            "name": name_of_task(instance, now),
            "team": team,
            "assignee": assignee,
            "form_id": now.form_id,
            "priority": priority_of(evaluator, now),
            "ladder": ladder_around(step, instance, instance.run.tokens[row.number]),
        }
        becomes = replace(row, element_id=now.id, name=changes["name"], team=team, assignee=assignee)
        may_differ = (team, assignee, now.properties) != (row.team, row.assignee, was.properties)
        if row.claimed_by is not None and may_differ and not self._may_keep(becomes, row.claimed_by):
            changes["claimed_by"] = None
            changes["claimed_at"] = None
            self.handed_back.append(changes["name"])
            step.record(RecordKind.TASK_HANDED_BACK, task=row.number, element=changes["name"], was=row.claimed_by)
        change_task(step.batch, row.number, **changes)

    def _may_keep(self, row: TaskRow, name: str) -> bool:
        try:
            check_may_do(self._step, row, name)
        except NotAllowedError:
            return False
        return True

    def _rewrite_job(self, instance: Loaded, number: int, was: Element, now: Element) -> None:
        """What was never tried, and what is parked, is given what the new version gives; anything else goes as it was
        made. The key under which it leaves once stays."""
        change_job(self._step.batch, number, element_id=now.id)
        job = self._standing.jobs[number]
        is_made_anew = job.attempts == 0 or job.status is JobStatus.PARKED
        if is_made_anew and now.job is not None and (was.job, was.inputs) != (now.job, now.inputs):
            inputs = feel.dump(job_inputs(self._step, instance, now))
            change_job(self._step.batch, number, handler=now.job.handler, inputs=inputs)

    def _rewrite_timer(self, instance: Loaded, number: int, was: Element, now: Element) -> None:
        """A day is moved with the deadlines; what counts a time counts it from when the timer was set."""
        changes: TimerChange = {"element_id": now.id, "rung": rung_of(now)}
        row, event = self._timers[number], now.event
        if event is not None and event != was.event and row.armed_at is not None:
            is_date = event.timer is TimerKind.DATE and was.event is not None and was.event.timer is TimerKind.DATE
            evaluator = evaluator_of(self._step, instance).at(row.armed_at)
            calendar = self._step.version.calendar
            firing = None if is_date else firing_of(evaluator, now, event, row.armed_at, calendar)
            if firing is not None:
                at = firing.at
                if firing.period is not None and at <= self._step.now:
                    at, _ = next_of_cycle(at, firing.period, self._step.now, calendar)
                changes |= {"fires_at": at, "repeats": firing.repeats, "period": firing.period}
        change_timer(self._step.batch, number, **changes)


def begin_frames(step: Step, plans: Iterable[InstancePlan]) -> None:
    """What runs and is a time frame by the new version alone becomes one now."""
    if not step.version.frames:
        return
    for plan in plans:
        instance = step.load(plan.number)
        if instance.has_begun:
            begin_frame(step, instance, plan.number, None)
        for token in list(instance.run.tokens.values()):
            element = instance.run.element_of(token)
            if not token.is_parked and element.kind in (ElementKind.SUBPROCESS, ElementKind.CALL):
                begin_frame(step, instance, token.number, element)
    for plan in plans:
        instance = step.load(plan.number)
        for token in instance.run.tokens.values():
            if not token.is_parked and instance.run.element_of(token).kind is ElementKind.USER:
                change_task(step.batch, token.number, frame=step.frames.nearest(instance, token.number))
