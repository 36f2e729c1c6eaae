"""People, and the teams and agencies besides a policy's: rows per council, and the revision that grows with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, or_, select, update

from engine.model import TaskStatus
from engine.store.database import upserting
from engine.store.schema import cases, council_agencies, council_teams, councils, people, tasks

_REVISION = select(councils.c.revision).where(councils.c.council_id == bindparam("council_id"))
_FIRST_PERSON = 0x61736201  #: of PostgreSQL's advisory locks, the one for making the first person


def revision_of(connection: Connection, council_id: str) -> int:
    """How often the council's people, teams and agencies have been changed; 0 where it has none of its own."""
    return connection.execute(_REVISION, {"council_id": council_id}).scalar() or 0


def note_change(connection: Connection, council_id: str, now: datetime) -> None:
    """Let everybody who keeps what is in force read it again. Changes of one council wait for each other here."""
    upsert = upserting(connection)(councils).values(council_id=council_id, revision=1, set_up_at=now)
    connection.execute(
        upsert.on_conflict_do_update(index_elements=["council_id"], set_={"revision": councils.c.revision + 1})
    )


def has_people(connection: Connection) -> bool:
    return connection.execute(select(people.c.person_id).limit(1)).first() is not None


def lock_first_person(connection: Connection) -> None:
    """Let nobody else make the first person until this transaction ends."""
    if connection.dialect.name == "postgresql":  # SQLite has taken its one write lock
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_FIRST_PERSON})")


def councils_of(connection: Connection) -> Sequence[str]:
    """The councils that have been set up."""
    return connection.execute(select(councils.c.council_id).order_by(councils.c.council_id)).scalars().all()


# people


def people_of(connection: Connection, council_id: str) -> Sequence[Row[Any]]:
    """Everybody, by name, those who were deactivated too."""
    return connection.execute(select(people).where(people.c.council_id == council_id).order_by(people.c.name)).all()


def person_of(connection: Connection, council_id: str, person_id: int) -> Row[Any] | None:
    query = select(people).where(people.c.council_id == council_id, people.c.person_id == person_id)
    return connection.execute(query).one_or_none()


def person_named(connection: Connection, council_id: str, name: str) -> Row[Any] | None:
    """The person of this name, however it is written in capitals."""
    query = select(people).where(people.c.council_id == council_id, func.lower(people.c.name) == name.lower())
    return connection.execute(query).first()


def add_person(connection: Connection, council_id: str, **values: Any) -> int:
    """`values`: the columns. Gives the person's id."""
    made: int = connection.execute(
        insert(people).values(council_id=council_id, **values).returning(people.c.person_id)
    ).scalar_one()
    return made


def change_person(connection: Connection, council_id: str, person_id: int, **values: Any) -> None:
    connection.execute(
        update(people).where(people.c.council_id == council_id, people.c.person_id == person_id).values(values)
    )


# teams and agencies


def teams_of(connection: Connection, council_id: str) -> Sequence[Row[Any]]:
    query = select(council_teams).where(council_teams.c.council_id == council_id).order_by(council_teams.c.name)
    return connection.execute(query).all()


def put_team(connection: Connection, council_id: str, team_id: str, *, name: str, substitute: str | None) -> None:
    take_team_away(connection, council_id, team_id)
    connection.execute(
        insert(council_teams).values(council_id=council_id, team_id=team_id, name=name, substitute=substitute)
    )


def take_team_away(connection: Connection, council_id: str, team_id: str) -> None:
    connection.execute(
        delete(council_teams).where(council_teams.c.council_id == council_id, council_teams.c.team_id == team_id)
    )


def agencies_of(connection: Connection, council_id: str) -> Sequence[Row[Any]]:
    query = select(council_agencies).where(council_agencies.c.council_id == council_id)
    return connection.execute(query.order_by(council_agencies.c.name)).all()


def put_agency(connection: Connection, council_id: str, agency_id: str, **values: Any) -> None:
    take_agency_away(connection, council_id, agency_id)
    connection.execute(insert(council_agencies).values(council_id=council_id, agency_id=agency_id, **values))


def take_agency_away(connection: Connection, council_id: str, agency_id: str) -> None:
    connection.execute(
        delete(council_agencies).where(
            council_agencies.c.council_id == council_id, council_agencies.c.agency_id == agency_id
        )
    )


# what hangs on them


def tasks_held_by(connection: Connection, council_id: str, names: Sequence[str]) -> Sequence[Any]:
    """Open tasks that these people have claimed, or that are for them alone, with the case's reference."""
    return connection.execute(
        select(tasks.c.number, tasks.c.name, tasks.c.due_on, tasks.c.team, tasks.c.claimed_by, tasks.c.assignee,
               cases.c.reference)
        .join(cases, cases.c.case_id == tasks.c.case_id)
        .where(
            tasks.c.council_id == council_id,
            tasks.c.status == TaskStatus.OPEN,
            or_(tasks.c.claimed_by.in_(names), tasks.c.assignee.in_(names)),
        )
        .order_by(tasks.c.due_on.is_(None), tasks.c.due_on, tasks.c.case_id, tasks.c.number)
    ).all()  # fmt: skip


def has_open_tasks(connection: Connection, council_id: str, team_id: str) -> bool:
    query = select(tasks.c.number).where(
        tasks.c.council_id == council_id, tasks.c.team == team_id, tasks.c.status == TaskStatus.OPEN
    )
    return connection.execute(query.limit(1)).first() is not None
