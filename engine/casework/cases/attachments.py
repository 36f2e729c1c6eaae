"""Files that come with a case: kept outside the web root, given out again as they came, never executed."""

from __future__ import annotations

from engine.casework.cases.entries import check_known, entering
from engine.casework.cases.file_types import read_file
from engine.casework.step.office import Office
from engine.errors import AttachmentNotFoundError, BadInputError, TaskNotFoundError
from engine.model import TaskId
from engine.record_kinds import RecordKind
from engine.store import attachments, cases
from engine.store import tasks as stored_tasks
from engine.store.attachments import Attachment

#: Most files of one case.
MOST_FILES = 500


def attach_file(
    office: Office, reference: str, task: int | None, name: str, data: bytes, *, by: str, council_id: str
) -> Attachment:
    """Keep a file with the case, or with one of its tasks. What is in it decides what it is.

    Raises BadInputError for a file that is not taken, CaseNotFoundError, TaskNotFoundError, NotAllowedError.
    """
    taken = read_file(name, data)
    digest = office.files.put(data)  # before the transaction: a file that no row names does no harm
    with entering(office, reference, council_id=council_id) as case:
        check_known(office, case, by)
        row = None if task is None else stored_tasks.load_task(case.connection, case.case.case_id, task)
        if task is not None and row is None:
            raise TaskNotFoundError(str(TaskId(reference=reference, number=task)))
        if attachments.count_of(case.connection, case.case.case_id) >= MOST_FILES:
            raise BadInputError(f"The case has {MOST_FILES} files already; no more are taken.")
        number = case.allocate()
        added = Attachment(
            number=number, task=task, name=taken.name, media_type=taken.media_type, size=len(data), digest=digest,
            added_by=by, added_at=case.now,
        )  # fmt: skip
        attachments.add_attachment(case.batch, added)
        case.record(
            RecordKind.FILE_ATTACHED, by=by, attachment=number, file=taken.name, media_type=taken.media_type,
            sha256=digest, task=task, element=None if row is None else row.name,
        )  # fmt: skip
    return added


def read_attachment(office: Office, reference: str, number: int, *, council_id: str) -> tuple[Attachment, bytes]:
    """A file and its content. Raises CaseNotFoundError, AttachmentNotFoundError, FileGoneError."""
    with office.database.read() as connection:
        row = attachments.load(connection, cases.find_case(connection, reference, council_id).case_id, number)
    if row is None:
        raise AttachmentNotFoundError(reference, number)
    return row, office.files.get(row.digest)
