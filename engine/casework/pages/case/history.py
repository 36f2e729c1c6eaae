"""The history of a case in sentences, page by page, and the notes that people added."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from engine.casework.pages.case.letters import may_read_letter_to
from engine.casework.pages.case.viewpoint import Look, Looker, look_at
from engine.casework.step.office import Office
from engine.casework.words.sentences import NarratedEntry, Narrator
from engine.model import CaseSummary, RecordEntry
from engine.record_kinds import RecordKind
from engine.store import record

#: Entries on one page of the history.
PER_PAGE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryPage:
    case: CaseSummary
    title: str
    entries: tuple[NarratedEntry, ...]
    count: int  #: of all pages
    page: int  #: from 1
    pages: int
    oldest_first: bool
    with_views: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    seq: int
    at: datetime
    by: str
    text: str | None  #: None where it was erased


@dataclass(frozen=True, kw_only=True, slots=True)
class NotesPage:
    case: CaseSummary
    title: str
    notes: tuple[Note, ...]  #: the newest first


def read_history(
    office: Office,
    reference: str,
    looker: Looker,
    *,
    council_id: str,
    page: int = 1,
    oldest_first: bool = False,
    with_views: bool = False,
) -> HistoryPage:
    """What happened, as far as `looker` may know it. A page that there is not becomes the nearest that there is.

    Raises CaseNotFoundError.
    """
    with look_at(office, reference, looker, council_id=council_id) as look:
        every = happenings(look, with_views=with_views)
        pages = max(1, -(-len(every) // PER_PAGE))
        page = min(max(page, 1), pages)
        ordered = every if oldest_first else every[::-1]
        return HistoryPage(
            case=look.summary,
            title=look.title,
            entries=tuple(ordered[(page - 1) * PER_PAGE : page * PER_PAGE]),
            count=len(every),
            page=page,
            pages=pages,
            oldest_first=oldest_first,
            with_views=with_views,
        )


def read_notes(office: Office, reference: str, looker: Looker, *, council_id: str) -> NotesPage:
    """The notes; nothing for somebody who does not see everything. Raises CaseNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        notes = (RecordKind.NOTE_ADDED,)
        entries = record.entries_of(look.connection, look.case_id, only=notes) if look.sees_everything else []
        return NotesPage(case=look.summary, title=look.title, notes=tuple(map(_note, reversed(entries))))


def happenings(look: Look, *, with_views: bool = False) -> list[NarratedEntry]:
    """The oldest first. One query."""
    narrator = Narrator(look.version.variant, lambda: look.names, settings=look.settings)
    found = []
    entries = record.entries_of(look.connection, look.case_id, without=() if with_views else (RecordKind.CASE_VIEWED,))
    for entry in entries:
        told = narrator.narrate(entry)  # every entry in its order: a later one may need what an earlier one said
        if _may_know(look, entry):
            found.append(told if look.sees_everything else replace(told, details=()))
    return found


def _may_know(look: Look, entry: RecordEntry) -> bool:
    if not look.copy.has_entry(entry):
        return False
    if look.sees_everything or entry.kind != RecordKind.LETTER_SENT:
        return True
    content = entry.content or {}
    return may_read_letter_to(look, str(content.get("to", "")), content.get("roles") or ())


def _note(entry: RecordEntry) -> Note:
    content = entry.content or {}
    return Note(seq=entry.seq, at=entry.at, by=str(content.get("by", "")), text=content.get("text"))
