"""The first start of a council: who holds its set-up code makes its first administrator, once."""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Iterable

from engine.clock import Clock
from engine.errors import BadInputError, FormAnswersError, NotAllowedError, SignInRefusedError
from engine.staff.bounds import PER_SET_UP
from engine.staff.passwords import check_password, hash_password
from engine.staff.people import Details, add_person, check_email
from engine.staff.roles import Role
from engine.staff.secret_hash import hash_of
from engine.staff.sessions import Account
from engine.staff.tries import TryLimit, count_try
from engine.store import Database
from engine.store import staff as stored
from engine.variants import Variant

log = logging.getLogger("asb.staff")

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  #: without those that are mistaken for others


def is_set_up(database: Database, council_id: str | None = None) -> bool:
    """Whether somebody can sign in at all, or for this council."""
    with database.read() as connection:
        return stored.has_people(connection, council_id)


def set_up_code(database: Database, council_id: str) -> str | None:
    """A new code, like `7KQ2-M9XD-4TRB`, that sets this council up; None where it has people already.

    An earlier one no longer counts. Only the hash is stored, so it is shown now or never.
    """
    if is_set_up(database, council_id):
        return None
    parts = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    code = "-".join(parts)
    database.set_property(_property(council_id), hash_of(_normal(code)))
    return code


def check_set_up_code(database: Database, clock: Clock, code: str, councils: Iterable[str]) -> str:
    """Which of the councils the code sets up.

    Raises SignInRefusedError for a wrong code, or where the council has people already; TooManyTriesError.
    """
    count_try(database, clock, (TryLimit(kind="set-up", of="", most=PER_SET_UP),))
    found = council_of_code(database, code, councils)
    if found is None:
        raise SignInRefusedError(
            "This is not the set-up code of a council that has nobody yet. Enter the one that `asb serve` printed when "
            "it started."
        )
    return found


def council_of_code(database: Database, code: str, councils: Iterable[str]) -> str | None:
    """Which of the councils it sets up; None for a wrong code, and where the council has people already."""
    return next((council for council in councils if _is_right_code(database, code, council)), None)


def _is_right_code(database: Database, code: str, council_id: str) -> bool:
    stored_hash = database.property(_property(council_id))
    return (
        stored_hash is not None
        and hmac.compare_digest(stored_hash, hash_of(_normal(code)))
        and not is_set_up(database, council_id)
    )


def make_first_administrator(
    database: Database, clock: Clock, variant: Variant, *, code: str, name: str, details: Details, password: str
) -> Account:
    """Set the council up with its first person, and use its code up.

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
    if not _is_right_code(database, code, variant.id):
        raise SignInRefusedError("The set-up code no longer counts: somebody has set the council up. Sign in.")
    hashed, now = hash_password(password), clock.now()
    roles = details.roles | {Role.ADMINISTRATOR}
    known = {team.id for team in variant.settings.teams}
    with database.begin() as connection:
        stored.lock_first_person(connection)
        if stored.has_people(connection, variant.id):
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
    database.set_property(_property(variant.id), "")
    log.info("%s set %s up and is its administrator.", name, variant.id)
    return Account.of(row)


def invite_first_administrator(database: Database, clock: Clock, variant: Variant, *, name: str, email: str) -> str:
    """The secret of the link with which a council's first administrator chooses a password.

    Raises NotAllowedError where there is an administrator already, FormAnswersError.
    """
    with database.read() as connection:
        working = [row for row in stored.people_of(connection, variant.id) if row.is_active]
    administrators = [row.name for row in working if Role.ADMINISTRATOR in row.roles.split()]
    if administrators:
        raise NotAllowedError(
            f"{variant.name} has an administrator already: {', '.join(administrators)}. They add people under “People”."
        )
    details = Details(email=email, roles=frozenset({Role.ADMINISTRATOR}), teams=())
    _, secret = add_person(database, clock, variant.id, name=name, details=details, teams=(), by="The command line")
    return secret


def _property(council_id: str) -> str:
    """Of a database: what holds the hash of the council's set-up code."""
    return f"set-up {hash_of(council_id)[:32]}"


def _normal(code: str) -> str:
    return "".join(code.split()).replace("-", "").upper()
