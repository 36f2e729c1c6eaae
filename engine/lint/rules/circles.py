"""A circle waits for somebody or something each time it goes round."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram import Element, ElementKind, Process
from engine.lint.finding import Remark, error, warning
from engine.lint.policy import Policy, place_of, quoted
from engine.lint.rule import Rule

_COMPUTING = frozenset({ElementKind.SCRIPT, ElementKind.RULE})
_AT_ONCE = _COMPUTING | {
    *(ElementKind.EXCLUSIVE, ElementKind.PARALLEL, ElementKind.INCLUSIVE),
    *(ElementKind.THROW, ElementKind.START, ElementKind.END),
}


def look(policy: Policy) -> Iterator[Remark]:
    for file, process in policy.processes:
        said: set[str] = set()
        for element in process.elements.values():
            if element.id not in said and _is_at_once(element):
                circle = _circle(element, process)
                said |= circle
                if not circle:
                    continue
                computes = any(process.elements[id].kind in _COMPUTING for id in circle)
                sentence = (
                    f"The way from {quoted(element)} leads back to it without anything to wait for. Draw a task or a "
                    "timer into the circle"
                )
                if computes:
                    yield warning(place_of(file, element), f"{sentence}, unless its script brings it to an end soon.")
                else:
                    yield error(place_of(file, element), f"{sentence}.")


def _is_at_once(element: Element) -> bool:
    return element.kind in _AT_ONCE and element.job is None


def _circle(first: Element, process: Process) -> set[str]:
    """The elements passed on ways from `first` back to it, none of which waits; none where there is no such way."""
    forward = _closure(first, process, ahead=True)
    return forward & _closure(first, process, ahead=False)


def _closure(first: Element, process: Process, *, ahead: bool) -> set[str]:
    found: set[str] = set()
    todo = [first]
    while todo:
        element = todo.pop()
        for flow_id in element.outgoing if ahead else element.incoming:
            flow = process.flows[flow_id]
            other = process.elements.get(flow.target if ahead else flow.source)
            if other is not None and other.id not in found and _is_at_once(other):
                found.add(other.id)
                todo.append(other)
    return found


RULE = Rule(name="circles", summary="A circle waits for somebody or something each time round.", look=look)
