"""What an instance of a step sees: FEEL over the facts of its items and of the case, and the values around it."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator
from typing import Any

from engine.casework.step.evaluator import Evaluator
from engine.casework.step.instance import Loaded
from engine.casework.step.scope import CaseScope
from engine.casework.step.step import Step
from engine.clock import local_date
from engine.diagram.model import Element, ElementKind
from engine.model import Subject


def evaluator_of(step: Step, instance: Loaded | None) -> Evaluator:
    """FEEL as the instance sees the case; without one, as the case sees itself."""
    if instance is None:
        return evaluator_among(step, ())
    return _evaluator(step, instance.items, tuple(around(step, instance)))


def evaluator_about(step: Step, subject: Subject, within: tuple[Subject, ...] = ()) -> Evaluator:
    """FEEL as the case sees itself, or as one of its items does, within others."""
    return evaluator_among(step, within if subject.is_case else (subject, *within))


def evaluator_among(step: Step, items: tuple[Subject, ...]) -> Evaluator:
    """FEEL on what is known of the items, the nearest first, each of which hides what the case has of the same name."""
    return _evaluator(step, items, ())


def evaluator_at(step: Step, instance: Loaded, element: Element) -> Evaluator:
    """FEEL as the element sees the case: at a user task what its input mappings give comes first. They are read anew
    each time, so that the task follows what is told later."""
    evaluator = evaluator_of(step, instance)
    if element.kind is not ElementKind.USER or not element.inputs:
        return evaluator
    return evaluator.with_values(evaluator.mapped(element.inputs))


def around(step: Step, instance: Loaded) -> Iterator[Loaded]:
    """The instance, and those whose variables are seen in it: of what is drawn inside a multi-instance activity that in
    which it is drawn. The innermost first."""
    yield instance
    while instance.run.program.process.drawn_in is not None and instance.parent is not None:
        instance = step.load(instance.parent)
        yield instance


def _evaluator(step: Step, items: tuple[Subject, ...], instances: tuple[Loaded, ...]) -> Evaluator:
    scope = CaseScope(
        step.facts,
        items,
        variables=ChainMap(*(each.variables for each in instances)),
        case=_case(step),
        council=lambda: step.council,
        elements=ChainMap(*(each.element for each in instances)),
    )
    return Evaluator(step.version, scope, step.now)


def _case(step: Step) -> dict[str, Any]:
    case = step.case
    return {
        "reference": case.reference,
        "opened_on": local_date(case.opened_at),
        "council": case.council_id,
        "status": step.status.value,
    }
