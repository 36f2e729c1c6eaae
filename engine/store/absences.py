"""Who is away between which days, and who stands in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from engine.store.schema import absences

_RUNNING = select(absences.c.person).where(
    absences.c.council_id == bindparam("council_id"),
    absences.c.deputy == bindparam("deputy"),
    absences.c.first_day <= bindparam("today"),
    absences.c.last_day >= bindparam("today"),
)


def people_away(connection: Connection, council_id: str, deputy: str, today: date) -> Sequence[str]:
    """The names of those for whom this person stands in on that day."""
    named = {"council_id": council_id, "deputy": deputy, "today": today}
    return sorted(set(connection.execute(_RUNNING, named).scalars()))


def absences_of(connection: Connection, council_id: str, from_day: date) -> Sequence[Row[Any]]:
    """Those that run on that day or come later, the next first."""
    return connection.execute(
        select(absences)
        .where(absences.c.council_id == council_id, absences.c.last_day >= from_day)
        .order_by(absences.c.first_day, absences.c.absence_id)
    ).all()


def absence(connection: Connection, council_id: str, absence_id: int) -> Row[Any] | None:
    query = select(absences).where(absences.c.council_id == council_id, absences.c.absence_id == absence_id)
    return connection.execute(query).one_or_none()


def add_absence(connection: Connection, council_id: str, **values: Any) -> int:
    """`values`: the columns. Gives its id."""
    made: int = connection.execute(
        insert(absences).values(council_id=council_id, **values).returning(absences.c.absence_id)
    ).scalar_one()
    return made


def shorten_absence(connection: Connection, council_id: str, absence_id: int, last_day: date) -> None:
    connection.execute(
        update(absences)
        .where(absences.c.council_id == council_id, absences.c.absence_id == absence_id)
        .values(last_day=last_day)
    )


def delete_absence(connection: Connection, council_id: str, absence_id: int) -> None:
    connection.execute(delete(absences).where(absences.c.council_id == council_id, absences.c.absence_id == absence_id))
