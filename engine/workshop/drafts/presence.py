"""Who has which file of a draft open: what its page says every few seconds, so that two know of each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.casework.step.office import Office
from engine.store import draft_presence as stored
from engine.store.draft_presence import SittingRow
from engine.workshop.drafts.file_changes import Hand
from engine.workshop.drafts.kept_draft import digest_of_file, found_row, kept_draft

#: A page that has said nothing for so long is closed; it says so three times in a minute.
_OPEN_FOR = timedelta(seconds=75)


@dataclass(frozen=True, kw_only=True)
class FileState:
    """A file as its page is told of it."""

    others: tuple[SittingRow, ...]  #: who else has it open
    digest: str | None  #: of the council's own file as it is now; None: it has none
    by: str | None  #: who changed it last in this draft; None: nobody
    change: int | None  #: the number of that change


def open_sittings(office: Office, council_id: str, number: int) -> list[SittingRow]:
    """Whoever has a file of the draft open now."""
    with office.database.read() as connection:
        return stored.sittings_at(connection, council_id, number, seen_after=office.clock.now() - _OPEN_FOR)


def sit_at(office: Office, council_id: str, number: int, file: str, *, hand: Hand) -> FileState:
    """The page of this sitting is open; gives who else has the file open, and how the file is now.

    Raises BadInputError where there is no such draft.
    """
    now = office.clock.now()
    with office.database.begin() as connection:
        found_row(connection, council_id, number)
        row = SittingRow(
            council_id=council_id, draft=number, sitting=hand.sitting, file=file, person=hand.by, since=now, seen_at=now
        )
        stored.see_sitting(connection, row, forget_before=now - _OPEN_FOR)
        there = stored.sittings_at(connection, council_id, number, seen_after=now - _OPEN_FOR)
    draft = kept_draft(office, council_id, number)
    last = next((change for change in reversed(draft.history) if change.file == file), None)
    own = draft.own.get(file)
    return FileState(
        others=tuple(each for each in there if each.file == file and each.sitting != hand.sitting),
        digest=digest_of_file(own) if own is not None else None,
        by=last.changed_by if last is not None else None,
        change=last.number if last is not None else None,
    )
