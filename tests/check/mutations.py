"""Alters a variant's own files as a person might do by mistake in the modeller."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from lxml import etree

from engine.variants import Variant, load_variant
from engine.xml import read_xml
from tests.bpmn import BPMN, BPMNDI, DC

HERTSMERE = Path(__file__).parents[2] / "bpmn" / "hertsmere"

Files = dict[str, bytes]


def hertsmere() -> Files:
    """Hertsmere's files with what they inherit."""
    return dict(_read().files)


@cache
def _read() -> Variant:
    return load_variant(HERTSMERE)


class Diagram:
    """A diagram of the variant that is being altered."""

    def __init__(self, files: Files, file: str) -> None:
        self._files, self._file = files, file
        self.root = read_xml(files[file], name=file)

    def save(self) -> None:
        self._files[self._file] = etree.tostring(self.root)

    def element(self, id: str) -> etree._Element:
        return next(node for node in self.root.iter() if node.get("id") == id)

    def inside(self, id: str, tag: str) -> etree._Element:
        """The first descendant of an element whose local name is `tag`."""
        return next(node for node in self.element(id).iter() if etree.QName(node).localname == tag)

    def flow(self, source: str, target: str) -> etree._Element:
        return next(
            node
            for node in self.root.iter(f"{BPMN}sequenceFlow")
            if (node.get("sourceRef"), node.get("targetRef")) == (source, target)
        )

    def drawn(self, id: str) -> etree._Element:
        """The shape or edge that draws an element."""
        shapes = (*self.root.iter(f"{BPMNDI}BPMNShape"), *self.root.iter(f"{BPMNDI}BPMNEdge"))
        return next(node for node in shapes if node.get("bpmnElement") == id)

    def bounds(self, id: str) -> etree._Element:
        return next(self.drawn(id).iter(f"{DC}Bounds"))

    def remove(self, node: etree._Element) -> None:
        parent = node.getparent()
        assert parent is not None
        parent.remove(node)

    def delete_flow(self, source: str, target: str) -> None:
        """As the modeller does: the flow, its line, and its mention at both ends."""
        flow = self.flow(source, target)
        id = flow.get("id", "")
        self.remove(self.drawn(id))
        self.remove(flow)
        for node in list(self._mentions(id)):
            self.remove(node)

    def redirect(self, source: str, target: str, *, to: str) -> None:
        """The end of a flow is pulled onto another element."""
        flow = self.flow(source, target)
        for node in list(self._mentions(flow.get("id", ""))):
            if etree.QName(node).localname == "incoming":
                self.remove(node)
        flow.set("targetRef", to)
        etree.SubElement(self.element(to), f"{BPMN}incoming").text = flow.get("id")

    def retag(self, id: str, tag: str) -> None:
        """An element is made another kind."""
        self.element(id).tag = f"{BPMN}{tag}"

    def _mentions(self, flow_id: str) -> Iterator[etree._Element]:
        for tag in ("incoming", "outgoing"):
            yield from (node for node in self.root.iter(f"{BPMN}{tag}") if node.text == flow_id)


def in_diagram(file: str, change: Callable[[Diagram], object]) -> Callable[[Files], None]:
    """A mutation of one diagram."""

    def mutate(files: Files) -> None:
        diagram = Diagram(files, file)
        change(diagram)
        diagram.save()

    return mutate


def replacing(file: str, old: str, new: str) -> Callable[[Files], None]:
    """A mutation of a file's text; the old text must be there."""

    def mutate(files: Files) -> None:
        assert old.encode() in files[file], f"{file} does not say {old!r} any more"
        files[file] = files[file].replace(old.encode(), new.encode(), 1)

    return mutate


def removing(file: str) -> Callable[[Files], None]:
    """A mutation that deletes a file."""

    def mutate(files: Files) -> None:
        del files[file]

    return mutate
