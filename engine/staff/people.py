"""The people of a council, as its administrators keep them. Who changed whom is written to the log `asb.staff`."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from engine.clock import Clock
from engine.errors import BadInputError, FormAnswersError, PersonNotFoundError
from engine.staff.bounds import INVITATION_LASTS
from engine.staff.roles import Role
from engine.staff.secret_hash import hash_of, new_secret
from engine.store import Connection, Database, accounts, tasks
from engine.store import staff as stored
from engine.store.accounts import PersonRow
from engine.store.tasks import OpenTask

log = logging.getLogger("asb.staff")

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_LONGEST_NAME = 200
#: Whom the record names without being a person of the council; nobody may pass for them.
_NOBODY = frozenset({"the system", "the applicant", "the victim", "nobody"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    """What an administrator says of a person."""

    email: str
    roles: frozenset[Role]
    teams: tuple[str, ...]  #: team ids
    line_manager: str = ""  #: a name; "" for none
    head_of_service: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Colleague:
    """A person of the council as the page of people shows them."""

    person_id: int
    name: str
    details: Details
    is_active: bool
    has_password: bool
    has_second_step: bool
    is_in_directory: bool
    invitation_ends_at: datetime | None

    @property
    def can_sign_in(self) -> bool:
        return self.is_active and (self.has_password or self.is_in_directory)


def list_people(database: Database, council_id: str) -> list[Colleague]:
    """Everybody with an account, by name, those who were deactivated too."""
    with database.read() as connection:
        return [_colleague(row) for row in stored.people_of(connection, council_id)]


def find_person(database: Database, council_id: str, person_id: int) -> Colleague:
    """Raises PersonNotFoundError."""
    with database.read() as connection:
        return _colleague(_row(connection, council_id, person_id))


def tasks_held_by(database: Database, council_id: str, names: Collection[str]) -> list[OpenTask]:
    """Open tasks that these people have claimed, or that are for them alone; the most urgent first."""
    with database.read() as connection:
        return tasks.open_tasks(connection, council_id=council_id, held_by=names)


def tasks_of_people_gone(database: Database, council_id: str) -> list[OpenTask]:
    """What waits for people who were deactivated: a manager gives it to somebody else."""
    with database.read() as connection:
        gone = [row.name for row in stored.people_of(connection, council_id) if not row.is_active]
        return tasks.open_tasks(connection, council_id=council_id, held_by=gone) if gone else []


def add_person(
    database: Database, clock: Clock, council_id: str, *, name: str, details: Details, teams: Collection[str], by: str
) -> tuple[int, str]:
    """The person's id, and the secret of the link with which they choose their password.

    `teams`: ids of the teams in force. Raises FormAnswersError with the field and what is wrong with it.
    """
    secret = new_secret()
    with database.begin() as connection:
        name = _checked_name(connection, council_id, name)
        values = _checked(connection, council_id, details, teams, name=name, person_id=None)
        person_id = stored.add_person(
            connection,
            council_id,
            **values,
            name=name,
            invitation=hash_of(secret),
            invitation_ends_at=clock.now() + INVITATION_LASTS,
            added_at=clock.now(),
        )
        stored.note_change(connection, council_id, clock.now())
    log.info("%s added %s to %s: %s.", by, name, council_id, _in_words(details))
    return person_id, secret


def change_person(
    database: Database, clock: Clock, council_id: str, person_id: int, details: Details, *,
    teams: Collection[str], by: str,
) -> None:  # fmt: skip
    """Where the roles change the person signs in anew. Raises PersonNotFoundError, FormAnswersError."""
    with database.begin() as connection:
        stored.note_change(connection, council_id, clock.now())  # first: two administrators could take the right away
        row = _row(connection, council_id, person_id)  # from each other at once
        values = _checked(connection, council_id, details, teams, name=row.name, person_id=person_id)
        if row.is_active and Role.ADMINISTRATOR in row.roles.split() and Role.ADMINISTRATOR not in details.roles:
            _keep_an_administrator(connection, council_id, person_id)
        stored.change_person(connection, council_id, person_id, **values)
        if set(values["roles"].split()) != set(row.roles.split()):
            accounts.end_sessions_of(connection, person_id)
    log.info("%s changed %s of %s: %s.", by, row.name, council_id, _in_words(details))


def deactivate_person(database: Database, clock: Clock, council_id: str, person_id: int, *, by: str) -> None:
    """The person can do nothing any more and is signed out; what they did, and hold, stays theirs in the record.

    Raises PersonNotFoundError, BadInputError for the last administrator.
    """
    with database.begin() as connection:
        stored.note_change(connection, council_id, clock.now())  # first, for the same reason
        row = _row(connection, council_id, person_id)
        if Role.ADMINISTRATOR in row.roles.split():
            _keep_an_administrator(connection, council_id, person_id)
        stored.change_person(
            connection, council_id, person_id, is_active=False, invitation=None, invitation_ends_at=None
        )
        accounts.end_sessions_of(connection, person_id)
    log.info("%s deactivated %s of %s.", by, row.name, council_id)


def reactivate_person(database: Database, clock: Clock, council_id: str, person_id: int, *, by: str) -> None:
    """Raises PersonNotFoundError, FormAnswersError where somebody else has their e-mail address meanwhile."""
    with database.begin() as connection:
        row = _row(connection, council_id, person_id)
        _refuse_taken(connection, council_id, row.email, person_id)
        stored.change_person(connection, council_id, person_id, is_active=True)
        stored.note_change(connection, council_id, clock.now())
    log.info("%s let %s of %s work again.", by, row.name, council_id)


def invite_again(database: Database, clock: Clock, council_id: str, person_id: int, *, by: str) -> str:
    """The secret of a new link; an older one ends. Raises PersonNotFoundError, BadInputError."""
    secret = new_secret()
    with database.begin() as connection:
        row = _row(connection, council_id, person_id)
        if not row.is_active:
            raise BadInputError(f"{row.name} is deactivated. Let them work again first.")
        stored.change_person(
            connection,
            council_id,
            person_id,
            invitation=hash_of(secret),
            invitation_ends_at=clock.now() + INVITATION_LASTS,
        )
    log.info("%s invited %s of %s again.", by, row.name, council_id)
    return secret


def reset_second_step(database: Database, council_id: str, person_id: int, *, by: str) -> None:
    """For somebody who has lost their phone: they sign in with the password alone, everywhere anew."""
    with database.begin() as connection:
        row = _row(connection, council_id, person_id)
        stored.change_person(connection, council_id, person_id, totp_secret=None, totp_last=None)
        accounts.end_sessions_of(connection, person_id)
    log.info("%s reset the second step of %s of %s.", by, row.name, council_id)


def normal_email(email: str) -> str:
    """As it is stored and compared."""
    return email.strip().lower()


def check_email(email: str, key: str = "email") -> str:
    """The address as it is stored. Raises FormAnswersError."""
    normal = normal_email(email)
    if len(normal) > 254 or not _EMAIL.fullmatch(normal) or not normal.isprintable():
        raise FormAnswersError(((key, "Enter an e-mail address in the right form, like name@example.org"),))
    return normal


def _checked_name(connection: Connection, council_id: str, name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise FormAnswersError((("name", "Enter the person’s name, at most 200 characters"),))
    if name.lower() in _NOBODY:
        raise FormAnswersError((("name", f"Nobody can be called “{name}”: the record means something else by it"),))
    if stored.person_named(connection, council_id, name) is not None:
        raise FormAnswersError((("name", f"There is somebody called “{name}” already. Add what tells them apart"),))
    return name


def _checked(
    connection: Connection, council_id: str, details: Details, teams: Collection[str], *, name: str,
    person_id: int | None,
) -> stored.PersonDetails:  # fmt: skip
    """As the database keeps them. Raises FormAnswersError."""
    email = check_email(details.email)
    _refuse_taken(connection, council_id, email, person_id)
    if not details.roles:
        raise FormAnswersError((("roles", "Select at least one role"),))
    unknown = [team for team in details.teams if team not in teams]
    if unknown:
        raise FormAnswersError((("teams", "Select teams that your council has"),))
    above = {"line_manager": details.line_manager, "head_of_service": details.head_of_service}
    for key, named in above.items():
        if named == name:
            raise FormAnswersError(((key, "Select somebody else: nobody is above themselves"),))
    return {
        "email": email,
        "roles": " ".join(role for role in Role if role in details.roles),
        "teams": " ".join(dict.fromkeys(details.teams)),
        "line_manager": details.line_manager or None,
        "head_of_service": details.head_of_service or None,
    }


def _refuse_taken(connection: Connection, council_id: str, email: str, person_id: int | None) -> None:
    """Who works for another council with this address, or does not work here any more, does not stand in the way."""
    other = accounts.person_by_email(connection, council_id, email)
    if other is not None and other.person_id != person_id:
        raise FormAnswersError(
            (("email", f"{other.name} has this e-mail address already. Each person needs their own"),)
        )


def _keep_an_administrator(connection: Connection, council_id: str, but: int) -> None:
    """Raises BadInputError where nobody else could change anything any more."""
    for row in stored.people_of(connection, council_id):
        if row.person_id != but and row.is_active and Role.ADMINISTRATOR in row.roles.split():
            return
    raise BadInputError("This is the only administrator. Make somebody else an administrator first.")


def _row(connection: Connection, council_id: str, person_id: int) -> PersonRow:
    row = stored.person_of(connection, council_id, person_id)
    if row is None:
        raise PersonNotFoundError
    return row


def _colleague(row: PersonRow) -> Colleague:
    return Colleague(
        person_id=row.person_id,
        name=row.name,
        details=Details(
            email=row.email,
            roles=frozenset(Role(role) for role in row.roles.split()),
            teams=tuple(row.teams.split()),
            line_manager=row.line_manager or "",
            head_of_service=row.head_of_service or "",
        ),
        is_active=row.is_active,
        has_password=row.password_hash is not None,
        has_second_step=row.totp_secret is not None,
        is_in_directory=row.oidc_subject is not None,
        invitation_ends_at=row.invitation_ends_at,
    )


def _in_words(details: Details) -> str:
    roles = ", ".join(sorted(role.words for role in details.roles))
    return f"{details.email}, {roles}; teams {', '.join(details.teams) or 'none'}"
