"""Who took part in what a task looks at again, and for whom alone it is, as its diagram says."""

from __future__ import annotations

from typing import Any

from engine.casework.step.evaluator import Evaluator
from engine.casework.step.instance import Loaded
from engine.casework.step.sight import evaluator_at
from engine.casework.step.step import Step
from engine.diagram.model import Element
from engine.errors import NotAllowedError
from engine.person import id_of_staff, ids_of, is_person, staff_name


def who_took_part(evaluator: Evaluator, element: Element) -> frozenset[str]:
    """The ids of the people whom `not_who_took_part` gives: they cannot do the task, whoever clicks."""
    written = element.properties.get("not_who_took_part")
    return ids_of(evaluator.feel(written.removeprefix("="))) if written else frozenset()


def assignee_of(evaluator: Evaluator, element: Element) -> str | None:
    """The one person the task is for, by the name under which they work here; None where it is the team's.

    Somebody of the address book cannot sign in: what is theirs, their team does for them. Raises NotAllowedError for
    a person who took part.
    """
    value = evaluator.value(element.assignee) if element.assignee is not None else None
    name = staff_name(value) if is_person(value) else str(value).strip() if value is not None else ""
    if name and id_of_staff(name) in who_took_part(evaluator, element):
        raise NotAllowedError(f"{name} took part in this case, so somebody else must do “{element.label}”.")
    return name or None


def told_by_doing(step: Step, element: Element) -> dict[str, Any]:
    """The fact in which the diagram keeps who did the task (`done_by`), as a person."""
    fact = element.properties.get("done_by")
    return {fact: step.people.staff(step.actor)} if fact else {}


def took_part_in(step: Step, instance: Loaded, element: Element, *names: str | None) -> str | None:
    """Which of these people took part in what the task looks at again; None where none did."""
    ids = who_took_part(evaluator_at(step, instance, element), element)
    return next((name for name in names if name is not None and id_of_staff(name) in ids), None)
