"""What stands in a form before anybody has typed: the form's defaults, and the items that a list may correct."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from engine.clock import LONDON
from engine.forms import MAX_ENTRIES, Field, FieldKind, Form, with_days_in_words
from engine.forms.model import questions_of
from engine.person import is_person


def first_answers(form: Form, scope: Mapping[str, Any]) -> dict[str, Any]:
    """The answers a page starts with: for each list the items on record, which its entries correct.

    `scope` is what the form's expressions read. Nothing else of the case is filled in: what a person decides, they
    decide anew.
    """
    found = {}
    for question in form.questions:
        field = question.field
        items = scope.get(field.key) if field.kind is FieldKind.LIST else None
        entries = [_entry(field, item) for item in items or () if isinstance(item, Mapping) and "id" in item]
        if entries:
            found[field.key] = entries[:MAX_ENTRIES]
    return found


def with_defaults(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, and the form's own for questions that were never answered; one that was emptied stays empty.

    A list that needs an entry starts with one.
    """
    filled = dict(answers)
    for question in questions_of(fields):
        field = question.field
        if field.kind is FieldKind.LIST:
            entries = answers.get(field.key, [{}] if field.is_required else None)
            if isinstance(entries, list):
                filled[field.key] = [
                    with_defaults(field.fields, entry) if isinstance(entry, Mapping) and "id" not in entry else entry
                    for entry in entries
                ]
        elif field.key not in filled and not field.is_read_only and _default(field) is not None:
            filled[field.key] = _default(field)
    return filled


def without_defaults(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that say something else than the form did by itself."""
    own = {question.field.key: _default(question.field) for question in questions_of(fields)}
    return {key: answer for key, answer in answers.items() if own.get(key) is None or answer != own[key]}


def as_answer(value: Any) -> Any:
    """A value of the case as the answer that it was."""
    if isinstance(value, datetime):
        return value.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, Decimal):
        return format(value, "f")
    if is_person(value):
        return value["id"]
    return value


def _default(field: Field) -> Any:
    """The field's own answer as a browser sends it back; None where it has none that can be given."""
    written = field.default
    if field.kind is FieldKind.CHECKBOX:
        return True if written is True else None
    if field.kind is FieldKind.YES_NO:  # nobody but the person answers it
        return None
    if field.kind is FieldKind.CHECKLIST:
        return [item for item in written if isinstance(item, str)] or None if isinstance(written, list) else None
    if isinstance(written, bool) or not isinstance(written, str | int | float) or field.kind is FieldKind.FILES:
        return None
    return str(written) or None


def _entry(field: Field, item: Mapping[str, Any]) -> dict[str, Any]:
    said = with_days_in_words(item)
    asked = (q.field for q in questions_of(field.fields) if not q.field.is_read_only and not q.field.is_off_page)
    known = {each.key: as_answer(said[each.key]) for each in asked if said.get(each.key) is not None}
    return {**known, "id": item["id"]}
