"""Files that come with a case: kept outside the web root, given out again as they came, never executed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from engine.casework.cases.entries import case_entries, check_known
from engine.casework.cases.file_types import read_file
from engine.casework.step.office import Office
from engine.errors import AttachmentNotFoundError, BadInputError, TaskNotFoundError
from engine.model import TaskId
from engine.record_kinds import RecordKind
from engine.store import Batch, attachments, cases
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
    with case_entries(office, reference, council_id=council_id) as case:
        check_known(office, case, by)
        row = None if task is None else stored_tasks.load_task(case.connection, case.case.case_id, task)
        if task is not None and row is None:
            raise TaskNotFoundError(str(TaskId(reference=reference, number=task)))
        if attachments.count_of(case.connection, case.case.case_id) >= MOST_FILES:
            raise BadInputError(f"The case has {MOST_FILES} files already; no more are taken.")
        return add_file(
            case, task=task, name=taken.name, media_type=taken.media_type, size=len(data), digest=digest, by=by,
            element=None if row is None else row.name,
        )  # fmt: skip


class Written(Protocol):
    """A case that is written to: in a step, or by entries that move nothing."""

    batch: Batch
    now: datetime

    def allocate(self) -> int: ...

    def record(self, kind: RecordKind, **content: Any) -> None: ...


def add_file(
    case: Written, *, task: int | None, name: str, media_type: str, size: int, digest: str, by: str, **said: str | None
) -> Attachment:
    """A file that is kept already becomes an attachment; `said` is what else its entry in the record tells."""
    added = Attachment(
        number=case.allocate(), task=task, name=name, media_type=media_type, size=size, digest=digest, added_by=by,
        added_at=case.now,
    )  # fmt: skip
    attachments.add_attachment(case.batch, added)
    case.record(
        RecordKind.FILE_ATTACHED, by=by, attachment=added.number, file=name, media_type=media_type, sha256=digest,
        task=task, **said,
    )  # fmt: skip
    return added


def read_attachment(office: Office, reference: str, number: int, *, council_id: str) -> tuple[Attachment, bytes]:
    """A file and its content. Raises CaseNotFoundError, AttachmentNotFoundError, FileGoneError."""
    with office.database.read() as connection:
        row = attachments.load(connection, cases.find_case(connection, reference, council_id).case_id, number)
    if row is None:
        raise AttachmentNotFoundError(reference, number)
    return row, office.files.get(row.digest)
