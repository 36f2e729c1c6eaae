"""People, and the teams and agencies besides a policy's: rows per council, and the revision that grows with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from engine.model import TaskStatus
from engine.store.accounts import PERSON, PersonRow
from engine.store.database import upserting
from engine.store.policy_versions import digest_in_force
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import council_agencies, council_teams, councils, people, tasks


class PersonDetails(TypedDict):
    """What an administrator says of a person, as the columns hold it."""

    email: str
    roles: str  #: separated by blanks
    teams: str  #: ids, separated by blanks
    line_manager: str | None
    head_of_service: str | None


class NewPerson(PersonDetails):
    """What is told of a person who is added, with the one or the other way to their first sign-in."""

    name: str
    added_at: datetime
    password_hash: NotRequired[str]
    invitation: NotRequired[str]  #: hash of the secret in the link
    invitation_ends_at: NotRequired[datetime]


class PersonChange(TypedDict, total=False):
    """What changes of a person."""

    email: str
    roles: str
    teams: str
    line_manager: str | None
    head_of_service: str | None
    is_active: bool
    invitation: str | None
    invitation_ends_at: datetime | None
    totp_secret: None
    totp_last: None


@dataclass(frozen=True, kw_only=True, slots=True)
class CouncilTeam:
    """A team that an administrator entered."""

    team_id: str
    name: str
    substitute: str | None  #: id of the team in whose stead it acts


@dataclass(frozen=True, kw_only=True, slots=True)
class CouncilAgency:
    """An agency that an administrator entered."""

    agency_id: str
    name: str
    team: str  #: that answers for it
    email: str
    is_public_body: bool
    is_relevant_body: bool


_TEAM = columns_of(CouncilTeam, council_teams)
_AGENCY = columns_of(CouncilAgency, council_agencies)
_STANDING = select(
    select(councils.c.revision).where(councils.c.council_id == bindparam("council_id")).scalar_subquery(),
    digest_in_force().scalar_subquery(),
)
_FIRST_PERSON = 0x61736201  #: of PostgreSQL's advisory locks, the one for making the first person


def standing_of(connection: Connection, council_id: str, day: date) -> tuple[int, str | None]:
    """How often the council's people, teams and agencies have been changed, 0 where it has none of its own; and the
    version of its policy in force on that day, None where none is. One query."""
    revision, digest = connection.execute(_STANDING, {"council_id": council_id, "day": day}).one()
    return revision or 0, digest


def note_change(connection: Connection, council_id: str, now: datetime) -> None:
    """Let everybody who keeps what is in force read it again. Changes of one council wait for each other here."""
    upsert = upserting(connection)(councils).values(council_id=council_id, revision=1, set_up_at=now)
    connection.execute(
        upsert.on_conflict_do_update(index_elements=["council_id"], set_={"revision": councils.c.revision + 1})
    )


def has_people(connection: Connection, council_id: str | None = None) -> bool:
    """Whether anybody is there, of whatever council or of this one."""
    query = select(people.c.person_id).limit(1)
    if council_id is not None:
        query = query.where(people.c.council_id == council_id)
    return connection.execute(query).first() is not None


def lock_first_person(connection: Connection) -> None:
    """Let nobody else make the first person until this transaction ends."""
    if connection.dialect.name == "postgresql":  # SQLite has taken its one write lock
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_FIRST_PERSON})")


def councils_of(connection: Connection) -> Sequence[str]:
    """The councils that have been set up."""
    return connection.execute(select(councils.c.council_id).order_by(councils.c.council_id)).scalars().all()


# people


def people_of(connection: Connection, council_id: str) -> list[PersonRow]:
    """Everybody, by name, those who were deactivated too."""
    query = select(*PERSON).where(people.c.council_id == council_id).order_by(people.c.name)
    return rows_of(PersonRow, connection.execute(query))


def person_of(connection: Connection, council_id: str, person_id: int) -> PersonRow | None:
    query = select(*PERSON).where(people.c.council_id == council_id, people.c.person_id == person_id)
    return row_or_none(PersonRow, connection.execute(query).one_or_none())


def person_named(connection: Connection, council_id: str, name: str) -> PersonRow | None:
    """The person of this name, however it is written in capitals."""
    query = select(*PERSON).where(people.c.council_id == council_id, func.lower(people.c.name) == name.lower())
    return row_or_none(PersonRow, connection.execute(query).first())


def add_person(connection: Connection, council_id: str, **told: Unpack[NewPerson]) -> int:
    """Gives the person's id. They are active from now on."""
    made: int = connection.execute(
        insert(people).values(council_id=council_id, is_active=True, **told).returning(people.c.person_id)
    ).scalar_one()
    return made


def change_person(connection: Connection, council_id: str, person_id: int, **changed: Unpack[PersonChange]) -> None:
    connection.execute(
        update(people).where(people.c.council_id == council_id, people.c.person_id == person_id).values(**changed)
    )


# teams and agencies


def teams_of(connection: Connection, council_id: str) -> list[CouncilTeam]:
    query = select(*_TEAM).where(council_teams.c.council_id == council_id).order_by(council_teams.c.name)
    return rows_of(CouncilTeam, connection.execute(query))


def put_team(connection: Connection, council_id: str, team_id: str, *, name: str, substitute: str | None) -> None:
    take_team_away(connection, council_id, team_id)
    connection.execute(
        insert(council_teams).values(council_id=council_id, team_id=team_id, name=name, substitute=substitute)
    )


def take_team_away(connection: Connection, council_id: str, team_id: str) -> None:
    connection.execute(
        delete(council_teams).where(council_teams.c.council_id == council_id, council_teams.c.team_id == team_id)
    )


def agencies_of(connection: Connection, council_id: str) -> list[CouncilAgency]:
    query = select(*_AGENCY).where(council_agencies.c.council_id == council_id).order_by(council_agencies.c.name)
    return rows_of(CouncilAgency, connection.execute(query))


def put_agency(
    connection: Connection, council_id: str, agency_id: str, *,
    name: str, team: str, email: str, is_public_body: bool, is_relevant_body: bool,
) -> None:  # fmt: skip
    take_agency_away(connection, council_id, agency_id)
    connection.execute(
        insert(council_agencies).values(
            council_id=council_id, agency_id=agency_id, name=name, team=team, email=email,
            is_public_body=is_public_body, is_relevant_body=is_relevant_body,
        )
    )  # fmt: skip


def take_agency_away(connection: Connection, council_id: str, agency_id: str) -> None:
    connection.execute(
        delete(council_agencies).where(
            council_agencies.c.council_id == council_id, council_agencies.c.agency_id == agency_id
        )
    )


def has_open_tasks(connection: Connection, council_id: str, team_id: str) -> bool:
    query = select(tasks.c.number).where(
        tasks.c.council_id == council_id, tasks.c.team == team_id, tasks.c.status == TaskStatus.OPEN
    )
    return connection.execute(query.limit(1)).first() is not None
