"""Builds small diagrams with their layout, and small variants around them, for the tests of the rules.

Each element gets a column of its own, so that no line crosses a shape: what a test wants wrong, it makes wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from itertools import pairwise
from typing import Any, Self

from engine.check import Finding
from engine.check.identity import identity_of
from engine.check.machine import run_rules
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.diagram import Diagram, read_diagram
from engine.handler import Handler
from engine.variants import BaseFolder, Variant
from handlers import HANDLERS
from tests.bpmn import definitions

_EVENTS = ("startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent", "boundaryEvent")

_LEVELS = ("subProcess", "transaction", "adHocSubProcess")


class Drawing:
    """A diagram of one process, drawn element by element."""

    def __init__(self, process_id: str = "main", name: str = "Case review") -> None:
        self.process_id = process_id
        self.name = name
        self.attributes = 'isExecutable="true"'
        self.raw = ""  #: XML put into the process as it is
        self.top = ""  #: XML put beside it
        self.extra_shapes = ""
        self.hidden: set[str] = set()  #: ids of what is not drawn
        self.moved: dict[str, tuple[float, float]] = {}  #: id → by how much
        self.labels: dict[str, tuple[float, float]] = {}  #: id → where its label lies
        self._elements: dict[str, dict[str, Any]] = {}
        self._flows: dict[str, dict[str, Any]] = {}
        self._lanes: dict[str, list[str]] = {}

    def add(
        self,
        tag: str,
        id: str,
        *,
        name: str | None = None,
        extension: str = "",
        inner: str = "",
        attributes: str = "",
        properties: Mapping[str, str] | None = None,
        lane: str | None = None,
        within: str | None = None,
        on: str | None = None,
    ) -> Self:
        """Add any element. `extension` is zeebe XML, `inner` BPMN XML, `within` a sub-process, `on` a host."""
        said = "".join(f'<zeebe:property name="{k}" value="{escape(v)}"/>' for k, v in (properties or {}).items())
        self._elements[id] = {
            "tag": tag, "name": id.replace("_", " ").capitalize() if name is None else name,
            "extension": extension + (f"<zeebe:properties>{said}</zeebe:properties>" if said else ""),
            "inner": inner, "attributes": attributes + (f' attachedToRef="{on}"' if on else ""),
            "within": within, "on": on,
        }  # fmt: skip
        if lane is not None:
            self._lanes.setdefault(lane, []).append(id)
        return self

    def start(self, id: str = "received", *, form: str = "", **more: Any) -> Self:
        return self.add("startEvent", id, extension=f'<zeebe:formDefinition formId="{form}"/>' if form else "", **more)

    def end(self, id: str = "closed", **more: Any) -> Self:
        return self.add("endEvent", id, **more)

    def user(self, id: str, *, team: str = "officers", form: str = "", due: str = "", **more: Any) -> Self:
        extension = "<zeebe:userTask/>"
        extension += f'<zeebe:formDefinition formId="{form}"/>' if form else ""
        extension += f'<zeebe:assignmentDefinition candidateGroups="{escape(team)}"/>' if team else ""
        extension += f'<zeebe:taskSchedule dueDate="{escape(due)}"/>' if due else ""
        return self.add("userTask", id, extension=extension, **more)

    def send(
        self,
        id: str,
        *,
        handler: str = "send-letter",
        inputs: Mapping[str, str] | None = None,
        outputs: Mapping[str, str] | None = None,
        tag: str = "sendTask",
        **more: Any,
    ) -> Self:
        given = {"letter": "CT1", "to": "the applicant"} if inputs is None else inputs
        mapped = "".join(f'<zeebe:input source="{escape(v)}" target="{k}"/>' for k, v in given.items())
        mapped += "".join(f'<zeebe:output source="{escape(v)}" target="{k}"/>' for k, v in (outputs or {}).items())
        job = f'<zeebe:taskDefinition type="{handler}"/>' if handler else ""
        return self.add(
            tag, id, extension=f"{job}<zeebe:ioMapping>{mapped}</zeebe:ioMapping>" if mapped else job, **more
        )

    def script(self, id: str, expression: str = "=1", result: str = "result", **more: Any) -> Self:
        kept = f' resultVariable="{result}"' if result else ""
        return self.add("scriptTask", id, extension=f'<zeebe:script expression="{escape(expression)}"{kept}/>', **more)

    def decide(self, id: str, decision: str, result: str = "result", **more: Any) -> Self:
        kept = f' resultVariable="{result}"' if result else ""
        return self.add(
            "businessRuleTask", id, extension=f'<zeebe:calledDecision decisionId="{decision}"{kept}/>', **more
        )

    def call(self, id: str, process: str, *, mappings: str = "", inner: str = "", **more: Any) -> Self:
        extension = (
            f'<zeebe:calledElement processId="{process}" propagateAllChildVariables="false"/>' if process else ""
        )
        extension += f"<zeebe:ioMapping>{mappings}</zeebe:ioMapping>" if mappings else ""
        return self.add("callActivity", id, extension=extension, inner=inner, **more)

    def gateway(self, id: str, kind: str = "exclusive", *, default: str = "", **more: Any) -> Self:
        attributes = f' default="{default}"' if default else ""
        return self.add("eventBasedGateway" if kind == "event" else f"{kind}Gateway", id, attributes=attributes, **more)

    def subprocess(self, id: str, **more: Any) -> Self:
        return self.add("subProcess", id, **more)

    def event_subprocess(self, id: str, **more: Any) -> Self:
        return self.add("subProcess", id, attributes=' triggeredByEvent="true"', **more)

    def event_start(self, id: str, within: str, inner: str, *, interrupts: bool = True, **more: Any) -> Self:
        attributes = "" if interrupts else ' isInterrupting="false"'
        return self.add("startEvent", id, inner=inner, within=within, attributes=attributes, **more)

    def boundary(self, id: str, on: str, inner: str, *, interrupts: bool = True, **more: Any) -> Self:
        cancel = "" if interrupts else ' cancelActivity="false"'
        return self.add("boundaryEvent", id, on=on, inner=inner, attributes=cancel, **more)

    def flow(self, *ids: str, condition: str = "", name: str = "", id: str = "") -> Self:
        """Flows from each element to the next; `condition` and `name` are of the last."""
        for source, target in pairwise(ids):
            self._flows[id or f"{source}_to_{target}"] = {
                "source": source,
                "target": target,
                "condition": "",
                "name": "",
            }
        last = next(reversed(self._flows.values()))
        last["condition"], last["name"] = condition, name
        return self

    def message(self, id: str, name: str, kind: str = "message", more: str = "") -> Self:
        self.top += f'<bpmn:{kind} id="{id}" name="{name}" {more}/>'
        return self

    def xml(self) -> bytes:
        """The whole file."""
        body = "".join(self._element(id) for id, e in self._elements.items() if e["within"] is None)
        body += self._flows_of(None) + self.raw
        lanes = ""
        for number, (name, ids) in enumerate(self._lanes.items()):
            held = "".join(f"<bpmn:flowNodeRef>{id}</bpmn:flowNodeRef>" for id in ids)
            lanes += f'<bpmn:lane id="lane_{number}" name="{escape(name)}">{held}</bpmn:lane>'
        lane_set = f'<bpmn:laneSet id="lanes">{lanes}</bpmn:laneSet>' if lanes else ""
        return definitions(
            self.top,
            f'<bpmn:process id="{self.process_id}" name="{self.name}" {self.attributes}>{lane_set}{body}',
            "</bpmn:process>",
            f'<bpmndi:BPMNDiagram id="di"><bpmndi:BPMNPlane id="plane" bpmnElement="{self.process_id}">',
            f"{self._layout()}{self.extra_shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>",
        )

    def diagram(self) -> Diagram:
        return read_diagram(self.xml(), file=f"{self.process_id}.bpmn")

    def _element(self, id: str) -> str:
        e = self._elements[id]
        extension = f"<bpmn:extensionElements>{e['extension']}</bpmn:extensionElements>" if e["extension"] else ""
        children = "".join(self._element(child) for child, c in self._elements.items() if c["within"] == id)
        flows = self._flows_of(id) if e["tag"] in _LEVELS else ""
        name = f' name="{escape(e["name"])}"' if e["name"] else ""
        return (
            f"<bpmn:{e['tag']}"
            f' id="{id}"{name}{e["attributes"]}>{extension}{e["inner"]}{children}{flows}</bpmn:{e["tag"]}>'
        )

    def _flows_of(self, parent: str | None) -> str:
        said = ""
        for id, f in self._flows.items():
            if self._elements.get(f["source"], {"within": None})["within"] != parent:
                continue
            condition = (
                f"<bpmn:conditionExpression>{escape(f['condition'])}</bpmn:conditionExpression>"
                if f["condition"]
                else ""
            )
            name = f' name="{escape(f["name"])}"' if f["name"] else ""
            said += (
                f'<bpmn:sequenceFlow id="{id}" sourceRef="{f["source"]}"'
                f' targetRef="{f["target"]}"{name}>{condition}</bpmn:sequenceFlow>'
            )
        return said

    def _layout(self) -> str:
        boxes: dict[str, tuple[float, float, float, float]] = {}
        lane_of = {id: n for n, ids in enumerate(self._lanes.values()) for id in ids}
        for column, (id, e) in enumerate(self._elements.items()):
            y = 100.0 + 1000 * lane_of.get(id, 0)
            if e["on"] is None:
                boxes[id] = (column * 200.0, y, *size_of(e["tag"]))
        for id in (id for id, e in reversed(self._elements.items()) if e["tag"] in _LEVELS):
            inside = [boxes[c] for c, child in self._elements.items() if child["within"] == id and c in boxes]
            if inside:
                left, right = min(b[0] for b in inside) - 30, max(b[0] + b[2] for b in inside) + 30
                boxes[id] = (left - 20, boxes[id][1] - 40, right - left + 40, 200.0)
        taken: dict[str, int] = {}
        for id, e in self._elements.items():
            if e["on"] in boxes:
                host = boxes[e["on"]]
                boxes[id] = (host[0] + 5 + 40 * taken.setdefault(e["on"], 0), host[1] - 18, 36.0, 36.0)
                taken[e["on"]] += 1
        drawn = ""
        for n in range(len(self._lanes)):
            drawn += draw_shape(f"lane_{n}", (-100.0, 1000.0 * n - 300, 200.0 * len(self._elements) + 300, 1000.0))
        for id, (x, y, width, height) in boxes.items():
            dx, dy = self.moved.get(id, (0, 0))
            if id not in self.hidden:
                drawn += draw_shape(id, (x + dx, y + dy, width, height), self.labels.get(id))
        for n, (id, f) in enumerate(self._flows.items()):
            if id not in self.hidden and f["source"] in boxes and f["target"] in boxes:
                drawn += draw_edge(
                    id,
                    _route(boxes[f["source"]], boxes[f["target"]], n, self._elements[f["source"]]["on"]),
                    self.labels.get(id),
                )
        return drawn


def _route(source: Any, target: Any, number: int, on: str | None) -> Sequence[tuple[float, float]]:
    out, into = source[0] + source[2] / 2, target[0] + target[2] / 2
    if on is not None:
        y = -40.0 - 10 * number
        return [(out, source[1]), (out, y), (into, y), (into, target[1])]
    y = max(source[1], target[1]) + 300 + 10 * number
    return [(out, source[1] + source[3]), (out, y), (into, y), (into, target[1] + target[3])]


def size_of(tag: str) -> tuple[float, float]:
    """How wide and high the modeller draws it."""
    if tag in _EVENTS:
        return 36.0, 36.0
    return (50.0, 50.0) if "Gateway" in tag else (100.0, 80.0)


def draw_shape(id: str, box: Any, label: tuple[float, float] | None = None) -> str:
    said = (
        ""
        if label is None
        else f'<bpmndi:BPMNLabel><dc:Bounds x="{label[0]}" y="{label[1]}" width="60" height="20"/></bpmndi:BPMNLabel>'
    )
    x, y, width, height = box
    return (
        f'<bpmndi:BPMNShape id="{id}_di" bpmnElement="{id}" isExpanded="true"><dc:Bounds x="{x}" y="{y}"'
        f' width="{width}" height="{height}"/>{said}</bpmndi:BPMNShape>'
    )


def draw_edge(id: str, points: Iterable[tuple[float, float]], label: tuple[float, float] | None = None) -> str:
    said = (
        ""
        if label is None
        else f'<bpmndi:BPMNLabel><dc:Bounds x="{label[0]}" y="{label[1]}" width="60" height="20"/></bpmndi:BPMNLabel>'
    )
    drawn = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
    return f'<bpmndi:BPMNEdge id="{id}_di" bpmnElement="{id}">{drawn}{said}</bpmndi:BPMNEdge>'


SETTINGS = """
name = "Somewhere"
main_process = "main"
[contact]
phone = "01234 567890"
[items]
reports = "report"
[[teams]]
id = "officers"
name = "Officers"
[[teams]]
id = "panel"
name = "Panel"
[[people]]
name = "Officer 1"
teams = ["officers"]
"""

POLICY = """
[X1]
text = "Acknowledge within two working days."
source = "The policy"
[X2]
text = "Decide."
source = "The policy"
"""

LETTER = (
    '+++\nid = "CT1"\ntitle = "Acknowledgement"\nto = "the applicant"\nclauses = ["X1"]\n+++\nDear'
    " ((applicant_name)),\n\nwe have it.\n"
)


def form(id: str, *fields: Mapping[str, Any]) -> bytes:
    """A form with these components; without any, it asks for the applicant's name and the day."""
    asked = fields or (
        {"type": "textfield", "key": "applicant_name", "label": "Name", "id": "f1"},
        {
            "type": "datetime",
            "subtype": "date",
            "key": "application_date",
            "dateLabel": "Day",
            "id": "f2",
            "properties": {"max": "=today()"},
        },
    )
    return json.dumps({"id": id, "type": "default", "schemaVersion": 16, "components": list(asked)}).encode()


def limits(*rows: tuple[str, int | str, str, str]) -> bytes:
    """time_limits.dmn with rows of (name, amount, unit, counted from)."""
    said = "".join(
        f'<rule id="limit_{n}"><inputEntry id="i{n}"><text>"{name}"</text></inputEntry><outputEntry'
        f' id="a{n}"><text>{amount}</text></outputEntry><outputEntry'
        f' id="u{n}"><text>"{unit}"</text></outputEntry><outputEntry'
        f' id="c{n}"><text>"after"</text></outputEntry><outputEntry'
        f' id="s{n}"><text>"{counted}"</text></outputEntry><annotationEntry><text>X1</text></annotationEntry></rule>'
        for n, (name, amount, unit, counted) in enumerate(rows)
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="t" name="Limits"'
        ' namespace="n"><decision id="time_limits" name="Time limits"><decisionTable id="table"'
        ' hitPolicy="UNIQUE"><input id="in" label="Limit"><inputExpression id="ie"'
        ' typeRef="string"><text>limit</text></inputExpression></input><output id="o1" name="amount"'
        ' typeRef="number"/><output id="o2" name="unit" typeRef="string"/><output id="o3" name="counting"'
        ' typeRef="string"/><output id="o4" name="counted_from" typeRef="string"/><annotation'
        f' name="Clause"/>{said}</decisionTable></decision></definitions>'
    ).encode()


def decision(id: str, expression: str, *, reads: str = "", gives: str = "") -> bytes:
    """A file with one decision that is an expression over one input; `gives` is the type of its value."""
    kind = f' typeRef="{gives}"' if gives else ""
    data = (
        f'<inputData id="{reads}_data" name="{reads}"><variable id="{reads}_v" name="{reads}"/></inputData>'
        if reads
        else ""
    )
    needs = (
        f'<informationRequirement id="r"><requiredInput href="#{reads}_data"/></informationRequirement>'
        if reads
        else ""
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="t" name="D" namespace="n"><decision'
        f' id="{id}" name="{id}"><variable id="v" name="{id}"{kind}/>{needs}<literalExpression'
        f' id="l"><text>{escape(expression)}</text></literalExpression></decision>{data}</definitions>'
    ).encode()


def plain(process_id: str = "main") -> Drawing:
    """The smallest sound process: an application is received, acknowledged and closed."""
    drawing = Drawing(process_id).start(form="application" if process_id == "main" else "")
    return drawing.user("acknowledge", form="application").end().flow("received", "acknowledge", "closed")


def folder(*drawings: Drawing, settings: str = SETTINGS, **files: bytes | str) -> Variant:
    """A variant with these diagrams; further files by name, "__" for "/" and "_ending" for ".ending"."""
    held: dict[str, bytes] = {
        "variant.toml": settings.encode(),
        "policy.toml": POLICY.encode(),
        "forms/application.form": form("application"),
        "letters/ct1.md": LETTER.encode(),
        "time_limits.dmn": limits(("acknowledge", 2, "working days", "application_date")),
    }
    held |= {f"{drawing.process_id}.bpmn": drawing.xml() for drawing in drawings}
    for name, data in files.items():
        stem, _, ending = name.replace("__", "/").rpartition("_")
        held[f"{stem}.{ending}"] = data if isinstance(data, bytes) else data.encode()
    return Variant.from_files(held, "somewhere")


def alone(rule: Rule, drawing: Drawing) -> list[Finding]:
    """What one rule says of a diagram without a folder."""
    diagram = drawing.diagram()
    return run_rules(Policy(diagrams={diagram.file: diagram}, known_handlers=HANDLERS), [rule])


def together(
    rule: Rule,
    variant: Variant,
    handlers: Sequence[Handler] | None = HANDLERS,
    *,
    beside: Sequence[str] = (),
    neighbours: Mapping[str, str] | None = None,
    base_today: tuple[BaseFolder, ...] | None = None,
    today: date | None = None,
) -> list[Finding]:
    """What one rule says of a variant; `beside` are the names of councils whose folders stand beside it, and
    `neighbours` the prefixes of references that councils there have; `base_today` is what it extends, as it lies."""
    tables = [{"name": name, "contact": {"service": name}} for name in beside]
    others = {each["name"]: identity_of(each["name"], each) for each in tables}
    policy = Policy(
        diagrams=variant.diagrams,
        folder=variant,
        known_handlers=handlers,
        others=others,
        neighbours=neighbours or {},
        base_today=base_today,
        today=today,
    )
    return run_rules(policy, [rule])


def about(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Of each finding its element and severity."""
    return [(finding.element_id, finding.severity.value) for finding in findings]
