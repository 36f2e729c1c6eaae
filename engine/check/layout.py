"""What is drawn in a diagram, with what it belongs to: for the rules on layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.check.finding import Place
from engine.diagram import Annotation, Diagram, Element, ElementKind, Flow, Lane, Shape


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawing:
    """One diagram's shapes and lines."""

    diagram: Diagram

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        return {e.id: e for process in self.diagram.processes.values() for e in process.elements.values()}

    @cached_property
    def flows(self) -> Mapping[str, Flow]:
        return {f.id: f for process in self.diagram.processes.values() for f in process.flows.values()}

    @cached_property
    def lanes(self) -> Mapping[str, Lane]:
        return {lane.id: lane for process in self.diagram.processes.values() for lane in process.lanes}

    @cached_property
    def annotations(self) -> Mapping[str, Annotation]:
        return {annotation.id: annotation for annotation in self.diagram.annotations}

    @property
    def is_drawn(self) -> bool:
        """Whether anything is; a file without any drawing is told so once."""
        return bool(self.diagram.shapes)

    def place(self, drawn_id: str) -> Place:
        element = self.elements.get(drawn_id) or self.flows.get(drawn_id) or self.lanes.get(drawn_id)
        name = element.name if element is not None else ""
        if drawn_id in self.annotations:
            name = self.annotations[drawn_id].text[:60]
        return Place(file=self.diagram.file, element_id=drawn_id, element_name=name)

    def called(self, drawn_id: str) -> str:
        """What a sentence calls it."""
        element = self.elements.get(drawn_id)
        if element is not None:
            return f"“{element.label}”"
        place = self.place(drawn_id)
        kind = self.annotations[drawn_id].tag if drawn_id in self.annotations else "flow"
        words = {"textAnnotation": "note", "flow": "flow"}.get(kind, "drawing")
        return f"the {words} “{place.element_name or drawn_id}”"

    def flow_called(self, flow: Flow) -> str:
        if flow.name:
            return f"The flow “{flow.name}” from {self.called(flow.source)} to {self.called(flow.target)}"
        return f"The flow from {self.called(flow.source)} to {self.called(flow.target)}"

    def solid(self) -> Iterator[Shape]:
        """Shapes that take up their place: elements and notes, without pools, lanes and groups."""
        for drawn_id, shape in self.diagram.shapes.items():
            annotation = self.annotations.get(drawn_id)
            if drawn_id in self.elements or (annotation is not None and annotation.tag != "group"):
                yield shape

    def around(self, element: Element) -> Iterator[str]:
        """The ids of the sub-processes that hold an element, inwards out."""
        parent = element.parent
        while parent is not None and parent in self.elements:
            yield parent
            parent = self.elements[parent].parent

    def may_overlap(self, one: str, other: str) -> bool:
        """Whether one holds the other, or sits on its border, or on that of something inside it."""
        first, second = self.elements.get(one), self.elements.get(other)
        if first is None or second is None:
            # A note may lie in a sub-process.
            note_in = first or second
            return note_in is not None and note_in.kind is ElementKind.SUBPROCESS
        return self._holds(first, second) or self._holds(second, first)

    def _holds(self, outer: Element, inner: Element) -> bool:
        if inner.attached_to == outer.id or outer.id in self.around(inner):
            return True
        # a boundary event of something in the sub-process
        host = self.elements.get(inner.attached_to or "")
        return host is not None and outer.id in self.around(host)
