"""Putting elements and ways into a diagram's file, and taking them out."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from engine.variants.merge.drawn_file import DrawnFile, Way, is_node, tag

#: What BPMN's schema has behind all else.
_LAST = ("textAnnotation", "association", "group", "BPMNDiagram")


def take_out(drawing: DrawnFile, nodes: frozenset[str], ways: frozenset[Way]) -> None:
    for element in (*(drawing.ways.get(way) for way in ways), *(drawing.nodes.get(node) for node in nodes)):
        parent = element.getparent() if element is not None else None
        if element is not None and parent is not None:
            parent.remove(element)
    drawing.read()


def put_in(drawing: DrawnFile, nodes: frozenset[str], ways: frozenset[Way], source: DrawnFile) -> None:
    """Copy elements and ways from another drawing, each into what holds it there."""
    for node in source.nodes:  # what holds others stands before them
        if node not in nodes or node in drawing.nodes:
            continue
        holder = drawing.nodes.get(source.holder[node]) if source.holder[node] else drawing.root
        if holder is not None:
            _insert(holder, _bare(source.nodes[node]))
            drawing.read()
    for way in source.ways:
        if way in ways and way not in drawing.ways and {way[0], way[1]} <= drawing.nodes.keys():
            copied = deepcopy(source.ways[way])
            copied.set("id", free_id(drawing.root, copied.get("id", "")))
            holder = drawing.nodes[way[0]].getparent()
            _insert(holder if holder is not None else drawing.root, copied)
            drawing.read()


def move(drawing: DrawnFile, node: str, holder_id: str) -> None:
    """Put an element into another process or sub-process."""
    holder = drawing.nodes.get(holder_id)
    if holder is not None:
        _insert(holder, drawing.nodes[node])
        drawing.read()


def free_id(root: etree._Element, wanted: str) -> str:
    """The id, or one like it where it is taken."""
    taken = {each.get("id") for each in root.iter("{*}*")}
    number, free = 2, wanted
    while free in taken:
        number, free = number + 1, f"{wanted}_{number}"
    return free


def _bare(element: etree._Element) -> etree._Element:
    """A copy without the elements and ways that stand in it."""
    copied = deepcopy(element)
    for child, was in zip(list(copied), list(element), strict=True):
        if isinstance(was.tag, str) and (is_node(was) or tag(was) in ("sequenceFlow", "incoming", "outgoing")):
            copied.remove(child)
    return copied


def _insert(holder: etree._Element, element: etree._Element) -> None:
    last = tag(element) in _LAST
    for place, child in enumerate(holder):
        if not last and isinstance(child.tag, str) and tag(child) in _LAST:
            holder.insert(place, element)
            return
        if isinstance(child.tag, str) and tag(child) == "BPMNDiagram":
            holder.insert(place, element)
            return
    holder.append(element)
