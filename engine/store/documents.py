"""The letters of cases, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.store.schema import documents

_LISTED = select(
    documents.c.number,
    documents.c.letter,
    documents.c.title,
    documents.c.recipient,
    documents.c.address,
    documents.c.channel,
    documents.c.sent_at,
    documents.c.pdf.is_not(None).label("has_pdf"),
)


def listed(connection: Connection, case_id: int) -> Sequence[Row[Any]]:
    """The letters of a case without what is in them, the newest first."""
    return connection.execute(
        _LISTED.where(documents.c.case_id == case_id).order_by(documents.c.sent_at.desc(), documents.c.number.desc())
    ).all()


def load(connection: Connection, case_id: int, number: int) -> Row[Any] | None:
    """One letter with its text and PDF."""
    return connection.execute(
        select(documents).where(documents.c.case_id == case_id, documents.c.number == number)
    ).one_or_none()
