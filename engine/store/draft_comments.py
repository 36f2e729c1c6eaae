"""What policy owners say to each other of a draft of a policy: of a file, or of an element in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from engine.store.rows import columns_of, rows_of
from engine.store.schema import policy_draft_comments as comments


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentRow:
    council_id: str
    draft: int
    number: int  #: 1 for the first of the draft
    file: str
    element: str  #: its id; empty: the whole file
    said_at: datetime
    said_by: str
    words: str
    settled_at: datetime | None
    settled_by: str | None


_ROW = columns_of(CommentRow, comments)


def comments_on(connection: Connection, council_id: str, draft: int) -> list[CommentRow]:
    """All of the draft, the first first."""
    query = select(*_ROW).where(comments.c.council_id == council_id, comments.c.draft == draft)
    return rows_of(CommentRow, connection.execute(query.order_by(comments.c.number)))


def next_comment_number(connection: Connection, council_id: str, draft: int) -> int:
    query = select(func.max(comments.c.number)).where(comments.c.council_id == council_id, comments.c.draft == draft)
    return int(connection.execute(query).scalar() or 0) + 1


def add_comment(connection: Connection, row: CommentRow) -> None:
    connection.execute(insert(comments).values(asdict(row)))


def settle_comment(
    connection: Connection, council_id: str, draft: int, number: int, *, at: datetime, by: str
) -> bool:  # fmt: skip
    """Whether it was there, and open."""
    of_comment = (
        comments.c.council_id == council_id, comments.c.draft == draft, comments.c.number == number,
        comments.c.settled_at.is_(None),
    )  # fmt: skip
    return connection.execute(update(comments).where(*of_comment).values(settled_at=at, settled_by=by)).rowcount == 1
