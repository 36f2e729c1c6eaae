"""Connects what was read: ways in and out, lanes, and every reference that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lxml import etree

from engine.diagram.allow_list import ACTIVITIES
from engine.diagram.levels import ProcessParts
from engine.diagram.model import Association, Element, ElementKind, Flow, Lane
from engine.diagram.names import bpmn_children, fold, text_of
from engine.diagram.oddities import (
    CROSSES_LEVEL,
    DANGLING,
    DATA_ASSOCIATION,
    DEFAULT,
    WAYS_DIFFER,
    OddityBook,
    Owner,
)

_MAY_HAVE_DEFAULT = ACTIVITIES | {ElementKind.EXCLUSIVE, ElementKind.INCLUSIVE}


def connect(
    level: ProcessParts, lanes: tuple[Lane, ...], everything: Mapping[str, Element], book: OddityBook
) -> dict[str, Element]:
    """The elements of `level` with their ways in and out, as the flows draw them, and their lanes.

    `everything` is all elements of the file, to tell a flow into another process from one into nothing.
    """
    incoming: dict[str, list[str]] = {}
    outgoing: dict[str, list[str]] = {}
    for flow in level.flows.values():
        _judge_flow(flow, everything, book)
        outgoing.setdefault(flow.source, []).append(flow.id)
        incoming.setdefault(flow.target, []).append(flow.id)
    lane_names = _innermost(lanes)
    connected: dict[str, Element] = {}
    for element in level.elements.values():
        wired = replace(
            element,
            incoming=tuple(incoming.get(element.id, ())),
            outgoing=tuple(outgoing.get(element.id, ())),
            lane=_lane_of(element, level.elements, lane_names),
        )
        _judge_element(wired, level, everything, book)
        connected[wired.id] = wired
    return connected


def read_lanes(node: etree._Element, process_id: str) -> tuple[Lane, ...]:
    """The lanes of a process, each before the lanes nested in it."""
    return tuple(lane for lane_set in bpmn_children(node, "laneSet") for lane in _lanes_of(lane_set, process_id, None))


def judge_associations(
    associations: Iterable[Association], data_ids: frozenset[str], known: Mapping[str, str], book: OddityBook
) -> None:
    """Note lines that tie data to an element, and lines from or to nothing. `known`: tag by id of all that is drawn."""
    for line in associations:
        owner = Owner(id=line.id, name=line.name, process_id=None, line=0)
        for end, role in ((line.source, "sourceRef"), (line.target, "targetRef")):
            if end in data_ids:
                book.add(owner, DATA_ASSOCIATION, end)
            elif end.rpartition(":")[2] not in known:
                book.add(owner, DANGLING, f"{role} {end}".strip())


def _lanes_of(lane_set: etree._Element, process_id: str, parent: str | None) -> Iterable[Lane]:
    for node in bpmn_children(lane_set, "lane"):
        lane = Lane(
            id=node.get("id") or "",
            name=fold(node.get("name")),
            process_id=process_id,
            element_ids=tuple(text_of(ref) for ref in bpmn_children(node, "flowNodeRef")),
            parent=parent,
        )
        yield lane
        for inner in bpmn_children(node, "childLaneSet"):
            yield from _lanes_of(inner, process_id, lane.id)


def _innermost(lanes: tuple[Lane, ...]) -> Mapping[str, str]:
    # A lane comes before those nested in it, so the innermost is written last.
    return {element_id: lane.name for lane in lanes for element_id in lane.element_ids}


def _lane_of(element: Element, elements: Mapping[str, Element], lane_names: Mapping[str, str]) -> str | None:
    at: Element | None = element
    seen: set[str] = set()  # boundary events of a broken file may be attached to each other
    while at is not None and at.id not in seen:
        seen.add(at.id)
        if at.id in lane_names:
            return lane_names[at.id]
        # A boundary event that no lane lists stands where its activity does.
        at = elements.get(at.attached_to or at.parent or "")
    return None


def _judge_flow(flow: Flow, everything: Mapping[str, Element], book: OddityBook) -> None:
    owner = _owner(flow)
    for end, role in ((flow.source, "sourceRef"), (flow.target, "targetRef")):
        element = everything.get(end)
        if element is None:
            book.add(owner, DANGLING, f"{role} {end}".strip())
        elif (element.process_id, element.parent) != (flow.process_id, flow.parent):
            book.add(owner, CROSSES_LEVEL, f"{role} {end}")


def _judge_element(element: Element, level: ProcessParts, everything: Mapping[str, Element], book: OddityBook) -> None:
    owner = _owner(element)
    if element.kind is ElementKind.BOUNDARY:
        host = everything.get(element.attached_to or "")
        if host is None:
            book.add(owner, DANGLING, f"attachedToRef {element.attached_to or ''}".strip())
        elif (host.process_id, host.parent) != (element.process_id, element.parent):
            book.add(owner, CROSSES_LEVEL, f"attachedToRef {host.id}")
    if element.default_flow is not None and element.kind is not ElementKind.UNSUPPORTED:
        if element.kind not in _MAY_HAVE_DEFAULT:
            book.add(owner, DEFAULT, f"on a {element.kind}")
        elif element.default_flow not in element.outgoing:
            book.add(owner, DEFAULT, f"{element.default_flow} does not leave it")
    # A tool may leave the lists out altogether; one that writes them and contradicts the flows is another matter.
    for listed, drawn in zip(level.listed[element.id], (element.incoming, element.outgoing), strict=True):
        if listed and set(listed) != set(drawn):
            book.add(owner, WAYS_DIFFER, ", ".join(sorted(set(listed) ^ set(drawn))))


def _owner(drawn: Flow | Element) -> Owner:
    return Owner(id=drawn.id, name=drawn.name, process_id=drawn.process_id, line=drawn.line)
