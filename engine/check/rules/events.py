"""Each event stands where the engine runs its kind, and names what it waits for or throws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.check.finding import error
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.diagram import Element, ElementKind, Event, EventKind
from engine.problems import Problem

ALLOWED: Mapping[ElementKind, frozenset[EventKind]] = {
    ElementKind.START: frozenset({EventKind.NONE, EventKind.MESSAGE, EventKind.SIGNAL, EventKind.TIMER}),
    ElementKind.END: frozenset(
        {
            *(EventKind.NONE, EventKind.MESSAGE, EventKind.ERROR, EventKind.ESCALATION, EventKind.SIGNAL),
            EventKind.TERMINATE,
        }
    ),
    ElementKind.THROW: frozenset({EventKind.NONE, EventKind.MESSAGE, EventKind.ESCALATION, EventKind.SIGNAL}),
    ElementKind.CATCH: frozenset({EventKind.TIMER, EventKind.MESSAGE, EventKind.SIGNAL}),
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
    (ElementKind.CATCH, EventKind.NONE): "Choose what it waits for: a timer, a message or a signal.",
    (ElementKind.CATCH, EventKind.ERROR): "Draw an error boundary event on the activity that may fail.",
    (ElementKind.CATCH, EventKind.ESCALATION): "Draw an escalation boundary event on the activity that throws it.",
    (
        ElementKind.BOUNDARY,
        EventKind.NONE,
    ): "Choose what it waits for: a timer, a message, an error, an escalation or a signal.",
}


def look(policy: Policy) -> Iterator[Problem]:
    for element, _, place in policy.elements():
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


_WITH_AN = frozenset({ElementKind.THROW, ElementKind.CATCH})


def _nameless(element: Element, event: Event) -> str | None:
    """What an event lacks to be told from others of its kind."""
    if event.kind in (EventKind.MESSAGE, EventKind.SIGNAL) and not event.name and element.job is None:
        return f"{quoted(element)} names no {event.kind}. Choose one, and give it a name that people would say."
    throws = element.kind in (ElementKind.END, ElementKind.THROW)
    if throws and event.kind in (EventKind.ERROR, EventKind.ESCALATION) and not event.code:
        return f"{quoted(element)} throws an {event.kind} without a code. Choose one and give it a code."
    return None


RULE = Rule(name="events", summary="Each event stands where its kind is run, and names what it is about.", look=look)
