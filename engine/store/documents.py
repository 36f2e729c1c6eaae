"""The letters of cases, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Row, select

from engine.store.batch import Batch
from engine.store.schema import documents


class NewDocument(TypedDict):
    letter: str  #: its id in the variant's letter set
    title: str
    recipient: str
    address: str
    channel: str
    text: str
    pdf: bytes | None  #: None where the channel takes the text alone
    digest: str  #: SHA-256 of the PDF, or of the text where there is none
    once_key: str
    sent_at: datetime


def add_document(batch: Batch, number: int, **told: Unpack[NewDocument]) -> None:
    batch.add(documents, number, told)


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
