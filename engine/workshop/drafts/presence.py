"""Who has which file of a draft open: what its page says every few seconds, so that two know of each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from cachetools import LRUCache, cached

from engine.casework.step.office import Office
from engine.store import draft_presence as presence
from engine.store import policy_drafts
from engine.store.draft_presence import SittingRow
from engine.store.policy_drafts import PolicyDraftRow
from engine.store.policy_versions import source_of
from engine.variants import PolicySource
from engine.workshop.drafts.file_changes import Hand
from engine.workshop.drafts.kept_draft import digest_of_file, found_row

#: A page that has said nothing for so long is closed; it says so three times in a minute.
_OPEN_FOR = timedelta(seconds=75)


@dataclass(frozen=True, kw_only=True)
class FileState:
    """A file as its page is told of it."""

    others: tuple[SittingRow, ...]  #: who else has it open
    digest: str | None  #: of the council's own file as it is now; None: it has none
    by: str | None  #: who changed it last in this draft; None: nobody


def open_sittings(office: Office, council_id: str, number: int) -> list[SittingRow]:
    """Whoever has a file of the draft open now."""
    with office.database.read() as connection:
        return presence.sittings_at(connection, council_id, number, seen_after=office.clock.now() - _OPEN_FOR)


def sit_at(office: Office, council_id: str, number: int, file: str, *, hand: Hand) -> FileState:
    """The page of this sitting is open; gives who else has the file open, and how the file is now.

    Raises BadInputError where there is no such draft.
    """
    now = office.clock.now()
    with office.database.begin() as connection:
        row = found_row(connection, council_id, number)
        sitting = SittingRow(
            council_id=council_id, draft=number, sitting=hand.sitting, file=file, person=hand.by, since=now, seen_at=now
        )
        presence.see_sitting(connection, sitting, forget_before=now - _OPEN_FOR)
        there = presence.sittings_at(connection, council_id, number, seen_after=now - _OPEN_FOR)
        last = policy_drafts.last_change_of(connection, council_id, number, file)
    # every open page asks every few seconds: the folder that it began as is unpacked only where nothing is newer
    digest = last.now if last is not None else _as_it_began(office, row, file)
    return FileState(
        others=tuple(each for each in there if each.file == file and each.sitting != hand.sitting),
        digest=digest,
        by=last.changed_by if last is not None else None,
    )


@cached(LRUCache(64), key=lambda _office, row, file: (row.source_digest, file), lock=Lock())
def _as_it_began(office: Office, row: PolicyDraftRow, file: str) -> str | None:
    """The digest of the council's own file in the folder that the draft began as; None: it had none."""
    with office.database.read() as connection:
        own = PolicySource.unpack(source_of(connection, row.source_digest)).folders[0].files
    return digest_of_file(own[file]) if file in own else None
