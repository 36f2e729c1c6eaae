"""A case that waits for what nothing in it can throw any more: a person hears of it."""

from __future__ import annotations

from engine.casework.step.step import Step
from engine.diagram.model import ElementKind, EventKind
from engine.diagram.throws import heard_by
from engine.errors import WaitsInVainError
from engine.model import IncidentKind, InstanceStatus
from engine.store.open_work import has_open_work
from engine.store.subscriptions import subscriptions_of


def see_deadlock(step: Step) -> None:
    """Where nothing is to be done, or comes by itself, and no message that people tell leads to what is waited for."""
    throws = step.version.throws
    if not throws.has_waits or _is_moved_here(step):
        return
    step.flush()
    if has_open_work(step.connection, step.case.case_id):
        return
    rows = [
        row
        for kind in (EventKind.SIGNAL, EventKind.MESSAGE)
        for row in subscriptions_of(step.connection, step.case.case_id, kind=kind)
    ]
    heard = [(row, step.load_process(row.instance).elements[row.element_id]) for row in rows]
    waits = [(row, element) for row, element in heard if throws.waits_inside(element) is not None]
    if not waits:
        return
    told = [element for row, element in heard if row.kind is EventKind.MESSAGE and not throws.waits_inside(element)]
    coming = throws.thrown_behind([*told, *step.version.message_starts.values()])
    if any(heard_by(element) in coming for _, element in waits):
        return
    row, element = waits[0]
    step.incident(
        step.load(row.instance),
        row.number,
        element,
        WaitsInVainError(element.label, row.kind.value, row.name),
        kind=IncidentKind.WAIT,
    )


def _is_moved_here(step: Step) -> bool:
    """Whether something in what the step has touched will move it: so it is after nearly every step."""
    return any(
        token.is_parked
        or (element := instance.run.element_of(token)).kind is ElementKind.USER
        or element.job is not None
        or (element.event is not None and element.event.kind is EventKind.TIMER)
        for instance in step.loaded.values()
        if instance.status is InstanceStatus.RUNNING
        for token in instance.run.tokens.values()
    )
