"""The frame of every BPMN file that a test writes, and the names of what stands in one."""

from __future__ import annotations

#: By the prefix that files write, the namespaces of a diagram, of its layout, and of what Zeebe adds.
NAMESPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
}
#: What declares them at the head of a file.
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
#: What lxml puts before the name of an element.
BPMN, BPMNDI, DC, DI = (f"{{{NAMESPACES[prefix]}}}" for prefix in ("bpmn", "bpmndi", "dc", "di"))


def definitions(*inside: str) -> bytes:
    """A file with these elements, written with the prefixes of `NAMESPACES`."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions {DECLARED} id="definitions"'
    return f'{head} targetNamespace="http://bpmn.io/schema/bpmn">{"".join(inside)}</bpmn:definitions>'.encode()
