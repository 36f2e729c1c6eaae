"""What the runtime refuses the check names: a diagram without errors can always be compiled."""

from __future__ import annotations

import random
from pathlib import Path

from lxml import etree

from engine.check import Severity, check_diagram
from engine.diagram import read_diagram
from engine.diagram.repeats import unfolded
from engine.errors import DiagramError
from engine.runtime.refusals import refusals
from engine.xml import read_xml
from tests.check.mutations import BPMN, hertsmere

_TAGS = (
    *("userTask", "serviceTask", "scriptTask", "businessRuleTask", "callActivity", "receiveTask", "subProcess", "task"),
    *("exclusiveGateway", "parallelGateway", "eventBasedGateway", "startEvent", "endEvent", "intermediateCatchEvent"),
    *("intermediateThrowEvent", "boundaryEvent", "transaction"),
)


def test_a_diagram_that_the_runtime_refuses_has_an_error() -> None:
    """Elements of real diagrams are made other kinds, lose parts, or are tied to others, at random."""
    rich = (Path(__file__).parents[1] / "diagram" / "rich.bpmn").read_bytes()
    diagrams = [rich, *(data for file, data in hertsmere().items() if file.endswith(".bpmn"))]
    chance = random.Random(104)  # noqa: S311  # the same diagrams each time, and nothing secret
    refused = 0
    for number in range(150):
        root = read_xml(diagrams[number % len(diagrams)], name="x.bpmn")
        elements = list(root.iter(*(f"{BPMN}{tag}" for tag in _TAGS)))
        for element in chance.sample(elements, 2):
            way = chance.random()
            if way < 0.5:
                element.tag = f"{BPMN}{chance.choice(_TAGS)}"
            elif way < 0.75 and len(element):
                element.remove(chance.choice(list(element)))
            else:
                element.set("attachedToRef", chance.choice(elements).get("id") or "")
        try:
            diagram = read_diagram(etree.tostring(root), file="x.bpmn")
        except DiagramError:
            continue
        said = {f.sentence for f in check_diagram(diagram) if f.severity is Severity.ERROR}
        for process in unfolded(diagram.processes).values():
            reasons = list(refusals(process, diagram.oddities))
            refused += bool(reasons)
            assert said or not reasons, reasons
    assert refused > 50
