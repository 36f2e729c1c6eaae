"""Applications that are being written: found by the hash of their return code alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from engine.store.database import upserting
from engine.store.rows import columns_of, row_or_none
from engine.store.schema import applications, attachments, drafts


@dataclass(frozen=True, kw_only=True, slots=True)
class ApplicationRow:
    token: str  #: hash of the code with which the applicant returns
    content: str  #: JSON: the answers so far
    files: str  #: JSON: the files so far
    ends_at: datetime  #: after it the application is deleted
    reference: str | None  #: of the case, once it was sent
    language: str | None  #: code of the language in which it is written; None: the council's first


_APPLICATION = columns_of(ApplicationRow, applications)


def add_application(
    connection: Connection, *,
    token: str, council_id: str, content: str, files: str, now: datetime, ends_at: datetime,
    language: str | None,
) -> None:  # fmt: skip
    connection.execute(
        insert(applications).values(
            token=token, council_id=council_id, content=content, files=files, started_at=now, changed_at=now,
            ends_at=ends_at, language=language,
        )
    )  # fmt: skip


def note_sent(
    connection: Connection, *, token: str, council_id: str, reference: str, now: datetime, ends_at: datetime
) -> bool:
    """Note that what is known by this token was sent. False where it was noted before."""
    noted = connection.execute(
        upserting(connection)(applications)
        .values(
            token=token, council_id=council_id, content="{}", files="[]", started_at=now, changed_at=now,
            ends_at=ends_at, reference=reference,
        )
        .on_conflict_do_nothing(index_elements=["token"])
        .returning(applications.c.token)
    )  # fmt: skip
    return noted.first() is not None


def load_application(connection: Connection, token: str, council_id: str) -> ApplicationRow | None:
    return row_or_none(ApplicationRow, connection.execute(_one(token, council_id)).one_or_none())


def lock_application(connection: Connection, token: str, council_id: str) -> ApplicationRow | None:
    """The application, which nobody else changes until the transaction ends."""
    found = connection.execute(_one(token, council_id).with_for_update()).one_or_none()
    return row_or_none(ApplicationRow, found)


def save_application(
    connection: Connection, token: str, council_id: str, *,
    content: str, files: str, now: datetime, ends_at: datetime, reference: str | None = None,
) -> None:  # fmt: skip
    """`reference`: of the case, where the application was sent."""
    connection.execute(
        update(applications)
        .where(applications.c.token == token, applications.c.council_id == council_id)
        .values(content=content, files=files, changed_at=now, ends_at=ends_at, reference=reference)
    )


def keep_language(connection: Connection, token: str, council_id: str, language: str) -> None:
    """Note in which language the application is written from now on."""
    connection.execute(
        update(applications)
        .where(applications.c.token == token, applications.c.council_id == council_id)
        .values(language=language)
    )


def delete_application(connection: Connection, token: str, council_id: str) -> None:
    connection.execute(
        delete(applications).where(applications.c.token == token, applications.c.council_id == council_id)
    )


def delete_ended(connection: Connection, now: datetime) -> Sequence[str]:
    """Delete those whose end has come, of every council; gives the `files` of each."""
    ended = connection.execute(
        delete(applications).where(applications.c.ends_at <= now).returning(applications.c.files)
    )
    return ended.scalars().all()


def named_anywhere(connection: Connection, digests: Sequence[str]) -> set[str]:
    """Those of these files that a case, an application or somebody's draft still names."""
    of_cases = select(attachments.c.digest).where(attachments.c.digest.in_(digests)).distinct()
    found = set(connection.execute(of_cases).scalars())
    for digest in set(digests) - found:
        places = (
            select(applications.c.token).where(applications.c.files.contains(digest, autoescape=True)),
            select(drafts.c.place).where(drafts.c.content.contains(digest, autoescape=True)),
        )
        if any(connection.execute(place.limit(1)).first() is not None for place in places):
            found.add(digest)
    return found


def _one(token: str, council_id: str) -> Select[Any]:
    return select(*_APPLICATION).where(applications.c.token == token, applications.c.council_id == council_id)
