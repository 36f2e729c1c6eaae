"""Every case of a council named anew, after a policy says otherwise what its cases are known and found by."""

from __future__ import annotations

from engine.casework.step.office import Office
from engine.casework.step.titles import name_case
from engine.store import Batch, cases
from engine.variants import Variant


def name_every_case(office: Office, variant: Variant) -> int:
    """Give every case of the council the title and words that `variant` says; gives how many there are.

    For cases of a time when the policy, or this program, did not name them. Each in a transaction of its own.
    """
    with office.database.read() as connection:
        every = cases.all_cases(connection, variant.id)
    for row in every:
        with office.database.begin() as connection:
            case = cases.lock_case(connection, row.reference, variant.id)
            batch = Batch(case.case_id, case.council_id)
            name_case(connection, batch, case, variant.settings)
            batch.flush(connection)
    return len(every)
