"""A process made ready to run: its SpiffWorkflow specification and what can be known of its graph beforehand.

A program is immutable and shared by every case that runs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from engine.diagram.model import Element, ElementKind, Flow, Process


def spec_name(element_id: str) -> str:
    """What an element's specification is called. A prefix keeps any element id, `Start` and `End` too, clear of
    SpiffWorkflow's own names."""
    return f"element:{element_id}"


class Program:
    """`process` as SpiffWorkflow runs it; `compile_process` makes it."""

    def __init__(self, process: Process, spec: WorkflowSpec, rest: TaskSpec) -> None:
        self.process = process
        self.spec = spec  #: holds a specification per element, by `spec_name`
        self.rest = rest  #: the root every live token hangs from

    def element(self, element_id: str) -> Element:
        return self.process.elements[element_id]

    def task_spec(self, element_id: str) -> TaskSpec:
        return self.spec.task_specs[spec_name(element_id)]

    def outgoing(self, element: Element) -> tuple[Flow, ...]:
        return tuple(self.process.flows[flow] for flow in element.outgoing)

    @cached_property
    def reaching(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """Per inclusive gateway and incoming flow: the elements from which that flow can still be reached without
        passing the gateway (BPMN 2.0.2, 13.4.3). An activity reaches what its boundary events reach."""
        found: dict[str, Mapping[str, frozenset[str]]] = {}
        for gateway in self.process.elements.values():
            if gateway.kind is ElementKind.INCLUSIVE and len(gateway.incoming) > 1:
                found[gateway.id] = {flow: self._sources_of(flow, gateway.id) for flow in gateway.incoming}
        return found

    def _sources_of(self, flow_id: str, without: str) -> frozenset[str]:
        sources: set[str] = set()
        todo = [self.process.flows[flow_id].source]
        while todo:
            element_id = todo.pop()
            if element_id in sources or element_id == without:
                continue
            sources.add(element_id)
            element = self.process.elements[element_id]
            if element.attached_to is not None:
                todo.append(element.attached_to)
            todo.extend(self.process.flows[flow].source for flow in element.incoming)
        return frozenset(sources)
