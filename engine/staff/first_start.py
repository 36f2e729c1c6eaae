"""The first start: who holds the set-up code makes the first administrator, once."""

from __future__ import annotations

import hmac
import logging
import secrets

from engine.clock import Clock
from engine.errors import BadInputError, FormAnswersError, SignInRefusedError
from engine.staff.bounds import PER_SET_UP
from engine.staff.passwords import check_password, hash_password
from engine.staff.people import Details, check_email
from engine.staff.roles import Role
from engine.staff.secret_hash import hash_of
from engine.staff.sessions import Account
from engine.staff.tries import TryLimit, count_try
from engine.store import Database
from engine.store import staff as stored
from engine.variants import Variant

log = logging.getLogger("asb.staff")

#: The property of a database that holds the hash of the set-up code.
_CODE = "set-up code"
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  #: without those that are mistaken for others


def is_set_up(database: Database) -> bool:
    """Whether somebody can sign in at all."""
    with database.read() as connection:
        return stored.has_people(connection)


def set_up_code(database: Database) -> str | None:
    """A new code, like `7KQ2-M9XD-4TRB`, that the first page asks for; None where there are people already.

    An earlier one no longer counts. Only the hash is stored, so it is shown now or never.
    """
    if is_set_up(database):
        return None
    parts = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    code = "-".join(parts)
    database.set_property(_CODE, hash_of(_normal(code)))
    return code


def check_set_up_code(database: Database, clock: Clock, code: str) -> None:
    """Raises SignInRefusedError for a wrong code, or where there are people already; TooManyTriesError."""
    count_try(database, clock, (TryLimit(kind="set-up", of="", most=PER_SET_UP),))
    if not is_right_code(database, code):
        raise SignInRefusedError("This is not the set-up code. Enter the one that `asb serve` printed when it started.")


def is_right_code(database: Database, code: str) -> bool:
    stored_hash = database.property(_CODE)
    return (
        stored_hash is not None and hmac.compare_digest(stored_hash, hash_of(_normal(code))) and not is_set_up(database)
    )


def make_first_administrator(
    database: Database, clock: Clock, variant: Variant, *, code: str, name: str, details: Details, password: str
) -> Account:
    """Set the council up with its first person, and use the code up.

    Raises FormAnswersError, BadInputError, and SignInRefusedError where somebody was faster.
    """
    name = " ".join(name.split())
    if not name or len(name) > 200 or not name.isprintable():
        raise FormAnswersError((("name", "Enter your name, at most 200 characters"),))
    email = check_email(details.email)
    try:
        check_password(password, known=(name, email, variant.settings.name))
    except BadInputError as error:
        raise FormAnswersError((("password", str(error)),)) from None
    if not is_right_code(database, code):
        raise SignInRefusedError("The set-up code no longer counts: somebody has set the council up. Sign in.")
    hashed, now = hash_password(password), clock.now()
    roles = details.roles | {Role.ADMINISTRATOR}
    known = {team.id for team in variant.settings.teams}
    with database.begin() as connection:
        stored.lock_first_person(connection)
        if stored.has_people(connection):
            raise SignInRefusedError("Somebody has just set the council up. Sign in.")
        stored.add_person(
            connection,
            variant.id,
            name=name,
            email=email,
            roles=" ".join(role for role in Role if role in roles),
            teams=" ".join(team for team in dict.fromkeys(details.teams) if team in known),
            line_manager=None,
            head_of_service=None,
            password_hash=hashed,
            added_at=now,
        )
        stored.note_change(connection, variant.id, now)
        row = stored.people_of(connection, variant.id)[0]
    database.set_property(_CODE, "")
    log.info("%s set %s up and is its administrator.", name, variant.id)
    return Account.of(row)


def _normal(code: str) -> str:
    return "".join(code.split()).replace("-", "").upper()
