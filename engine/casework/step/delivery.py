"""Between the instances of one case: messages, signals, errors and escalations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.casework.step.answers import write_answers, write_facts, write_outputs, write_outputs_of
from engine.casework.step.facts import Source
from engine.casework.step.guards import hold
from engine.casework.step.instance import Loaded
from engine.casework.step.sight import evaluator_about, evaluator_of
from engine.casework.step.step import Step
from engine.clock import local_date
from engine.diagram.model import Element, EventKind
from engine.errors import BadInputError, EngineError, NobodyWaitsError
from engine.forms import Form
from engine.model import CASE, IncidentKind, Subject
from engine.record_kinds import RecordKind
from engine.store.instances import running_instances
from engine.store.subscriptions import subscriptions_of


def deliver_thrown(step: Step, instance: Loaded, token: int, element: Element) -> None:
    """What a token has waited to throw reaches whoever waits for it now; then the token goes on.

    What cannot be delivered parks it. One that is gone by now throws nothing.
    """
    held = instance.run.tokens.get(token)
    if held is None:
        return
    step.load(instance.number)
    event = element.event
    if event is None or event.kind not in (EventKind.MESSAGE, EventKind.SIGNAL):
        instance.run.throw(token)
        return
    try:
        tell_inside(step, instance, element)
    except EngineError as error:
        instance.run.park(held, error)
    else:
        if token in instance.run.tokens:  # an interrupting boundary event round it has not heard its own throw
            instance.run.complete(token)


def tell_again(step: Step, instance: Loaded, element: Element) -> None:
    """Throw once more what no token waits for any more."""
    try:
        tell_inside(step, instance, element)
    except EngineError as error:
        step.incident(instance, 0, element, error, kind=IncidentKind.MESSAGE)


def tell_inside(step: Step, instance: Loaded, element: Element) -> None:
    """A message or signal that a diagram throws. Raises NobodyWaitsError, and what whoever hears it raises."""
    event = element.event
    if event is None or not event.name:
        raise BadInputError(f"“{element.label}” throws something without a name. Name it in the modeller.")
    if event.kind is EventKind.SIGNAL:
        send_signal(step, event.name, instance, element)
    else:
        send_inside(step, event.name, instance, element)


def send_signal(step: Step, name: str, instance: Loaded, element: Element) -> None:
    """Every instance of the case that waits for the signal hears it; processes that it starts are started."""
    step.flush()
    heard = 0
    for row in subscriptions_of(step.connection, step.case.case_id, kind=EventKind.SIGNAL, name=name):
        listener = step.load(row.instance)
        if row.number in listener.run.tokens:
            fire(step, listener, row.number)
            heard += 1
    for start in step.version.signal_starts.get(name, ()):
        try:
            step.start(start.process_id, start.id)
            heard += 1
        except EngineError as error:
            step.incident(instance, 0, element, error, kind=IncidentKind.MESSAGE)
    step.record(RecordKind.SIGNAL, signal=name, element=element.label, heard=heard)


def send_inside(step: Step, name: str, thrower: Loaded, element: Element) -> None:
    """A message between two processes of the case, with what its inputs say. Raises NobodyWaitsError."""
    evaluator = evaluator_of(step, thrower)
    told = evaluator.mapped(element.inputs)
    source = Source(by=step.actor, words=f"message {name}")
    step.flush()
    rows = subscriptions_of(step.connection, step.case.case_id, kind=EventKind.MESSAGE, name=name)
    near = ([row for row in rows if row.item_id == item.item_id] for item in (*thrower.items, CASE))
    wanted = next((found for found in near if found), [] if len(rows) > 1 else rows)
    if len(wanted) == 1:
        listener = step.load(wanted[0].instance)
        write_facts(step, listener.subject, told, source)
        fire(step, listener, wanted[0].number)
        about = listener.subject
    elif not wanted and name in step.version.message_starts:
        about = begin_within(step, step.version.message_starts[name], told, source, thrower)
    else:
        raise NobodyWaitsError(
            f"The message “{name}” found {len(rows) or 'nobody'} waiting in this case, and no process starts with it. "
            "Draw the event that waits for it, or resolve this with a reason."
        )
    step.record(RecordKind.MESSAGE_DELIVERED, message=name, item=about.item_id or None)


def begin_within(step: Step, start: Element, told: dict[str, Any], source: Source, near: Loaded) -> Subject:
    """A message from inside the case starts a process, about an item of its own or what `near` is about; gives which.

    What is raised leaves neither: tried again, it makes one. Raises NobodyWaitsError while one runs that has to be
    the only one.
    """
    if (running := runs_already(step, start)) is not None:
        raise NobodyWaitsError(
            f"“{start.label}” cannot begin while “{running}” runs in this case. Retry it when that has ended, or "
            "resolve this with a reason."
        )
    with step.facts.told_together():
        own = item_begun(step, start, source)
        about = own or near.subject
        begin(step, start, told, source, subject=about, within=() if own else near.within)
    return about


def runs_already(step: Step, start: Element) -> str | None:
    """The name of the process that a message start event begins, where it may not begin while one runs and one does."""
    if not start.begins_one_at_a_time:
        return None
    step.flush()
    if all(row.process_id != start.process_id for row in running_instances(step.connection, step.case.case_id)):
        return None
    return step.version.program(start.process_id).process.name or start.process_id


def item_begun(step: Step, start: Element, source: Source) -> Subject | None:
    """The item of its own that a message start event makes for its process; None for one that makes none."""
    return step.facts.add_item(start.item, source, begun_on=local_date(step.now)) if start.item is not None else None


def begin(
    step: Step,
    start: Element,
    told: dict[str, Any],
    source: Source,
    *,
    subject: Subject,
    within: tuple[Subject, ...] = (),
    form: Form | None = None,
) -> None:
    """A message starts a process about `subject`, with what it tells. What is raised leaves none begun."""
    write_answers(step, subject, form, told, source)
    _hold(step, start, (subject, *within))
    write_outputs_of(step, start, evaluator_about(step, subject, within), subject)
    step.start(start.process_id, start.id, subject=subject, within=within)


def _hold(step: Step, element: Element, items: Sequence[Subject]) -> None:
    """Raises GuardError where a guard stands before the message that the element hears."""
    if element.event is not None and element.event.kind is EventKind.MESSAGE:
        name = element.event.name
        hold(step, (g for g in step.guards if name in g.messages), at=f"telling “{element.label}”", items=items)


def fire(step: Step, instance: Loaded, token: int) -> None:
    """A message or signal reaches the token that waits for it."""
    element = instance.run.element_of(instance.run.tokens[token])
    _hold(step, element, instance.items)
    step.record(
        RecordKind.EVENT,
        element=element.label,
        element_id=element.id,
        item=instance.subject.item_id or None,
        clauses=list(element.clauses) or None,
    )
    write_outputs(step, instance, element)
    instance.run.fire(token, stays=element.may_happen_again)


def offer_to_parent(step: Step, child: Loaded, code: str, *, is_error: bool) -> bool:
    """What a child does not catch goes to its call activity's boundary, then outward. Errors end the child."""
    instance = child
    while instance.parent is not None and instance.parent_token is not None:
        parent = step.load(instance.parent)
        if instance.parent_token in parent.run.tokens and parent.run.catch(
            instance.parent_token, code, is_error=is_error
        ):
            return True
        instance = parent
    if not is_error:
        step.record(RecordKind.ESCALATION_NOT_CAUGHT, code=code, process=child.run.program.process.name)
    return False
