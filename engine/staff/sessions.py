"""Sessions: who is signed in, in which browser, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.clock import Clock
from engine.staff.bounds import SEEN_EVERY, SESSION_LASTS, SESSION_REMEMBERED, SESSION_RESTS
from engine.staff.roles import Role
from engine.staff.secret_hash import hash_of, new_secret
from engine.store import Database
from engine.store import accounts as stored


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A person with what they may do, as their row says it."""

    person_id: int
    council_id: str
    name: str
    email: str
    roles: frozenset[Role]
    teams: tuple[str, ...]  #: team ids
    is_active: bool
    has_password: bool
    has_second_step: bool
    is_in_directory: bool  #: has signed in through the council's directory
    proof: str  #: changes with the password; "" where there is none

    @classmethod
    def of(cls, row: stored.PersonRow) -> Account:
        return cls(
            person_id=row.person_id,
            council_id=row.council_id,
            name=row.name,
            email=row.email,
            roles=frozenset(Role(role) for role in row.roles.split()),
            teams=tuple(row.teams.split()),
            is_active=row.is_active,
            has_password=row.password_hash is not None,
            has_second_step=row.totp_secret is not None,
            is_in_directory=row.oidc_subject is not None,
            proof=proof_of(row.password_hash),
        )


def proof_of(password_hash: str | None) -> str:
    """What a cookie may hold of a password: nothing that could be tried out."""
    return hash_of(password_hash)[:16] if password_hash is not None else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenSession:
    started_at: datetime
    seen_at: datetime
    is_this: bool  #: the one that asks


def start_session(database: Database, clock: Clock, account: Account) -> str:
    """The secret for the person's cookie; only its hash is stored."""
    now, token = clock.now(), new_secret()
    with database.begin() as connection:
        remembered = now - SESSION_REMEMBERED
        stored.forget_old_sessions(connection, ended_before=remembered, unseen_since=remembered)
        stored.add_session(
            connection,
            hash_of(token),
            person_id=account.person_id,
            council_id=account.council_id,
            started_at=now,
            ends_at=now + SESSION_LASTS,
        )
    return token


def account_of(database: Database, clock: Clock, token: str) -> Account | None:
    """Whose session it is; None for one that has ended. One query, and now and then a note of its use."""
    now, hashed = clock.now(), hash_of(token)
    with database.read() as connection:
        row = stored.load_session(connection, hashed)
    if row is None or not row.is_active or row.ends_at <= now or row.seen_at <= now - SESSION_RESTS:
        return None
    if now - row.seen_at >= SEEN_EVERY:
        with database.begin() as connection:
            stored.see_session(connection, hashed, now)
    return Account.of(row)


def ended_account_of(database: Database, clock: Clock, token: str) -> Account | None:
    """Whose session it was; None for one that has not ended, and for one that was ended by signing out."""
    now = clock.now()
    with database.read() as connection:
        row = stored.load_session(connection, hash_of(token))
    has_ended = row is not None and (row.ends_at <= now or row.seen_at <= now - SESSION_RESTS)
    return Account.of(row) if row is not None and has_ended and row.is_active else None


def open_sessions(database: Database, clock: Clock, person_id: int, token: str) -> list[OpenSession]:
    """The person's sessions that have not ended, the latest used first; `token` is that of the one that asks."""
    now = clock.now()
    with database.read() as connection:
        rows = stored.sessions_of(connection, person_id)
    return [
        OpenSession(started_at=row.started_at, seen_at=row.seen_at, is_this=row.token == hash_of(token))
        for row in rows
        if row.ends_at > now and row.seen_at > now - SESSION_RESTS
    ]


def end_session(database: Database, token: str) -> None:
    with database.begin() as connection:
        stored.end_session(connection, hash_of(token))


def end_other_sessions(database: Database, person_id: int, token: str) -> None:
    """Sign the person out everywhere else."""
    with database.begin() as connection:
        stored.end_sessions_of(connection, person_id, but=hash_of(token))
