"""One way in and one way out, unless it is a gateway: what joins or parts is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, error, warning
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.diagram import Element, ElementKind, Process
from engine.diagram.allow_list import ACTIVITIES, GATEWAYS
from engine.diagram.implied import is_link_catch, is_link_throw
from engine.problems import Problem

_CAUGHT = frozenset({ElementKind.CATCH, ElementKind.RECEIVE})


def look(policy: Policy) -> Iterator[Problem]:
    for element, process, place in policy.drawn_elements():
        if element.kind is ElementKind.UNSUPPORTED or process.is_beside_flow(element):
            continue
        for sentence in _wrong(element):
            yield error(place, sentence)
        for sentence in _implied(element, process):
            yield warning(place, sentence)
        if element.kind is ElementKind.EVENT_GATEWAY:
            yield from _behind_event_gateway(place, element, process)
        if element.kind in GATEWAYS and len(element.incoming) == len(element.outgoing) == 1:
            yield warning(
                place,
                f"The gateway {quoted(element)} has one way in and one way out, so it decides nothing. Take it out.",
            )


def _wrong(element: Element) -> Iterator[str]:
    ways_in, ways_out = len(element.incoming), len(element.outgoing)
    who = quoted(element)
    if element.is_event_subprocess:
        if ways_in or ways_out:
            yield (
                f"A flow leads into {who}, or leaves it. An event sub-process begins when its start event happens, and"
                " nothing comes behind it: take the flow out."
            )
        return
    if element.kind in (ElementKind.START, ElementKind.BOUNDARY) and ways_in:
        yield f"A flow leads into {who}. A {element.kind} has no way in: lead the flow to what comes behind it."
    if element.kind is ElementKind.END:
        if ways_out:
            yield f"A flow leaves {who}, which is an end event. Nothing comes behind an end."
    elif ways_out == 0 and element.kind in GATEWAYS:
        yield f"No flow leaves {who}. Draw what comes next, or an end event."


def _implied(element: Element, process: Process) -> Iterator[str]:
    """What BPMN reads into a drawing without a start, an end or a gateway, and what to draw to say so."""
    ways_in, ways_out = len(element.incoming), len(element.outgoing)
    who = quoted(element)
    if element.is_event_subprocess or is_link_catch(element) or is_link_throw(element) or element.kind in GATEWAYS:
        return
    if ways_in > 1 and element.kind not in (ElementKind.START, ElementKind.BOUNDARY):
        yield (
            f"{ways_in} flows lead into {who}, so it is done anew for each that comes. Bring them together by a "
            "gateway before it: an exclusive one if one of them comes, a parallel one if all come."
        )
    if element in process.beginnings(element.parent) and element.kind is not ElementKind.START:
        within = "sub-process" if element.parent is not None else "process"
        yield f"No flow leads into {who}, so the {within} begins with it. Draw a start event before it."
    if element.kind is ElementKind.END:
        return
    if ways_out == 0:
        yield f"No flow leaves {who}, so its way ends there. Draw what comes next, or an end event."
    elif ways_out > 1 and any(process.flows[flow].condition is not None for flow in element.outgoing):
        if element.kind in ACTIVITIES:
            yield (
                f"{ways_out} flows leave {who}, some on a condition, so each is taken whose condition is true. Draw an "
                "inclusive gateway behind it, or an exclusive one if only one way is taken."
            )
    elif ways_out > 1:
        yield (
            f"{ways_out} flows leave {who}, so all are taken. Draw a parallel gateway behind it, or an exclusive one "
            "if one way is taken."
        )


def _behind_event_gateway(place: Place, gateway: Element, process: Process) -> Iterator[Problem]:
    targets = [process.elements.get(process.flows[flow].target) for flow in gateway.outgoing]
    for target in targets:
        if target is None:
            continue
        its_place = Place(file=place.file, element_id=target.id, element_name=target.name)
        said = f"{quoted(target)} stands behind the event-based gateway {quoted(gateway)}"
        if target.kind not in _CAUGHT:
            yield error(its_place, f"{said}. Only events that wait and receive tasks may stand there.")
        elif len(target.incoming) > 1:
            yield error(its_place, f"{said} and has another way in. Draw it twice.")
        elif process.boundaries.get(target.id):
            yield error(its_place, f"{said} and has a boundary event. Draw that as one more event behind the gateway.")
    if len(targets) == 1:
        yield error(
            place, f"Only one event stands behind {quoted(gateway)}. Take the gateway out, or draw the other event."
        )


RULE = Rule(name="ways", summary="An element has one way in and one way out unless it is a gateway.", look=look)
