"""Everything drawn can be reached from a start, and leads to an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.diagram import Element, ElementKind, Process
from engine.lint.finding import Remark, error
from engine.lint.policy import Policy, place_of, quoted
from engine.lint.rule import Rule


def look(policy: Policy) -> Iterator[Remark]:
    for file, process in policy.processes:
        forward, backward = _followers(process)
        starts = [e.id for e in process.elements.values() if e.kind is ElementKind.START]
        reached = _closure(starts, forward)
        # Where nothing starts, or nothing ends, the rule on that says all there is to say.
        for element in process.elements.values():
            if starts and element.id not in reached and _is_first(element, process, reached):
                yield error(
                    place_of(file, element),
                    f"{quoted(element)} can never be reached: no way leads to it from a start. Draw the flow that "
                    "leads to it, or delete it.",
                )
        for parent, level in process.children.items():
            ends = [e.id for e in level if e.kind is ElementKind.END]
            if not ends and level:
                owner = process.elements.get(parent) if parent is not None else None
                whose = (
                    f"The sub-process {quoted(owner)}"
                    if owner is not None
                    else f"The process “{process.name or process.id}”"
                )
                yield error(place_of(file, owner or process), f"{whose} has no end event. Draw one.")
                continue
            ending = _closure(ends, backward)
            for element in level:
                if element.id in reached and element.id not in ending and element.outgoing:
                    yield error(
                        place_of(file, element),
                        f"No way leads from {quoted(element)} to an end. Draw how it goes on to an end event.",
                    )


def _followers(process: Process) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """Element → what can come next of it, and the same against the arrows. Boundary events follow their host."""
    forward: dict[str, list[str]] = {}
    backward: dict[str, list[str]] = {}
    for flow in process.flows.values():
        forward.setdefault(flow.source, []).append(flow.target)
        backward.setdefault(flow.target, []).append(flow.source)
    for element in process.elements.values():
        if element.attached_to is not None:
            forward.setdefault(element.attached_to, []).append(element.id)
            # An end reached over an interrupting boundary event is an end of its host too.
            backward.setdefault(element.id, []).append(element.attached_to)
    return forward, backward


def _closure(seeds: Iterable[str], follow: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    todo = list(seeds)
    while todo:
        element_id = todo.pop()
        if element_id not in found:
            found.add(element_id)
            todo.extend(follow.get(element_id, ()))
    return found


def _is_first(element: Element, process: Process, reached: set[str]) -> bool:
    """Whether an unreached element is where its unreached part begins; the rest of that part needs no words."""
    if element.attached_to is not None:
        return element.attached_to in reached or element.attached_to not in process.elements
    sources = [process.flows[flow].source for flow in element.incoming]
    return (
        not sources
        or any(source in reached or source not in process.elements for source in sources)
        or _in_circle(element, process)
    )


def _in_circle(element: Element, process: Process) -> bool:
    """Whether it is the first of a circle that nothing enters, in the order of the file."""
    forward, backward = _followers(process)
    before = _closure([element.id], backward)
    circle = before & _closure([element.id], forward)
    if len(circle) < 2 or before - circle:
        return False
    return next(id for id in process.elements if id in circle) == element.id


RULE = Rule(name="reachable", summary="Everything can be reached from a start and leads to an end.", look=look)
