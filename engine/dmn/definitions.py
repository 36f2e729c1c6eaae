"""A DMN file that has been read: what it decides, and why."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.dmn.decision_maker import DecisionMaker
from engine.dmn.evaluation import Evaluation, Functions
from engine.dmn.explanation import Explanation
from engine.dmn.json_inputs import read_json_inputs
from engine.dmn.model import Decision, DecisionProblem, DecisionService, InputData, KnowledgeModel
from engine.dmn.requirements import in_order, requires_of
from engine.dmn.types import TypeTable
from engine.errors import DmnError
from engine.problems import Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Definitions:
    name: str  #: what the reader calls the file
    digest: str  #: SHA-256 of the file's bytes, in hexadecimal
    inputs: Mapping[str, InputData]  #: by id
    decisions: Mapping[str, Decision]  #: by id
    knowledge_models: Mapping[str, KnowledgeModel]  #: by id
    services: Mapping[str, DecisionService]  #: by id
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
        """The value of the decision or decision service with this id or name, as the standard has it.

        `inputs` are FEEL values by name, read when first needed; what it does not hold is null. `now` is the moment
        of `now()` and `today()`, `functions` are further functions that expressions may call. A value that does not
        conform to its declared type is null (10.3.2.9.4); `explain` stops there. Raises DmnError where the decision
        has a problem, or a hit policy is broken.
        """
        service = next((each for i, each in self.services.items() if name in (i, each.name)), None)
        evaluation = Evaluation(types=self.types, now=now, functions=functions, is_strict=False)
        maker = DecisionMaker(self, evaluation)
        if service is None or name in self.decisions or any(each.name == name for each in self.decisions.values()):
            decision = self.find(name)
            self.refuse_problems([decision.element_id])
            return maker.decided(decision, inputs).value
        self.refuse_problems([service.element_id])
        return maker.of_service(service, inputs)

    def explain(
        self,
        name: str,
        inputs: Mapping[str, Any],
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
        stand_in: Mapping[str, Any] | None = None,
    ) -> Explanation:
        """How the decision comes out, and why; for a case, which must not go on with a slip.

        As `decide`, but a value that does not conform to its declared type raises DmnError. `stand_in` holds values
        of required decisions, by id: each is taken as it stands and not made, like an input decision of a decision
        service (DMN 1.3, 10.4).
        """
        decision = self.find(name)
        taken = dict(stand_in or {})
        self.refuse_problems([decision.element_id], taken)
        evaluation = Evaluation(types=self.types, now=now, functions=functions)
        return DecisionMaker(self, evaluation).decided(decision, inputs, taken)

    def inputs_from_json(self, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """What Python's `json` read, as inputs of the decision with this id or name.

        A text becomes a date, time or duration where the file declares the input to be one; nothing else changes.
        """
        order = in_order([self.find(name).element_id], self.requires())
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
        others = [self.decisions[i] for i in in_order([asked], self.requires()) if i != asked]
        return {
            known_as: each.element_id for each in others for known_as in (each.variable, each.name, each.element_id)
        }

    def requires(self, taken: Container[str] = ()) -> dict[str, tuple[str, ...]]:
        """By the id of each decision, the ids of those that it requires; of one that is `taken` as it stands, none."""
        return {i: () if i in taken else decision.requires_decisions for i, decision in self.decisions.items()}

    def refuse_problems(self, asked: Iterable[str], taken: Container[str] = ()) -> None:
        """Raise DmnError where a problem stops one of these, or something that they require, at any depth."""
        if not self.problems:
            return
        arrows = requires_of(self.decisions, self.knowledge_models, self.services)
        concerned = {None, *in_order(asked, {i: () if i in taken else each for i, each in arrows.items()})}
        for problem in self.problems:
            if problem.severity is Severity.ERROR and problem.concerns in concerned:
                raise DmnError(problem.sentence)
