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
        return self._sources_of_all(with_borders=True)

    @cached_property
    def leading(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """The same by sequence flows alone: what an activity's own token will reach, whatever its boundary events do.
        Only such a token makes a way in that has come already the one that it will come by."""
        return self._sources_of_all(with_borders=False)

    def _sources_of_all(self, *, with_borders: bool) -> Mapping[str, Mapping[str, frozenset[str]]]:
        return {
            gateway.id: {flow: self._sources_of(flow, gateway.id, with_borders) for flow in gateway.incoming}
            for gateway in self.process.elements.values()
            if gateway.kind is ElementKind.INCLUSIVE and len(gateway.incoming) > 1
        }

    def _sources_of(self, flow_id: str, without: str, with_borders: bool) -> frozenset[str]:
        sources: set[str] = set()
        todo = [self.process.flows[flow_id].source]
        while todo:
            element_id = todo.pop()
            if element_id in sources or element_id == without:
                continue
            sources.add(element_id)
            element = self.process.elements[element_id]
            if with_borders and element.attached_to is not None:
                todo.append(element.attached_to)
            todo.extend(self.process.flows[flow].source for flow in element.incoming)
        return frozenset(sources)
