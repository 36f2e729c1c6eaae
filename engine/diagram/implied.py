"""What a drawing implies, drawn out: the flow from a link to where it goes on, and the gateway behind an element that
several flows leave. So whatever follows the flows knows of neither."""

from __future__ import annotations

from dataclasses import replace

from engine.diagram.allow_list import ACTIVITIES, GATEWAYS
from engine.diagram.model import Element, ElementKind, EventKind, Flow, Process

#: Stands in the ids of what is implied and in no id of a file.
MARK = ":"


def drawn_out(process: Process) -> Process:
    """`process` with what it implies; itself where that is nothing."""
    elements, flows = dict(process.elements), dict(process.flows)
    catches = {(each.parent, link_of(each)): each.id for each in reversed(elements.values()) if is_link_catch(each)}
    for element in process.elements.values():
        if is_link_throw(element) and not element.outgoing and (element.parent, link_of(element)) in catches:
            _join(elements, flows, element, elements[catches[element.parent, link_of(element)]])
        elif _parts_by_itself(element, process):
            _part(elements, flows, element)
    return process if len(flows) == len(process.flows) else replace(process, elements=elements, flows=flows)


def is_implied(id: str) -> bool:
    """Whether the element or flow of this id stands in no file, and was drawn out."""
    return MARK in id


def is_link_throw(element: Element) -> bool:
    return element.kind is ElementKind.THROW and _is_link(element)


def is_link_catch(element: Element) -> bool:
    return element.kind is ElementKind.CATCH and _is_link(element)


def link_of(element: Element) -> str:
    """The name of the link; "" where it has none."""
    return (element.event.name if element.event is not None else None) or ""


def _is_link(element: Element) -> bool:
    return element.event is not None and element.event.kind is EventKind.LINK


def _parts_by_itself(element: Element, process: Process) -> bool:
    """Whether several flows leave what is no gateway. A condition is asked only behind an activity."""
    if element.kind in GATEWAYS or element.kind in (ElementKind.END, ElementKind.UNSUPPORTED):
        return False
    is_asked = any(process.flows[flow].condition is not None for flow in element.outgoing)
    return len(element.outgoing) > 1 and (element.kind in ACTIVITIES or not is_asked)


def _join(elements: dict[str, Element], flows: dict[str, Flow], throw: Element, catch: Element) -> None:
    flow = _flow(throw, catch.id)
    flows[flow.id] = flow
    elements[throw.id] = replace(throw, outgoing=(flow.id,))
    elements[catch.id] = replace(catch, incoming=(*catch.incoming, flow.id))


def _part(elements: dict[str, Element], flows: dict[str, Flow], element: Element) -> None:
    """All ways are taken, or of those with a condition the true ones: a parallel gateway, or an inclusive one."""
    is_asked = any(flows[flow].condition is not None for flow in element.outgoing)
    gateway_id = f"{element.id}{MARK}ways"
    into = _flow(element, gateway_id)
    elements[gateway_id] = Element(
        id=gateway_id,
        name=element.label,
        kind=ElementKind.INCLUSIVE if is_asked else ElementKind.PARALLEL,
        tag="inclusiveGateway" if is_asked else "parallelGateway",
        process_id=element.process_id,
        parent=element.parent,
        line=element.line,
        lane=element.lane,
        incoming=(into.id,),
        outgoing=element.outgoing,
        default_flow=element.default_flow if is_asked else None,
    )
    for flow in element.outgoing:
        flows[flow] = replace(flows[flow], source=gateway_id)
    flows[into.id] = into
    elements[element.id] = replace(elements[element.id], outgoing=(into.id,), default_flow=None)


def _flow(source: Element, target: str) -> Flow:
    return Flow(
        id=f"{source.id}{MARK}to{MARK}{target}",
        name="",
        source=source.id,
        target=target,
        process_id=source.process_id,
        parent=source.parent,
        line=source.line,
    )
