"""Every decision that a diagram asks for is there, can be made, and reads only what is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine import dmn
from engine.check.finding import Place, error, warning
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.check.values.decision_homes import DecisionHomes
from engine.diagram import ElementKind
from engine.problems import Problem, Thing, ThingKind


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
            sentence = f"{quoted(element)} asks for the decision “{decision}”, which no file of decisions has. {hint}"
            yield error(place, sentence, lacks=Thing(kind=ThingKind.DECISION, name=decision))
    if policy.folder is not None:
        for file, definitions in policy.folder.definitions.items():
            yield from problems_in(definitions, file)
            yield from _undrawn(definitions, file)


def _undrawn(definitions: dmn.Definitions, file: str) -> Iterator[Problem]:
    """Input data that stands in the drawing and is read without an arrow: the picture says that it does not count."""
    there_is = {data.name for data in definitions.inputs.values()}
    for decision in definitions.decisions.values():
        drawn: set[str] = set()
        waiting, seen = [decision.element_id], {decision.element_id}
        while waiting:
            each = definitions.decisions.get(waiting.pop())
            if each is None:
                continue
            drawn.update(each.requires_inputs)
            new = set(each.requires_decisions) - seen
            seen |= new
            waiting.extend(new)
        for name in sorted((decision.names & there_is) - drawn):
            place = Place(file=file, element_id=decision.element_id, element_name=decision.name)
            yield warning(place, f"“{decision.name}” reads “{name}”, and no arrow leads from that to it. Draw it.")


def problems_in(definitions: dmn.Definitions, file: str) -> list[Problem]:
    """What is wrong in a file of decisions by itself."""
    return [replace(problem, file=file) for problem in definitions.problems]


def problems_alone(definitions: dmn.Definitions, file: str) -> list[Problem]:
    """What is wrong in a file of decisions that stands alone: in its cells, too, of which in a folder other rules
    speak."""
    homes = DecisionHomes()
    homes.look({file: definitions}, (), None)
    return [*problems_in(definitions, file), *(error(each.place, each.slip.sentence) for each in homes.misfits)]


RULE = Rule(
    name="decisions", summary="Every decision asked for is there and can be made.", look=look, compares_files=True
)
