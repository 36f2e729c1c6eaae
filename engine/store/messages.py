"""The messages that a case has been told, by their ids, so that each is told once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from engine.store.batch import Batch
from engine.store.schema import messages

_TOLD = select(messages.c.message_id).where(
    messages.c.case_id == bindparam("case_id"), messages.c.message_id == bindparam("message_id")
)


def was_told(connection: Connection, case_id: int, message_id: str) -> bool:
    return connection.execute(_TOLD, {"case_id": case_id, "message_id": message_id}).first() is not None


def add_message(batch: Batch, message_id: str, *, name: str, received_at: datetime) -> None:
    """A step is told one at most."""
    batch.add_plain(messages, 0, {"message_id": message_id, "name": name, "received_at": received_at})
