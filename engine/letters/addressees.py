"""Whom a letter is for: the roles of people in a case, and who has them in this one.

A letter names roles ("applicant", "victim"); a variant says which facts hold the name and the address of each, and when
two roles are one person. So everybody gets a letter of their own, by the way that is safe for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import feel
from engine.handler import Addressee
from engine.letters.values import look_up, plain
from engine.person import spoken_name

#: What a letter asks of its reader: `((to_victim??words))`.
ASKS = "to_"


@dataclass(frozen=True, kw_only=True, slots=True)
class AddresseeRole:
    """A role that people have in a case, and the facts (or paths such as `chair.email`) that tell of who has it."""

    id: str  #: as letters name it: "victim"
    name: str  #: the fact that holds the name
    known_as: str  #: how a letter is addressed where the name is not known
    channel: str = ""  #: the fact that says how they may be written to; "" where nobody asks
    email: str = ""
    postal_address: str = ""
    language: str = ""  #: the fact that holds the code of the language they are written to in
    own: tuple[str, ...] = ()  #: further facts that are for nobody else to read, such as a phone number
    same_as: str = ""  #: another role that the same person may have
    same_when: str = ""  #: FEEL: when they do

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that tells of them."""
        return tuple(name for name in (self.name, *self.kept, self.language) if name)

    @property
    def kept(self) -> tuple[str, ...]:
        """The facts that a letter to somebody else never prints."""
        return tuple(name for name in (self.channel, self.email, self.postal_address, *self.own) if name)


class Addressees:
    """The roles of one variant."""

    def __init__(self, roles: Sequence[AddresseeRole] = ()) -> None:
        self._roles = {role.id: role for role in roles}

    def __iter__(self) -> Iterator[AddresseeRole]:
        return iter(self._roles.values())

    def __contains__(self, role: str) -> bool:
        return role in self._roles

    def named_in(self, words: Any) -> tuple[str, ...]:
        """The roles in "applicant, victim" or ["applicant", "victim"]; () where the words name anybody else."""
        listed = words.split(",") if isinstance(words, str) else words if isinstance(words, list) else []
        found = tuple(str(each).strip() for each in listed)
        return found if all(each in self._roles for each in found) else ()

    def people(self, wanted: Iterable[str], values: Mapping[str, Any], *, now: datetime) -> tuple[Addressee, ...]:
        """Who has the roles `wanted`, each person once. Raises FeelError."""
        first = {role: self._first(role, values, now) for role in self._roles}
        return tuple(
            self._person(self._roles[role], tuple(each for each in first if first[each] == role), values)
            for role in dict.fromkeys(first[role] for role in wanted)
        )

    def same_person(self, role: str, values: Mapping[str, Any], *, now: datetime) -> frozenset[str]:
        """Every role of whoever has this one."""
        first = self._first(role, values, now)
        return frozenset(each for each in self._roles if self._first(each, values, now) == first)

    def facts_of(self, role: str, values: Mapping[str, Any], *, now: datetime) -> tuple[str, ...]:
        """The facts that tell of whoever has this role. Raises FeelError."""
        return self._roles[self._first(role, values, now)].facts

    def kept_from(self, roles: Iterable[str]) -> frozenset[str]:
        """The facts that are not for somebody with these roles."""
        theirs = {name for role in roles for name in self._roles[role].kept}
        return frozenset(name for role in self._roles.values() for name in role.kept) - theirs

    def asked(self, roles: Iterable[str]) -> dict[str, bool]:
        """What a letter to somebody with these roles answers to `((to_victim??…))`."""
        return {ASKS + role: role in set(roles) for role in self._roles}

    def _first(self, role_id: str, values: Mapping[str, Any], now: datetime) -> str:
        """The role under which a person is written to: that which the others are the same as."""
        role, passed = self._roles[role_id], {role_id}
        while role.same_as in self._roles and role.same_as not in passed:
            if feel.parse(role.same_when).evaluate(values, now=now) is not True:
                break
            passed.add(role.same_as)
            role = self._roles[role.same_as]
        return role.id

    def _person(self, role: AddresseeRole, roles: tuple[str, ...], values: Mapping[str, Any]) -> Addressee:
        return Addressee(
            roles=(role.id, *(each for each in roles if each != role.id)),
            name=_text(values, role.name) or role.known_as,
            channel=_text(values, role.channel),
            email=_text(values, role.email),
            postal_address=_text(values, role.postal_address),
            language=_text(values, role.language),
        )


def _text(values: Mapping[str, Any], path: str) -> str:
    """ "" where nothing is known. Of a person, their name."""
    found = spoken_name(look_up(values, path)) if path else None
    return plain(found) if isinstance(found, str) else ""
