"""What happens within the step: conditions, scripts and decisions, each recorded so that it can be computed again."""

from __future__ import annotations

from typing import Any

from engine import feel
from engine.casework.step.answers import write_outputs
from engine.casework.step.evaluator import Evaluator
from engine.casework.step.instance import Loaded
from engine.casework.step.sight import evaluator_of
from engine.casework.step.step import Step
from engine.diagram.implied import is_implied
from engine.diagram.model import Element, ElementKind, Flow
from engine.errors import DecisionNotFoundError
from engine.record_kinds import RecordKind


def true_flows(
    step: Step, instance: Loaded, gateway: Element, flows: tuple[Flow, ...], *, only_first: bool
) -> list[Flow]:
    """The flows whose condition is true, each condition recorded with what it read and gave."""
    taken: list[Flow] = []
    seen: list[dict[str, Any]] = []
    for flow in flows:
        if flow.condition is None and is_implied(gateway.id):  # behind an activity it is always taken
            taken.append(flow)
            continue
        evaluator = evaluator_of(step, instance)
        condition = (flow.condition or "").removeprefix("=")
        value = evaluator.feel(condition)
        seen.append(
            {
                "flow": flow.id,
                "name": flow.name,
                "condition": condition,
                "inputs": feel.dump(evaluator.scope.read),
                "value": feel.to_json(value),
            }
        )
        if value is True:
            taken.append(flow)
            if only_first:
                break
    default = instance.run.program.process.flows.get(gateway.default_flow or "")
    ways = taken or ([default] if default is not None else [])
    step.record(
        RecordKind.WAY_CHOSEN,
        element=gateway.label,
        element_id=gateway.id,
        conditions=seen,
        ways=[flow.name or flow.target for flow in ways],
        clauses=list(gateway.clauses) or None,
    )
    return taken


def execute_now(step: Step, instance: Loaded, element: Element) -> None:
    """Run a script or business rule task. Its result becomes a variable."""
    evaluator = evaluator_of(step, instance)
    if element.kind is ElementKind.SCRIPT:
        script = (element.script or "null").removeprefix("=")
        value = evaluator.feel(script)
        step.record(
            RecordKind.SCRIPT_RUN,
            element=element.label,
            element_id=element.id,
            expression=script,
            inputs=feel.dump(evaluator.scope.read),
            value=value,
            output=feel.dump(value),
        )
    else:
        value = _decide(step, evaluator, element)
    if element.result_variable:
        instance.variables[element.result_variable] = value
    write_outputs(step, instance, element)


def _decide(step: Step, evaluator: Evaluator, element: Element) -> feel.Value:
    decision_id = evaluator.text(element.decision_id) or ""
    definitions = step.version.variant.decisions.get(decision_id)
    if definitions is None:
        raise DecisionNotFoundError(decision_id)
    explanation = definitions.explain(decision_id, evaluator.scope, now=evaluator.now, functions=evaluator.functions)
    step.record(
        RecordKind.DECISION_MADE,
        element=element.label,
        element_id=element.id,
        decision=decision_id,
        table=definitions.digest,
        inputs=feel.dump(evaluator.scope.read),
        value=explanation.value,
        output=feel.dump(explanation.value),
        explanation=explanation.to_json(),
        clauses=list(element.clauses) or None,
    )
    return explanation.value
