"""Teams and agencies that a council has besides its policy's, or instead of one of the same id there."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection

from engine.clock import Clock
from engine.errors import BadInputError, FormAnswersError
from engine.staff.people import check_email
from engine.store import Connection, Database
from engine.store import staff as stored
from engine.variants.settings import Agency, Team, VariantSettings

log = logging.getLogger("asb.staff")

_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST_NAME = 200


def id_of(name: str) -> str:
    """An id made from a name: `Trading Standards` gives `trading_standards`."""
    return "_".join(re.findall(r"[a-z0-9]+", name.lower()))[:100].strip("_") or "unnamed"


def own_ids(database: Database, council_id: str) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the teams, and of the agencies, that the council's administrators entered."""
    with database.read() as connection:
        return (
            frozenset(row.team_id for row in stored.teams_of(connection, council_id)),
            frozenset(row.agency_id for row in stored.agencies_of(connection, council_id)),
        )


def put_team(
    database: Database, clock: Clock, council_id: str, team: Team, *, in_force: VariantSettings, by: str
) -> None:
    """Add the team, or let it take the place of the one with its id. Raises FormAnswersError."""
    name = _checked_name(team.name, {t.name for t in in_force.teams if t.id != team.id}, "team")
    _check_id(team.id)
    if team.substitute is not None and (team.substitute == team.id or in_force.team(team.substitute) is None):
        raise FormAnswersError((("substitute", "Select another team that your council has"),))
    with database.begin() as connection:
        stored.put_team(connection, council_id, team.id, name=name, substitute=team.substitute)
        stored.note_change(connection, council_id, clock.now())
    log.info("%s put the team %s (%s) of %s.", by, team.id, name, council_id)


def put_agency(
    database: Database, clock: Clock, council_id: str, agency: Agency, *, in_force: VariantSettings, by: str
) -> None:
    """Add the agency, or let it take the place of the one with its id. Raises FormAnswersError."""
    name = _checked_name(agency.name, {a.name for a in in_force.agencies if a.id != agency.id}, "agency")
    _check_id(agency.id)
    email = check_email(agency.email) if agency.email.strip() else ""
    if in_force.team(agency.team) is None:
        raise FormAnswersError((("team", "Select the team that answers for the agency"),))
    with database.begin() as connection:
        stored.put_agency(
            connection,
            council_id,
            agency.id,
            name=name,
            team=agency.team,
            email=email,
            is_public_body=agency.is_public_body,
            is_relevant_body=agency.is_relevant_body,
        )
        stored.note_change(connection, council_id, clock.now())
    log.info("%s put the agency %s (%s) of %s.", by, agency.id, name, council_id)


def take_team_away(
    database: Database, clock: Clock, council_id: str, team_id: str, *, policy: VariantSettings, by: str
) -> None:
    """Take away a team that an administrator entered; where the policy has one of its id, that one counts again.

    Raises BadInputError while anybody or anything still needs it.
    """
    with database.begin() as connection:
        if policy.team(team_id) is None:
            _check_not_needed(connection, council_id, team_id, policy)
        stored.take_team_away(connection, council_id, team_id)
        stored.note_change(connection, council_id, clock.now())
    log.info("%s took the team %s of %s away.", by, team_id, council_id)


def take_agency_away(database: Database, clock: Clock, council_id: str, agency_id: str, *, by: str) -> None:
    """Take away an agency that an administrator entered; where the policy has one of its id, that one counts again.

    Cases that it was asked in keep it.
    """
    with database.begin() as connection:
        stored.take_agency_away(connection, council_id, agency_id)
        stored.note_change(connection, council_id, clock.now())
    log.info("%s took the agency %s of %s away.", by, agency_id, council_id)


def _check_not_needed(connection: Connection, council_id: str, team_id: str, policy: VariantSettings) -> None:
    people = [row.name for row in stored.people_of(connection, council_id) if team_id in row.teams.split()]
    if people:
        raise BadInputError(f"{', '.join(people)} {_are(people)} in this team. Take them out of it first.")
    agencies = [row.name for row in stored.agencies_of(connection, council_id) if row.team == team_id]
    if agencies:
        raise BadInputError(f"This team answers for {', '.join(agencies)}. Select another team there first.")
    served = [row.name for row in stored.teams_of(connection, council_id) if row.substitute == team_id]
    served += [team.name for team in policy.teams if team.substitute == team_id]
    if served:
        raise BadInputError(f"This team acts in the stead of {', '.join(served)}. Change that first.")
    if stored.has_open_tasks(connection, council_id, team_id):
        raise BadInputError("This team has open tasks. Let them be done first.")


def _are(names: Collection[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _checked_name(name: str, taken: Collection[str], what: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise FormAnswersError((("name", f"Enter the {what}’s name, at most 200 characters"),))
    if name.lower() in {other.lower() for other in taken}:
        raise FormAnswersError(
            (("name", f"There is a {what} called “{name}” already".replace("a agency", "an agency")),)
        )
    return name


def _check_id(identity: str) -> None:
    if len(identity) > 120 or not _ID.fullmatch(identity):
        raise BadInputError("This team or agency cannot be stored: its id holds more than small letters, digits and _.")
