"""A diagram's file as the merge sees it: elements by id, ways by their ends, lanes, and where each is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.errors import BadInputError
from engine.variants.overlay.xml_files import read_tree

#: A way: from, to, and the how manieth of those with the same ends.
Way = tuple[str, str, int]

#: What holds elements that are things of their own.
_HOLDERS = ("definitions", "collaboration", "process", "subProcess", "adHocSubProcess", "transaction")
_WAY, _LANE_SET = "sequenceFlow", "laneSet"
_IN, _OUT, _DEFAULT = "incoming", "outgoing", "default"


def tag(element: etree._Element) -> str:
    return etree.QName(element).localname


class DrawnFile:
    """Reads afresh from the tree whenever something was changed in it: `read`. Raises XmlRefusedError where the file
    cannot be read, and BadInputError where an id is not of one thing alone."""

    def __init__(self, data: bytes, *, file: str) -> None:
        self.root = read_tree(data, name=file)
        self.read()

    def read(self) -> None:
        #: id → element; ways and lanes apart
        self.nodes: dict[str, etree._Element] = {}
        self.ways: dict[Way, etree._Element] = {}
        self.lanes: dict[str, etree._Element] = {}
        #: id → id of what holds it; "" for the file itself
        self.holder: dict[str, str] = {}
        self.lane_of: dict[str, str] = {}
        self._read(self.root, "")
        self.way_by_id = {element.get("id", ""): way for way, element in self.ways.items()}
        self.plane = next(self.root.iter("{*}BPMNPlane"), None)
        self.shapes: dict[str | Way, etree._Element] = {}
        for shape in self.plane if self.plane is not None else ():
            drawn = shape.get("bpmnElement", "")
            self.shapes[self.way_by_id.get(drawn, drawn)] = shape

    def _read(self, holder: etree._Element, holder_id: str) -> None:
        for element in holder.iterchildren("{*}*"):
            id, name = element.get("id", ""), tag(element)
            if name == _LANE_SET:
                self._read_lanes(element)
            elif name == _WAY:
                ends = (element.get("sourceRef", ""), element.get("targetRef", ""))
                way = (*ends, sum(each[:2] == ends for each in self.ways))
                self.ways[way] = element
            elif id and is_node(element):
                if id in self.nodes:
                    raise BadInputError(f"Two things in the diagram have the id {id}.")
                self.nodes[id] = element
                self.holder[id] = holder_id
                if name in _HOLDERS:
                    self._read(element, id)

    def _read_lanes(self, lanes: etree._Element) -> None:
        for lane in lanes.iter("{*}lane"):
            self.lanes[lane.get("id", "")] = lane
            for ref in lane.iterchildren("{*}flowNodeRef"):
                self.lane_of[(ref.text or "").strip()] = lane.get("id", "")

    def label(self, id: str) -> str:
        element = self.nodes.get(id)
        return (element.get("name") if element is not None else None) or id

    def way_in_words(self, way: Way) -> str:
        return f"the way from “{self.label(way[0])}” to “{self.label(way[1])}”"


def is_node(element: etree._Element) -> bool:
    """Whether it is a thing of its own, and no part of what is said about another."""
    parent = element.getparent()
    if parent is None or tag(parent) not in _HOLDERS or not element.get("id"):
        return False
    return tag(element) not in (_WAY, _LANE_SET, "BPMNDiagram") and not is_about_its_holder(element)


def is_about_its_holder(element: etree._Element) -> bool:
    return tag(element) in (
        "extensionElements", "documentation", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics",
        "ioSpecification", "property", "import",
    )  # fmt: skip


def is_part(element: etree._Element) -> bool:
    """Whether it is said about what it stands in: neither a thing of its own nor a way."""
    return not is_node(element) and tag(element) not in (_WAY, _LANE_SET, _IN, _OUT, "BPMNDiagram")


def join_ways(drawing: DrawnFile) -> None:
    """Have each element name the ways that lead in and out, as the ways say."""
    wanted: dict[str, list[tuple[str, str]]] = {id: [] for id in drawing.nodes}
    for (source, target, _), element in drawing.ways.items():
        if source in wanted and target in wanted:
            wanted[target].append((_IN, element.get("id", "")))
            wanted[source].append((_OUT, element.get("id", "")))
    for id, ways in wanted.items():
        element = drawing.nodes[id]
        there = [each for each in element.iterchildren("{*}*") if tag(each) in (_IN, _OUT)]
        if sorted(ways) == sorted((tag(each), (each.text or "").strip()) for each in there):
            continue
        for each in there:
            element.remove(each)
        space = etree.QName(element).namespace
        for name, way_id in sorted(ways, key=lambda way: way[0]):
            made = element.makeelement(f"{{{space}}}{name}")
            made.text = way_id
            insert_part(element, made)
        default = element.get(_DEFAULT)
        if default and (_OUT, default) not in ways:
            del element.attrib[_DEFAULT]


_ORDER = {"documentation": 0, "extensionElements": 1, "flowNodeRef": 2, _IN: 2, _OUT: 3}


def insert_part(element: etree._Element, part: etree._Element) -> None:
    """Put a part where BPMN's schema has it."""
    rank = _ORDER.get(tag(part), 4)
    for place, child in enumerate(element):
        if isinstance(child.tag, str) and _ORDER.get(tag(child), 4) > rank:
            element.insert(place, part)
            return
    element.append(part)


def parts_of(element: etree._Element) -> Iterator[tuple[tuple[str, ...], etree._Element]]:
    """What is said about an element, each with a path that stays the same whoever saved the file."""
    yield from _parts(element, ())


#: What only holds other parts.
_GROUPS = ("extensionElements", "properties", "ioMapping", "taskHeaders")


def _parts(element: etree._Element, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], etree._Element]]:
    counts: dict[tuple[str, str], int] = {}
    for child in element.iterchildren("{*}*"):
        name = tag(child)
        if not path and not is_part(child):
            continue
        if name in _GROUPS:
            yield from _parts(child, (*path, name))
            continue
        known_by = child.get("name") or child.get("target") or child.get("key") or ""
        known_by = known_by if path else ""
        number = counts[name, known_by] = counts.get((name, known_by), -1) + 1
        yield (*path, name, known_by, str(number)), child


def same(one: etree._Element | None, other: etree._Element | None) -> bool:
    """Whether both say the same, whatever the ids and blanks in them."""
    if one is None or other is None:
        return one is other
    return _said(one) == _said(other)


def _said(element: etree._Element) -> tuple[object, ...]:
    attributes = sorted((key, value) for key, value in element.attrib.items() if key != "id")
    inside = tuple(_said(child) for child in element.iterchildren("{*}*"))
    return (element.tag, tuple(attributes), " ".join((element.text or "").split()), inside)
