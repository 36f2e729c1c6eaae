"""Every service and send task names a handler that there is, and gives it what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.diagram import Element, ElementKind
from engine.handler import Handler
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    handlers = None if policy.known_handlers is None else {each.name: each for each in policy.known_handlers}
    for element, _, place in policy.elements():
        if element.job is None or not element.job.handler:
            if element.kind in (ElementKind.SERVICE, ElementKind.SEND) or element.job is not None:
                yield error(
                    place, f"{quoted(element)} names no handler. Choose an element template, or write its type."
                )
        elif element.job.handler.startswith("="):
            yield error(place, f"{quoted(element)} computes its handler. Write the handler's name.")
        elif handlers is not None:
            handler = handlers.get(element.job.handler)
            if handler is None:
                hint = meant(element.job.handler, list(handlers))
                yield error(
                    place, f"{quoted(element)} names the handler “{element.job.handler}”, which there is not. {hint}"
                )
            else:
                for sentence in _of_inputs(element, handler):
                    yield error(place, f"{quoted(element)}: {sentence}")


def _of_inputs(element: Element, handler: Handler) -> Iterator[str]:
    given = {mapping.target: mapping.source for mapping in element.inputs}
    yield from handler.name_problems(set(given))
    for declared in handler.inputs:
        source = given.get(declared.name)
        if source is None:
            if declared.required:
                yield f"“{declared.label}” is missing. Add an input mapping to “{declared.name}”."
        elif not source.startswith("=") and (problem := declared.problem(source)):
            yield problem


RULE = Rule(name="handlers", summary="Every handler named is there and is given what it needs.", look=look)
