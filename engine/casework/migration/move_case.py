"""Moving one open case to another version of its policy, in a step of its own."""

from __future__ import annotations

from engine.casework.migration.carry_out import CaseMove
from engine.casework.migration.order import CaseMoved, MoveOrder
from engine.casework.step.office import Office
from engine.errors import MoveRefusedError
from engine.model import CaseStatus
from engine.store import cases


def move_case(office: Office, reference: str, order: MoveOrder, *, council_id: str | None = None) -> CaseMoved | None:
    """What came of it; None where the case is of that version already, or is closed. Commits, or nothing has happened.

    Raises CaseNotFoundError, and MoveRefusedError where the case cannot be moved, or where the order does not say why
    what it would do at once does not matter.
    """
    with office.database.begin() as connection:
        case = cases.lock_case(connection, reference, council_id)
        if case.variant_digest == order.variant.digest or case.status is CaseStatus.CLOSED:
            return None
        move = CaseMove(office, connection, case, order)
        moved = move.carry_out()
        if moved.warnings and not order.despite:
            raise MoveRefusedError(reference, (*moved.warnings, "Say why that does not matter, and it is moved."))
    office.announce_jobs(move.step.announce)
    return moved
