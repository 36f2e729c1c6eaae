"""A circle waits for somebody or something each time it goes round."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error, warning
from engine.check.graph import circles, leads_back
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.diagram import Element, ElementKind
from engine.problems import Problem

_COMPUTING = frozenset({ElementKind.SCRIPT, ElementKind.RULE})
_AT_ONCE = _COMPUTING | {
    *(ElementKind.EXCLUSIVE, ElementKind.PARALLEL, ElementKind.INCLUSIVE),
    *(ElementKind.THROW, ElementKind.START, ElementKind.END, ElementKind.PLAIN),
}


def look(policy: Policy) -> Iterator[Problem]:
    for file, process in policy.processes:
        at_once = {id: element for id, element in process.elements.items() if _is_at_once(element)}
        following: dict[str, list[str]] = {}
        for flow in process.flows.values():
            if flow.source in at_once and flow.target in at_once:
                following.setdefault(flow.source, []).append(flow.target)
        for circle in circles(at_once, following):
            if not leads_back(circle, following):
                continue
            inside = set(circle)
            first = next(element for id, element in at_once.items() if id in inside)
            sentence = (
                f"The way from {quoted(first)} leads back to it without anything to wait for. Draw a task or a timer "
                "into the circle"
            )
            if any(at_once[id].kind in _COMPUTING for id in circle):
                yield warning(place_of(file, first), f"{sentence}, unless its script brings it to an end soon.")
            else:
                yield error(place_of(file, first), f"{sentence}.")


def _is_at_once(element: Element) -> bool:
    return element.kind in _AT_ONCE and element.job is None


RULE = Rule(name="circles", summary="A circle waits for somebody or something each time round.", look=look)
