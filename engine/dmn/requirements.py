"""The arrows of a decision requirements diagram: resolved, without circles, and in an order that can be computed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from lxml import etree

from engine.dmn.elements import attribute, children
from engine.dmn.model import Decision, DecisionService, KnowledgeModel
from engine.dmn.problems import Problems

#: What an arrow may start at, by the element that holds it and the reference inside.
_ARROWS = (
    ("informationRequirement", "requiredInput", "input data"),
    ("informationRequirement", "requiredDecision", "decision"),
    ("knowledgeRequirement", "requiredKnowledge", "knowledge model or decision service"),
)


def required(
    element: etree._Element, reference: str, known: Container[str], name: str, problems: Problems
) -> tuple[str, ...]:
    """The ids that `element` refers to by `reference` elements; one that is not in `known` is a problem."""
    found: list[str] = []
    for holder, kind, words in _ARROWS:
        if kind != reference:
            continue
        for arrow in children(element, holder):
            for target in children(arrow, kind):
                href = attribute(target, "href")
                target_id = href.rsplit("#", 1)[-1]
                if target_id in known:
                    found.append(target_id)
                else:
                    problems.add(
                        f"“{name}” requires the {words} “{href}”, which this file does not hold. "
                        "Delete the arrow, or draw it from what is there.",
                        element_id=attribute(arrow, "id"),
                        element_name=name,
                    )
    return tuple(dict.fromkeys(found))


def requires_of(
    decisions: Mapping[str, Decision], models: Mapping[str, KnowledgeModel], services: Mapping[str, DecisionService]
) -> dict[str, tuple[str, ...]]:
    """By the id of each decision, model and service, the ids of all that must be sound for it."""
    arrows = {i: (*each.requires_decisions, *each.requires_knowledge) for i, each in decisions.items()}
    arrows |= {i: tuple(one for one in model.requires_knowledge if one != i) for i, model in models.items()}
    return arrows | {i: service.outputs for i, service in services.items()}


def check_circles(
    decisions: Mapping[str, Decision],
    models: Mapping[str, KnowledgeModel],
    services: Mapping[str, DecisionService],
    problems: Problems,
) -> None:
    """A problem for each that requires itself through others. A knowledge model may call itself."""
    names = {i: each.name for group in (decisions, models, services) for i, each in group.items()}
    for circle in circles(requires_of(decisions, models, services)):
        listed = " → ".join(f"“{names[i]}”" for i in [*circle, circle[0]])
        # Its members all stop; a decision that requires one of them is refused through it.
        for member in circle:
            with problems.concerning(member):
                problems.add(
                    f"“{names[member]}” requires itself: {listed}. Delete one of the arrows.",
                    element_id=member,
                    element_name=names[member],
                )


def in_order(targets: Iterable[str], requires: Mapping[str, Sequence[str]]) -> list[str]:
    """`targets` and all they require, each after what it requires. Circles must have been refused before."""
    order: list[str] = []
    done: set[str] = set()
    stack = [(target, False) for target in targets]
    while stack:
        target, is_complete = stack.pop()
        if is_complete:
            order.append(target)
        elif target not in done:
            done.add(target)
            stack.append((target, True))
            stack.extend((other, False) for other in requires[target] if other not in done)
    return order


def circles(requires: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Each circle once, as ids in the order of the arrows."""
    found: list[list[str]] = []
    finished: set[str] = set()
    for start in requires:
        path: dict[str, None] = {}
        stack = [(start, 0)]
        while stack:
            current, place = stack.pop()
            if place == 0:
                if current in finished:
                    continue
                if current in path:
                    steps = list(path)
                    found.append(steps[steps.index(current) :])
                    continue
                path[current] = None
            if place < len(requires[current]):
                stack.append((current, place + 1))
                stack.append((requires[current][place], 0))
            else:
                path.popitem()
                finished.add(current)
    return found
