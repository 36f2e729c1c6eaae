"""How people sign in: their accounts, the sessions that are open, and the attempts that are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, or_, select, update

from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import people, sessions, sign_in_attempts


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRow:
    """A person with their account, as the database has them."""

    person_id: int
    council_id: str
    name: str
    email: str  #: small letters
    roles: str  #: separated by blanks
    teams: str  #: ids, separated by blanks
    line_manager: str | None
    head_of_service: str | None
    is_active: bool
    password_hash: str | None
    totp_secret: str | None  #: encrypted; None: no second step
    oidc_subject: str | None  #: hash of issuer and subject in the council's directory
    invitation_ends_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedInRow(PersonRow):
    """A person by one of their sessions."""

    seen_at: datetime  #: when the session was last used
    ends_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionRow:
    token: str  #: hash of what the cookie holds
    started_at: datetime
    seen_at: datetime
    ends_at: datetime


class AccountChange(TypedDict, total=False):
    """What changes in how a person signs in."""

    password_hash: str
    totp_secret: str | None
    totp_last: int | None


PERSON = columns_of(PersonRow, people)  #: what queries for people select
_SESSION = (
    select(*columns_of(SignedInRow, people, seen_at=sessions.c.seen_at, ends_at=sessions.c.ends_at))
    .join(sessions, people.c.person_id == sessions.c.person_id)
    .where(sessions.c.token == bindparam("token"))
)
_SESSIONS = columns_of(SessionRow, sessions)

# people, where it has not been said whose: who signs in says no council


def people_by_email(connection: Connection, email: str) -> list[PersonRow]:
    """Those who work for a council now, by council."""
    query = select(*PERSON).where(people.c.email == email, people.c.is_active).order_by(people.c.council_id)
    return rows_of(PersonRow, connection.execute(query))


def person_by_email(connection: Connection, council_id: str, email: str) -> PersonRow | None:
    """Of those who work for the council now."""
    return _person(connection, and_(people.c.council_id == council_id, people.c.email == email, people.c.is_active))


def person_by_id(connection: Connection, person_id: int) -> PersonRow | None:
    return _person(connection, people.c.person_id == person_id)


def person_by_subject(connection: Connection, council_id: str, subject: str) -> PersonRow | None:
    """Somebody who works for the council now, else somebody who did."""
    query = select(*PERSON).where(people.c.council_id == council_id, people.c.oidc_subject == subject)
    return row_or_none(PersonRow, connection.execute(query.order_by(people.c.is_active.desc())).first())


def person_by_invitation(connection: Connection, invitation: str) -> PersonRow | None:
    return _person(connection, people.c.invitation == invitation)


def _person(connection: Connection, condition: ColumnElement[bool]) -> PersonRow | None:
    return row_or_none(PersonRow, connection.execute(select(*PERSON).where(condition)).one_or_none())


def change_account(connection: Connection, person_id: int, **changed: Unpack[AccountChange]) -> None:
    connection.execute(update(people).where(people.c.person_id == person_id).values(**changed))


def accept_invitation(connection: Connection, invitation: str, password_hash: str) -> bool:
    """Set the password and use the invitation up. False where somebody has just used it."""
    return (
        connection.execute(
            update(people)
            .where(people.c.invitation == invitation)
            .values(password_hash=password_hash, invitation=None, invitation_ends_at=None)
        ).rowcount
        == 1
    )


def tie_subject(connection: Connection, person_id: int, subject: str) -> bool:
    """Tie the person to this account of the directory. False where they are tied to one already."""
    query = update(people).where(people.c.person_id == person_id, people.c.oidc_subject.is_(None))
    return connection.execute(query.values(oidc_subject=subject)).rowcount == 1


def use_code(connection: Connection, person_id: int, interval: int) -> bool:
    """Note that the code of this interval was used. False where it, or a later one, was used already."""
    return (
        connection.execute(
            update(people)
            .where(people.c.person_id == person_id, or_(people.c.totp_last.is_(None), people.c.totp_last < interval))
            .values(totp_last=interval)
        ).rowcount
        == 1
    )


# sessions


def add_session(
    connection: Connection, token: str, *, person_id: int, council_id: str, started_at: datetime, ends_at: datetime
) -> None:
    """`token`: the hash of what the cookie holds."""
    connection.execute(
        insert(sessions).values(
            token=token, person_id=person_id, council_id=council_id, started_at=started_at, seen_at=started_at,
            ends_at=ends_at,
        )
    )  # fmt: skip


def load_session(connection: Connection, token: str) -> SignedInRow | None:
    """The session with its person, in one query."""
    return row_or_none(SignedInRow, connection.execute(_SESSION, {"token": token}).one_or_none())


def sessions_of(connection: Connection, person_id: int) -> list[SessionRow]:
    query = select(*_SESSIONS).where(sessions.c.person_id == person_id).order_by(sessions.c.seen_at.desc())
    return rows_of(SessionRow, connection.execute(query))


def see_session(connection: Connection, token: str, now: datetime) -> None:
    connection.execute(update(sessions).where(sessions.c.token == token).values(seen_at=now))


def end_session(connection: Connection, token: str) -> None:
    connection.execute(delete(sessions).where(sessions.c.token == token))


def end_sessions_of(connection: Connection, person_id: int, *, but: str = "") -> None:
    """End all sessions of the person; `but` is the hash of one that stays."""
    connection.execute(delete(sessions).where(sessions.c.person_id == person_id, sessions.c.token != but))


def forget_old_sessions(connection: Connection, *, ended_before: datetime, unseen_since: datetime) -> None:
    is_old = or_(sessions.c.ends_at <= ended_before, sessions.c.seen_at <= unseen_since)
    connection.execute(delete(sessions).where(is_old))


# attempts


def lock_key(connection: Connection, key: str) -> None:
    """Let nobody else count attempts under this key until the transaction ends."""
    if connection.dialect.name == "postgresql":  # SQLite has taken its one write lock
        connection.execute(select(func.pg_advisory_xact_lock(int(key[:15], 16))))


def attempts_since(connection: Connection, key: str, since: datetime) -> Sequence[datetime]:
    """When there were attempts under this key, the oldest first."""
    query = select(sign_in_attempts.c.at).where(sign_in_attempts.c.key == key, sign_in_attempts.c.at > since)
    return connection.execute(query.order_by(sign_in_attempts.c.at)).scalars().all()


def add_attempt(connection: Connection, key: str, now: datetime) -> None:
    connection.execute(insert(sign_in_attempts).values(key=key, at=now))


def forget_attempts(connection: Connection, key: str) -> None:
    connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.key == key))


def forget_old_attempts(connection: Connection, before: datetime) -> None:
    connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.at <= before))
