"""Drafts of a council's policy: what each began as, its changes one after another, and the files that were saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine.errors import BadInputError
from engine.store.database import upserting
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import policy_draft_changes as changes
from engine.store.schema import policy_drafts as drafts
from engine.store.schema import policy_files as files


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyDraftRow:
    council_id: str
    number: int  #: 1 for the council's first
    title: str
    source_digest: str  #: of the folders that it began as
    began_as: str  #: what these were, in words
    follows: int  #: the council's last version when it began, or that was brought into it since; 0 for none
    begun_at: datetime
    begun_by: str
    proposal: int | None  #: the last that was made of it
    put_away_at: datetime | None
    put_away_by: str | None
    commit_id: str | None  #: of the git checkout that it began as; None where that is not known
    commit_has_all: bool | None  #: every file was as that commit has it; None where there is none


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeRow:
    council_id: str
    draft: int
    number: int  #: 1 for the first of the draft
    file: str
    was: str | None  #: the digest of the council's own file before; None: it had none
    now: str | None  #: None: it was taken out
    changed_at: datetime
    changed_by: str
    sitting: str  #: of one person at one file, whose saves are one change


class DraftChange(TypedDict, total=False):
    follows: int
    proposal: int
    put_away_at: datetime | None
    put_away_by: str | None


_ROW = columns_of(PolicyDraftRow, drafts)
_CHANGE = columns_of(ChangeRow, changes)


def drafts_of(connection: Connection, council_id: str) -> list[PolicyDraftRow]:
    """All of the council, the last first."""
    query = select(*_ROW).where(drafts.c.council_id == council_id).order_by(drafts.c.number.desc())
    return rows_of(PolicyDraftRow, connection.execute(query))


def draft_numbered(
    connection: Connection, council_id: str, number: int, *, lock: bool = False
) -> PolicyDraftRow | None:
    """With `lock` nobody else changes the draft until the transaction ends."""
    query = select(*_ROW).where(drafts.c.council_id == council_id, drafts.c.number == number)
    found = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return row_or_none(PolicyDraftRow, found)


def next_draft_number(connection: Connection, council_id: str) -> int:
    query = select(func.max(drafts.c.number)).where(drafts.c.council_id == council_id)
    return int(connection.execute(query).scalar() or 0) + 1


def add_draft(connection: Connection, row: PolicyDraftRow) -> None:
    """Raises BadInputError where another took the number at the same moment."""
    try:
        connection.execute(insert(drafts).values(asdict(row)))
    except IntegrityError:
        raise BadInputError("Another draft was begun at this moment. Begin yours again.") from None


def change_draft(connection: Connection, row: PolicyDraftRow, **change: Unpack[DraftChange]) -> None:
    of_draft = (drafts.c.council_id == row.council_id, drafts.c.number == row.number)
    connection.execute(update(drafts).where(*of_draft).values(**change))


def changes_of(connection: Connection, row: PolicyDraftRow) -> list[ChangeRow]:
    """All of the draft, the first first."""
    query = select(*_CHANGE).where(changes.c.council_id == row.council_id, changes.c.draft == row.number)
    return rows_of(ChangeRow, connection.execute(query.order_by(changes.c.number)))


def last_change_of(connection: Connection, council_id: str, draft: int, file: str) -> ChangeRow | None:
    """The last of the file in the draft; None where nobody has changed it."""
    query = select(*_CHANGE).where(changes.c.council_id == council_id, changes.c.draft == draft, changes.c.file == file)
    return row_or_none(ChangeRow, connection.execute(query.order_by(changes.c.number.desc()).limit(1)).one_or_none())


def add_change(connection: Connection, row: ChangeRow) -> None:
    connection.execute(insert(changes).values(asdict(row)))


def change_again(connection: Connection, row: ChangeRow, *, now: str | None, at: datetime) -> None:
    """A later save of the same sitting: it stays the same change."""
    of_change = (
        changes.c.council_id == row.council_id, changes.c.draft == row.draft, changes.c.number == row.number,
    )  # fmt: skip
    connection.execute(update(changes).where(*of_change).values(now=now, changed_at=at))


def keep_files(connection: Connection, contents: Mapping[str, bytes]) -> None:
    """By their digests, each once."""
    if contents:
        rows = [{"digest": digest, "content": content} for digest, content in contents.items()]
        connection.execute(upserting(connection)(files).on_conflict_do_nothing(), rows)


def files_kept(connection: Connection, digests: Collection[str]) -> dict[str, bytes]:
    query = select(files.c.digest, files.c.content).where(files.c.digest.in_(digests))
    return {row.digest: row.content for row in connection.execute(query)}
