"""Filters of the inbox that people keep under a name, for themselves or for their colleagues too."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, or_, select

from engine.store.rows import columns_of, rows_of
from engine.store.schema import saved_filters


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedFilter:
    filter_id: int
    name: str
    query: str  #: the choice as it stands in the address
    person: str  #: who saved it
    is_shared: bool  #: colleagues of the council see it too


_FILTER = columns_of(SavedFilter, saved_filters)


def filters_for(connection: Connection, council_id: str, person: str) -> list[SavedFilter]:
    """The person's own, and those that colleagues share, by name. One query."""
    query = (
        select(*_FILTER)
        .where(
            saved_filters.c.council_id == council_id,
            or_(saved_filters.c.person == person, saved_filters.c.is_shared),
        )
        .order_by(saved_filters.c.name, saved_filters.c.filter_id)
    )
    return rows_of(SavedFilter, connection.execute(query))


def keep_filter(
    connection: Connection, council_id: str, *, person: str, name: str, query: str, is_shared: bool
) -> None:
    """Another of the person's filters of the same name makes room."""
    connection.execute(
        delete(saved_filters).where(
            saved_filters.c.council_id == council_id, saved_filters.c.person == person, saved_filters.c.name == name
        )
    )
    connection.execute(
        insert(saved_filters).values(council_id=council_id, person=person, name=name, query=query, is_shared=is_shared)
    )


def delete_filter(connection: Connection, council_id: str, *, person: str, filter_id: int) -> bool:
    """False where the person has no such filter."""
    gone = connection.execute(
        delete(saved_filters).where(
            saved_filters.c.council_id == council_id,
            saved_filters.c.person == person,
            saved_filters.c.filter_id == filter_id,
        )
    )
    return gone.rowcount == 1
