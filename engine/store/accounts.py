"""How people sign in: their accounts, the sessions that are open, and the attempts that are counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, or_, select, update

from engine.store.schema import people, sessions, sign_in_attempts

_SESSION = (
    select(sessions, people)
    .join(people, people.c.person_id == sessions.c.person_id)
    .where(sessions.c.token == bindparam("token"))
)

# people, whatever their council: who signs in has not said which


def person_by_email(connection: Connection, email: str) -> Row[Any] | None:
    return connection.execute(select(people).where(people.c.email == email)).one_or_none()


def person_by_id(connection: Connection, person_id: int) -> Row[Any] | None:
    return connection.execute(select(people).where(people.c.person_id == person_id)).one_or_none()


def person_by_subject(connection: Connection, subject: str) -> Row[Any] | None:
    return connection.execute(select(people).where(people.c.oidc_subject == subject)).one_or_none()


def person_by_invitation(connection: Connection, invitation: str) -> Row[Any] | None:
    return connection.execute(select(people).where(people.c.invitation == invitation)).one_or_none()


def change_account(connection: Connection, person_id: int, **values: Any) -> None:
    connection.execute(update(people).where(people.c.person_id == person_id).values(values))


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


def add_session(connection: Connection, **values: Any) -> None:
    connection.execute(insert(sessions).values(**values))


def load_session(connection: Connection, token: str) -> Row[Any] | None:
    """The session with its person, in one query."""
    return connection.execute(_SESSION, {"token": token}).one_or_none()


def sessions_of(connection: Connection, person_id: int) -> Sequence[Row[Any]]:
    query = select(sessions).where(sessions.c.person_id == person_id).order_by(sessions.c.seen_at.desc())
    return connection.execute(query).all()


def see_session(connection: Connection, token: str, now: datetime) -> None:
    connection.execute(update(sessions).where(sessions.c.token == token).values(seen_at=now))


def end_session(connection: Connection, token: str) -> None:
    connection.execute(delete(sessions).where(sessions.c.token == token))


def end_sessions_of(connection: Connection, person_id: int, *, but: str = "") -> None:
    """End all sessions of the person; `but` is the hash of one that stays."""
    connection.execute(delete(sessions).where(sessions.c.person_id == person_id, sessions.c.token != but))


def forget_old_sessions(connection: Connection, *, now: datetime, unseen_since: datetime) -> None:
    connection.execute(delete(sessions).where(or_(sessions.c.ends_at <= now, sessions.c.seen_at <= unseen_since)))


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
