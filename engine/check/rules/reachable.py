"""Everything drawn can be reached from a start, and leads to an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.check.finding import error
from engine.check.graph import circles, closure
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.diagram import Element, ElementKind, Process
from engine.diagram.allow_list import GATEWAYS
from engine.diagram.implied import is_link_catch, is_link_throw, link_of
from engine.problems import Problem

Followers = Mapping[str, list[str]]


def look(policy: Policy) -> Iterator[Problem]:
    for file, process in policy.drawn:
        forward, backward = _followers(process)
        starts = [e.id for e in process.elements.values() if e.kind is ElementKind.START or e.is_event_subprocess]
        starts += [e.id for level in process.children for e in process.beginnings(level)]
        starts += [e.id for e in process.elements.values() if is_link_catch(e)]  # of which the rule on events speaks
        reached = closure(starts, forward)
        if starts:  # where nothing starts, the rule on that says all there is to say
            yield from _never_reached(file, process, reached, forward, backward)
        yield from _never_ending(file, process, reached, backward)


def _followers(process: Process) -> tuple[Followers, Followers]:
    """Element → what can come next of it, and the same against the arrows. Boundary events follow their host."""
    forward: dict[str, list[str]] = {}
    backward: dict[str, list[str]] = {}
    ways = [(flow.source, flow.target) for flow in process.flows.values()]
    catches = {(e.parent, link_of(e)): e.id for e in process.elements.values() if is_link_catch(e)}
    links = [(e.id, catches.get((e.parent, link_of(e)), "")) for e in process.elements.values() if is_link_throw(e)]
    ways += links
    ways += [(element.attached_to, element.id) for element in process.elements.values() if element.attached_to]
    for source, target in ways:
        if source in process.elements and target in process.elements:
            forward.setdefault(source, []).append(target)
            backward.setdefault(target, []).append(source)
    return forward, backward


def _never_reached(
    file: str, process: Process, reached: set[str], forward: Followers, backward: Followers
) -> Iterator[Problem]:
    """The first element of each part that is cut off; the rest of the part needs no words."""
    cut_off = [id for id, e in process.elements.items() if id not in reached and not process.is_beside_flow(e)]
    for circle in circles(cut_off, forward):
        inside = set(circle)
        if any(source not in inside for id in circle for source in backward.get(id, ())):
            continue
        first = next(id for id in cut_off if id in inside) if len(circle) > 1 else circle[0]
        element = process.elements[first]
        yield error(
            place_of(file, element),
            f"{quoted(element)} can never be reached: no way leads to it from a start. Draw the flow that leads to it, "
            "or delete it.",
        )


def _never_ending(file: str, process: Process, reached: set[str], backward: Followers) -> Iterator[Problem]:
    for parent, level in process.children.items():
        if all(process.is_beside_flow(element) for element in level):
            continue
        ends = [element.id for element in level if _may_end(element)]
        if not ends:
            owner = process.elements.get(parent) if parent is not None else None
            whose = f"sub-process {quoted(owner)}" if owner is not None else f"process “{process.name or process.id}”"
            yield error(
                place_of(file, owner or process), f"The {whose} has no end event, and nothing in it ends. Draw one."
            )
            continue
        ending = closure(ends, backward)
        if any(start.is_interrupting for start in process.event_starts.get(parent, ())):
            continue  # it can always end by that
        for element in level:
            if element.id in reached and element.id not in ending and element.outgoing:
                yield error(
                    place_of(file, element),
                    f"No way leads from {quoted(element)} to an end. Draw how it goes on to an end event.",
                )


def _may_end(element: Element) -> bool:
    """Whether a way ends there. An event sub-process ends with what stands inside, and a link goes on elsewhere."""
    if element.kind is ElementKind.END:
        return True
    is_way = element.kind not in GATEWAYS and not element.is_event_subprocess and not is_link_throw(element)
    return is_way and not element.outgoing


RULE = Rule(name="reachable", summary="Everything can be reached from a start and leads to an end.", look=look)
