"""A day that is corrected is held to what the forms say of it, and so is every day that they hold against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from engine.casework.step.sight import evaluator_about
from engine.casework.step.step import Step
from engine.clock import LONDON
from engine.errors import BadInputError
from engine.forms import Field, Form, refused_day
from engine.forms.model import DAYS
from engine.model import Subject
from engine.store import facts


def hold_to_bounds(step: Step, subject: Subject, name: str) -> None:
    """Hold the days of the case to their bounds, as far as they hang on this fact, which was just told anew.

    What may not be to come may not be so now; what had to be still to come had to be so when it was first told.
    Raises BadInputError.
    """
    for form, field in _days(step):
        if field.key == name:
            _hold(step, subject, form, field)
    for each in _subjects(step, subject):
        known = step.facts.of(each)
        for form, field in _days(step):
            if field.key in known and name in _read_by(field):
                _hold(step, each, form, field)


def _hold(step: Step, subject: Subject, form: Form, field: Field) -> None:
    evaluator = evaluator_about(step, subject)
    day = step.facts.get(subject, field.key)
    told_first = _told_first(step, subject, field.key)
    for side, now in ((replace(field, latest=None), told_first), (replace(field, earliest=None), step.now)):
        sentence = refused_day(
            side, day, evaluator.scope, {"now": now.astimezone(LONDON), "functions": evaluator.functions}, form.labels
        )
        if sentence is not None:
            raise BadInputError(sentence)


def _subjects(step: Step, subject: Subject) -> Iterator[Subject]:
    """The one that the fact is about and, where that is the case, every item: its days may be held against it."""
    yield subject
    if subject.is_case:
        for collection in sorted(step.facts.collections):
            for item in step.facts.items(collection):
                yield Subject(collection=collection, item_id=item["id"])


def _days(step: Step) -> Iterator[tuple[Form, Field]]:
    for form, question in step.version.variant.questions:
        for field in question.fields:
            if field.kind in DAYS:
                yield form, field


def _read_by(field: Field) -> set[str]:
    return {name for bound in (field.earliest, field.latest) if bound is not None for name in bound.names}


def _told_first(step: Step, subject: Subject, name: str) -> datetime:
    told = facts.history(step.connection, step.case.case_id, name)
    return next((row.recorded_at for row in told if row.subject == subject), step.now)
