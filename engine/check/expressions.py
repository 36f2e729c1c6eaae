"""Every FEEL expression of a process, with where it stands and what it may read besides the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine import feel
from engine.diagram import Element, ElementKind, Flow, Process
from engine.errors import FeelError

#: What a completion condition may read (BPMN 2.0.2, 13.3.7).
COUNTS = frozenset(
    {
        *("numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances"),
        "numberOfTerminatedInstances",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenExpression:
    """An expression as it is written in a diagram."""

    owner: Element | Flow | Process
    process: Process
    where: str  #: "the due date", as a sentence says it
    text: str  #: without its leading "="
    extra: frozenset[str] = frozenset()  #: names known here and nowhere else
    in_process: str | None = None  #: id of the process in whose scope it is read; None for its own

    def parse(self) -> feel.Expression | None:
        """The expression, or None where it cannot be read, which the rule `expressions` says."""
        try:
            return feel.parse(self.text)
        except FeelError:
            return None


def expressions_of(process: Process) -> Iterator[WrittenExpression]:
    """Every expression of a process, in the order of the file."""
    if process.frame_due_date is not None and process.frame_due_date.startswith("="):
        text = process.frame_due_date[1:]
        yield WrittenExpression(owner=process, process=process, where="the due date", text=text)
    for element in process.elements.values():
        yield from _of_element(element, process)
    for flow in process.flows.values():
        if flow.condition is not None:
            yield WrittenExpression(
                owner=flow, process=process, where="the condition", text=flow.condition.removeprefix("=")
            )


def _of_element(element: Element, process: Process) -> Iterator[WrittenExpression]:
    event, loop = element.event, element.loop
    # what its input mappings give is known at a user task, and nowhere else
    here = frozenset(mapping.name for mapping in element.inputs if element.kind is ElementKind.USER)
    # A value that begins with "=" is an expression, any other stands for itself.
    values: list[tuple[str, str | None]] = [
        ("the team", element.candidate_groups),
        ("the assignee", element.assignee),
        ("the form", element.form_id),
        ("the due date", element.due_date),
        ("the due date", element.frame_due_date),
        ("the follow-up date", element.follow_up_date),
        ("the priority", element.priority),
        ("the decision", element.decision_id),
        ("the time", event.expression if event is not None else None),
        ("the correlation key", event.correlation_key if event is not None else None),
        ("the input collection", loop.input_collection if loop is not None else None),
    ]
    for where, text in values:
        if text is not None and text.startswith("="):
            yield WrittenExpression(owner=element, process=process, where=where, text=text[1:], extra=here)
    # These are expressions with or without it.
    always = [("the script", element.script)]
    always += [(f"“{name}”", element.properties.get(name)) for name in ("allowed_when", "not_who_took_part")]
    for where, text in always:
        if text:
            yield WrittenExpression(
                owner=element, process=process, where=where, text=text.removeprefix("="), extra=here
            )
    if loop is not None and loop.completion_condition:
        text = loop.completion_condition.removeprefix("=")
        yield WrittenExpression(
            owner=element, process=process, where="the completion condition", text=text, extra=COUNTS
        )
    yield from _of_mappings(element, process, here)


def _of_mappings(element: Element, process: Process, here: frozenset[str]) -> Iterator[WrittenExpression]:
    loop = element.loop
    own = frozenset({loop.input_element}) if loop is not None and loop.input_element else frozenset[str]()
    if element.called_process is not None and element.called_process.startswith("="):
        yield WrittenExpression(
            owner=element, process=process, where="the called process", text=element.called_process[1:], extra=own
        )
    for mapping in element.inputs:
        if mapping.source.startswith("="):
            where = f"the input “{mapping.target}”"
            yield WrittenExpression(owner=element, process=process, where=where, text=mapping.source[1:], extra=own)
    # What a single called process gives back is read where it ends; what many give is read from their collection.
    child = element.called_process if element.kind is ElementKind.CALL else None
    read_in = child if loop is None else None
    for mapping in element.outputs:
        if mapping.source.startswith("="):
            where = f"the output “{mapping.target}”"
            yield WrittenExpression(
                owner=element, process=process, where=where, text=mapping.source[1:], extra=here, in_process=read_in
            )
    if loop is not None and loop.output_element and loop.output_element.startswith("="):
        yield WrittenExpression(
            owner=element, process=process, where="the output element", text=loop.output_element[1:], in_process=child
        )
