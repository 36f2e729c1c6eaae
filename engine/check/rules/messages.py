"""What one diagram throws, another waits for: messages and signals find somebody who hears them."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error, warning
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.diagram import ElementKind, EventKind
from engine.problems import Problem

_THROWING = (ElementKind.THROW, ElementKind.END)
_SENT = (EventKind.MESSAGE, EventKind.SIGNAL)


def look(policy: Policy) -> Iterator[Problem]:
    heard = {kind: set[str]() for kind in _SENT}
    thrown = {kind: set[str]() for kind in _SENT}
    for element, _, _ in policy.elements():
        event = element.event
        if event is not None and event.kind in _SENT and event.name and element.job is None:
            (thrown if element.kind in _THROWING else heard)[event.kind].add(event.name)
    for element, _, place in policy.elements():
        event = element.event
        if event is None or event.kind not in _SENT or not event.name or element.job is not None:
            continue
        if element.kind in _THROWING and event.name not in heard[event.kind]:
            said = error if event.kind is EventKind.MESSAGE else warning
            yield said(
                place,
                f"{quoted(element)} throws the {event.kind} “{event.name}”, and nothing in the folder waits for it."
                " Draw an event that does, or give the element a handler that sends it out.",
            )
        elif element.kind not in _THROWING and event.kind is EventKind.SIGNAL and event.name not in thrown[event.kind]:
            yield error(
                place,
                f"{quoted(element)} waits for the signal “{event.name}”, which nothing throws. Draw what throws it, or"
                " make it a message that a person tells the case.",
            )
        elif element.kind is ElementKind.RECEIVE and not event.name:
            yield error(place, f"{quoted(element)} names no message. Choose one.")


RULE = Rule(
    name="messages", summary="Messages and signals that are thrown are waited for.", look=look, needs_variant=True
)
