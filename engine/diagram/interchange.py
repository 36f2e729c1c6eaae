"""Reads where everything is drawn: BPMN diagram interchange (BPMN 2.0, clause 12)."""

from __future__ import annotations

import math

from lxml import etree

from engine.diagram.model import Bounds, Edge, Shape
from engine.diagram.names import BPMNDI, DC, DI, line_of, tag_of
from engine.diagram.oddities import BAD_COORDINATES, OddityBook, Owner

#: A million units is some 250 metres on paper: beyond it a number is a slip, and would only break pictures.
_FURTHEST = 1_000_000.0


def read_interchange(root: etree._Element, book: OddityBook) -> tuple[dict[str, Shape], dict[str, Edge]]:
    """Shapes and edges by the id of what they draw; the first of two for one element counts."""
    shapes: dict[str, Shape] = {}
    edges: dict[str, Edge] = {}
    planes = list(root.iter(f"{{{BPMNDI}}}BPMNPlane"))
    own_sheets = frozenset(_drawn(plane) for plane in planes)
    for plane in planes:
        sheet = _drawn(plane)
        for node in plane:
            element_id = _drawn(node)
            try:
                if str(node.tag) == f"{{{BPMNDI}}}BPMNShape":
                    shapes.setdefault(element_id, _read_shape(node, element_id, sheet, own_sheets))
                elif str(node.tag) == f"{{{BPMNDI}}}BPMNEdge":
                    edges.setdefault(element_id, _read_edge(node, element_id, sheet))
            except ValueError:
                owner = Owner(id=element_id, name="", process_id=None, line=line_of(node))
                book.add(owner, BAD_COORDINATES, tag_of(node))
    return shapes, edges


def _drawn(node: etree._Element) -> str:
    return (node.get("bpmnElement") or "").strip().rpartition(":")[2]


def _read_shape(node: etree._Element, element_id: str, sheet: str, own_sheets: frozenset[str]) -> Shape:
    bounds = _bounds(node)
    if bounds is None:
        raise ValueError("a shape without bounds")
    return Shape(
        element_id=element_id,
        bounds=bounds,
        label=_label(node),
        # Where a file does not say, a sub-process with a sheet of its own is drawn closed.
        is_expanded=node.get("isExpanded", str(element_id not in own_sheets).lower()) == "true",
        is_horizontal=node.get("isHorizontal") != "false",
        plane=sheet,
    )


def _read_edge(node: etree._Element, element_id: str, sheet: str) -> Edge:
    points = tuple((_number(p, "x"), _number(p, "y")) for p in node.findall(f"{{{DI}}}waypoint"))
    if len(points) < 2:
        raise ValueError("an edge needs two points")
    return Edge(element_id=element_id, waypoints=points, label=_label(node), plane=sheet)


def _label(node: etree._Element) -> Bounds | None:
    label = node.find(f"{{{BPMNDI}}}BPMNLabel")
    return None if label is None else _bounds(label)


def _bounds(node: etree._Element) -> Bounds | None:
    bounds = node.find(f"{{{DC}}}Bounds")
    if bounds is None:
        return None
    width, height = _number(bounds, "width"), _number(bounds, "height")
    if width < 0 or height < 0:
        raise ValueError("a size below zero")
    return Bounds(x=_number(bounds, "x"), y=_number(bounds, "y"), width=width, height=height)


def _number(node: etree._Element, name: str) -> float:
    value = float(node.get(name, ""))
    if not math.isfinite(value) or abs(value) > _FURTHEST:
        raise ValueError("out of all proportion")
    return value
