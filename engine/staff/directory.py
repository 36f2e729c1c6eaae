"""Who is in force for a council: its policy's people, teams and agencies, and those that its administrators entered.

A row adds to variant.toml, or takes the place of what bears the same name (people) or id (teams, agencies) there. A
person whom an administrator has deactivated is nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from engine.store import Connection
from engine.store import staff as stored
from engine.store.accounts import PersonRow
from engine.variants import Variant, VariantSettings
from engine.variants.council_context import council_context
from engine.variants.settings import Agency, Person, Role, Team

T = TypeVar("T", Person, Team, Agency)
Today = Callable[[Connection, str], VariantSettings]


@dataclass(frozen=True, kw_only=True, slots=True)
class InForce:
    """A variant's settings with the council's own people, teams and agencies, at one revision of these."""

    revision: int
    served: str | None  #: the version in force that day, by its digest
    settings: VariantSettings
    council: Mapping[str, Any]  #: what FEEL and letters read as `council`


class Directories:
    """What is in force, kept by version of the variant and council until somebody changes the council's rows.

    `today` gives the settings of the version in force.
    """

    def __init__(self, today: Today) -> None:
        self._today = today
        self._kept: dict[tuple[str, str], InForce] = {}

    def in_force(self, connection: Connection, variant: Variant, council_id: str, day: date) -> InForce:
        """One query where nothing has changed since the last time; a few where something has."""
        revision, served = stored.standing_of(connection, council_id, day)
        kept = self._kept.get((variant.digest, council_id))
        if kept is None or (kept.revision, kept.served) != (revision, served):
            today = self._today(connection, served) if served is not None else None
            settings = as_of_today(variant.settings, today)
            if revision:
                settings = settings_in_force(connection, settings, council_id)
            kept = InForce(revision=revision, served=served, settings=settings, council=council_context(settings))
            self._kept[variant.digest, council_id] = kept
        return kept


def as_of_today(settings: VariantSettings, today: VariantSettings | None) -> VariantSettings:
    """The settings of a case's version, with what is a fact about today: how the council is called and reached, and
    its people. What decides a case (limits, tables, teams, letters) stays that of its version."""
    if today is None:
        return settings
    return replace(
        settings,
        name=today.name or settings.name,
        contact={**settings.contact, **today.contact},
        logo=today.logo,
        translations={
            language: {**settings.translations.get(language, {}), **today.translations.get(language, {})}
            for language in {**settings.translations, **today.translations}
        },
        people=_replaced(settings.people, today.people, lambda person: person.name),
    )


def settings_in_force(connection: Connection, settings: VariantSettings, council_id: str) -> VariantSettings:
    """The settings, with the council's rows in them."""
    rows = stored.people_of(connection, council_id)
    gone = {row.name for row in rows if not row.is_active}
    of_policy = {person.name: person for person in settings.people}
    people = _replaced(
        settings.people, (_person(row, of_policy.get(row.name)) for row in rows), lambda person: person.name
    )
    return replace(
        settings,
        people=tuple(person for person in people if person.name not in gone),
        teams=_replaced(settings.teams, map(team_of, stored.teams_of(connection, council_id)), lambda team: team.id),
        agencies=_replaced(
            settings.agencies, map(agency_of, stored.agencies_of(connection, council_id)), lambda agency: agency.id
        ),
    )


def team_of(row: stored.CouncilTeam) -> Team:
    return Team(id=row.team_id, name=row.name, substitute=row.substitute)


def agency_of(row: stored.CouncilAgency) -> Agency:
    return Agency(
        id=row.agency_id,
        name=row.name,
        team=row.team,
        email=row.email,
        is_public_body=row.is_public_body,
        is_relevant_body=row.is_relevant_body,
    )


def _person(row: PersonRow, of_policy: Person | None) -> Person:
    return Person(
        name=row.name,
        teams=tuple(row.teams.split()),
        line_manager=row.line_manager,
        head_of_service=row.head_of_service,
        roles=tuple(Role(role) for role in row.roles.split()),
        job=of_policy.job if of_policy is not None else "",
        email=row.email,
        phone=of_policy.phone if of_policy is not None else "",
    )


def _replaced(of_policy: Iterable[T], own: Iterable[T], identity: Callable[[T], str]) -> tuple[T, ...]:
    """The policy's, each in its place, and the council's others after them."""
    found = {identity(one): one for one in of_policy}
    found.update((identity(one), one) for one in own)
    return tuple(found.values())
