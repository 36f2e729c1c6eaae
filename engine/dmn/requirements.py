"""The arrows of a decision requirements diagram: resolved, without circles, and in an order that can be computed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from lxml import etree

from engine.dmn.elements import attribute, children
from engine.dmn.problems import Problems

#: What an arrow may start at, by the element that holds it and the reference inside.
_ARROWS = (
    ("informationRequirement", "requiredInput", "input data"),
    ("informationRequirement", "requiredDecision", "decision"),
    ("knowledgeRequirement", "requiredKnowledge", "business knowledge model"),
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
