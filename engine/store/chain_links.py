"""The links of a record: what stands in each entry to hold the chain, for whoever verifies it, here or elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, select
from sqlalchemy.exc import OperationalError

from engine.store.rows import columns_of, row_of, rows_of
from engine.store.schema import record, record_contents


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainLink:
    """An entry of a record with what it is chained by; as the database has it, which may have been altered."""

    seq: int
    council_id: str
    at: datetime
    kind: str
    previous: str
    salt: str | None  #: None where the content was erased
    content: str | None  #: JSON
    content_council_id: str | None
    digest: str  #: over salt and content
    hash: str  #: over previous, seq, at, kind and digest

    def as_json(self) -> dict[str, object]:
        """As an export hands it out, so that anybody can follow the chain without this system."""
        return {
            "seq": self.seq, "at": self.at.isoformat(), "kind": self.kind, "previous": self.previous,
            "salt": self.salt, "content": None if self.content is None else json.loads(self.content),
            "digest": self.digest, "hash": self.hash,
        }  # fmt: skip


_OF_ENTRY = and_(record_contents.c.case_id == record.c.case_id, record_contents.c.seq == record.c.seq)
_LINKS = (
    select(
        *columns_of(
            ChainLink, record, salt=record_contents.c.salt, content=record_contents.c.content,
            content_council_id=record_contents.c.council_id,
        )
    )
    .select_from(record.outerjoin(record_contents, _OF_ENTRY))
    .where(record.c.case_id == bindparam("case_id"))
    .order_by(record.c.seq)
)  # fmt: skip
_LINK = _LINKS.where(record.c.seq == bindparam("seq"))
_NUMBERS = select(record.c.seq).where(record.c.case_id == bindparam("case_id")).order_by(record.c.seq)


def links_of(connection: Connection, case_id: int) -> list[ChainLink]:
    """Every entry in order."""
    return rows_of(ChainLink, connection.execute(_LINKS, {"case_id": case_id}))


def numbered_links_of(connection: Connection, case_id: int) -> list[tuple[object, ChainLink | None]]:
    """Number and link of each entry, in order; the number may be altered too. None for a link of which a byte is no
    longer text or no time."""
    try:
        return [(link.seq, link) for link in links_of(connection, case_id)]
    except (ValueError, OperationalError):
        if connection.dialect.name != "sqlite":  # only SQLite keeps what is no text as text
            raise
    found: list[tuple[object, ChainLink | None]] = []
    for seq in connection.execute(_NUMBERS, {"case_id": case_id}).scalars().all():
        try:
            row = connection.execute(_LINK, {"case_id": case_id, "seq": seq}).one()
            found.append((seq, row_of(ChainLink, row)))
        except (ValueError, OperationalError):
            found.append((seq, None))
    return found
