"""Who may be picked in a form: the people who work here, and those of the council's address book.

A person who is named for the first time is new to the address book: `added` holds them until the step that takes
the answers keeps them (`keep_people`).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.errors import BadInputError
from engine.forms import Option
from engine.forms.people import PersonAnswer
from engine.person import DETAILS, id_of_staff
from engine.store import Connection, address_book
from engine.store import staff as stored
from engine.store.address_book import AddressBookEntry
from engine.variants import VariantSettings
from engine.variants.settings import Person

_MOST_NAMED = 20  #: of those to choose from, in a refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPerson:
    """Somebody who may be picked."""

    person_id: str
    name: str
    details: Mapping[str, str | None]  #: role, email, phone, agency
    teams: frozenset[str] = frozenset()
    works_here: bool = False
    is_of_council: bool = False  #: works here, and in no team of a partner agency
    is_gone: bool = False  #: is picked no more; what already names them stays true
    line_manager: str | None = None  #: name of somebody who works here
    head_of_service: str | None = None

    def may_be_picked_from(self, sources: Sequence[str]) -> bool:
        return not self.is_gone and any(self._is_of(source) for source in sources)

    def _is_of(self, source: str) -> bool:
        match source:
            case "any":
                return True
            case "council":
                return self.works_here and self.is_of_council
            case "agencies":
                return not self.is_of_council and (self.works_here or bool(self.details["agency"]))
            case "address_book":
                return not self.works_here
        return source.removeprefix("team:") in self.teams

    @property
    def label(self) -> str:
        told = ", ".join(text for text in (self.details["role"], self.details["agency"]) if text)
        return f"{self.name} — {told}" if told else self.name


class KnownPeople:
    """The people of one council, read when they are first asked for."""

    def __init__(self, read: Callable[[], Iterable[KnownPerson]]) -> None:
        self._read = read
        self._people: dict[str, KnownPerson] | None = None
        self.added: dict[str, KnownPerson] = {}  #: new to the address book, or with more known of them, by id

    def _known(self) -> dict[str, KnownPerson]:
        if self._people is None:
            self._people = {person.person_id: person for person in self._read()}
        return self._people

    def aside(self) -> KnownPeople:
        """The same people, for looking without consequences."""
        known = self._known
        return KnownPeople(lambda: list(known().values()))

    def read_now(self) -> KnownPeople:
        """Reads them while there is a connection."""
        self._known()
        return self

    def options(self, sources: Sequence[str]) -> tuple[Option, ...]:
        """Those who may be picked, by name."""
        found = [person for person in self._known().values() if person.may_be_picked_from(sources)]
        found.sort(key=lambda person: (person.name.casefold(), person.person_id))
        return tuple(Option(value=person.person_id, label=person.label) for person in found)

    def takes_others(self, sources: Sequence[str]) -> bool:
        """Whether somebody may be named who is not known yet."""
        return bool({"any", "agencies", "address_book"} & set(sources))

    def find(self, answer: PersonAnswer, sources: Sequence[str]) -> dict[str, Any]:
        """The person as a fact holds one; somebody new is known from then on. Raises BadInputError."""
        person = self._meant(answer, sources)
        known = person.details["email"] if person is not None else None
        if answer.email_otherwise and not known and "email" not in answer.details:
            answer = replace(answer, details={**answer.details, "email": answer.email_otherwise})
        if person is None or not person.works_here:
            self._refuse_double(answer)
        if person is None:
            person = self._keep(
                KnownPerson(
                    person_id=f"person-{secrets.token_hex(8)}",
                    name=answer.name,
                    details={name: answer.details.get(name) for name in DETAILS},
                )
            )
        else:
            person = self._completed(person, answer)
        return self.as_fact(person)

    def as_fact(self, person: KnownPerson) -> dict[str, Any]:
        """The FEEL context that a fact holds."""
        return _alone(person) | {
            "line_manager": self._named(person.line_manager),
            "head_of_service": self._named(person.head_of_service),
        }

    def staff(self, name: str) -> dict[str, Any] | None:
        """Who works here under this name, as a fact holds them."""
        person = self._known().get(id_of_staff(name))
        return self.as_fact(person) if person is not None else None

    def _named(self, name: str | None) -> dict[str, Any] | None:
        person = self._known().get(id_of_staff(name)) if name else None
        return _alone(person) if person is not None else None

    def _meant(self, answer: PersonAnswer, sources: Sequence[str]) -> KnownPerson | None:
        """Who is meant; None where it is somebody new."""
        known = self._known()
        person_id = answer.person_id or (answer.name if answer.name in known else "")
        if person_id:
            person = known.get(person_id)
            if person is None:
                raise BadInputError(f"There is nobody with the id “{person_id[:60]}”. {self._choose(sources)}")
            if not person.is_gone and not person.may_be_picked_from(sources):
                raise BadInputError(f"{person.name} cannot be picked here. {self._choose(sources)}")
            return person
        called = [
            each for each in known.values() if each.name.casefold() == answer.name.casefold() and not each.is_gone
        ]
        here = [each for each in called if each.may_be_picked_from(sources)]
        if len(here) > 1:
            ids = " and ".join(f"{each.label} ({each.person_id})" for each in here)
            raise BadInputError(
                f"There are {len(here)} people called {answer.name}: {ids}. Give the id of the one meant."
            )
        if here:
            return here[0]
        if called or not self.takes_others(sources):
            raise BadInputError(f"{answer.name} cannot be picked here. {self._choose(sources)}")
        return None

    def _refuse_double(self, answer: PersonAnswer) -> None:
        """Nobody is two people: raises BadInputError where the address is that of somebody who works here."""
        email = (answer.details.get("email") or "").casefold()
        for each in self._known().values() if email else ():
            if each.works_here and (each.details["email"] or "").casefold() == email:
                raise BadInputError(
                    f"{each.details['email']} is the address of {each.name}, who works here. Pick {each.name}, or give "
                    f"the address at which {answer.name} is written to."
                )

    def _choose(self, sources: Sequence[str]) -> str:
        labels = [option.label for option in self.options(sources)]
        more = ", …" if len(labels) > _MOST_NAMED else ""
        return (
            f"Choose one of: {', '.join(labels[:_MOST_NAMED])}{more}." if labels else "There is nobody to choose from."
        )

    def _completed(self, person: KnownPerson, answer: PersonAnswer) -> KnownPerson:
        """The person with what was said of them and not known yet. What contradicts is about somebody else."""
        for name, said in answer.details.items():
            known = person.details[name]
            if known and known.casefold() != said.casefold():
                raise BadInputError(
                    f"{person.name} ({person.person_id}) is known with another {name}: {known}. Pick them as they are "
                    "known or, if it is somebody else, add to the name what tells them apart."
                )
        news = {name: said for name, said in answer.details.items() if not person.details[name]}
        if not news:
            return person
        more = replace(person, details={**person.details, **news})
        # What the directory says of staff is an administrator's to change; the fact holds what was said here.
        return more if person.works_here else self._keep(more)

    def _keep(self, person: KnownPerson) -> KnownPerson:
        self._known()[person.person_id] = self.added[person.person_id] = person
        return person


def known_people(connection: Connection, council_id: str, settings: Callable[[], VariantSettings]) -> KnownPeople:
    """The people of the council; `settings` gives those in force. Nothing is read yet."""
    return KnownPeople(lambda: _everybody(connection, settings(), council_id))


def keep_people(connection: Connection, people: KnownPeople, council_id: str, *, by: str, now: datetime) -> None:
    """Write who is new into the address book, and what more is known."""
    for person in people.added.values():
        said = person.details
        details: address_book.EntryDetails = {
            "name": person.name,
            "role": said["role"],
            "email": said["email"],
            "phone": said["phone"],
            "agency": said["agency"],
        }
        if address_book.entry_of(connection, council_id, person.person_id) is None:
            address_book.add_entry(connection, council_id, person.person_id, by=by, now=now, **details)
        else:
            address_book.change_entry(connection, council_id, person.person_id, **details)
    people.added.clear()


def _everybody(connection: Connection, settings: VariantSettings, council_id: str) -> Iterable[KnownPerson]:
    known = {person.name for person in settings.people}
    for person in settings.people:
        yield _of_staff(person, settings)
    for row in stored.people_of(connection, council_id):
        if row.name not in known:
            details = dict.fromkeys(DETAILS) | {"email": row.email}
            yield KnownPerson(
                person_id=id_of_staff(row.name), name=row.name, details=details, works_here=True, is_gone=True
            )
    yield from map(_of_entry, address_book.entries_of(connection, council_id))


def _of_staff(person: Person, settings: VariantSettings) -> KnownPerson:
    agency = next((agency for agency in settings.agencies if agency.team in person.teams), None)
    own = set(person.teams)
    return KnownPerson(
        person_id=id_of_staff(person.name),
        name=person.name,
        details={
            "role": person.job or None,
            "email": person.email or None,
            "phone": person.phone or None,
            "agency": agency.name if agency is not None else settings.name,
        },
        teams=frozenset(own | {team.id for team in settings.teams if team.substitute in own}),
        works_here=True,
        is_of_council=agency is None or agency.name == settings.name,
        line_manager=person.line_manager,
        head_of_service=person.head_of_service,
    )


def _of_entry(entry: AddressBookEntry) -> KnownPerson:
    return KnownPerson(
        person_id=entry.entry_id,
        name=entry.name,
        details={"role": entry.role, "email": entry.email, "phone": entry.phone, "agency": entry.agency},
    )


def _alone(person: KnownPerson) -> dict[str, Any]:
    return {"id": person.person_id, "name": person.name, **person.details}
