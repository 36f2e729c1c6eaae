"""How process instances end in a step, and with the last of them the case."""

from __future__ import annotations

from engine.casework.step.guards import hold
from engine.casework.step.instance import Loaded
from engine.casework.step.step import Step
from engine.casework.step.time_starts import runs_on, waiting_to_begin
from engine.diagram.model import Element
from engine.errors import GuardError
from engine.model import IncidentKind, InstanceStatus
from engine.record_kinds import RecordKind
from engine.store import instances as stored
from engine.variants import CASE_CLOSES


def end_instance(step: Step, instance: Loaded, element: Element) -> None:
    """An instance that nobody called is over, and with the last one the case closes.

    Where a guard of the policy stands before that, and nobody is there to be told, its token stands at its end again,
    as an incident.
    """
    instance.status = InstanceStatus.COMPLETED
    step.changed(instance)
    step.is_over = not runs_on(step)
    if step.is_over:
        try:
            hold(step, (guard for guard in step.guards if CASE_CLOSES in guard.ends), at="closing the case")
        except GuardError as error:
            step.is_over, instance.status = False, InstanceStatus.RUNNING
            token = instance.run.hold_at(element)
            step.changed(instance)
            step.incident(instance, token.number, element, error, kind=IncidentKind.END)
            return
    close_instance(step, instance)
    step.record(RecordKind.PROCESS_ENDED, process=instance.run.program.process.name, ended_as=instance.ended_as)


def close_instance(step: Step, instance: Loaded) -> None:
    instance.status = InstanceStatus.COMPLETED
    _has_ended(step, instance, is_cancelled=False)


def cancel_instance(step: Step, instance: Loaded) -> None:
    """It ends from outside, with all that it waits for."""
    if instance.status is InstanceStatus.RUNNING:
        instance.status = InstanceStatus.CANCELLED
        _has_ended(step, instance, is_cancelled=True)
        instance.run.cancel_all()


def close_case(step: Step) -> None:
    """Where the last process instance has ended and nothing has begun since, the case is closed."""
    if not step.is_over or step.has_begun:
        return
    ended = [i for i in step.loaded.values() if i.status is not InstanceStatus.RUNNING and i.parent is None]
    for waiting in waiting_to_begin(step):
        cancel_instance(step, waiting)
    step.close(as_what=next((i.ended_as for i in reversed(ended) if i.ended_as), None))


def _has_ended(step: Step, instance: Loaded, *, is_cancelled: bool) -> None:
    stored.change_instance(step.batch, instance.number, ended_at=step.now)
    if (instance.process_id, None) in step.version.frames:
        step.frames.end(instance.number, step.now, is_cancelled=is_cancelled)
