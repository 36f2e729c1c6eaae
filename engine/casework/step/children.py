"""Call activities: one waiting token in the parent, and a row with its own small state for each child."""

from __future__ import annotations

from typing import Any, TypedDict

from engine import feel
from engine.casework.step.answers import write_facts, write_outputs
from engine.casework.step.closure import cancel_instance, close_instance
from engine.casework.step.elements import elements_of, item_id_of, without_child
from engine.casework.step.facts import Source
from engine.casework.step.instance import Loaded
from engine.casework.step.sight import evaluator_of
from engine.casework.step.step import Step
from engine.diagram.model import Element, ElementKind
from engine.errors import BadInputError, EngineError
from engine.model import IncidentKind, InstanceStatus, Subject
from engine.runtime import Token
from engine.store import instances as stored
from engine.store.incidents import has_open_incident

#: Call activities within call activities.
DEEPEST = 20


class _Prepared(TypedDict):
    """What one child starts with."""

    process_id: str
    subject: Subject
    within: tuple[Subject, ...]
    element_name: str | None
    element_value: feel.Value
    variables: dict[str, Any]


def call(step: Step, parent: Loaded, token: Token, element: Element) -> None:
    """The token has reached a call activity: start its child, or one per element of the collection."""
    elements = elements_of(step, parent, element)
    to_start = elements[:1] if element.loop is not None and element.loop.is_sequential else elements
    _start_children(step, parent, token.number, element, list(enumerate(to_start)))
    if not elements:
        step.later(lambda: look_again(step, parent.number, token.number))


def end_child(step: Step, child: Loaded, *, gives: bool = True) -> None:
    """A child is done: keep what it gives, and see whether its call activity goes on.

    Where what it gives cannot be computed it is parked as an incident and its call activity waits; `gives=False` ends
    it without.
    """
    parent = step.load(child.parent) if child.parent is not None else None
    number = child.parent_token
    if parent is None or number is None or number not in parent.run.tokens:
        close_instance(step, child)
        return
    element = parent.run.element_of(parent.run.tokens[number])
    try:
        child.output = _output_of(step, child, element) if gives else None
    except EngineError as error:
        step.incident(child, number, element, error, kind=IncidentKind.CHILD)
        return
    close_instance(step, child)
    step.later(lambda: look_again(step, parent.number, number))


def look_again(step: Step, parent_number: int, token: int) -> None:
    """See whether a call activity goes on. What cannot be computed parks it; nothing that its children did is lost."""
    parent = step.load(parent_number)
    if token not in parent.run.tokens:
        return
    element = parent.run.element_of(parent.run.tokens[token])
    try:
        _see_whether_done(step, parent, token, element)
    except EngineError as error:
        _stuck(step, parent, token, element, error)


def retry_call(step: Step, parent: Loaded, token: int) -> None:
    """Try a stuck call activity again: the children it lacks, then whether it goes on."""
    held = parent.run.tokens[token]
    element = parent.run.element_of(held)
    try:
        if element.loop is not None and not element.loop.is_sequential:
            _add_missing(step, parent, held, element)
    except EngineError as error:
        _stuck(step, parent, token, element, error)
    else:
        look_again(step, parent.number, token)


def leave_children(step: Step, parent: Loaded, token: int) -> None:
    """A stuck call activity was seen to by hand: what still runs below it is cancelled, and the parent goes on."""
    cancel_children(step, token)
    parent.run.resolve(token)


def cancel_children(step: Step, parent_token: int) -> None:
    """The call activity is cancelled: so is everything below it."""
    for child in step.load_running_children(parent_token):
        cancel_instance(step, child)


def add_elements(step: Step, changed: frozenset[str]) -> None:
    """Facts of these names, or items of these collections, were told: a running call activity over a collection that
    they may have changed gets a child for each element that has none."""
    for parent in _walking(step, changed):
        for token in list(parent.run.tokens.values()):
            element = parent.run.element_of(token)
            if (
                element.kind is ElementKind.CALL
                and element.loop
                and not element.loop.is_sequential
                and not token.is_parked
            ):
                try:
                    _add_missing(step, parent, token, element)
                except EngineError as error:
                    _stuck(step, parent, token.number, element, error)


def _walking(step: Step, changed: frozenset[str]) -> list[Loaded]:
    """The running instances whose collections may read what has changed."""
    processes = {process for process, words in step.version.collection_words.items() if words & changed}
    if not processes:
        return []
    rows = stored.running_instances(step.connection, step.case.case_id)
    numbers = {row.number for row in rows if row.process_id in processes and row.number not in step.loaded}
    for instance in step.loaded.values():  # of which the database may not know yet
        if instance.process_id in processes and instance.status is InstanceStatus.RUNNING:
            numbers.add(instance.number)
    return [step.load(number) for number in sorted(numbers)]


def _stuck(step: Step, parent: Loaded, token: int, element: Element, error: EngineError) -> None:
    """Park the call activity, once for all its children."""
    step.flush()
    if not has_open_incident(step.connection, step.case.case_id, token, kind=IncidentKind.CALL):
        step.incident(parent, token, element, error, kind=IncidentKind.CALL)


def _output_of(step: Step, child: Loaded, element: Element) -> feel.Value:
    evaluator = evaluator_of(step, child)
    if element.loop is None:
        return evaluator.mapped(element.outputs, onto_known=True) or None
    return evaluator.value(element.loop.output_element) if element.loop.output_element else None


def _add_missing(step: Step, parent: Loaded, token: Token, element: Element) -> int:
    """Start a child for each item of the collection that has none, or for each element where there is no child at all;
    gives how many."""
    step.flush()
    children = stored.children(step.connection, step.case.case_id, token.number)
    missing = without_child(elements_of(step, parent, element, has_begun=bool(children)), children)
    if children:  # what is no item is not known again once it is changed
        missing = [value for value in missing if item_id_of(value) is not None]
    first = 1 + max((child.position for child in children), default=-1)
    _start_children(step, parent, token.number, element, list(enumerate(missing, start=first)))
    return len(missing)


def _start_children(
    step: Step, parent: Loaded, token: int, element: Element, values: list[tuple[int, feel.Value]]
) -> None:
    """Start a child for each (position, element): all of them, or none where one of them cannot be started."""
    _check_depth(step, parent, element)
    ready = [_prepare(step, parent, element, value) for _, value in values]
    step.check_room(len(ready), element.label)
    for (position, _), prepared in zip(values, ready, strict=True):
        step.start(parent=parent, parent_token=token, position=position, **prepared)


def _check_depth(step: Step, parent: Loaded, element: Element) -> None:
    depth, above = 1, parent
    while above.parent is not None:
        depth, above = depth + 1, step.load(above.parent)
    if depth > DEEPEST:
        raise BadInputError(
            f"“{element.label}” is called within {DEEPEST} others, and processes call one another no deeper. Correct "
            "the facts by which they come to an end, then retry; or resolve this with a reason."
        )


def _prepare(step: Step, parent: Loaded, element: Element, value: feel.Value) -> _Prepared:
    loop = element.loop
    name = loop.input_element if loop is not None else None
    subject, within, kept = parent.subject, parent.within, value
    item_id = item_id_of(value)
    if loop is not None and item_id is not None:
        collection = (loop.input_collection or "").removeprefix("=").strip()
        subject = Subject(collection=_collection_of(step, collection, item_id), item_id=item_id)
        within = tuple(item for item in parent.items if item != subject)
        kept = None if subject.collection in step.facts.collections else value
    evaluator = evaluator_of(step, parent)
    if name:
        evaluator = evaluator.with_values({name: value})
    variables = evaluator.mapped(element.inputs)
    process_id = evaluator.text(element.called_process) or ""
    if not step.version.program(process_id).process.beginnings():
        raise BadInputError(f"“{element.label}” calls a process that only a message or signal starts.")
    return {
        "process_id": process_id,
        "subject": subject,
        "within": within,
        "element_name": name if loop is None else name or "",
        "element_value": kept,
        "variables": variables,
    }


def _collection_of(step: Step, expression: str, item_id: str) -> str:
    """The collection an element belongs to: items are called after theirs (`actions-2`)."""
    collection = item_id.rpartition("-")[0]
    return collection if collection in step.facts.collections else expression[:80]


def _see_whether_done(step: Step, parent: Loaded, token: int, element: Element) -> None:
    loop = element.loop
    if (loop is None or not loop.completion_condition) and _runs_still(step, token):
        return
    step.flush()
    counts = stored.child_counts(step.connection, step.case.case_id, token)
    running = counts.get(InstanceStatus.RUNNING, 0)
    done = counts.get(InstanceStatus.COMPLETED, 0)
    total = sum(counts.values())
    if loop is not None and loop.completion_condition:
        known = {
            "numberOfInstances": total,
            "numberOfActiveInstances": running,
            "numberOfCompletedInstances": done,
            "numberOfTerminatedInstances": counts.get(InstanceStatus.CANCELLED, 0),
        }
        evaluator = evaluator_of(step, parent).with_values(known)
        if evaluator.feel(loop.completion_condition.removeprefix("=")) is True:
            cancel_children(step, token)
            _complete(step, parent, token, element)
            return
    if running:
        return
    if loop is not None and loop.is_sequential:
        children = stored.children(step.connection, step.case.case_id, token)
        missing = without_child(elements_of(step, parent, element, has_begun=bool(children)), children)
        if missing:
            _start_children(step, parent, token, element, [(total, missing[0])])
            return
    elif (
        loop is not None
        and has_open_incident(step.connection, step.case.case_id, token, kind=IncidentKind.CALL)
        and _add_missing(step, parent, parent.run.tokens[token], element)  # children that could not be started then
    ):
        return
    _complete(step, parent, token, element)


def _runs_still(step: Step, token: int) -> bool:
    """Whether a child of the call activity runs. What this step has moved is asked here and the rest of the database,
    so that nothing has to be written first: of 300 children, the end of each costs the same."""
    moved = [instance for instance in step.loaded.values() if instance.parent_token == token]
    return any(instance.status is InstanceStatus.RUNNING for instance in moved) or stored.has_running_child(
        step.connection, step.case.case_id, token, besides=[instance.number for instance in moved]
    )


def _complete(step: Step, parent: Loaded, token: int, element: Element) -> None:
    if (element.outputs and element.loop is None) or (element.loop and element.loop.output_collection):
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
                write_facts(
                    step, parent.subject, answers or {}, Source(by=step.actor, words=f"process {element.label}")
                )
    if element.loop is not None:  # its outputs read the collection of what the children gave
        write_outputs(step, parent, element)
    parent.run.complete(token)
