"""The files of cases, as rows; what is in them lies in a file store."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from engine.store.batch import Batch
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import attachments


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file that came with a case."""

    number: int  #: in the case
    task: int | None  #: number of the task it came with; None for the case itself
    name: str
    media_type: str
    size: int  #: bytes
    digest: str  #: SHA-256
    added_by: str
    added_at: datetime


def add_attachment(batch: Batch, file: Attachment) -> None:
    batch.add(attachments, file.number, asdict(file))


_OF_CASE = (
    select(*columns_of(Attachment, attachments))
    .where(attachments.c.case_id == bindparam("case_id"))
    .order_by(attachments.c.number)
)
_ONE = _OF_CASE.where(attachments.c.number == bindparam("number"))


def attachments_of(connection: Connection, case_id: int) -> list[Attachment]:
    """The files of a case in the order in which they came. One query."""
    return rows_of(Attachment, connection.execute(_OF_CASE, {"case_id": case_id}))


def load(connection: Connection, case_id: int, number: int) -> Attachment | None:
    return row_or_none(Attachment, connection.execute(_ONE, {"case_id": case_id, "number": number}).one_or_none())


def count_of(connection: Connection, case_id: int) -> int:
    query = select(func.count()).select_from(attachments).where(attachments.c.case_id == case_id)
    return int(connection.execute(query).scalar_one())
