"""Making decisions, each after those that it requires, with how it came about."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, Protocol

from engine.dmn.evaluation import BoxScope, Evaluation
from engine.dmn.explanation import Explanation, OutsideValue
from engine.dmn.logic import as_function, run_logic
from engine.dmn.model import Decision, DecisionService, InputData, KnowledgeModel
from engine.dmn.outside import Outside
from engine.dmn.requirements import in_order
from engine.dmn.services import decide_service, service_as_function
from engine.errors import DmnError
from engine.feel import FeelFunction


class ReadFile(Protocol):
    """What of a file that has been read is needed to make its decisions."""

    @property
    def inputs(self) -> Mapping[str, InputData]: ...
    @property
    def decisions(self) -> Mapping[str, Decision]: ...
    @property
    def knowledge_models(self) -> Mapping[str, KnowledgeModel]: ...
    @property
    def services(self) -> Mapping[str, DecisionService]: ...
    def requires(self, taken: Container[str] = ()) -> dict[str, tuple[str, ...]]: ...


class DecisionMaker:
    """One decision being made, with everything that it requires and calls."""

    def __init__(self, file: ReadFile, evaluation: Evaluation) -> None:
        self._file = file
        self._evaluation = evaluation

    def decided(
        self, decision: Decision, inputs: Mapping[str, Any], taken: Mapping[str, Any] | None = None
    ) -> Explanation:
        """The decision with how it came about; values of `taken`, by id, stand for decisions that are not made."""
        return self._decided((decision.element_id,), inputs, taken or {})[decision.element_id]

    def of_service(self, service: DecisionService, inputs: Mapping[str, Any]) -> Any:
        """What a decision service gives, told its input data and input decisions by name."""
        decisions = self._file.decisions
        taken = {i: inputs.get(decisions[i].variable, inputs.get(decisions[i].name)) for i in service.input_decisions}
        return decide_service(service, decisions, self._values, self._evaluation, inputs, taken)

    def _values(self, asked: tuple[str, ...], told: Mapping[str, Any], taken: Mapping[str, Any]) -> dict[str, Any]:
        tables, notes = self._evaluation.take_tables(), self._evaluation.take_notes()
        made = self._decided(asked, told, taken)
        # a service has no explanation of its own: what was made in it belongs to the decision that called it
        for each in made.values():
            tables, notes = (*tables, *each.tables), (*notes, *each.notes)
        self._evaluation.put_back(tables, notes)
        return {i: each.value for i, each in made.items()}

    def _decided(
        self, asked: tuple[str, ...], inputs: Mapping[str, Any], taken: Mapping[str, Any]
    ) -> dict[str, Explanation]:
        order = [i for i in in_order(asked, self._file.requires(taken)) if i not in taken]
        outside = Outside(inputs, {data.name: data for data in self._file.inputs.values()}, self._evaluation)
        made: dict[str, Explanation] = {i: self._as_given(i, value) for i, value in taken.items()}
        try:
            for decision_id in order:
                made[decision_id] = self._make(self._file.decisions[decision_id], made, outside)
        except RecursionError:
            name = self._file.decisions[asked[0]].name
            raise DmnError(f"“{name}” holds boxes or calls nested too deeply. Make it flatter.") from None
        return made

    def _as_given(self, decision_id: str, given: Any) -> Explanation:
        decision = self._file.decisions[decision_id]
        value = self._evaluation.fit(given, decision.type_name, f"“{decision.name}” is given as")
        return Explanation(
            decision_id=decision_id,
            decision_name=decision.name,
            value=value,
            told=(OutsideValue(name=decision.variable, value=value, was_given=True),),
            tables=(),
            requires=(),
            notes=(),
        )

    def _make(self, decision: Decision, made: Mapping[str, Explanation], outside: Outside) -> Explanation:
        evaluation = self._evaluation
        if decision.logic is None:  # a Problem has refused it before
            raise DmnError(f"“{decision.name}” holds no logic. Write an expression or a decision table in it.")
        given: dict[str, Any] = self._functions(decision.requires_knowledge)
        for other_id in decision.requires_decisions:
            other = self._file.decisions[other_id]
            for known_as in (other_id, other.name, other.variable):
                given[known_as] = made[other_id].value
        value = run_logic(decision.logic, BoxScope(given, outside), evaluation, decision.name)
        value = evaluation.fit(value, decision.type_name, f"The decision “{decision.name}” gives")
        # The name of a function is looked for outside too, and that it is not there tells nobody anything.
        told = tuple(told for told in outside.take_told().values() if told.was_given or told.name in decision.names)
        return Explanation(
            decision_id=decision.element_id,
            decision_name=decision.name,
            value=value,
            told=told,
            tables=evaluation.take_tables(),
            requires=tuple(made[other_id] for other_id in decision.requires_decisions),
            notes=evaluation.take_notes(),
        )

    def _functions(self, called: tuple[str, ...]) -> dict[str, Any]:
        """Knowledge models and services as functions; a model sees itself, those that it requires and nothing else."""
        if not called:
            return {}
        models, services = self._file.knowledge_models, self._file.services
        requires = {i: tuple(one for one in model.requires_knowledge if one != i) for i, model in models.items()}
        requires |= dict.fromkeys(services, ())
        made: dict[str, FeelFunction] = {}
        for each_id in in_order(called, requires):
            if each_id in services:
                made[each_id] = service_as_function(
                    services[each_id], self._file.decisions, self._values, self._evaluation
                )
                continue
            model = models[each_id]
            if model.function is not None:
                seen = {self._name_of(i): made[i] for i in requires[each_id]}
                made[each_id] = as_function(model.function, seen, self._evaluation, model.type_name)
                seen[model.name] = made[each_id]
        return {self._name_of(i): made[i] for i in called}

    def _name_of(self, called_id: str) -> str:
        models = self._file.knowledge_models
        return models[called_id].name if called_id in models else self._file.services[called_id].name
