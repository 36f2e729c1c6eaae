"""The links of a record as an export hands them out, so that anybody can follow the chain without this system."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, and_, select

from engine.store.schema import record, record_contents


def links_of(connection: Connection, case_id: int) -> list[dict[str, Any]]:
    """Every entry in order, as JSON: `digest` is over `salt` and `content`, `hash` over what stands before it.

    `salt` and `content` are null where the content was erased.
    """
    of_entry = and_(record_contents.c.case_id == record.c.case_id, record_contents.c.seq == record.c.seq)
    rows = connection.execute(
        select(record, record_contents.c.salt, record_contents.c.content)
        .select_from(record.outerjoin(record_contents, of_entry))
        .where(record.c.case_id == case_id)
        .order_by(record.c.seq)
    )
    return [
        {
            "seq": row.seq, "at": row.at.isoformat(), "kind": row.kind, "previous": row.previous, "salt": row.salt,
            "content": None if row.content is None else json.loads(row.content), "digest": row.digest, "hash": row.hash,
        }
        for row in rows
    ]  # fmt: skip
