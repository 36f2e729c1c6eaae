"""Builds small BPMN files for tests: only what a test is about is written out in it."""

from __future__ import annotations

from pathlib import Path

from engine.diagram import Diagram, Element, Oddity, read_diagram
from tests.bpmn import DECLARED, NAMESPACES

RICH = Path(__file__).with_name("rich.bpmn")

_NAMESPACES = (
    f'xmlns="{NAMESPACES["bpmn"]}" {DECLARED} '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:modeler="http://camunda.org/schema/modeler/1.0" '
    'xmlns:signavio="http://www.signavio.com" '
    'id="definitions" targetNamespace="http://example.org"'
)


def xml(process: str, *, beside: str = "", attributes: str = "") -> bytes:
    """A file with one executable process `p` that holds `process`; `beside` stands next to the process."""
    inside = f'<process id="p" name="Process" isExecutable="true" {attributes}>{process}</process>'
    return f"<definitions {_NAMESPACES}>{inside}{beside}</definitions>".encode()


def read(process: str, *, beside: str = "", attributes: str = "") -> Diagram:
    return read_diagram(xml(process, beside=beside, attributes=attributes), file="test.bpmn")


def read_rich() -> Diagram:
    return read_diagram(RICH.read_bytes(), file="rich.bpmn")


def element(diagram: Diagram, element_id: str) -> Element:
    for process in diagram.processes.values():
        if element_id in process.elements:
            return process.elements[element_id]
    raise AssertionError(f"{element_id} is in no process")


def words(diagram: Diagram) -> list[str]:
    """What the oddities say, in the order of the file."""
    return [oddity.what for oddity in diagram.oddities]


def only_oddity(diagram: Diagram) -> Oddity:
    assert len(diagram.oddities) == 1, diagram.oddities
    return diagram.oddities[0]


def extended(tag: str, extension: str, *, attributes: str = "", body: str = "") -> str:
    """An element `a` of `tag` with a zeebe extension."""
    return f'<{tag} id="a" name="A" {attributes}><extensionElements>{extension}</extensionElements>{body}</{tag}>'
