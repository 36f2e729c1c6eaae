"""Reads what an event waits for or throws, and the messages, signals, errors and escalations it may refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from engine.diagram.model import Event, EventKind, TimerKind
from engine.diagram.names import attribute, bpmn_children, fold, is_bpmn, tag_of, text_of, zeebe_children
from engine.diagram.oddities import (
    DANGLING,
    SEVERAL_EVENT_DEFINITIONS,
    TIMER_TIMES,
    OddityBook,
    Owner,
    owner_of,
)
from engine.diagram.strays import note_strays

_REFERENCED = ("message", "signal", "error", "escalation")
_KINDS = {
    "timerEventDefinition": EventKind.TIMER,
    "messageEventDefinition": EventKind.MESSAGE,
    "signalEventDefinition": EventKind.SIGNAL,
    "errorEventDefinition": EventKind.ERROR,
    "escalationEventDefinition": EventKind.ESCALATION,
    "terminateEventDefinition": EventKind.TERMINATE,
    "linkEventDefinition": EventKind.LINK,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Referenced:
    """A message, signal, error or escalation declared at the top of the file."""

    kind: EventKind
    name: str | None
    code: str | None
    correlation_key: str | None


def read_referenced(root: etree._Element, book: OddityBook) -> Mapping[str, Referenced]:
    """Everything events can refer to, by id."""
    found: dict[str, Referenced] = {}
    for tag in _REFERENCED:
        for node in bpmn_children(root, tag):
            owner = owner_of(node, process_id=None)
            note_strays(node, owner, book)
            key = None
            for child in zeebe_children(node):
                if tag == "message" and tag_of(child) == "subscription":
                    key = attribute(child, "correlationKey")
                else:
                    book.add(owner, f"zeebe:{tag_of(child)}", f"on a {tag}", node=child)
            found.setdefault(
                owner.id,
                Referenced(
                    kind=EventKind(tag),
                    name=fold(node.get("name")) or None,
                    code=attribute(node, f"{tag}Code") if tag in ("error", "escalation") else None,
                    correlation_key=key,
                ),
            )
    return found


def read_event(node: etree._Element, referenced: Mapping[str, Referenced], owner: Owner, book: OddityBook) -> Event:
    """The event definition of an event. One that is not run is EventKind.UNSUPPORTED, and its tag is an oddity."""
    definitions = [c for c in node if is_bpmn(c) and _is_definition(tag_of(c))]
    if not definitions:
        return Event(kind=EventKind.NONE)
    if len(definitions) > 1:
        book.add(owner, SEVERAL_EVENT_DEFINITIONS, ", ".join(tag_of(d) for d in definitions))
        return Event(kind=EventKind.UNSUPPORTED)
    definition = definitions[0]
    kind = _KINDS.get(tag_of(definition), EventKind.UNSUPPORTED)
    if kind is EventKind.TIMER:
        return _read_timer(definition, owner, book)
    if kind is EventKind.LINK:
        return Event(kind=kind, name=fold(definition.get("name")) or None)
    if kind in (EventKind.UNSUPPORTED, EventKind.TERMINATE):
        return Event(kind=kind)
    return refer(kind, attribute(definition, f"{kind}Ref"), referenced, owner, book)


def _is_definition(tag: str) -> bool:
    return tag.endswith("EventDefinition") or tag == "eventDefinitionRef"


def refer(
    kind: EventKind, ref: str | None, referenced: Mapping[str, Referenced], owner: Owner, book: OddityBook
) -> Event:
    """An event of `kind` that refers to `ref`; a reference that leads nowhere is noted."""
    if ref is None:
        return Event(kind=kind)
    ref = ref.rpartition(":")[2]  # a QName: some tools write the prefix of the target name space
    target = referenced.get(ref)
    if target is None or target.kind is not kind:
        book.add(owner, DANGLING, f"{kind}Ref {ref}")
        return Event(kind=kind, ref=ref)
    return Event(kind=kind, ref=ref, name=target.name, code=target.code, correlation_key=target.correlation_key)


def _read_timer(definition: etree._Element, owner: Owner, book: OddityBook) -> Event:
    times = [(timer, text_of(node)) for timer in TimerKind for node in bpmn_children(definition, timer)]
    if len(times) != 1 or not times[0][1]:
        book.add(owner, TIMER_TIMES, ", ".join(timer for timer, _ in times), node=definition)
        return Event(kind=EventKind.TIMER)
    timer, expression = times[0]
    return Event(kind=EventKind.TIMER, timer=timer, expression=expression)
