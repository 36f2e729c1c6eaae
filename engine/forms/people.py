"""A person as an answer: by id, by name, or somebody new by name, role, email, phone and agency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from engine.errors import BadInputError
from engine.forms.model import Field, FieldKind, Option
from engine.forms.values import is_empty, read_value
from engine.person import DETAILS, is_person

#: In a select: somebody who is not among the people to choose from.
SOMEBODY_ELSE = "somebody-else"
#: What is asked of them.
ASKED = ("name", *DETAILS)

_LONGEST = 200
_FIELDS: Mapping[str, Field] = {
    name: Field(
        id=name,
        kind=FieldKind.TEXT_FIELD,
        label="email address" if name == "email" else name,
        max_length=_LONGEST,
        looks_like=name if name in ("email", "phone") else None,
    )
    for name in ASKED
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonAnswer:
    """Who is meant, as it was said."""

    person_id: str = ""
    name: str = ""
    details: Mapping[str, str]  #: what was said of them besides
    email_otherwise: str = ""  #: their address where none is known


class PeopleToPick(Protocol):
    """Who may be picked in a form."""

    def options(self, sources: Sequence[str]) -> tuple[Option, ...]:
        """The people who may be picked, by id, as a select shows them."""

    def takes_others(self, sources: Sequence[str]) -> bool:
        """Whether somebody may be named who is not known yet."""

    def find(self, answer: PersonAnswer, sources: Sequence[str]) -> dict[str, Any]:
        """The person as a fact holds one; somebody new is known from then on. Raises BadInputError."""

    def aside(self) -> PeopleToPick:
        """The same people, for looking without consequences."""


class Nobody:
    """Where nobody can be picked: a form that is read outside of any council."""

    def options(self, sources: Sequence[str]) -> tuple[Option, ...]:  # noqa: ARG002  # the protocol's
        return ()

    def takes_others(self, sources: Sequence[str]) -> bool:  # noqa: ARG002  # the protocol's
        return False

    def find(self, answer: PersonAnswer, sources: Sequence[str]) -> dict[str, Any]:  # noqa: ARG002  # the protocol's
        raise BadInputError("Nobody can be picked here.")

    def aside(self) -> Nobody:
        return self


NOBODY = Nobody()


def read_person(value: Any, email: Any = None) -> PersonAnswer:
    """The answer `value`, which is not empty; `email` is their address where none is known.

    Raises BadInputError with a sentence that says what to give instead.
    """
    said: Mapping[str, Any] = value if isinstance(value, Mapping) else {"name": value}
    if is_person(said):  # as the case knows them
        return PersonAnswer(person_id=str(said["id"]), details={})
    unknown = [str(key)[:40] for key in said if key not in ("id", *ASKED)]
    if unknown:
        raise BadInputError(f"“{unknown[0]}” is not asked of a person. Give: id, {', '.join(ASKED)}.")
    person_id = said.get("id")
    if person_id is not None and not isinstance(person_id, str):
        raise BadInputError("The id of a person is a text.")
    if not person_id and is_empty(said.get("name")):
        raise BadInputError("Give the name of the person.")
    read = {name: _read(name, said[name]) for name in ASKED if not is_empty(said.get(name))}
    return PersonAnswer(
        person_id=person_id or "",
        name=" ".join(read.pop("name", "").split()),
        details=read,
        email_otherwise=_read("email", email) if isinstance(email, str) and not is_empty(email) else "",
    )


def _read(name: str, value: Any) -> str:
    try:
        return str(read_value(_FIELDS[name], value, ()))
    except BadInputError as error:
        raise BadInputError(f"The {_FIELDS[name].label} of the person: {error}") from None
