"""An applicant looks in at the case: reference and code are tried, and it stands in the record who looked."""

from __future__ import annotations

from engine.casework.applications.applicant import ApplicantView, case_for_applicant
from engine.casework.applications.application import APPLICANT
from engine.casework.applications.bounds import CASE_CODES_PER_ADDRESS, CASE_CODES_PER_CASE
from engine.casework.cases.entries import record_view
from engine.casework.step.office import Office
from engine.staff.tries import TryLimit, count_try, forget_tries


def look_in(office: Office, council_id: str, reference: str, code: str, *, address: str) -> ApplicantView:
    """The case of the reference and the code that somebody has typed. `address`: the network address of who asks.

    Raises AccessRefusedError, the same whatever is wrong, and TooManyTriesError, whether there is such a case or not.
    """
    # spelt as the case's own, so that blanks and small letters give no further tries
    of_case = TryLimit(
        kind=f"case of {council_id}", of="".join(reference.split()).upper()[:100], most=CASE_CODES_PER_CASE
    )
    by_address = TryLimit(kind="case code", of=address, most=CASE_CODES_PER_ADDRESS)
    count_try(office.database, office.clock, (of_case, by_address))
    view = case_for_applicant(office, council_id, reference, code)
    with office.database.begin() as connection:
        forget_tries(connection, of_case)
    record_view(office, view.reference, "the applicant's page", by=APPLICANT, council_id=council_id)
    return view
