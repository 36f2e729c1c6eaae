"""Diagrams laid out as a person would lay them out, for the pictures on the rules' pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple, Self
from xml.etree import ElementTree

from engine.draw.text import height_of, width_of, wrap
from tests.bpmn import DECLARED
from tests.check.builders import Drawing, draw_edge, draw_shape, size_of

_ROW = 120.0
_LABEL, _NOTE = 90.0, 150.0
_BAND = 30.0

Points = Sequence[tuple[float, float]]


class Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


class Sketch(Drawing):
    """A drawing whose elements stand in rows and columns, with notes that say what a shape does not show."""

    def __init__(self, *rows: str, process_id: str = "main", column: float = 140.0) -> None:
        """`rows` are the elements' ids from the left, with “.” where nothing stands; boundary events are left out.

        `column` is how far the middles of two columns are apart.
        """
        super().__init__(process_id)
        self.routes: dict[str, Points] = {}  #: id of a flow → its points, where it is to run otherwise
        self._column = column
        self._places = {id: (n, row) for row, ids in enumerate(rows) for n, id in enumerate(ids.split()) if id != "."}
        self._notes: list[tuple[str, str]] = []  #: id of an element → what its note says

    def note(self, id: str, *names: str, **called: str) -> Self:
        """Tell beside the element `id` what it says of `names` (of attributes, properties, inputs, inner elements).

        In `called` stands, by name, what the modeller calls it where that is another word.
        """
        said = (f"{called.get(name, name)}: {self._said(id, name)}" for name in (*names, *called))
        self._notes.append((id, "; ".join(said)))
        return self

    def _said(self, id: str, name: str) -> str:
        """What the file says there; “nothing” where it says nothing."""
        for each in ElementTree.fromstring(f"<d {DECLARED}>{self._element(id)}</d>").iter():  # noqa: S314 - our own
            if each.get(name):
                return str(each.get(name))
            if each.tag.rpartition("}")[2] == name and each.text:
                return each.text
            if each.get("name") == name and each.get("value"):
                return str(each.get("value"))
            if each.get("target") == name and each.get("source"):
                return str(each.get("source"))
        return "nothing"

    def xml(self) -> bytes:
        notes = "".join(
            f'<bpmn:textAnnotation id="note_{n}"><bpmn:text>{escape(said)}</bpmn:text></bpmn:textAnnotation>'
            f'<bpmn:association id="line_{n}" sourceRef="{id}" targetRef="note_{n}"/>'
            for n, (id, said) in enumerate(self._notes)
        )
        kept, self.raw = self.raw, self.raw + notes
        written = super().xml()
        self.raw = kept
        return written

    def _layout(self) -> str:
        boxes = self._boxes()
        drawn = self._drawn_lanes(boxes)
        for id, box in boxes.items():
            if id not in self.hidden:
                dx, dy = self.moved.get(id, (0.0, 0.0))
                drawn += draw_shape(id, box._replace(x=box.x + dx, y=box.y + dy), self._label(id, box))
        for id, flow in self._flows.items():
            if id not in self.hidden:
                route = self.routes.get(id) or self._route(flow["source"], flow["target"], boxes)
                drawn += draw_edge(id, route, self.labels.get(id) or _beside(route, flow["name"]))
        return drawn + self._drawn_notes(boxes)

    def _boxes(self) -> dict[str, Box]:
        boxes = {}
        for id, (column, row) in self._places.items():
            width, height = size_of(self._elements[id]["tag"])
            boxes[id] = Box(self._column * column - width / 2, _ROW * row - height / 2, width, height)
        for id, element in self._elements.items():
            held = [boxes[other] for other, each in self._elements.items() if each["within"] == id and other in boxes]
            if element["tag"] == "subProcess" and held:
                left, top = min(box.x for box in held) - 30, min(box.y for box in held) - 45
                boxes[id] = Box(
                    left, top, max(b.right for b in held) + 30 - left, max(b.bottom for b in held) + 40 - top
                )
        for id, element in self._elements.items():
            if element["on"] is not None:
                host = boxes[element["on"]]
                boxes[id] = Box(host.right - 54, host.bottom - 18, 36.0, 36.0)
        order = sorted(boxes, key=lambda id: self._elements[id]["tag"] != "subProcess")
        return {id: boxes[id] for id in order}

    def _label(self, id: str, box: Box) -> tuple[float, float] | None:
        """Above a gateway and beside a boundary event, where no line runs; elsewhere the picture finds a place."""
        if id in self.labels:
            return self.labels[id]
        element = self._elements[id]
        lines = wrap(element["name"], _LABEL)
        if "Gateway" in element["tag"] and lines:
            return box.middle[0] - 30, box.y - height_of(lines) - 2
        if element["on"] is not None:
            return box.right + max(width_of(line) for line in lines) / 2 - 28, box.bottom - 10
        return None

    def _route(self, source: str, target: str, boxes: dict[str, Box]) -> Points:
        out, into = boxes[source], boxes[target]
        (x1, y1), (x2, y2) = out.middle, into.middle
        if self._elements[source]["on"] is not None:
            return [(x1, out.bottom), (x1, y2), (into.x if x2 > x1 else into.right, y2)]
        if x2 > x1 and (level := _level(out, into)) is not None:
            return [(out.right, level), (into.x, level)]
        if abs(y1 - y2) < 1:
            below = max(out.bottom, into.bottom) + 40
            return [(x1, out.bottom), (x1, below), (x2, below), (x2, into.bottom)]
        leaves, enters = (out.bottom, into.y) if y2 > y1 else (out.y, into.bottom)
        if abs(x1 - x2) < 1:
            return [(x1, leaves), (x2, enters)]
        if "Gateway" in self._elements[source]["tag"]:
            return [(x1, leaves), (x1, y2), (into.x if x2 > x1 else into.right, y2)]
        if "Gateway" in self._elements[target]["tag"] or x2 < x1:
            return [(out.right if x2 > x1 else out.x, y1), (x2, y1), (x2, enters)]
        between = (out.right + into.x) / 2
        return [(out.right, y1), (between, y1), (between, y2), (into.x, y2)]

    def _drawn_lanes(self, boxes: dict[str, Box]) -> str:
        """Each lane as high as the row that its first element stands in."""
        if not self._lanes:
            return ""
        left, right = min(box.x for box in boxes.values()) - 30, max(box.right for box in boxes.values()) + 30
        drawn = ""
        for n, ids in enumerate(self._lanes.values()):
            top = min(_ROW * self._places[id][1] for id in ids) - _ROW / 2
            drawn += draw_shape(f"lane_{n}", (left - _BAND, top, right - left + _BAND, _ROW))
        return drawn

    def _drawn_notes(self, boxes: dict[str, Box]) -> str:
        drawn = ""
        for n, (id, said) in enumerate(self._notes):
            height = height_of(wrap(said, _NOTE - 10)) + 8
            x, top = boxes[id].middle[0], boxes[id].y - 24 - height
            drawn += draw_shape(f"note_{n}", (x - 12, top, _NOTE, height))
            drawn += draw_edge(f"line_{n}", [(x, boxes[id].y), (x, top + height)])
        return drawn


def _level(out: Box, into: Box) -> float | None:
    """Where a flow runs level from the one to the other; None where the smaller does not stand beside the larger."""
    small, large = (out, into) if out.height <= into.height else (into, out)
    y = small.middle[1]
    return y if y == large.middle[1] or (large.height > _ROW and large.y < y < large.bottom) else None


def _beside(route: Points, name: str) -> tuple[float, float] | None:
    """Where the name of a flow that begins upright stands clear of the stroke of a default flow."""
    (x, y), (after, down) = route[0], route[1]
    return (x + 12 + width_of(name) / 2 - 30, min(y, down) + 6) if x == after and name else None
