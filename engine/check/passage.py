"""How a token passes one element: by which ways out, whether it waits there for others, and whether that matters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from engine.diagram import Element, ElementKind, EventKind, TimerKind

#: Ways out of an inclusive gateway up to which every combination is tried; of more, one, two or all at once.
MOST_COMBINED = 5

_JOINS = frozenset({ElementKind.PARALLEL, ElementKind.INCLUSIVE})
_CHOICES = frozenset({ElementKind.EXCLUSIVE, ElementKind.EVENT_GATEWAY})
GATEWAYS = _JOINS | _CHOICES


def does_something(element: Element) -> bool:
    """Whether it matters that a token passes here twice."""
    if element.kind in GATEWAYS or element.kind in (ElementKind.START, ElementKind.BOUNDARY):
        return False
    if element.kind is ElementKind.END:
        return element.event is not None and element.event.kind not in (EventKind.NONE, EventKind.TERMINATE)
    return True


def as_passed(element: Element) -> Element:
    """What is not run is passed: a complex gateway as one that joins what comes, and takes any of its ways."""
    return replace(element, kind=ElementKind.INCLUSIVE) if element.tag == "complexGateway" else element


def joins(element: Element) -> bool:
    return element.kind in _JOINS and len(element.incoming) > 1


def ways_out(element: Element) -> Iterator[tuple[str, ...]]:
    """The sets of flows that a token may leave by."""
    flows = element.outgoing
    if element.kind in _CHOICES and len(flows) > 1:
        yield from ((flow,) for flow in flows)
    elif element.kind is ElementKind.INCLUSIVE and len(flows) > 1:
        chosen = tuple(flow for flow in flows if flow != element.default_flow)
        if len(chosen) < len(flows):
            yield (element.default_flow or "",)
        sizes = range(1, len(chosen) + 1) if len(chosen) <= MOST_COMBINED else (1, 2, len(chosen))
        for size in sizes:
            yield from combinations(chosen, size)
    else:
        yield flows


def happens_once(event: Element) -> bool:
    """Whether a boundary event happens at most once for each time that its activity is begun: by a date or duration."""
    return event.event is not None and event.event.timer in (TimerKind.DATE, TimerKind.DURATION)
