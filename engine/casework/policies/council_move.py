"""Moving a council that bears another name: its people, cases, policy, files and records go on under the new id."""

from __future__ import annotations

import logging
from pathlib import Path

from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.store import council_move as stored
from engine.variants import load_variant

log = logging.getLogger("asb.policies")


def move_council(office: Office, root: Path, old: str, new: Path) -> tuple[int, int]:
    """How many people and cases were moved to the council of the folder `new`, with the versions of its policy.

    References stay as they are, and so does every entry of the records. Raises BadInputError where there is nothing to
    move, or where either would be mixed with another council; VariantNotFoundError.
    """
    variant = load_variant(new, root=root)
    if (root / old).exists():
        raise BadInputError(
            f"The folder {root / old} is still there. Rename it to {variant.id}, so that nobody goes on under the old "
            "name."
        )
    with office.database.begin() as connection:
        if not stored.is_there(connection, old):
            raise BadInputError(f"Nothing is kept of a council “{old}”. Check how its folder was called before.")
        people, cases = stored.rows_of_council(connection, variant.id)
        if people or cases or stored.has_versions(connection, variant.id):
            raise BadInputError(
                f"{variant.id} has people, cases or a policy in force of its own already, and two councils cannot "
                "become one. Give the folder another name."
            )
        moved = stored.rows_of_council(connection, old)
        stored.move_council(connection, old, variant.id)
    log.info("%s is %s from now on: %d people and %d cases were moved.", old, variant.id, *moved)
    return moved
