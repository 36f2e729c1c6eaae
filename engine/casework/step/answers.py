"""What is told in a step becomes facts, unless a guard of the policy stands before one of them."""

from __future__ import annotations

from typing import Any

from engine import feel
from engine.casework.step.evaluator import Evaluator
from engine.casework.step.facts import Source
from engine.casework.step.guards import hold
from engine.casework.step.instance import Loaded
from engine.casework.step.sight import evaluator_at
from engine.casework.step.step import Step
from engine.diagram.model import Element
from engine.forms import Form
from engine.model import CASE, Subject
from engine.staff.known_people import keep_people


def write_facts(step: Step, subject: Subject, answers: dict[str, Any], source: Source) -> None:
    """Write answers as facts. Raises GuardError, where a guard stands before one of them."""
    keep_people(step.connection, step.people, step.case.council_id, by=step.actor, now=step.now)
    with step.facts.told_together():
        for name, value in answers.items():
            step.facts.write(subject, name, value, source)
        told, step.facts.guarded_told = step.facts.guarded_told, []
        before: dict[Subject, dict[str, feel.Value]] = {}
        for about, name, value in told:
            before.setdefault(about, {}).setdefault(name, value)
        for about, was in before.items():
            hold(
                step,
                (guard for guard in step.guards if guard.facts & was.keys()),
                at=source.at or source.words,
                items=(about,),
                was=was,
                correction_reason=source.correction_reason,
                told_by=source.by,
            )


def write_answers(step: Step, subject: Subject, form: Form | None, answers: dict[str, Any], source: Source) -> None:
    """Write what was answered, or told with a message; of an item's form what is the case's is written there."""
    of_case = form.keys_of_case if form is not None and not subject.is_case else frozenset[str]()
    if of_case:
        write_facts(step, CASE, {name: value for name, value in answers.items() if name in of_case}, source)
    write_facts(step, subject, {name: value for name, value in answers.items() if name not in of_case}, source)


def write_outputs(step: Step, instance: Loaded, element: Element) -> None:
    """What the element's output mappings make of what the instance knows now becomes facts."""
    if element.outputs:
        write_outputs_of(step, element, evaluator_at(step, instance, element), instance.subject)


def write_outputs_of(step: Step, element: Element, evaluator: Evaluator, subject: Subject) -> None:
    """The same, of an element whose process instance does not run yet."""
    if element.outputs:
        told = evaluator.mapped(element.outputs, onto_known=True)
        write_facts(step, subject, told, Source(by=step.actor, words=f"outputs of {element.label}"))
