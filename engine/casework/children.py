"""Call activities: one waiting token in the parent, and a row with its own small state for each child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine import feel
from engine.casework.case_facts import Source
from engine.casework.loaded import Loaded
from engine.diagram.model import Element, ElementKind
from engine.errors import BadInputError
from engine.model import InstanceStatus, Subject
from engine.runtime import Token
from engine.store import instances as stored

if TYPE_CHECKING:
    from engine.casework.step import Step

#: Children of one call activity. No case comes near; a longer list is a slip in an expression.
MOST_CHILDREN = 2_000


def call(step: Step, parent: Loaded, token: Token, element: Element) -> None:
    """The token has reached a call activity: start its child, or one per element of the collection."""
    elements = _elements(step, parent, element)
    to_start = elements[:1] if element.loop is not None and element.loop.is_sequential else elements
    for position, value in enumerate(to_start):
        _start_child(step, parent, token.number, element, position, value)
    if not elements:
        step.later(lambda: _complete(step, parent.number, token.number))


def child_ended(step: Step, child: Loaded) -> None:
    """A child is done: keep what it gives, and see whether its call activity goes on."""
    parent = step.load(child.parent) if child.parent is not None else None
    number = child.parent_token
    if parent is None or number is None or number not in parent.run.tokens:
        return
    element = parent.run.element_of(parent.run.tokens[number])
    evaluator = step.evaluator(child)
    if element.loop is None:
        child.output = {mapping.target: evaluator.value(mapping.source) for mapping in element.outputs} or None
    elif element.loop.output_element:
        child.output = evaluator.value(element.loop.output_element)
    step.later(lambda: _see_whether_done(step, parent.number, number))


def cancel_children(step: Step, parent_token: int) -> None:
    """The call activity is cancelled: so is everything below it."""
    step.flush()
    for row in stored.children(step.connection, step.case.case_id, parent_token):
        if row.status == InstanceStatus.RUNNING:
            cancel_instance(step, step.load(row.number))


def cancel_instance(step: Step, instance: Loaded) -> None:
    if instance.status is not InstanceStatus.RUNNING:
        return
    instance.status = InstanceStatus.CANCELLED
    step.batch.change("instances", instance.number, ended_at=step.now)
    instance.run.cancel_all()


def add_elements(step: Step) -> None:
    """Items were added to the case: a running call activity over their collection gets a child for each."""
    step.flush()
    for row in stored.running_instances(step.connection, step.case.case_id):
        program = step.version.program(row.process_id)
        if not any(e.kind is ElementKind.CALL and e.loop is not None for e in program.process.elements.values()):
            continue
        parent = step.load(row.number)
        for token in list(parent.run.tokens.values()):
            element = parent.run.element_of(token)
            if element.kind is ElementKind.CALL and element.loop and not element.loop.is_sequential and not token.is_parked:
                _add_missing(step, parent, token, element)


def _add_missing(step: Step, parent: Loaded, token: Token, element: Element) -> None:
    children = stored.children(step.connection, step.case.case_id, token.number)
    known = {child.item_id for child in children}
    position = 1 + max((child.position for child in children), default=-1)
    for value in _elements(step, parent, element):
        item_id = str(value.get("id", "")) if isinstance(value, dict) else ""
        if item_id and item_id not in known:
            _start_child(step, parent, token.number, element, position, value)
            position += 1


def _elements(step: Step, parent: Loaded, element: Element) -> list[Any]:
    if element.loop is None:
        return [None]
    value = step.evaluator(parent).value(element.loop.input_collection or "")
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadInputError(f"The input collection of “{element.label}” gives {feel.to_json(value)!r}, which is no list.")
    if len(value) > MOST_CHILDREN:
        raise BadInputError(f"“{element.label}” would start {len(value)} processes; {MOST_CHILDREN} is the most.")
    return value


def _start_child(step: Step, parent: Loaded, token: int, element: Element, position: int, value: Any) -> None:
    loop = element.loop
    name = loop.input_element if loop is not None else None
    subject, kept = parent.subject, value
    if loop is not None and isinstance(value, dict) and value.get("id"):
        collection = (loop.input_collection or "").removeprefix("=").strip()
        subject = Subject(collection=_collection_of(step, collection, str(value["id"])), item_id=str(value["id"]))
        kept = None if subject.collection in step.facts.collections else value
    evaluator = step.evaluator(parent)
    if name:
        evaluator = evaluator.with_values({name: value})
    variables = {mapping.target: evaluator.value(mapping.source) for mapping in element.inputs}
    step.start(
        evaluator.text(element.called_process) or "", parent=parent, parent_token=token, position=position,
        subject=subject, element_name=name, element_value=kept, variables=variables,
    )


def _collection_of(step: Step, expression: str, item_id: str) -> str:
    """The collection an element belongs to: items are called after theirs (`actions-2`)."""
    collection = item_id.rpartition("-")[0]
    return collection if collection in step.facts.collections else expression[:80]


def _see_whether_done(step: Step, parent_number: int, token: int) -> None:
    parent = step.load(parent_number)
    if token not in parent.run.tokens:
        return
    element = parent.run.element_of(parent.run.tokens[token])
    loop = element.loop
    step.flush()
    counts = stored.child_counts(step.connection, step.case.case_id, token)
    running = counts.get(InstanceStatus.RUNNING, 0)
    done = counts.get(InstanceStatus.COMPLETED, 0)
    total = sum(counts.values())
    if loop is not None and loop.completion_condition:
        known = {
            "numberOfInstances": total, "numberOfActiveInstances": running, "numberOfCompletedInstances": done,
            "numberOfTerminatedInstances": counts.get(InstanceStatus.CANCELLED, 0),
        }
        evaluator = step.evaluator(parent).with_values(known)
        if evaluator.feel(loop.completion_condition.removeprefix("=")) is True:
            cancel_children(step, token)
            _complete(step, parent_number, token)
            return
    if running:
        return
    if loop is not None and loop.is_sequential:
        elements = _elements(step, parent, element)
        if total < len(elements):
            _start_child(step, parent, token, element, total, elements[total])
            return
    _complete(step, parent_number, token)


def _complete(step: Step, parent_number: int, token: int) -> None:
    parent = step.load(parent_number)
    if token not in parent.run.tokens:
        return
    element = parent.run.element_of(parent.run.tokens[token])
    if element.outputs and element.loop is None or (element.loop and element.loop.output_collection):
        step.flush()
        outputs = [
            feel.load(row.output) if row.output is not None else None
            for row in stored.children(step.connection, step.case.case_id, token)
            if row.status == InstanceStatus.COMPLETED
        ]
        if element.loop is not None and element.loop.output_collection:
            parent.variables[element.loop.output_collection] = outputs
        else:
            for answers in outputs:
                step.tell_facts(parent.subject, answers or {}, Source(by=step.actor, words=f"process {element.label}"))
    parent.run.complete(token)
