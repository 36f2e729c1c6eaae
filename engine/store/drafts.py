"""What people have typed and not yet said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from engine.store.database import upserting
from engine.store.schema import drafts


def load_draft(connection: Connection, *, council_id: str, person: str, place: str) -> Any:
    """The row of the draft, with `content` (JSON) and `saved_at`; None where there is none."""
    return connection.execute(
        select(drafts.c.content, drafts.c.saved_at).where(
            drafts.c.council_id == council_id, drafts.c.person == person, drafts.c.place == place
        )
    ).one_or_none()


def save_draft(
    connection: Connection, *, council_id: str, person: str, place: str, content: str, now: datetime
) -> None:
    connection.execute(
        upserting(connection)(drafts)
        .values(council_id=council_id, person=person, place=place, content=content, saved_at=now)
        .on_conflict_do_update(
            index_elements=["council_id", "person", "place"], set_={"content": content, "saved_at": now}
        )
    )


def delete_draft(connection: Connection, *, council_id: str, person: str, place: str) -> None:
    connection.execute(
        delete(drafts).where(drafts.c.council_id == council_id, drafts.c.person == person, drafts.c.place == place)
    )
