"""Answering a form as a person does: each question found by its label, each choice by its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page

from engine.forms import Field, FieldKind


def answer(place: Page | Locator, fields: Sequence[Field], answers: Mapping[str, Any]) -> None:
    """Enter these answers, such as those of a worked example, in the order of the form."""
    for field in fields:
        if field.kind is FieldKind.GROUP:
            answer(place, field.fields, answers)
        elif field.key in answers:
            _answer(place, field, answers[field.key])


def _answer(place: Page | Locator, field: Field, value: Any) -> None:
    is_marked = not field.is_required and field.kind is not FieldKind.CHECKBOX
    label = f"{field.name} (optional)" if is_marked else field.name
    match field.kind:
        case FieldKind.LIST:
            _add_entries(place.get_by_role("group", name=label, exact=True), field, value)
        case FieldKind.DATE:
            enter_day(place.get_by_role("group", name=label, exact=True), date.fromisoformat(value))
        case FieldKind.RADIO:
            # options that the form computes are not known here: the answer is then in their words
            chosen = next((option.label for option in field.options if option.value == value), value)
            place.get_by_role("group", name=label, exact=True).get_by_label(chosen, exact=True).check()
        case FieldKind.YES_NO:
            group = place.get_by_role("group", name=label, exact=True)
            group.get_by_label("Yes" if value else "No", exact=True).check()
        case FieldKind.CHECKBOX:
            place.get_by_label(label, exact=True).set_checked(value)
        case FieldKind.SELECT:
            place.get_by_label(label, exact=True).select_option(str(value))
        case FieldKind.PERSON:
            _pick(place, field, label, value if isinstance(value, Mapping) else {"name": value})
        case _:
            place.get_by_label(label, exact=True).fill(str(value))


def _pick(place: Page | Locator, field: Field, label: str, person: Mapping[str, str]) -> None:
    """Choose the person or, where they are not known yet, somebody else, and say who it is."""
    question = place.get_by_label(label, exact=True)
    known = [each.partition(" — ")[0] for each in question.locator("option").all_inner_texts()]
    if person["name"] in known:
        question.select_option(index=known.index(person["name"]))
        return
    question.select_option(label="Somebody else")
    group = place.get_by_role("group", name=f"{field.name.rstrip('?')}: somebody else", exact=True)
    inputs = {"name": "Name", "role": "Role", "email": "Email address", "phone": "Telephone", "agency": "Agency"}
    for key, words in inputs.items():
        if key in person:
            group.get_by_label(words if key == "name" else f"{words} (optional)", exact=True).fill(person[key])


def enter_day(group: Locator, day: date) -> None:
    """Enter the day and go on to the next input, so that what depends on it is asked."""
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part, exact=True).fill(str(number))
    group.get_by_label("Year", exact=True).press("Tab")


def _add_entries(group: Locator, field: Field, entries: Sequence[Mapping[str, Any]]) -> None:
    """Entries that have an id are there already, in this order; for each other one is added."""
    for number, entry in enumerate(entries, start=1):
        if "id" not in entry:
            group.get_by_role("button", name=f"entry to “{field.name}”").click()
        answer(group.get_by_role("group", name=f"Entry {number}", exact=True), field.fields, entry)
