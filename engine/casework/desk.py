"""What the page of the inbox shows besides the tasks: whom one stands in for, what one can choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.casework.inbox import InboxPage, read_inbox
from engine.casework.office import Office
from engine.casework.saved_filters import SavedFilter, filters_for
from engine.clock import local_date
from engine.diagram.model import ElementKind
from engine.staff.absences import deputising_for
from engine.store import cases
from engine.store.inbox import Choice, Viewer
from engine.variants import Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """The inbox, and what its filters offer."""

    page: InboxPage
    today: date
    stands_in_for: tuple[str, ...]  #: people whose deputy the person is today
    teams: Mapping[str, str]  #: names by id, of the teams whose tasks the person may see
    colleagues: Sequence[str]  #: people of those teams
    kinds: Sequence[str]  #: what tasks of the policy as it is now are called
    versions: Sequence[tuple[str, date]]  #: of the policy, each with the day since when, the latest first
    filters: Sequence[SavedFilter]


def read_desk(office: Office, variant: Variant, viewer: Viewer, choice: Choice) -> Desk:
    """The inbox of the person whose name stands first in `viewer.names`; for whom they stand in is found here.

    Nine statements at most, one more after a change of the council's people.
    """
    today = local_date(office.clock.now())
    version = office.shelf.put(variant)
    with office.database.read() as connection:
        settings = office.shelf.in_force(connection, version, viewer.council_id).settings
        away = deputising_for(connection, viewer.council_id, viewer.names[0], today)
        page = read_inbox(connection, replace(viewer, names=(*viewer.names, *away)), choice, variant, today)
        filters = filters_for(connection, viewer.council_id, viewer.names[0])
        if viewer.audiences is not None:  # what colleagues search for may be a name that is kept from them
            filters = [each for each in filters if each.person == viewer.names[0]]
        versions = cases.versions_of(connection, viewer.council_id)
    teams = {team.id: team.name for team in settings.teams if viewer.sees_all or team.id in viewer.teams}
    return Desk(
        page=page,
        today=today,
        stands_in_for=away,
        teams=teams,
        colleagues=[person.name for person in settings.people if viewer.sees_all or set(person.teams) & set(teams)],
        kinds=_kinds(variant),
        versions=[(row.digest, local_date(row.stored_at)) for row in versions],
        filters=filters,
    )


def _kinds(variant: Variant) -> list[str]:
    elements = (element for process in variant.processes.values() for element in process.elements.values())
    return sorted({element.label for element in elements if element.kind is ElementKind.USER}, key=str.casefold)
