"""Decision services (DMN 1.5, clause 10.4): reading them, and calling them like a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from engine.dmn.elements import attribute, child, children, type_of
from engine.dmn.evaluation import Evaluation
from engine.dmn.model import Decision, DecisionService, InputData
from engine.dmn.problems import Problems
from engine.dmn.types import TypeTable
from engine.feel import FeelFunction

#: what makes the decisions of a service: ids of those asked for, inputs by name, values of input decisions by id
Make = Callable[[tuple[str, ...], Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]


class ServiceReader:
    """Reads the decision services of one file."""

    def __init__(
        self,
        decisions: Mapping[str, etree._Element],
        inputs: Mapping[str, InputData],
        types: TypeTable,
        problems: Problems,
    ) -> None:
        self._decisions = decisions
        self._inputs = inputs
        self._types = types
        self._problems = problems

    def read(self, element: etree._Element, service_id: str, name: str) -> DecisionService:
        """The service in a `decisionService` element."""
        variable = child(element, "variable")
        with self._problems.concerning(service_id):
            outputs = self._references(element, "outputDecision", self._decisions, name)
            if not outputs:
                self._problems.add(
                    f"The decision service “{name}” has no output decision. Draw one into its upper part.",
                    element_id=service_id,
                    element_name=name,
                )
            data = [self._inputs[i] for i in self._references(element, "inputData", self._inputs, name)]
            type_name = None if variable is None else self._types.known(type_of(variable), variable, f"“{name}”")
            return DecisionService(
                element_id=service_id,
                name=name,
                type_name=self._types.given_by(type_name),
                outputs=outputs,
                inputs=tuple(each.name for each in data),
                input_types=tuple(each.type_name for each in data),
                input_decisions=self._references(element, "inputDecision", self._decisions, name),
                parameter_types=self._types.taken_by(type_name),
            )

    def _references(self, element: etree._Element, kind: str, known: Mapping[str, Any], name: str) -> tuple[str, ...]:
        found: list[str] = []
        for reference in children(element, kind):
            target = attribute(reference, "href").rsplit("#", 1)[-1]
            if target in known:
                found.append(target)
            else:
                self._problems.add(
                    f"The decision service “{name}” speaks of “{target}”, which this file does not hold. "
                    "Draw the service again.",
                    element_id=attribute(element, "id"),
                    element_name=name,
                )
        return tuple(found)


def service_as_function(
    service: DecisionService, decisions: Mapping[str, Decision], make: Make, evaluation: Evaluation
) -> FeelFunction:
    """The service as a value that expressions call: first its input data, then its input decisions, as parameters."""
    parameters = (*service.inputs, *(decisions[i].variable for i in service.input_decisions))

    def call(*arguments: Any) -> Any:
        if len(arguments) != len(parameters):
            return evaluation.misfit(
                f"The decision service “{service.name}” is called with {len(arguments)} of its {len(parameters)} "
                f"parameters ({', '.join(parameters) or 'none'})."
            )
        told = dict(zip(service.inputs, arguments, strict=False))
        taken = dict(zip(service.input_decisions, arguments[len(service.inputs) :], strict=True))
        return evaluation.call(service.name, lambda: decide_service(service, decisions, make, evaluation, told, taken))

    return FeelFunction.of_host(service.name, parameters, call)


def decide_service(
    service: DecisionService,
    decisions: Mapping[str, Decision],
    make: Make,
    evaluation: Evaluation,
    told: Mapping[str, Any],
    taken: Mapping[str, Any],
) -> Any:
    """What the service gives: its one output decision's value, or a context of them by the names of their variables.

    Null, and nothing is made, where it is told what does not conform to a parameter's type: that of the service's own
    function type, else of the input data or input decision.
    """
    told, taken = dict(told), dict(taken)
    declared = (*service.input_types, *(decisions[i].type_name for i in service.input_decisions))
    types = service.parameter_types or declared
    for name, type_name in zip((*service.inputs, *service.input_decisions), types, strict=False):
        holder = told if name in service.inputs else taken
        given = holder.get(name)
        holder[name] = evaluation.fit(given, type_name, f"The decision service “{service.name}” is called with")
        if holder[name] is None and given is not None:
            return None
    values = make(service.outputs, told, taken)
    if len(service.outputs) == 1:
        value = values[service.outputs[0]]
    else:
        value = {decisions[i].variable: values[i] for i in service.outputs}
    return evaluation.fit(value, service.type_name, f"The decision service “{service.name}” gives")
