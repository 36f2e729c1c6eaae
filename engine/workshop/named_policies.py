"""The two that are compared: a folder as it lies, or a version that somebody put in force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from engine.casework.policies.in_force import policy_in_force, served_as
from engine.casework.step.office import Office
from engine.errors import BadInputError, CouncilNotServedError
from engine.variants import Variant, find_variant, load_variant
from engine.workshop import version_numbered

#: What stands behind a council's name for the version that is in force today.
IN_FORCE = "in-force"
_VERSION = re.compile(rf"(?P<council>[^@/\\]+)@(?P<which>[0-9]{{1,9}}|{IN_FORCE})")


@dataclass(frozen=True, kw_only=True)
class NamedPolicy:
    title: str  #: "version 3 of hertsmere", "the folder hertsmere"
    variant: Variant


def is_of_version(name: str) -> bool:
    """Whether it names a version: `hertsmere@3`, `hertsmere@in-force`."""
    return _VERSION.fullmatch(name) is not None


def policy_named(name: str, root: Path, office: Office | None = None) -> NamedPolicy:
    """A council's name, or a path, is its folder as it lies; `NAME@3` version 3 of it, `NAME@in-force` that of today.

    `office` is where versions are kept; a folder needs none. Raises VariantNotFoundError, CouncilNotServedError,
    BadInputError where there is no such version, or something else stands behind the @.
    """
    found = _VERSION.fullmatch(name)
    if found is None or office is None:
        before, at, _ = name.rpartition("@")
        if at and not Path(name).exists():
            raise BadInputError(
                f"Write a version as {before or 'hertsmere'}@3, or as {before or 'hertsmere'}@{IN_FORCE}."
            )
        variant = load_variant(find_variant(name, root), root=root)
        return NamedPolicy(title=f"the folder {name}", variant=variant)
    council = found["council"]
    if found["which"] == IN_FORCE:
        variant_in_force = policy_in_force(office, council)
        if variant_in_force is None:
            raise CouncilNotServedError(council)
        return NamedPolicy(title=f"what is in force of {council}", variant=variant_in_force)
    return policy_of_version(office, council, int(found["which"]))


def policy_of_version(office: Office, council_id: str, number: int) -> NamedPolicy:
    """What cases run by that were opened with the version. Raises BadInputError where there is none of this number."""
    row = version_numbered(office, council_id, number)
    with office.database.read() as connection:
        variant = served_as(council_id, office.versions.get(connection, row.digest).variant)
    return NamedPolicy(title=f"version {number} of {council_id}", variant=variant)
