"""A DMN file that has been read: what it decides, and why."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.dmn.evaluation import BoxScope, Evaluation, Functions, Outside
from engine.dmn.explanation import Explanation, OutsideValue
from engine.dmn.json_inputs import read_json_inputs
from engine.dmn.logic import as_function, run_logic
from engine.dmn.model import Decision, DecisionProblem, InputData, KnowledgeModel
from engine.dmn.requirements import in_order
from engine.dmn.types import TypeTable, in_words
from engine.errors import DmnError
from engine.feel import FeelFunction
from engine.problems import Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Definitions:
    name: str  #: what the reader calls the file
    digest: str  #: SHA-256 of the file's bytes, in hexadecimal
    inputs: Mapping[str, InputData]  #: by id
    decisions: Mapping[str, Decision]  #: by id
    knowledge_models: Mapping[str, KnowledgeModel]  #: by id
    problems: tuple[DecisionProblem, ...]
    types: TypeTable = field(repr=False)

    def decide(
        self,
        name: str,
        inputs: Mapping[str, Any],
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
    ) -> Any:
        """The value of the decision with this id or name.

        `inputs` are FEEL values by name, read when first needed; what it does not hold is null. `now` is the moment
        of `now()` and `today()`, `functions` are further functions that expressions may call. Raises DmnError where
        the decision has a problem, an input is not allowed, or a hit policy is broken.
        """
        return self.explain(name, inputs, now=now, functions=functions).value

    def explain(
        self,
        name: str,
        inputs: Mapping[str, Any],
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
        stand_in: Mapping[str, Any] | None = None,
    ) -> Explanation:
        """As `decide`, with how the value came about.

        `stand_in` holds values of required decisions, by id: each is taken as it stands and not made, like an input
        decision of a decision service (DMN 1.3, 10.4).
        """
        decision = self.find(name)
        taken = dict(stand_in or {})
        order = [i for i in in_order([decision.element_id], self._requires(taken)) if i not in taken]
        self._refuse_problems(order)
        outside = Outside(inputs, {data.name: data for data in self.inputs.values()}, self.types)
        evaluation = Evaluation(types=self.types, now=now, functions=functions)
        made: dict[str, Explanation] = {i: self._as_given(i, value) for i, value in taken.items()}
        try:
            for decision_id in order:
                made[decision_id] = self._make(self.decisions[decision_id], made, outside, evaluation)
        except RecursionError:
            raise DmnError(f"“{decision.name}” holds boxes or calls nested too deeply. Make it flatter.") from None
        return made[decision.element_id]

    def inputs_from_json(self, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """What Python's `json` read, as inputs of the decision with this id or name.

        A text becomes a date, time or duration where the file declares the input to be one; nothing else changes.
        """
        order = in_order([self.find(name).element_id], self._requires())
        return read_json_inputs(values, self.inputs.values(), [self.decisions[i] for i in order], self.types)

    def find(self, name: str) -> Decision:
        """The decision with this id or name. Raises DmnError, with what there is, where there is none."""
        if name in self.decisions:
            return self.decisions[name]
        for decision in self.decisions.values():
            if decision.name == name:
                return decision
        listed = ", ".join(f"“{decision.name}”" for decision in self.decisions.values()) or "none"
        raise DmnError(f"{self.name} holds no decision “{name}”. It holds: {listed}.")

    def required_by(self, name: str) -> dict[str, str]:
        """Ids of the decisions that the one with this id or name requires, directly or not, by each name they have."""
        asked = self.find(name).element_id
        others = [self.decisions[i] for i in in_order([asked], self._requires()) if i != asked]
        return {
            known_as: each.element_id for each in others for known_as in (each.variable, each.name, each.element_id)
        }

    def _requires(self, taken: Container[str] = ()) -> dict[str, tuple[str, ...]]:
        return {i: () if i in taken else decision.requires_decisions for i, decision in self.decisions.items()}

    def _as_given(self, decision_id: str, value: Any) -> Explanation:
        decision = self.decisions[decision_id]
        refused = self.types.refusal(value, decision.type_name)
        if refused is not None:
            raise DmnError(f"“{decision.name}” is given as {in_words(value)}; it must be {refused}.")
        return Explanation(
            decision_id=decision_id,
            decision_name=decision.name,
            value=value,
            told=(OutsideValue(name=decision.variable, value=value, was_given=True),),
            tables=(),
            requires=(),
            notes=(),
        )

    def _refuse_problems(self, decision_ids: list[str]) -> None:
        knowledge = {model_id: model.requires_knowledge for model_id, model in self.knowledge_models.items()}
        called = [model_id for i in decision_ids for model_id in self.decisions[i].requires_knowledge]
        concerned = {None, *decision_ids, *in_order(called, knowledge)}
        for problem in self.problems:
            if problem.severity is Severity.ERROR and problem.concerns in concerned:
                raise DmnError(problem.sentence)

    def _make(
        self, decision: Decision, made: Mapping[str, Explanation], outside: Outside, evaluation: Evaluation
    ) -> Explanation:
        if decision.logic is None:  # a Problem has refused it before
            raise DmnError(f"“{decision.name}” holds no logic. Write an expression or a decision table in it.")
        given: dict[str, Any] = self._functions(decision.requires_knowledge, evaluation)
        for other_id in decision.requires_decisions:
            other = self.decisions[other_id]
            for known_as in (other_id, other.name, other.variable):
                given[known_as] = made[other_id].value
        value = run_logic(decision.logic, BoxScope(given, outside), evaluation, decision.name)
        refused = self.types.refusal(value, decision.type_name)
        if refused is not None:
            raise DmnError(f"The decision “{decision.name}” gives {in_words(value)}; it must be {refused}.")
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

    def _functions(self, model_ids: tuple[str, ...], evaluation: Evaluation) -> dict[str, FeelFunction]:
        """The knowledge models as functions, each seeing those that it requires and nothing else."""
        requires = {model_id: model.requires_knowledge for model_id, model in self.knowledge_models.items()}
        made: dict[str, FeelFunction] = {}
        for model_id in in_order(model_ids, requires):
            function = self.knowledge_models[model_id].function
            if function is not None:
                seen = {self.knowledge_models[i].name: made[i] for i in requires[model_id]}
                made[model_id] = as_function(function, seen, evaluation)
        return {self.knowledge_models[model_id].name: made[model_id] for model_id in model_ids}
