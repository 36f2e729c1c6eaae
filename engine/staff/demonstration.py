"""Accounts for a demonstration: the people of each variant.toml, all with one password that the sign-in page shows."""

from __future__ import annotations

from dataclasses import dataclass

from engine.clock import Clock
from engine.staff.passwords import hash_password
from engine.staff.people import normal_email
from engine.staff.roles import Role
from engine.store import Database
from engine.store import staff as stored
from engine.variants import Variant

#: The property of a database that was made for a demonstration: the password of everybody in it.
_PASSWORD = "demonstration password"  # noqa: S105  # a property's name


@dataclass(frozen=True, kw_only=True, slots=True)
class DemonstrationAccount:
    council_id: str
    name: str
    email: str
    password: str
    roles: tuple[Role, ...]
    teams: tuple[str, ...]  #: ids


def add_demonstration_accounts(
    database: Database, clock: Clock, variant: Variant, password: str
) -> list[DemonstrationAccount]:
    """An account for each person of the variant who has a role. Those who are there already stay as they are.

    Where another council is there already, the addresses are this one's own: two Officers 1 of one address would be one
    person who works for both.
    """
    hashed, now = hash_password(password), clock.now()
    with database.begin() as connection:
        known = {row.name for row in stored.people_of(connection, variant.id)}
        others = [council_id for council_id in stored.councils_of(connection) if council_id != variant.id]
        at = variant.id if others else ""
        for person in variant.settings.people:
            if person.roles and person.name not in known:
                stored.add_person(
                    connection,
                    variant.id,
                    name=person.name,
                    email=email_for(person.name, at),
                    roles=" ".join(person.roles),
                    teams=" ".join(person.teams),
                    line_manager=person.line_manager,
                    head_of_service=person.head_of_service,
                    password_hash=hashed,
                    added_at=now,
                )
        stored.note_change(connection, variant.id, now)
    database.set_property(_PASSWORD, password)
    return demonstration_accounts(database)


def demonstration_accounts(database: Database) -> list[DemonstrationAccount]:
    """Those who can sign in to a demonstration; none in any other database."""
    password = database.property(_PASSWORD)
    if not password:
        return []
    with database.read() as connection:
        return [
            DemonstrationAccount(
                council_id=council_id,
                name=row.name,
                email=row.email,
                password=password,
                roles=tuple(Role(role) for role in row.roles.split()),
                teams=tuple(row.teams.split()),
            )
            for council_id in stored.councils_of(connection)
            for row in stored.people_of(connection, council_id)
            if row.is_active and row.email in (email_for(row.name), email_for(row.name, council_id))
        ]


def email_for(name: str, council_id: str = "") -> str:
    """`Officer 1` gives `officer.1@example.org`; of the council derby_city `officer.1@derby-city.example.org`."""
    at = f"{council_id.replace('_', '-')}.example.org" if council_id else "example.org"
    return normal_email(".".join("".join(c if c.isalnum() else " " for c in name).split()) + f"@{at}")
