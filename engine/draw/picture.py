"""Puts a diagram's drawing together as one SVG picture, as it was laid out in the modeller."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from engine.diagram import Bounds, Diagram, Edge, Element, ElementKind, Flow, Shape
from engine.draw.frames import draw_annotation, draw_lane, draw_pool
from engine.draw.lines import association_line, edge_label, flow_line, message_line
from engine.draw.marks import Mark, draw_badge, draw_frame, draw_line_mark, mark_named
from engine.draw.notes import StepNote, draw_note
from engine.draw.places import with_notes
from engine.draw.policy_words import Said
from engine.draw.shapes import draw_element, holds_others, is_event, is_gateway, outside_label
from engine.draw.svg import number, tag
from engine.draw.text import below
from engine.errors import DrawError

_MARGIN = 20.0
_HEADING = 40.0
_SPLITS = frozenset({ElementKind.EXCLUSIVE, ElementKind.INCLUSIVE})
#: The id of the element at which a case stands: the first late one, else the first where it is now.
HERE = "where-it-is-now"
_NO_MARKS: Mapping[str, str] = {}
_NOTHING_SAID: Mapping[str, Said] = {}


def draw_svg(
    diagram: Diagram,
    *,
    title: str,
    marks: Mapping[str, str] = _NO_MARKS,
    known_as: str = "",
    said: Mapping[str, Said] = _NOTHING_SAID,
) -> str:
    """The diagram as an SVG picture, in the diagram's own units.

    `marks` gives elements, by id, as "now", "done" or "late" (of a running case), "untaken" (by any scenario),
    "finding" (of the check), "added", "changed", "moved" or "gone" (beside another version), all but the first three
    also flows; ids that are not drawn are passed over.
    Where a case stands has the id HERE, so that a page can open there. `known_as` goes into the ids of its title and
    description: two pictures of one file on a page need two. What is marked has the id “known_as-element” then.
    `said` gives what a policy says of its steps, by element: each has that under it, and the drawing is wider where
    there was no room.
    Raises DrawError where nothing is laid out in the file, or a mark is another word.
    """
    if not diagram.shapes:
        raise DrawError(f"{diagram.file} has no drawing in it. Open it in the modeller, lay it out and save it.")
    named = {element_id: mark_named(word) for element_id, word in marks.items()}
    here = _here(diagram, named)
    diagram, notes = with_notes(diagram, said)
    planes = dict.fromkeys(shape.plane for shape in diagram.shapes.values())
    sheets = [_Sheet(diagram, plane, named, notes, here=here, known_as=known_as) for plane in planes]
    sheets.sort(key=lambda sheet: sheet.is_inside_another)
    parts: list[str] = []
    top, width = 0.0, 0.0
    for index, sheet in enumerate(sheets):
        drawn, room = sheet.draw()
        if index > 0:
            # A collapsed sub-process is drawn on a sheet of its own; here it follows below.
            top += _HEADING
            parts.append(below([sheet.heading], _MARGIN, top - 26, size=15, anchor="start", bold=True))
        place = f"translate({number(_MARGIN - room.x)} {number(top + _MARGIN - room.y)})"
        parts.append(tag("g", {"transform": place}, *drawn))
        top += room.height + 2 * _MARGIN
        width = max(width, room.width + 2 * _MARGIN)
    key = re.sub(r"[^a-z0-9]+", "-", f"{diagram.file}-{known_as}".lower()).strip("-") or "diagram"
    attributes: dict[str, str | float] = {"xmlns": "http://www.w3.org/2000/svg", "role": "img"}
    attributes |= {"aria-labelledby": f"title-{key} description-{key}"}
    attributes |= {"viewBox": f"0 0 {number(width)} {number(top)}", "width": width, "height": top}
    picture = tag(
        "svg",
        attributes,
        tag("title", {"id": f"title-{key}"}, text=title),
        tag("desc", {"id": f"description-{key}"}, text=_description(diagram, named)),
        tag("rect", {"width": width, "height": top, "fill": "white"}),
        *parts,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{picture}\n'


class _Sheet:
    """One drawing surface of the file, drawn from the back to the front."""

    def __init__(
        self,
        diagram: Diagram,
        plane: str,
        marks: Mapping[str, Mark],
        notes: Mapping[str, tuple[StepNote, Bounds]],
        *,
        here: str | None,
        known_as: str,
    ) -> None:
        self._here, self._known_as = here, known_as
        self._diagram = diagram
        self._plane = plane
        self._marks = marks
        self._notes = notes
        self._parts: list[str] = []
        self._rooms: list[Bounds] = []
        self._elements: dict[str, Element] = {}
        self._flows: dict[str, Flow] = {}
        for process in diagram.processes.values():
            self._elements.update(process.elements)
            self._flows.update(process.flows)

    @property
    def is_inside_another(self) -> bool:
        """Whether it draws the inside of a sub-process that stands on another sheet."""
        return self._plane in self._elements

    @property
    def heading(self) -> str:
        inside = self._elements.get(self._plane)
        return f"Inside “{inside.label}”" if inside is not None else "Another drawing in this file"

    def draw(self) -> tuple[list[str], Bounds]:
        """The parts of this sheet and the room they take."""
        self._draw_surroundings()
        drawn = [(self._elements[s.element_id], s) for s in self._shapes() if s.element_id in self._elements]
        # Boxes that hold others come before what they hold; boundary events sit on top of everything.
        drawn.sort(key=lambda pair: (pair[0].kind is ElementKind.BOUNDARY, self._depth(pair[0])))
        for element, shape in drawn:
            if holds_others(element, shape):
                self._add_element(element, shape)
        for element, shape in drawn:
            if element.id in self._marks:
                self._add(draw_frame(self._marks[element.id], shape, is_round=is_event(element)), None)
        self._draw_lines()
        for element, shape in drawn:
            if not holds_others(element, shape):
                self._add_element(element, shape)
        self._draw_labels(drawn)
        for element, _ in drawn:
            if element.id in self._notes:
                note, place = self._notes[element.id]
                self._add(draw_note(element.id, note, place), place)
        for edge in self._edges():
            if edge.element_id in self._flows and edge.element_id in self._marks:
                anchor = f"{self._known_as}-{edge.element_id}" if self._known_as else ""
                self._add(draw_line_mark(self._marks[edge.element_id], edge, anchor=anchor), None)
        self._draw_badges(drawn)
        return self._parts, _around(self._rooms)

    def _draw_badges(self, drawn: Iterable[tuple[Element, Shape]]) -> None:
        """Each beside, not upon, the other elements, the words outside of elements, and the other badges."""
        steps = {element.id: shape.bounds for element, shape in drawn if not holds_others(element, shape)}
        taken = [label for element, shape in drawn if (label := outside_label(element, shape)[1]) is not None]
        for element, shape in drawn:
            if element.id not in self._marks:
                continue
            others = [bounds for element_id, bounds in steps.items() if element_id != element.id]
            badge, room, place = draw_badge(self._marks[element.id], shape, avoid=(*taken, *others))
            taken.append(place)
            self._add(badge, room)

    def _shapes(self) -> Iterable[Shape]:
        return (shape for shape in self._diagram.shapes.values() if shape.plane == self._plane)

    def _edges(self) -> Iterable[Edge]:
        return (edge for edge in self._diagram.edges.values() if edge.plane == self._plane)

    def _depth(self, element: Element) -> int:
        depth = 0
        while element.parent is not None and element.parent in self._elements:
            depth, element = depth + 1, self._elements[element.parent]
        return depth

    def _add(self, svg: str, room: Bounds | None) -> None:
        self._parts.append(svg)
        if room is not None:
            self._rooms.append(room)

    def _add_element(self, element: Element, shape: Shape) -> None:
        mark = self._marks.get(element.id)
        said = f"{element.what}: {element.name}" if element.name else element.what
        title = tag("title", text=said if mark is None else f"{said} ({mark})")
        attributes: dict[str, str | float] = {"data-element": element.id}
        if element.id == self._here:
            attributes["id"] = HERE
        elif mark is not None and self._known_as:
            attributes["id"] = f"{self._known_as}-{element.id}"
        group = tag("g", attributes, title, draw_element(element, shape))
        self._add(group, shape.bounds)

    def _draw_surroundings(self) -> None:
        shapes = {shape.element_id: shape for shape in self._shapes()}
        for participant in self._diagram.participants:
            if participant.id in shapes:
                self._add(draw_pool(participant, shapes[participant.id]), shapes[participant.id].bounds)
        for process in self._diagram.processes.values():
            for lane in process.lanes:
                if lane.id in shapes:
                    self._add(draw_lane(lane, shapes[lane.id]), shapes[lane.id].bounds)
        for annotation in self._diagram.annotations:
            if annotation.id in shapes:
                svg, room = draw_annotation(annotation, shapes[annotation.id])
                self._add(svg, shapes[annotation.id].bounds)
                self._add("", room)

    def _draw_lines(self) -> None:
        lines = {line.id: line for line in self._diagram.associations}
        for edge in self._edges():
            xs, ys = [x for x, _ in edge.waypoints], [y for _, y in edge.waypoints]
            room = Bounds(x=min(xs), y=min(ys), width=max(xs) - min(xs), height=max(ys) - min(ys))
            flow = self._flows.get(edge.element_id)
            if flow is not None:
                source = self._elements.get(flow.source)
                line = flow_line(
                    edge,
                    is_default=source is not None and source.default_flow == flow.id,
                    is_conditional=flow.condition is not None and source is not None and not is_gateway(source),
                )
                self._add(tag("g", {"data-element": flow.id}, line), room)
            elif edge.element_id in lines:
                is_message = lines[edge.element_id].tag == "messageFlow"
                self._add(message_line(edge) if is_message else association_line(edge), room)

    def _draw_labels(self, drawn: Iterable[tuple[Element, Shape]]) -> None:
        for edge in self._edges():
            self._add(*edge_label(edge, self._diagram))
        for element, shape in drawn:
            self._add(*outside_label(element, shape))


def _here(diagram: Diagram, marks: Mapping[str, Mark]) -> str | None:
    """Where to look first: at what is late before what is not, at a step before a gateway, inside before outside."""
    elements = [element for process in diagram.processes.values() for element in process.elements.values()]
    around = {element.parent for element in elements if marks.get(element.id) in (Mark.NOW, Mark.LATE)}
    found = [
        (marks[element.id] is not Mark.LATE, element.id in around, is_gateway(element), place, element.id)
        for place, element in enumerate(elements)
        if marks.get(element.id) in (Mark.NOW, Mark.LATE) and element.id in diagram.shapes
    ]
    return min(found)[-1] if found else None


def _around(rooms: list[Bounds]) -> Bounds:
    left, top = min(room.x for room in rooms), min(room.y for room in rooms)
    right = max(room.x + room.width for room in rooms)
    bottom = max(room.y + room.height for room in rooms)
    return Bounds(x=left, y=top, width=right - left, height=bottom - top)


def _description(diagram: Diagram, marks: Mapping[str, Mark]) -> str:
    """What the picture shows, in a sentence or two; the outline tells it in full."""
    said = []
    for process in diagram.processes.values():
        lanes = ", ".join(lane.name for lane in process.lanes if lane.name)
        where = f" in the lanes {lanes}" if lanes else ""
        said.append(f"The process {process.name or process.id}: {len(process.elements)} elements{where}.")
    for mark in Mark:
        found = [
            element.label
            for process in diagram.processes.values()
            for element in process.elements.values()
            if marks.get(element.id) is mark
        ]
        found += [
            flow.name or f"flow {flow.id}"
            for process in diagram.processes.values()
            for flow in process.flows.values()
            if marks.get(flow.id) is mark
        ]
        if found:
            said.append(f"{mark.capitalize()}: {', '.join(found)}.")
    return " ".join(said)
