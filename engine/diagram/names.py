"""XML names in a BPMN file, and reading their attributes without surprises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"

#: Vendors' name spaces that only colour, place or describe. What they say changes nothing that runs.
HARMLESS = frozenset(
    {
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://www.w3.org/XML/1998/namespace",
        "http://camunda.org/schema/modeler/1.0",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
        "http://www.signavio.com",
        BPMNDI,
        DC,
        DI,
    }
)

# A file may bind any prefix it likes; the words of oddities must not depend on that.
_PREFIXES = {
    ZEEBE: "zeebe",
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://activiti.org/bpmn": "activiti",
    "http://flowable.org/bpmn": "flowable",
    "http://www.jboss.org/drools": "drools",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "spiffworkflow",
}


def split(name: str) -> tuple[str, str]:
    """("namespace or nothing", "local name") of an lxml tag or attribute name."""
    namespace, _, local = name.rpartition("}")
    return namespace.lstrip("{"), local


def tag_of(node: etree._Element) -> str:
    """The local name of `node`."""
    return split(str(node.tag))[1]


def is_bpmn(node: etree._Element) -> bool:
    return split(str(node.tag))[0] == BPMN


def is_zeebe(node: etree._Element) -> bool:
    return split(str(node.tag))[0] == ZEEBE


def word(name: str, node: etree._Element) -> str:
    """How an oddity calls a tag or attribute: BPMN's own by local name, others with their usual prefix."""
    namespace, local = split(name)
    if namespace in ("", BPMN):
        return local
    prefix = _PREFIXES.get(namespace) or next((p for p, uri in node.nsmap.items() if uri == namespace and p), "other")
    return f"{prefix}:{local}"


def line_of(node: etree._Element) -> int:
    """The line of the file in which `node` stands; 0 where that is not known."""
    line: Any = node.sourceline  # the stubs' type for it is a placeholder
    return line or 0


def fold(text: str | None) -> str:
    """`text` with every run of white space as one blank, and none around it."""
    return " ".join((text or "").split())


def text_of(node: etree._Element) -> str:
    """All text within `node`, trimmed."""
    return "".join(str(part) for part in node.itertext()).strip()


def attribute(node: etree._Element, name: str) -> str | None:
    """An attribute, trimmed; None where it is missing or blank."""
    return (node.get(name) or "").strip() or None


def bpmn_children(node: etree._Element, tag: str) -> list[etree._Element]:
    return list(node.findall(f"{{{BPMN}}}{tag}"))


def zeebe_children(node: etree._Element) -> Iterator[etree._Element]:
    """What the zeebe extension says of `node` itself."""
    for extensions in bpmn_children(node, "extensionElements"):
        yield from (child for child in extensions if is_zeebe(child))
