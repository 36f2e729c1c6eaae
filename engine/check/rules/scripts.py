"""A script task computes something and keeps it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.diagram import ElementKind
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for element, _, place in policy.elements():
        if element.kind is not ElementKind.SCRIPT:
            continue
        if not element.script:
            yield error(place, f"{quoted(element)} computes nothing. Write a FEEL expression.")
        elif element.result_variable is None:
            yield error(
                place, f"{quoted(element)} computes something and keeps nothing of it. Write a result variable."
            )


RULE = Rule(name="scripts", summary="A script task computes something and keeps it.", look=look)
