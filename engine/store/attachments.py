"""The files of cases, as rows; what is in them lies in a file store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Row, func, select

from engine.store.batch import Batch
from engine.store.schema import attachments


class NewAttachment(TypedDict):
    task: int | None  #: number of the task it came with; None for the case itself
    name: str
    media_type: str
    size: int  #: bytes
    digest: str
    added_by: str
    added_at: datetime


def add_attachment(batch: Batch, number: int, **told: Unpack[NewAttachment]) -> None:
    batch.add(attachments, number, told)


def of_case(connection: Connection, case_id: int) -> Sequence[Row[Any]]:
    """In the order in which they came."""
    return connection.execute(
        select(attachments).where(attachments.c.case_id == case_id).order_by(attachments.c.number)
    ).all()


def load(connection: Connection, case_id: int, number: int) -> Row[Any] | None:
    return connection.execute(
        select(attachments).where(attachments.c.case_id == case_id, attachments.c.number == number)
    ).one_or_none()


def count_of(connection: Connection, case_id: int) -> int:
    query = select(func.count()).select_from(attachments).where(attachments.c.case_id == case_id)
    return int(connection.execute(query).scalar_one())
