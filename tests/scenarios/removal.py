"""A variant without one of the things that carry its clauses out: what a policy would be if nobody had drawn it.

A task, event or call is bridged: what led to it leads on behind it. A split goes its last way only. An event on the
edge of a task goes with everything that only it leads to; a start by message is one that no message reaches; an end
says nothing.
"""

from __future__ import annotations

import json
from typing import Any

from lxml import etree

from engine.clauses import Carrier, CarrierKind
from engine.toml import read_toml, write_toml
from engine.variants import Variant
from tests.bpmn import BPMN, BPMNDI

DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
_SPLITS = ("exclusiveGateway", "inclusiveGateway", "eventBasedGateway", "parallelGateway")
_TEXT = (f"{BPMN}incoming", f"{BPMN}outgoing")


def without(variant: Variant, carrier: Carrier) -> Variant:
    """`variant` as it would be without the carrier."""
    files = dict(variant.files)
    if carrier.kind is CarrierKind.LETTER:
        del files[carrier.file]
    elif carrier.kind is CarrierKind.ROW:
        files[carrier.file] = _without_row(files[carrier.file], carrier.id)
    elif carrier.kind in (CarrierKind.GUARD, CarrierKind.FIGURE):
        table = read_toml(files[carrier.file], name=carrier.file)
        del table["guards" if carrier.kind is CarrierKind.GUARD else "figures"][carrier.id]
        files[carrier.file] = write_toml(table).encode()
    elif carrier.file.endswith(".form"):
        files[carrier.file] = _without_question(files[carrier.file], carrier.id)
    else:
        files[carrier.file] = _without_element(files[carrier.file], carrier.id)
    return Variant.from_files(files, variant.id)


def _without_row(data: bytes, row: str) -> bytes:
    root = etree.fromstring(data)
    rule = next(each for each in root.iter(f"{DMN}rule") if each.get("id") == row)
    _remove(rule)
    return etree.tostring(root)


def _without_question(data: bytes, component: str) -> bytes:
    form = json.loads(data)

    def keep(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
        kept = [each for each in components if each.get("id") != component]
        for each in kept:
            if "components" in each:
                each["components"] = keep(each["components"])
        return kept

    form["components"] = keep(form["components"])
    return json.dumps(form).encode()


def _without_element(data: bytes, element_id: str) -> bytes:
    root = etree.fromstring(data)
    for drawing in root.findall(f"{BPMNDI}BPMNDiagram"):
        root.remove(drawing)
    for lanes in list(root.iter(f"{BPMN}laneSet")):
        _remove(lanes)
    _Diagram(root).take_out(element_id)
    return etree.tostring(root)


class _Diagram:
    def __init__(self, root: etree._Element) -> None:
        self.root = root

    def take_out(self, element_id: str) -> None:
        element = next(each for each in self.root.iter() if each.get("id") == element_id)
        kind = etree.QName(element).localname
        if kind == "process":
            self._empty(element)
        elif kind == "sequenceFlow":
            self._remove_flow(element)
        elif kind == "startEvent":
            self._never_starts(element)
        elif kind == "endEvent":
            self._says_nothing(element)
        elif kind == "boundaryEvent":
            self._remove_element(element)
        elif kind in _SPLITS:
            self._goes_one_way(element)
        else:
            self._bridge(element)
        self._prune()

    def _bridge(self, element: etree._Element) -> None:
        [way_out] = self._flows(source=element)
        target = way_out.get("targetRef")
        for way_in in self._flows(target=element):
            way_in.set("targetRef", target or "")
            self._tell(target, f"{BPMN}incoming", way_in)
        self._remove_flow(way_out)
        self._remove_element(element)

    def _goes_one_way(self, gateway: etree._Element) -> None:
        ways = self._flows(source=gateway)
        kept = next((way for way in ways if way.get("id") == gateway.get("default")), ways[-1])
        for way in ways:
            if way is not kept:
                self._remove_flow(way)
        for condition in kept.findall(f"{BPMN}conditionExpression"):
            kept.remove(condition)
        gateway.attrib.pop("default", None)

    def _empty(self, process: etree._Element) -> None:
        starts = process.findall(f"{BPMN}startEvent")
        end = process.find(f"{BPMN}endEvent")
        assert end is not None
        self._says_nothing(end)
        for start in starts:
            for way in self._flows(source=start):
                way.set("targetRef", end.get("id") or "")
                self._tell(end.get("id"), f"{BPMN}incoming", way)

    def _never_starts(self, start: etree._Element) -> None:
        for child in list(start):
            if child.tag not in _TEXT:
                start.remove(child)

    def _says_nothing(self, end: etree._Element) -> None:
        end.set("name", "")
        for child in list(end):
            if child.tag not in _TEXT:
                end.remove(child)

    def _prune(self) -> None:
        """Take out whatever nothing leads to any more."""
        while True:
            elements = [each for each in self.root.iter() if self._is_led_to(each) and not self._flows(target=each)]
            if not elements:
                return
            for element in elements:
                self._remove_element(element)

    def _is_led_to(self, element: etree._Element) -> bool:
        """Whether it is something that a flow has to lead to."""
        if not isinstance(element.tag, str) or element.getparent() is None:
            return False
        inside = element.getparent()
        name = etree.QName(element).localname
        drawn = name.endswith(("Task", "task", "Gateway", "Activity", "subProcess")) or name in (
            "endEvent", "intermediateCatchEvent", "intermediateThrowEvent",
        )  # fmt: skip
        return drawn and inside is not None and etree.QName(inside).localname in ("process", "subProcess")

    def _remove_element(self, element: etree._Element) -> None:
        if element.getparent() is None:
            return
        for boundary in list(self.root.iter(f"{BPMN}boundaryEvent")):
            if boundary.get("attachedToRef") == element.get("id"):
                self._remove_element(boundary)
        for flow in (*self._flows(source=element), *self._flows(target=element)):
            self._remove_flow(flow)
        _remove(element)

    def _remove_flow(self, flow: etree._Element) -> None:
        for tag in _TEXT:
            for told in list(self.root.iter(tag)):
                if told.text == flow.get("id"):
                    _remove(told)
        for gateway in self.root.iter():
            if isinstance(gateway.tag, str) and gateway.get("default") == flow.get("id"):
                del gateway.attrib["default"]
        if flow.getparent() is not None:
            _remove(flow)

    def _flows(
        self, *, source: etree._Element | None = None, target: etree._Element | None = None
    ) -> list[etree._Element]:
        end, at = ("sourceRef", source) if source is not None else ("targetRef", target)
        assert at is not None
        return [flow for flow in self.root.iter(f"{BPMN}sequenceFlow") if flow.get(end) == at.get("id")]

    def _tell(self, element_id: str | None, tag: str, flow: etree._Element) -> None:
        element = next(each for each in self.root.iter() if each.get("id") == element_id)
        told = etree.Element(tag)
        told.text = flow.get("id")
        place = next((n for n, child in enumerate(element) if child.tag in _TEXT), 0)
        element.insert(place, told)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
