"""Each event stands where the engine runs its kind, and names what it waits for or throws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.check.finding import error
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.diagram import Element, ElementKind, Event, EventKind, Process
from engine.diagram.implied import is_link_catch, is_link_throw, link_of
from engine.problems import Problem

ALLOWED: Mapping[ElementKind, frozenset[EventKind]] = {
    ElementKind.START: frozenset({EventKind.NONE, EventKind.MESSAGE, EventKind.SIGNAL, EventKind.TIMER}),
    ElementKind.END: frozenset(
        {
            *(EventKind.NONE, EventKind.MESSAGE, EventKind.ERROR, EventKind.ESCALATION, EventKind.SIGNAL),
            EventKind.TERMINATE,
        }
    ),
    ElementKind.THROW: frozenset(
        {EventKind.NONE, EventKind.MESSAGE, EventKind.ESCALATION, EventKind.SIGNAL, EventKind.LINK}
    ),
    ElementKind.CATCH: frozenset({EventKind.TIMER, EventKind.MESSAGE, EventKind.SIGNAL, EventKind.LINK}),
    ElementKind.BOUNDARY: frozenset(
        {EventKind.TIMER, EventKind.MESSAGE, EventKind.ERROR, EventKind.ESCALATION, EventKind.SIGNAL}
    ),
}

#: Of the start of an event sub-process; that it has to wait for something is said by the rule on starts.
ALLOWED_EVENT_STARTS = ALLOWED[ElementKind.BOUNDARY] | {EventKind.NONE}

_INSTEAD: Mapping[tuple[ElementKind, EventKind], str] = {
    (ElementKind.START, EventKind.ERROR): "Only an event sub-process begins by an error: draw one round it.",
    (ElementKind.START, EventKind.ESCALATION): "Only an event sub-process begins by an escalation: draw one round it.",
    (ElementKind.THROW, EventKind.ERROR): "An error ends its level: draw an error end event instead.",
    (ElementKind.END, EventKind.LINK): "Make it an intermediate throw event: the flow goes on where it is caught.",
    (ElementKind.CATCH, EventKind.NONE): "Choose what it waits for: a timer, a message or a signal.",
    (ElementKind.CATCH, EventKind.ERROR): "Draw an error boundary event on the activity that may fail.",
    (ElementKind.CATCH, EventKind.ESCALATION): "Draw an escalation boundary event on the activity that throws it.",
    (
        ElementKind.BOUNDARY,
        EventKind.NONE,
    ): "Choose what it waits for: a timer, a message, an error, an escalation or a signal.",
}


def look(policy: Policy) -> Iterator[Problem]:
    for element, process, place in policy.drawn_elements():
        event = element.event
        if event is None or event.kind is EventKind.UNSUPPORTED:  # the latter is said by the allow-list
            continue
        allowed = ALLOWED_EVENT_STARTS if element.begins_event_subprocess else ALLOWED.get(element.kind)
        if allowed is not None and event.kind not in allowed:
            instead = _INSTEAD.get((element.kind, event.kind), "Choose another kind of event.")
            article = "an" if element.kind is ElementKind.END or element.kind in _WITH_AN else "a"
            yield error(
                place,
                f"{quoted(element)} is {article} {element.kind} of kind “{event.kind}”, which is not run. {instead}",
            )
        elif sentence := _nameless(element, event):
            yield error(place, sentence)
        elif event.kind is EventKind.LINK:
            yield from (error(place, sentence) for sentence in _wrong_link(element, process))


_WITH_AN = frozenset({ElementKind.THROW, ElementKind.CATCH})


def _nameless(element: Element, event: Event) -> str | None:
    """What an event lacks to be told from others of its kind."""
    if event.kind in (EventKind.MESSAGE, EventKind.SIGNAL) and not event.name and element.job is None:
        return f"{quoted(element)} names no {event.kind}. Choose one, and give it a name that people would say."
    if event.kind is EventKind.LINK and not event.name:
        return f"{quoted(element)} is a link without a name. Give the link's throw and its catch the same name."
    throws = element.kind in (ElementKind.END, ElementKind.THROW)
    if throws and event.kind in (EventKind.ERROR, EventKind.ESCALATION) and not event.code:
        return f"{quoted(element)} throws an {event.kind} without a code. Choose one and give it a code."
    return None


def _wrong_link(element: Element, process: Process) -> Iterator[str]:
    """What is wrong with where a link is thrown and caught. It is caught once on a level, and may be thrown often."""
    same = [e for e in process.elements.values() if link_of(e) == link_of(element) and e is not element]
    here = [e for e in same if e.parent == element.parent]
    link = f"the link “{link_of(element)}”"
    if is_link_throw(element):
        if element.outgoing:
            yield f"A flow leaves {quoted(element)}, which goes on where {link} is caught. Take the flow out."
        if not any(map(is_link_catch, here)):
            where = "on another level, to which no flow leads" if any(map(is_link_catch, same)) else "nowhere"
            yield f"{quoted(element)} throws {link}, which is caught {where}. Draw its catch event on the same level."
        return
    if element.incoming:
        yield f"A flow leads into {quoted(element)}, to which {link} leads. Lead the flow to what comes behind it."
    if any(map(is_link_catch, here)):
        yield f"{quoted(element)} is one of several that catch {link}. Give one of them, and its throws, another name."
    elif not any(map(is_link_throw, here)):
        yield f"{quoted(element)} catches {link}, which nothing on its level throws. Draw its throw, or delete it."


RULE = Rule(name="events", summary="Each event stands where its kind is run, and names what it is about.", look=look)
