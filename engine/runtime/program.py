"""A process made ready to run: its SpiffWorkflow specification and what can be known of its graph beforehand.

A program is immutable and shared by every case that runs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from engine.diagram.model import Element, ElementKind, Flow, Oddity, Process
from engine.errors import DiagramNotRunnableError
from engine.runtime.refusals import refusals
from engine.runtime.specs import SPECS, RestSpec, TokenSpec


class Program:
    """`process` as SpiffWorkflow runs it. Raises DiagramNotRunnableError for what the dialect does not have."""

    def __init__(self, process: Process, oddities: Iterable[Oddity] = ()) -> None:
        for why in refusals(process, oddities):
            raise DiagramNotRunnableError(
                f"The process “{process.name or process.id}” cannot be run: {why}. Run `asb check` to see what to draw "
                "instead."
            )
        self.process = process
        self.spec = WorkflowSpec(name=process.id)
        self.rest = RestSpec(self.spec)
        self.spec.start = self.rest
        for element in process.elements.values():
            SPECS[element.kind](self.spec, element)
        for flow in process.flows.values():
            self.task_spec(flow.source).connect(self.task_spec(flow.target))

    def element(self, element_id: str) -> Element:
        return self.process.elements[element_id]

    def task_spec(self, element_id: str) -> TokenSpec:
        spec: TokenSpec = self.spec.task_specs[TokenSpec.name_of(element_id)]
        return spec

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


def compile_process(process: Process, oddities: Iterable[Oddity] = ()) -> Program:
    """The program of `process`; `oddities` are those of its file. Compile once per variant version and keep it."""
    return Program(process, oddities)
