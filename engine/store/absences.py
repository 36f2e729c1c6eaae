"""Who is away between which days, and who stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import absences


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    absence_id: int
    person: str  #: who is away
    deputy: str  #: who stands in
    first_day: date
    last_day: date
    set_by: str

    def is_running(self, today: date) -> bool:
        return self.first_day <= today <= self.last_day


_ABSENCE = columns_of(Absence, absences)

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


def absences_of(connection: Connection, council_id: str, from_day: date) -> list[Absence]:
    """Those that run on that day or come later, the next first."""
    query = (
        select(*_ABSENCE)
        .where(absences.c.council_id == council_id, absences.c.last_day >= from_day)
        .order_by(absences.c.first_day, absences.c.absence_id)
    )
    return rows_of(Absence, connection.execute(query))


def load_absence(connection: Connection, council_id: str, absence_id: int) -> Absence | None:
    query = select(*_ABSENCE).where(absences.c.council_id == council_id, absences.c.absence_id == absence_id)
    return row_or_none(Absence, connection.execute(query).one_or_none())


def add_absence(
    connection: Connection, council_id: str, *,
    person: str, deputy: str, first_day: date, last_day: date, set_by: str, set_at: datetime,
) -> int:  # fmt: skip
    """Gives its id."""
    made: int = connection.execute(
        insert(absences)
        .values(
            council_id=council_id, person=person, deputy=deputy, first_day=first_day, last_day=last_day,
            set_by=set_by, set_at=set_at,
        )
        .returning(absences.c.absence_id)
    ).scalar_one()  # fmt: skip
    return made


def shorten_absence(connection: Connection, council_id: str, absence_id: int, last_day: date) -> None:
    connection.execute(
        update(absences)
        .where(absences.c.council_id == council_id, absences.c.absence_id == absence_id)
        .values(last_day=last_day)
    )


def delete_absence(connection: Connection, council_id: str, absence_id: int) -> None:
    connection.execute(delete(absences).where(absences.c.council_id == council_id, absences.c.absence_id == absence_id))
