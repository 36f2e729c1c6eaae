"""A process to the program that runs it."""

from __future__ import annotations

from collections.abc import Iterable

from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from engine.diagram.model import Oddity, Process
from engine.errors import DiagramNotRunnableError
from engine.runtime.program import Program
from engine.runtime.refusals import refusals
from engine.runtime.specs import SPECS, RestSpec


def compile_process(process: Process, oddities: Iterable[Oddity] = ()) -> Program:
    """The program of `process`; `oddities` are those of its file. Compile once per variant version and keep it.

    Raises DiagramNotRunnableError for what the dialect does not have.
    """
    for why in refusals(process, oddities):
        raise DiagramNotRunnableError(
            f"The process “{process.name or process.id}” cannot be run: {why}. Run `asb check` to see what to draw "
            "instead."
        )
    spec = WorkflowSpec(name=process.id)
    rest = RestSpec(spec)
    spec.start = rest
    for element in process.elements.values():
        SPECS[element.kind](spec, element)
    program = Program(process, spec, rest)
    for flow in process.flows.values():
        program.task_spec(flow.source).connect(program.task_spec(flow.target))
    return program
