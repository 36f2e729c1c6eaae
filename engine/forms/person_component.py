"""What the properties of a component say of the people it asks for, and of where it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.forms.model import FieldKind

_SOURCE = re.compile(r"council|agencies|address_book|any|team:[a-z][a-z0-9_]{0,62}")
_CHOICES = ("values", "valuesKey", "valuesExpression")
#: What the modeller's form editor writes by itself into a select that says nothing of its choices.
_FILLER = [{"label": "Value", "value": "value"}]


def person_kind(component: Mapping[str, Any], note: Callable[[str], None]) -> FieldKind | None:
    """The kind of a component with the property `person`; None where it is no select."""
    if component.get("type") != "select":
        note("It asks for a person, and is no select. Make it a select without choices.")
        return None
    if any(component.get(name) and component[name] != _FILLER for name in _CHOICES):
        note("It asks for a person, so its choices are the people there are. Take its own choices out.")
    return FieldKind.PERSON


def picked_from(properties: Mapping[str, Any], note: Callable[[str], None]) -> tuple[str, ...]:
    """Who may be picked."""
    named = tuple(part.strip() for part in str(properties["person"]).split(",") if part.strip())
    for part in named or ("",):
        if not _SOURCE.fullmatch(part):
            note(
                f"person says “{part[:40]}”. Write who may be picked: some of council, agencies, address_book, "
                "team:ID, or any."
            )
    return tuple(part for part in named if _SOURCE.fullmatch(part)) or ("any",)


def is_off_page(properties: Mapping[str, Any], note: Callable[[str], None], *, is_required: bool) -> bool:
    """Whether it is asked on no page, and only taken from whoever still sends it."""
    written = properties.get("asked")
    if written is None:
        return False
    if written != "no":
        note("“asked” says something else than no. Write no where it is asked on no page, or take it out.")
    elif is_required:
        note("It is asked on no page and required. Take one of the two out.")
    return bool(written == "no")
