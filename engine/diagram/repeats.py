"""A process as it is run: with what its drawing implies, and what a multi-instance task or sub-process repeats as a
process of its own, called for each element of its collection as a call activity calls one.

So there is one way in which something is done for each of several things: by a child with an item, a small state and
tokens of its own. Diagrams stay as they are drawn; pictures and comparisons look at those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.diagram.implied import MARK, drawn_out
from engine.diagram.model import Element, ElementKind, Flow, Process


def unfolded(processes: Mapping[str, Process]) -> Mapping[str, Process]:
    """`processes` as they are run, each followed by what it repeats."""
    return {each.id: each for process in processes.values() for each in _parts(drawn_out(process))}


def _parts(process: Process) -> Iterator[Process]:
    repeated = [element for element in process.elements.values() if _is_repeated(element)]
    inside = {element.id: _inside(process, element) for element in repeated}
    outermost = [each for each in repeated if not any(each.id in held for held in inside.values())]
    if not outermost:
        yield process
        return
    gone = frozenset(each for element in outermost for each in inside[element.id])
    called = {element.id: _call(element) for element in outermost}
    yield replace(
        process,
        elements={id: called.get(id, element) for id, element in process.elements.items() if id not in gone},
        flows={id: flow for id, flow in process.flows.items() if flow.parent not in gone | called.keys()},
    )
    for element in outermost:
        yield from _parts(_body(process, element, inside[element.id]))


def _is_repeated(element: Element) -> bool:
    return element.loop is not None and element.kind not in (ElementKind.CALL, ElementKind.UNSUPPORTED)


def _inside(process: Process, element: Element) -> frozenset[str]:
    """The ids of all that an embedded sub-process holds, on every level."""
    found: set[str] = set()
    todo = [element.id]
    while todo:
        held = [each.id for each in process.children.get(todo.pop(), ())]
        found.update(held)
        todo.extend(held)
    return frozenset(found)


def _body_id(element: Element) -> str:
    """No process in a file is called so: an id there has no colon."""
    return f"{element.process_id}{MARK}{element.id}"


def _call(element: Element) -> Element:
    """What stands in the place of the activity: its edge, with the collection that it goes through."""
    return Element(
        id=element.id,
        name=element.name,
        kind=ElementKind.CALL,
        tag=element.tag,
        process_id=element.process_id,
        parent=element.parent,
        line=element.line,
        lane=element.lane,
        documentation=element.documentation,
        incoming=element.incoming,
        outgoing=element.outgoing,
        default_flow=element.default_flow,
        called_process=_body_id(element),
        loop=element.loop,
        properties=element.properties if element.kind is ElementKind.SUBPROCESS else {},
    )


def _body(process: Process, element: Element, inside: frozenset[str]) -> Process:
    """What is done for each: the inside of the sub-process, or the task alone."""
    body_id = _body_id(element)
    elements: dict[str, Element] = {}
    flows: dict[str, Flow] = {}
    if element.kind is ElementKind.SUBPROCESS:
        levels = inside | {element.id}
        for each in (each for each in process.elements.values() if each.id in inside):
            parent = None if each.parent == element.id else each.parent
            elements[each.id] = replace(each, process_id=body_id, parent=parent)
        for flow in (flow for flow in process.flows.values() if flow.parent in levels):
            parent = None if flow.parent == element.id else flow.parent
            flows[flow.id] = replace(flow, process_id=body_id, parent=parent)
    else:
        elements[element.id] = replace(
            element, process_id=body_id, parent=None, incoming=(), outgoing=(), default_flow=None, loop=None
        )
    return Process(
        id=body_id,
        name=element.label,
        is_executable=process.is_executable,
        elements=elements,
        flows=flows,
        lanes=process.lanes,
        drawn_in=process.drawn_in or process.id,
        line=element.line,
    )
