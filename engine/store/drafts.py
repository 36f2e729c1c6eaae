"""What people have typed and not yet said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from engine.store.database import upserting
from engine.store.rows import columns_of, row_or_none
from engine.store.schema import drafts


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftRow:
    content: str  #: JSON
    saved_at: datetime


_DRAFT = columns_of(DraftRow, drafts)


def load_draft(connection: Connection, *, council_id: str, person: str, place: str) -> DraftRow | None:
    """None where there is none."""
    query = select(*_DRAFT).where(drafts.c.council_id == council_id, drafts.c.person == person, drafts.c.place == place)
    return row_or_none(DraftRow, connection.execute(query).one_or_none())


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


def delete_drafts(connection: Connection, *, beginning: str, before: datetime) -> Sequence[str]:
    """Those of places that begin so, saved before that moment; gives the `content` of each."""
    of_places = drafts.c.place.startswith(beginning, autoescape=True)
    deleted = delete(drafts).where(of_places, drafts.c.saved_at < before).returning(drafts.c.content)
    return connection.execute(deleted).scalars().all()
