"""Each mapping has a name to map to, and outputs stand where something is given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from engine.check.finding import error
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.diagram import Element, ElementKind, EventKind
from engine.problems import Problem

_TARGET = re.compile(r"[^\W\d]\w{0,62}(?:\.[^\W\d]\w{0,62}){0,3}")
_GIVEN = frozenset(
    {
        *(ElementKind.USER, ElementKind.RECEIVE, ElementKind.SCRIPT, ElementKind.RULE, ElementKind.CALL),
        *(ElementKind.SERVICE, ElementKind.SEND),
    }
)


def look(policy: Policy) -> Iterator[Problem]:
    for element, _, place in policy.elements():
        if element.outputs and not _is_given_something(element):
            yield error(
                place,
                f"{quoted(element)} maps outputs, and nothing is given to it that could be kept. Take the mappings out,"
                " or draw a script task.",
            )
        for what, mappings in (("input", element.inputs), ("output", element.outputs)):
            targets = Counter(mapping.target for mapping in mappings)
            for target, count in targets.items():
                if not _TARGET.fullmatch(target):
                    yield error(
                        place,
                        f"{quoted(element)} has an {what} mapping to “{target[:60]}”, which is no name. Write small "
                        "letters, digits and _, such as sent_on, or victim.name for an entry.",
                    )
                elif any(target.startswith(f"{other}.") for other in targets):
                    yield error(
                        place,
                        f"{quoted(element)} has an {what} mapping to “{target[:60]}”, and one to what holds it, of "
                        "which only the last would count. Take one out.",
                    )
                elif count > 1:
                    yield error(
                        place,
                        f"{quoted(element)} has {count} {what} mappings to “{target}”, of which only one would count. "
                        "Take the others out.",
                    )
            for mapping in mappings:
                if not mapping.source:
                    yield error(
                        place,
                        f"{quoted(element)} has an {what} mapping to “{mapping.target[:60]}” from nothing. Write a"
                        " text, or an expression that begins with “=”.",
                    )


def _is_given_something(element: Element) -> bool:
    if element.kind in (ElementKind.START, ElementKind.CATCH, ElementKind.BOUNDARY):
        return element.event is not None and element.event.kind is EventKind.MESSAGE
    return element.job is not None or element.kind in _GIVEN


RULE = Rule(
    name="mappings", summary="Each mapping has a name to map to, and outputs stand where something is given.", look=look
)
