"""Notes that people add to a case in their own words. A note can be added, and never changed."""

from __future__ import annotations

from engine.casework.cases.entries import case_entries, check_known
from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.record_kinds import RecordKind
from engine.words import typed_text

#: Most characters of a note.
LONGEST_NOTE = 10_000


def add_note(office: Office, reference: str, text: str, *, by: str, council_id: str) -> None:
    """Add a note of `by` to the case, open or closed. Nothing follows from it.

    Raises CaseNotFoundError, NotAllowedError, and BadInputError for an empty or too long one.
    """
    text = typed_text(text)
    if not text:
        raise BadInputError("Enter a note.")
    if len(text) > LONGEST_NOTE:
        raise BadInputError(
            f"The note has {len(text):,} characters; at most {LONGEST_NOTE:,} are taken. Shorten it, or add two."
        )
    with case_entries(office, reference, council_id=council_id) as case:
        check_known(office, case, by)
        case.record(RecordKind.NOTE_ADDED, by=by, text=text)
