"""Slips in what diagrams name, and in how they are drawn: names of other things, ways, gateways, kinds of element."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from engine.bench.mutations.edits import FileEdit, PolicyFile, in_node, misspelt, node_at, path_to
from engine.bench.mutations.kind import EditKind, Look


def _named(tag: str, attribute: str, **with_values: str) -> Look:
    """A name that stands in an attribute is misspelt."""

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for node in source.nodes(tag):
            name = node.get(attribute, "")
            if not name or name.startswith("=") or any(node.get(key) != value for key, value in with_values.items()):
                continue
            first = re.split(r"[,(]", name)[0].strip()  # of what is shown, the fact, and not how it is called there
            wrong = misspelt(first)
            yield in_node(
                node, _set(attribute, name.replace(first, wrong, 1)), f"{tag}: {first} → {wrong}", first, wrong
            )

    return look


def _taken_out(tag: str, attribute: str = "", value: str = "") -> Look:
    """An element is deleted."""

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for node in source.nodes(tag):
            if not attribute or node.get(attribute) == value:
                yield in_node(
                    node, _remove, f"{tag} taken out", *(v for v in node.attrib.values() if isinstance(v, str))
                )

    return look


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None  # noqa: S101
    parent.remove(node)


def _set(attribute: str, value: str) -> Callable[[etree._Element], None]:
    return lambda node: node.set(attribute, value)


def _retagged(tag: str, new: str) -> Look:
    def change(node: etree._Element) -> None:
        node.tag = etree.QName(etree.QName(node).namespace, new).text

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for node in source.nodes(tag):
            yield in_node(node, change, f"{tag} → {new}")

    return look


def _flow_bent(source: PolicyFile) -> Iterator[FileEdit]:
    """The end of a flow is pulled onto another element of its level."""
    for flow in source.nodes("sequenceFlow"):
        level = flow.getparent()
        assert level is not None  # noqa: S101
        others = [
            each.get("id", "")
            for each in level
            if isinstance(each.tag, str)
            and etree.QName(each).localname in ("userTask", "sendTask", "exclusiveGateway", "endEvent", "callActivity")
            and each.get("id") not in (flow.get("targetRef"), flow.get("sourceRef"))
        ]
        for other in others[:2]:
            yield in_node(
                flow, _bend(other), f"{flow.get('sourceRef')} leads to {other}", other,
                ids=(other, flow.get("sourceRef", ""), flow.get("targetRef", "")),
            )  # fmt: skip


def _bend(to: str) -> Callable[[etree._Element], None]:
    def change(flow: etree._Element) -> None:
        id, root = flow.get("id"), flow.getroottree().getroot()
        for node in list(root.iter("{*}incoming")):
            if node.text == id:
                _remove(node)
        flow.set("targetRef", to)
        target = next(node for node in root.iter() if node.get("id") == to)
        arrow = target.makeelement(etree.QName(etree.QName(flow).namespace, "incoming"), {})
        arrow.text = id
        target.append(arrow)

    return change


def _flow_taken_out(source: PolicyFile) -> Iterator[FileEdit]:
    for flow in source.nodes("sequenceFlow"):
        ends = (flow.get("sourceRef", ""), flow.get("targetRef", ""))
        yield in_node(flow, _delete_flow, f"the flow from {ends[0]} to {ends[1]} is deleted", ids=ends)


def _delete_flow(flow: etree._Element) -> None:
    id, root = flow.get("id"), flow.getroottree().getroot()
    for node in list(root.iter("{*}incoming", "{*}outgoing")):
        if node.text == id:
            _remove(node)
    for node in list(root.iter("{*}BPMNEdge")):
        if node.get("bpmnElement") == id:
            _remove(node)
    for node in root.iter():
        if isinstance(node.tag, str) and node.get("default") == id:
            del node.attrib["default"]
    _remove(flow)


def _default_taken_out(source: PolicyFile) -> Iterator[FileEdit]:
    for node in source.nodes("exclusiveGateway", "inclusiveGateway"):
        if node.get("default"):
            yield in_node(
                node, lambda each: each.attrib.pop("default"), "no default flow", ids=(node.get("default", ""),)
            )


def _conditions_swapped(source: PolicyFile) -> Iterator[FileEdit]:
    by_gateway: dict[str, list[etree._Element]] = {}
    flow_of = {}
    for node in source.nodes("conditionExpression"):
        flow = node.getparent()
        assert flow is not None  # noqa: S101
        flow_of[node] = flow.get("id", "")
        by_gateway.setdefault(flow.get("sourceRef", ""), []).append(node)
    for gateway, nodes in by_gateway.items():
        if len(nodes) > 1:
            paths = [path_to(node) for node in nodes[:2]]
            yield in_node(nodes[0], _swap(paths), f"two conditions of {gateway} changed over",
                          ids=(gateway, *(flow_of[node] for node in nodes[:2])))  # fmt: skip


def _swap(paths: list[tuple[int, ...]]) -> Callable[[etree._Element], None]:
    def change(node: etree._Element) -> None:
        root = node.getroottree().getroot()
        one, other = (node_at(root, path) for path in paths)
        one.text, other.text = other.text, one.text

    return change


def _way_round(source: PolicyFile) -> Iterator[FileEdit]:
    """The flow into a task is pulled onto what comes after it."""
    flows = {flow.get("id"): flow for flow in source.nodes("sequenceFlow")}
    for task in source.nodes("userTask", "sendTask", "businessRuleTask", "scriptTask"):
        into = [flow for flow in flows.values() if flow.get("targetRef") == task.get("id")]
        out = [flow for flow in flows.values() if flow.get("sourceRef") == task.get("id")]
        if len(into) == len(out) == 1:
            to = out[0].get("targetRef", "")
            yield in_node(into[0], _bend(to), f"the way goes round {task.get('id')}", ids=(task.get("id", ""), to))


def _interrupting_changed(source: PolicyFile) -> Iterator[FileEdit]:
    for node in source.nodes("boundaryEvent"):
        now = "true" if node.get("cancelActivity") == "false" else "false"
        yield in_node(
            node, _set("cancelActivity", now), f"cancelActivity = {now}", ids=(node.get("attachedToRef", ""),)
        )


_SLIPS: tuple[tuple[str, Look], ...] = (
    ("form of a task misspelt", _named("formDefinition", "formId")),
    ("form of a task taken out", _taken_out("formDefinition")),
    ("team of a task misspelt", _named("assignmentDefinition", "candidateGroups")),
    ("team of a task taken out", _taken_out("assignmentDefinition")),
    ("due date of a task taken out", _taken_out("taskSchedule")),
    ("decision misspelt", _named("calledDecision", "decisionId")),
    ("result of a decision misspelt", _named("calledDecision", "resultVariable")),
    ("called process misspelt", _named("calledElement", "processId")),
    ("handler misspelt", _named("taskDefinition", "type")),
    ("letter misspelt", _named("input", "source", target="letter")),
    ("letter taken out", _taken_out("input", "target", "letter")),
    ("input of a handler misspelt", _named("input", "target")),
    ("target of a mapping misspelt", _named("output", "target")),
    ("mapping taken out", _taken_out("output")),
    ("meaning of a property misspelt", _named("property", "name")),
    ("clause of an element misspelt", _named("property", "value", name="clause")),
    ("shown fact misspelt", _named("property", "value", name="shows")),
    ("who did it misspelt", _named("property", "value", name="done_by")),
    ("when it happened misspelt", _named("property", "value", name="happened_on")),
    ("form of a message misspelt", _named("property", "value", name="form")),
    ("message misspelt", _named("message", "name")),
    ("error code changed", _named("error", "errorCode")),
    ("flow bent", _flow_bent),
    ("flow taken out", _flow_taken_out),
    ("way round a task", _way_round),
    ("default flow taken out", _default_taken_out),
    ("condition taken out", _taken_out("conditionExpression")),
    ("conditions changed over", _conditions_swapped),
    ("exclusive gateway made parallel", _retagged("exclusiveGateway", "parallelGateway")),
    ("parallel gateway made exclusive", _retagged("parallelGateway", "exclusiveGateway")),
    ("user task made a manual task", _retagged("userTask", "manualTask")),
    ("timer taken out", _taken_out("timerEventDefinition")),
    ("event interrupts or no longer does", _interrupting_changed),
)

KINDS = tuple(EditKind(name=f"diagram: {name}", ending=".bpmn", look=look) for name, look in _SLIPS)
