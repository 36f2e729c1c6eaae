"""What one diagram throws, another waits for: messages and signals find somebody who hears them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.check.finding import error, warning
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.diagram import Element, ElementKind, EventKind, Process
from engine.diagram.model import DEADLINE_CHANGED
from engine.diagram.throws import Throws
from engine.problems import Problem, Thing, ThingKind

_THROWING = (ElementKind.THROW, ElementKind.END)
_SENT = (EventKind.MESSAGE, EventKind.SIGNAL)


def look(policy: Policy) -> Iterator[Problem]:
    heard = {kind: set[str]() for kind in _SENT}
    thrown = {kind: set[str]() for kind in _SENT}
    for element, _, _ in policy.elements():
        event = element.event
        if event is not None and event.kind in _SENT and event.name and element.job is None:
            (thrown if element.kind in _THROWING else heard)[event.kind].add(event.name)
    for element, process, place in policy.elements():
        event = element.event
        if event is None or event.kind not in _SENT or not event.name or element.job is not None:
            continue
        if event.name == DEADLINE_CHANGED and event.kind is EventKind.MESSAGE:
            yield from (error(place, sentence) for sentence in _of_deadlines(element, process))
        elif element.kind in _THROWING and event.name not in heard[event.kind]:
            said = error if event.kind is EventKind.MESSAGE else warning
            yield said(
                place,
                f"{quoted(element)} throws the {event.kind} “{event.name}”, and nothing in the folder waits for it."
                " Draw an event that does, or give the element a handler that sends it out.",
                lacks=Thing(kind=ThingKind.MESSAGE, name=event.name),
            )
        elif element.kind not in _THROWING and event.kind is EventKind.SIGNAL and event.name not in thrown[event.kind]:
            yield error(
                place,
                f"{quoted(element)} waits for the signal “{event.name}”, which nothing throws. Draw what throws it, or"
                " make it a message that a person tells the case.",
                lacks=Thing(kind=ThingKind.MESSAGE, name=event.name),
            )
        elif element.kind is ElementKind.RECEIVE and not event.name:
            yield error(place, f"{quoted(element)} names no message. Choose one.")
    yield from _dead_waits(policy)


def _dead_waits(policy: Policy) -> Iterator[Problem]:
    """Whatever waits for what can only be thrown when it no longer waits, or has been thrown before."""
    processes = {process.id: process for _, process in policy.processes}
    files = {process.id: file for file, process in policy.processes}
    for element in Throws(processes).dead_waits(policy.begun_processes | _begun_by_themselves(processes)):
        event = element.event
        if event is not None:
            yield error(
                place_of(files[element.process_id], element),
                f"{quoted(element)} waits for the {event.kind} “{event.name}”, and nothing can throw it while it does: "
                "what throws it comes only behind what waits for it, or has passed by then. Neither is kept. Throw it "
                "on a branch beside this one, or make it a message that a person tells the case.",
            )


def _begun_by_themselves(processes: Mapping[str, Process]) -> frozenset[str]:
    """Those that a message or a time begins."""
    return frozenset(
        process.id
        for process in processes.values()
        for start in process.start_events()
        if start.event is not None and start.event.kind in (EventKind.MESSAGE, EventKind.TIMER)
    )


def _of_deadlines(element: Element, process: Process) -> Iterator[str]:
    """What is wrong with an event of the message that the engine alone throws."""
    name = f"{quoted(element)} is about the message “{DEADLINE_CHANGED}”"
    if element.kind in _THROWING:
        yield f"{name}, which the engine throws and no diagram can. Give the message another name."
    elif element.kind is not ElementKind.START and not element.waits_beside:
        yield f"{name}, which only a start event or a boundary event can hear. Draw one of these."
    elif set(element.properties) & {"form", "told_by"}:
        yield f"{name}, which nobody tells, so nobody can be asked and no team chosen. Take form and told_by out."
    host = process.elements.get(process.beside(element) or "") if element.waits_beside else None
    if element.begins_event_subprocess and host is None and process.frame_due_date is None:
        yield (
            f"{name}, and “{process.name or process.id}” has no deadline that could change. Give the process the "
            "property due_date, or draw a message start event of a process of its own."
        )
    if host is not None and host.due_date is None and host.frame_due_date is None:
        yield (
            f"{name}, and {quoted(host)} has no deadline that could change. Give it one (of a sub-process or call "
            "activity the property due_date), or attach the event to what has."
        )


RULE = Rule(
    name="messages", summary="Messages and signals that are thrown are waited for.", look=look, needs_variant=True
)
