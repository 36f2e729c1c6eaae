"""What the runtime refuses to compile: whatever it would run otherwise than the diagram says.

The check says the same of a whole folder, in more words. This is the last door: a diagram that nobody checked is
refused, never run as something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.diagram.implied import is_implied, is_link_catch, is_link_throw, link_of
from engine.diagram.model import Element, ElementKind, EventKind, Oddity, Process, TimerKind
from engine.diagram.oddities import BAD_COORDINATES, RESERVED_ID

#: The kinds of event that are run, by where they stand.
EVENTS_RUN: Mapping[ElementKind, frozenset[EventKind]] = {
    ElementKind.START: frozenset({EventKind.NONE, EventKind.MESSAGE, EventKind.SIGNAL, EventKind.TIMER}),
    ElementKind.END: frozenset(EventKind) - {EventKind.TIMER, EventKind.LINK, EventKind.UNSUPPORTED},
    ElementKind.THROW: frozenset(
        {EventKind.NONE, EventKind.MESSAGE, EventKind.ESCALATION, EventKind.SIGNAL, EventKind.LINK}
    ),
    ElementKind.CATCH: frozenset({EventKind.TIMER, EventKind.MESSAGE, EventKind.SIGNAL, EventKind.LINK}),
    ElementKind.BOUNDARY: frozenset(EventKind)
    - {EventKind.NONE, EventKind.TERMINATE, EventKind.LINK, EventKind.UNSUPPORTED},
}
#: Of the start of an event sub-process, which waits as a boundary event does.
EVENT_STARTS_RUN = EVENTS_RUN[ElementKind.BOUNDARY]

#: What a boundary event may be attached to: activities that wait.
HOSTS = frozenset(
    {
        *(ElementKind.USER, ElementKind.SERVICE, ElementKind.SEND, ElementKind.RECEIVE),
        *(ElementKind.CALL, ElementKind.SUBPROCESS),
    }
)

#: Oddities that change nothing of what runs: how it is drawn, and ids that only SpiffWorkflow's own names would take.
_HARMLESS = frozenset({BAD_COORDINATES, RESERVED_ID})
_WITH_CONDITIONS = frozenset({ElementKind.EXCLUSIVE, ElementKind.INCLUSIVE})

_GIVEN = frozenset(
    {ElementKind.USER, ElementKind.RECEIVE, ElementKind.SCRIPT, ElementKind.RULE, ElementKind.CALL}
    | {ElementKind.SERVICE, ElementKind.SEND}
)


def refusals(process: Process, oddities: Iterable[Oddity] = ()) -> Iterator[str]:
    """Why the engine does not run `process`, each a sentence; `oddities` are those of its file."""
    for oddity in oddities:
        if oddity.process_id == process.id and oddity.what not in _HARMLESS:
            said = f"{oddity.what} ({oddity.detail})" if oddity.detail else oddity.what
            yield f"“{oddity.element_name or oddity.element_id}” has {said}, which is not run"
    for element in process.elements.values():
        why = _refusal(process, element)
        if why is not None:
            yield f"“{element.label}” {why}"
    for flow in process.flows.values():
        source, target = process.elements.get(flow.source), process.elements.get(flow.target)
        if source is None or target is None:
            yield f"the flow “{flow.name or flow.id}” leads from or to nothing"
        elif flow.condition is not None and source.kind not in _WITH_CONDITIONS:
            yield f"“{source.label}” is a {source.kind}, and the condition on a way out of it would not be asked"


def _refusal(process: Process, element: Element) -> str | None:
    event = element.event.kind if element.event is not None else EventKind.NONE
    if element.kind is ElementKind.UNSUPPORTED:
        return f"is a {element.tag}, which is not run"
    run = EVENT_STARTS_RUN if element.begins_event_subprocess else EVENTS_RUN.get(element.kind)
    if run is not None and event not in run:
        return f"is a {element.kind} of kind “{event}”, which is not run"
    if element.kind in (ElementKind.SERVICE, ElementKind.SEND) and element.job is None:
        return f"is a {element.kind} that names no handler, so nothing would ever do it"
    if element.kind is ElementKind.SCRIPT and element.script is None:
        return "is a script task without a FEEL expression"
    if element.loop is not None and element.kind is not ElementKind.CALL:
        return f"is a {element.kind} that is done for each of many, and what it repeats was not made a process"
    if element.kind is ElementKind.START and element.parent is not None:
        if event is not EventKind.NONE and not element.begins_event_subprocess:
            return f"starts a sub-process by a {event}, which is not run"
        if event is EventKind.ERROR and not element.is_interrupting:
            return "begins by an error and does not interrupt, though what failed has ended"
    begins = process.start_events if element.is_event_subprocess else process.beginnings
    if element.kind is ElementKind.SUBPROCESS and not begins(element.id):
        return "is a sub-process in which nothing begins"
    if element.kind is ElementKind.SUBPROCESS and len(process.start_events(element.id)) > 1:
        return "is a sub-process that has more than one start event"
    if is_link_throw(element) or is_link_catch(element):
        return _link_refusal(process, element)
    if element.is_event_subprocess and (element.incoming or element.outgoing):
        return "is an event sub-process that a flow leads to or leaves"
    if element.is_event_subprocess and element.loop is not None:
        return "is an event sub-process that is done for many, which it cannot be"
    if element.is_event_subprocess and process.boundaries.get(element.id):
        return "is an event sub-process with an event on its border, which it cannot have"
    if element.begins_by_time and process.frame_due_date is not None:
        return "begins a process by time that is a time frame, which would run before it begins"
    if element.event is not None and element.event.timer is TimerKind.CYCLE and not element.may_happen_again:
        return "repeats, which only a timer does that waits beside something and does not interrupt it"
    if element.outputs and not _is_given_something(element, event):
        return f"maps outputs, though nothing is given to a {element.kind}" + (f" of kind “{event}”" if event else "")
    if element.kind is ElementKind.BOUNDARY:
        return _boundary_refusal(process, element, event)
    if element.kind is ElementKind.EVENT_GATEWAY:
        return _gateway_refusal(process, element)
    return None


def _link_refusal(process: Process, element: Element) -> str | None:
    same = [e for e in process.children[element.parent] if link_of(e) == link_of(element)]
    if any(not is_implied(flow) for flow in (element.outgoing if is_link_throw(element) else element.incoming)):
        return "is a link with a flow where it has none: one that is thrown goes on where it is caught"
    if is_link_throw(element) and not element.outgoing:
        return "is a link that is caught nowhere on its level"
    if is_link_catch(element) and sum(map(is_link_catch, same)) > 1:
        return "is one of several links of one name, of which a way could go on at any"
    return None


def _is_given_something(element: Element, event: EventKind) -> bool:
    if element.kind in (ElementKind.START, ElementKind.CATCH, ElementKind.BOUNDARY):
        return event is EventKind.MESSAGE
    return element.job is not None or element.kind in _GIVEN


def _boundary_refusal(process: Process, element: Element, event: EventKind) -> str | None:
    host = process.elements.get(element.attached_to or "")
    if host is None:
        return "is a boundary event that is attached to nothing"
    if host.kind not in HOSTS:
        return f"is attached to “{host.label}”, a {host.kind}, which never waits"
    if event is EventKind.ERROR and not element.is_interrupting:
        return "catches an error and does not interrupt, though what failed has ended"
    return None


def _gateway_refusal(process: Process, element: Element) -> str | None:
    for flow in element.outgoing:
        target = process.elements.get(process.flows[flow].target)
        if target is not None and target.kind not in (ElementKind.CATCH, ElementKind.RECEIVE):
            return f"leads to “{target.label}”, a {target.kind}, for which an event-based gateway cannot wait"
    return None
