"""Numbers the elements of a level in the order in which the flow reaches them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.diagram import Element, ElementKind, Flow, Process


def targets_of(element: Element, process: Process) -> tuple[tuple[Flow, Element], ...]:
    """The ways out of an element that lead to another of the same process, in the order of the file."""
    found = []
    for flow_id in element.outgoing:
        flow = process.flows[flow_id]
        if flow.target in process.elements:
            found.append((flow, process.elements[flow.target]))
    return tuple(found)


def in_flow_order(process: Process, parent: str | None) -> tuple[Element, ...]:
    """The elements of one level without its boundary events: each after all that lead to it, but for loops back.

    What an activity's boundary events lead to comes after what the activity itself leads to. Elements that nothing
    leads to, other than starts, come last.
    """
    level = {e.id: e for e in process.children.get(parent, ()) if e.kind is not ElementKind.BOUNDARY}
    starts = [e for e in level.values() if e.kind is ElementKind.START]
    seen: set[str] = set()
    order: list[Element] = []
    # Later roots are walked first, because the order of finishing is turned round at the end.
    for root in (*reversed([e for e in level.values() if e not in starts and not e.incoming]), *reversed(starts)):
        _walk(root, process, level, seen, order)
    ordered = list(reversed(order))
    ordered.extend(element for element in level.values() if element.id not in seen)
    return tuple(ordered)


def _walk(root: Element, process: Process, level: Mapping[str, Element], seen: set[str], order: list[Element]) -> None:
    """Depth first without recursion, as a file may be a chain of thousands; appends each when all after it is done."""
    if root.id in seen:
        return
    seen.add(root.id)
    stack = [(root, _next(root, process, level))]
    while stack:
        element, ahead = stack[-1]
        while ahead and ahead[-1].id in seen:
            ahead.pop()
        if ahead:
            following = ahead.pop()
            seen.add(following.id)
            stack.append((following, _next(following, process, level)))
        else:
            order.append(element)
            stack.pop()


def _next(element: Element, process: Process, level: Mapping[str, Element]) -> list[Element]:
    """What `element` leads to; popped from the end, and the last popped is told first."""
    ways = [target for _, target in targets_of(element, process)]
    for boundary in process.boundaries.get(element.id, ()):
        ways.extend(target for _, target in targets_of(boundary, process))
    return [way for way in ways if way.id in level]
