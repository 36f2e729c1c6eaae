"""Asking again for one fact that was wrong, with the question of the form that asked for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine import feel
from engine.casework.pages.case.viewpoint import Looker, look_at
from engine.casework.step.office import SYSTEM, Office
from engine.casework.step.sight import evaluator_about
from engine.errors import BadInputError
from engine.forms import Field, FieldKind, Form
from engine.forms.people import NOBODY, PeopleToPick
from engine.model import CaseSummary, Subject
from engine.variants import Variant


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One question, as a form of its own, and what it is read with."""

    case: CaseSummary
    title: str
    name: str
    label: str
    about: str  #: what people call the item; "" for the case itself
    was: str | None  #: in words; None where it is not known yet
    form: Form
    answers: Mapping[str, Any]  #: what is known now, by the question's key, as FEEL value
    scope: Mapping[str, Any]
    now: datetime
    functions: Mapping[str, Callable[..., feel.Value]]
    people: PeopleToPick  #: who may be picked


def read_correction(
    office: Office, reference: str, name: str, item_id: str, looker: Looker, *, council_id: str
) -> Correction:
    """The question that asks for the fact. Raises CaseNotFoundError, BadInputError where no form asks for it."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        collection = item_id.rpartition("-")[0]
        subject = Subject(collection=collection, item_id=item_id) if item_id else Subject()
        asked = _asked(look.version.variant, name, collection)
        if asked is None or not look.copy.has_fact(subject, name) or (item_id and subject not in look.shown):
            raise BadInputError("No form asks for this, so it cannot be corrected here.")
        form, field = asked
        known = look.shown.get(subject, {})
        step = office.step_on(look.connection, look.row, actor=SYSTEM)
        evaluator = evaluator_about(step, subject)
        scope = dict(evaluator.scope.items())
        return Correction(
            case=look.summary,
            title=look.title,
            name=name,
            label=field.name,
            about=look.name_of(item_id) if item_id else "",
            was=look.words(name, known[name]) if name in known else None,
            form=replace(form, title="", fields=(_alone(field),)),
            answers={name: known[name]} if name in known else {},
            scope=scope,
            now=evaluator.now,
            functions=evaluator.functions,
            people=step.people.read_now() if field.kind is FieldKind.PERSON else NOBODY,
        )


def _alone(field: Field) -> Field:
    """The question without those around it. A box that had to be ticked may be found not to be, and a day is held to
    its bounds by the correction itself, which knows when it was told."""
    is_required = field.is_required and field.kind is not FieldKind.CHECKBOX
    return replace(
        field,
        hidden_if=None,
        is_required=is_required,
        is_read_only=False,
        earliest=None,
        latest=None,
        otherwise=None,
    )


def _asked(variant: Variant, name: str, collection: str) -> tuple[Form, Field] | None:
    """The form and question that ask for a fact of the case or, with a collection, of its items."""
    for form, question in variant.questions:
        field = question.field
        if not collection and field.key == name and field.kind is not FieldKind.LIST:
            return form, field
        if collection and field.key == collection:
            inner = next((each for each in field.fields if each.key == name), None)
            if inner is not None:
                return form, inner
    return None
