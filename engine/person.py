"""A person as a fact holds one: a FEEL context that explains itself, told apart from others by its id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: What is known of a person; each but id and name may be null.
DETAILS = ("role", "email", "phone", "agency")
_NAMES = frozenset({"id", "name", *DETAILS, "line_manager", "head_of_service"})
_ALWAYS = frozenset({"id", "name", *DETAILS})


def is_person(value: object) -> bool:
    """Whether the value is a person, and not some other context."""
    return isinstance(value, Mapping) and value.keys() >= _ALWAYS and value.keys() <= _NAMES


def spoken_name(value: Any) -> Any:
    """The name where the value is a person; the value itself where it is not."""
    return value["name"] if is_person(value) else value


def ids_of(value: Any) -> frozenset[str]:
    """The ids of a person, or of all people in a list, whatever else stands in it."""
    if isinstance(value, list):
        return frozenset(each for inner in value for each in ids_of(inner))
    return frozenset({str(value["id"])}) if is_person(value) else frozenset()


#: In front of a member of staff's name it is their id: a council has no two of one name, and no name changes.
STAFF = "staff:"


def id_of_staff(name: str) -> str:
    """The id of whoever works here under this name: what the record and rights call them."""
    return f"{STAFF}{name}"


def staff_name(value: Any) -> str | None:
    """The name under which a person works here; None for somebody of the address book."""
    person_id = str(value["id"]) if is_person(value) else ""
    return person_id.removeprefix(STAFF) if person_id.startswith(STAFF) else None
