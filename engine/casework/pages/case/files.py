"""The files that came with a case."""

from __future__ import annotations

from dataclasses import dataclass

from engine.casework.cases.attachments import read_attachment
from engine.casework.pages.case.viewpoint import Look, Looker, look_at
from engine.casework.step.office import Office
from engine.errors import AttachmentNotFoundError
from engine.model import CaseSummary
from engine.store import tasks as stored_tasks
from engine.store.attachments import Attachment, attachments_of


@dataclass(frozen=True, kw_only=True, slots=True)
class FileSeen:
    file: Attachment
    task: str  #: name of the task it came with; "" for the case itself


@dataclass(frozen=True, kw_only=True, slots=True)
class FilesPage:
    case: CaseSummary
    title: str
    files: tuple[FileSeen, ...]  #: the newest first


def read_files(office: Office, reference: str, looker: Looker, *, council_id: str) -> FilesPage:
    """The files that `looker` may see. Raises CaseNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        return FilesPage(case=look.summary, title=look.title, files=_seen(look))


def read_file_of(
    office: Office, reference: str, number: int, looker: Looker, *, council_id: str
) -> tuple[Attachment, bytes]:
    """One file and its content. Raises CaseNotFoundError, AttachmentNotFoundError, FileGoneError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        if not any(each.file.number == number for each in _seen(look)):
            raise AttachmentNotFoundError(reference, number)
    return read_attachment(office, reference, number, council_id=council_id)


def _seen(look: Look) -> tuple[FileSeen, ...]:
    """An agency's officer sees what they or their teams' tasks brought; what else came may be about others."""
    tasks = {row.number: row for row in stored_tasks.of_case(look.connection, look.case_id)}
    found = []
    for file in reversed(attachments_of(look.connection, look.case_id)):
        task = tasks.get(file.task) if file.task is not None else None
        theirs = file.added_by == look.looker.name or (task is not None and task.team in look.looker.teams)
        if look.sees_everything or theirs:
            found.append(FileSeen(file=file, task="" if task is None else task.name))
    return tuple(found)
