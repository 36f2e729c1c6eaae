"""Every decision that a diagram asks for is there, can be made, and reads only what is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine import dmn, feel
from engine.check.finding import Place, error
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.check.rules.expressions import FUNCTIONS
from engine.check.suggestions import meant
from engine.diagram import ElementKind
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for element, _, place in policy.elements():
        if element.kind is not ElementKind.RULE:
            continue
        if element.result_variable is None:
            yield error(place, f"{quoted(element)} makes a decision and keeps nothing of it. Write a result variable.")
        decision = element.decision_id
        if not decision:
            yield error(place, f"{quoted(element)} names no decision. Choose the decision's id.")
        elif policy.folder is not None and not decision.startswith("=") and decision not in policy.folder.decisions:
            known = list(policy.folder.decisions)
            hint = meant(decision, list(known))
            yield error(
                place, f"{quoted(element)} asks for the decision “{decision}”, which no file of decisions has. {hint}"
            )
    if policy.folder is not None:
        for file, definitions in policy.folder.definitions.items():
            yield from problems_in(definitions, file)


def problems_in(definitions: dmn.Definitions, file: str) -> list[Problem]:
    """What is wrong in a file of decisions by itself."""
    return [replace(problem, file=file) for problem in definitions.problems] + [*_empty_values(definitions, file)]


def _empty_values(definitions: dmn.Definitions, file: str) -> Iterator[Problem]:
    """Calls of functions that there are none of, and what is null whatever the facts."""
    owners: list[tuple[dmn.Decision | dmn.KnowledgeModel, dmn.Logic | None]] = []
    owners += [(each, each.logic) for each in definitions.decisions.values()]
    owners += [(each, each.function) for each in definitions.knowledge_models.values()]
    for owner, logic in owners:
        place = Place(file=file, element_id=owner.element_id, element_name=owner.name)
        for name in sorted(owner.calls_outside - FUNCTIONS):
            yield error(place, f"“{owner.name}” calls “{name}”, which is no function. docs/feel.md lists them.")
        if logic is not None:
            yield from (error(place, f"In “{owner.name}”: {fault}") for fault in _faults(logic))


def _faults(logic: dmn.Logic) -> list[str]:
    found = [fault for cell in dmn.cells(logic) for fault in cell.parsed.faults(FUNCTIONS - feel.BUILTINS)]
    return list(dict.fromkeys(found))


RULE = Rule(name="decisions", summary="Every decision asked for is there and can be made.", look=look)
