"""By what a council is served today: the version of its policy that somebody put in force for this day.

A folder is a draft: whatever is edited in it changes nothing until it is published. Cases keep their own versions in
any case.
"""

from __future__ import annotations

from dataclasses import replace

from engine.casework.step.office import Office
from engine.errors import CouncilNotServedError
from engine.store import policy_versions as stored
from engine.variants import Variant


def policy_in_force(office: Office, council_id: str) -> Variant | None:
    """None where none is in force today."""
    with office.database.read() as connection:
        row = stored.version_in_force(connection, council_id, office.today)
        return None if row is None else served_as(council_id, office.versions.get(connection, row.digest).variant)


def served_as(council_id: str, variant: Variant) -> Variant:
    """Equal folders of two councils are one version, which bears the name of one of them."""
    return variant if variant.id == council_id else replace(variant, id=council_id)


def policy_for_new_cases(office: Office, council_id: str) -> Variant:
    """That by which a case is opened today. Raises CouncilNotServedError where none is in force."""
    found = policy_in_force(office, council_id)
    if found is None:
        raise CouncilNotServedError(council_id)
    return found


def known_councils(office: Office) -> list[str]:
    """Every council that has people, cases or a version of its policy, by id."""
    with office.database.read() as connection:
        return stored.known_councils(connection)


def councils_served(office: Office) -> list[str]:
    """The councils of which a version is in force today, by id."""
    with office.database.read() as connection:
        return stored.councils_in_force(connection, office.today)
