"""Changing a file of a draft. Nobody's work is overwritten by somebody who has not seen it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.casework.step.office import Office
from engine.errors import BadInputError, DraftChangedError
from engine.store import Connection
from engine.store import policy_drafts as stored
from engine.store.policy_drafts import ChangeRow, PolicyDraftRow
from engine.variants import MAX_FILE_BYTES, MAX_FILES, MAX_FOLDER_BYTES, PIN_FILE, misplaced
from engine.words import listed
from engine.workshop.drafts.file_kinds import kind_of
from engine.workshop.drafts.kept_draft import KeptDraft, digest_of_file, found_row, read_draft
from engine.xml import read_xml


@dataclass(frozen=True, kw_only=True)
class Saved:
    digest: str | None  #: of the file as it is now; None where it was taken out
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FolderTaken:
    changed: tuple[str, ...]  #: files that are new or otherwise
    gone: tuple[str, ...]  #: that the council has none of its own of any more


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Who changes something, and in which sitting: what one saves of a file while its page is open is one change."""

    by: str
    sitting: str


def save_file(
    office: Office, council_id: str, number: int, file: str, content: bytes, *, seen: str | None, hand: Hand
) -> Saved:  # fmt: skip
    """`seen` is the digest of the file as it was opened or last saved; None where it is new.

    Raises DraftChangedError where somebody else has changed it since, and nothing is written; BadInputError for what no
    folder may hold, or where the draft was put away; XmlRefusedError for a diagram or table that is no XML.
    """
    return _change(office, council_id, number, file, content, seen=seen, hand=hand)


def take_out(office: Office, council_id: str, number: int, file: str, *, seen: str, hand: Hand) -> Saved:
    """The council has no such file of its own any more; where what it extends has one, that one holds. Raises as
    `save_file`."""
    return _change(office, council_id, number, file, None, seen=seen, hand=hand)


def take_in_folder(
    office: Office, council_id: str, number: int, contents: Mapping[str, bytes], *, hand: Hand, also_back: bool = False
) -> FolderTaken:
    """The council's own files are these from now on, all of them: a folder that was handed in.

    Raises BadInputError where a file would become again what it was before somebody else changed it, unless `also_back`
    says that it may: the folder was taken from the draft before that change. And as `save_file`.
    """
    for file, content in contents.items():
        if file != PIN_FILE:
            _refuse(file, content)
    with office.database.begin() as connection:
        row = _row_to_change(connection, council_id, number)
        draft = read_draft(connection, row)
        others = sorted(
            file for file in draft.own.keys() | contents.keys() if draft.own.get(file) != contents.get(file)
        )
        _refuse_too_much(contents)
        if not also_back:
            _refuse_back(draft, contents, others, hand.by)
        at, last = office.clock.now(), _last_number(draft)
        for place, file in enumerate(others, start=last + 1):
            _write(connection, row, place, file, draft.own.get(file), contents.get(file), at=at, hand=hand)
    gone = [file for file in others if file not in contents]
    return FolderTaken(changed=tuple(file for file in others if file in contents), gone=tuple(gone))


def save_files(
    office: Office, council_id: str, number: int, contents: Mapping[str, tuple[bytes, bytes]], *, hand: Hand
) -> None:
    """Several at once, all or none, each with its content as it was read. Raises as `save_file`."""
    with office.database.begin() as connection:
        row = _row_to_change(connection, council_id, number)
        draft = read_draft(connection, row)
        at, last = office.clock.now(), _last_number(draft)
        for place, (file, (read, content)) in enumerate(sorted(contents.items()), start=last + 1):
            _refuse(file, content)
            _refuse_unseen(draft, file, draft.own.get(file), digest_of_file(read))
            _write(connection, row, place, file, draft.own.get(file), content, at=at, hand=hand)


def write_files(
    connection: Connection, draft: KeptDraft, contents: Mapping[str, bytes | None], *, at: datetime, hand: Hand
) -> None:
    """Several at once, over what the draft is, in a transaction that has locked it; None takes a file out.

    Raises BadInputError where the draft was put away.
    """
    _refuse_put_away(draft.row)
    for place, (file, content) in enumerate(sorted(contents.items()), start=_last_number(draft) + 1):
        _write(connection, draft.row, place, file, draft.own.get(file), content, at=at, hand=hand)


def put_back(office: Office, council_id: str, number: int, change: int, *, hand: Hand) -> str:
    """What one change did to its file is undone: it is again as it was before that; gives the file. That is a change
    of its own. Raises BadInputError where there is no such change, or the draft was put away."""
    with office.database.begin() as connection:
        row = _row_to_change(connection, council_id, number)
        draft = read_draft(connection, row)
        found = next((each for each in draft.history if each.number == change), None)
        if found is None:
            raise BadInputError(f"Draft {number} has no change {change}.")
        kept = stored.files_kept(connection, {found.was}) if found.was is not None else {}
        before = kept[found.was] if found.was is not None else None
        if draft.own.get(found.file) != before:
            at, place = office.clock.now(), _last_number(draft) + 1
            _write(connection, row, place, found.file, draft.own.get(found.file), before, at=at, hand=hand)
    return found.file


def _change(
    office: Office, council_id: str, number: int, file: str, content: bytes | None, *, seen: str | None, hand: Hand
) -> Saved:  # fmt: skip
    if content is not None:
        _refuse(file, content)
    with office.database.begin() as connection:
        row = _row_to_change(connection, council_id, number)
        draft = read_draft(connection, row)
        there, at = draft.own.get(file), office.clock.now()
        now = digest_of_file(content) if content is not None else None
        if there == content:
            return Saved(digest=now, at=at)
        _refuse_unseen(draft, file, there, seen)
        if content is not None:
            _refuse_too_much({**draft.own, file: content})
        last = draft.history[-1] if draft.history else None
        if last is not None and (last.file, last.sitting, last.changed_by) == (file, hand.sitting, hand.by):
            if content is not None and now is not None:
                stored.keep_files(connection, {now: content})
            stored.change_again(connection, last, now=now, at=at)
        else:
            _write(connection, row, _last_number(draft) + 1, file, there, content, at=at, hand=hand)
    return Saved(digest=now, at=at)


def _row_to_change(connection: Connection, council_id: str, number: int) -> PolicyDraftRow:
    row = found_row(connection, council_id, number, lock=True)
    _refuse_put_away(row)
    return row


def _refuse_put_away(row: PolicyDraftRow) -> None:
    if row.put_away_at is not None:
        raise BadInputError(f"{row.put_away_by} has put draft {row.number} away. Take it up again to edit it.")


def _write(
    connection: Connection, row: PolicyDraftRow, number: int, file: str, was: bytes | None, now: bytes | None, *,
    at: datetime, hand: Hand,
) -> None:  # fmt: skip
    contents = {digest_of_file(content): content for content in (was, now) if content is not None}
    stored.keep_files(connection, contents)
    change = ChangeRow(
        council_id=row.council_id, draft=row.number, number=number, file=file,
        was=digest_of_file(was) if was is not None else None, now=digest_of_file(now) if now is not None else None,
        changed_at=at, changed_by=hand.by, sitting=hand.sitting,
    )  # fmt: skip
    stored.add_change(connection, change)


def _last_number(draft: KeptDraft) -> int:
    return draft.history[-1].number if draft.history else 0


def _refuse_unseen(draft: KeptDraft, file: str, there: bytes | None, seen: str | None) -> None:
    """A file that the council only inherits is nobody's work: saving it makes one of its own."""
    if there is None or seen == digest_of_file(there):
        return
    last = next((each for each in reversed(draft.history) if each.file == file), None)
    by, at = (last.changed_by, last.changed_at) if last is not None else (draft.row.begun_by, draft.row.begun_at)
    raise DraftChangedError(file, digest=digest_of_file(there), by=by, at=at)


def _refuse_back(draft: KeptDraft, contents: Mapping[str, bytes], others: Sequence[str], by: str) -> None:
    stale = []
    for file in others:
        content = contents.get(file)
        digest = digest_of_file(content) if content is not None else None
        ago = [change for change in draft.history if change.file == file]
        after = next((place for place, change in enumerate(ago) if change.was == digest), None)
        if after is not None:
            stale += [f"{file} ({change.changed_by})" for change in ago[after:] if change.changed_by != by][:1]
    if stale:
        raise BadInputError(
            f"With this folder these files would be again as they were before somebody else changed them: "
            f"{listed(stale)}. Download the draft as it is now, or say that they may go back."
        )


def _refuse(file: str, content: bytes) -> None:
    if kind_of(file) is None:
        raise BadInputError(f"{file[:100]} is no file of a policy. {misplaced(file) or ''}".strip())
    if len(content) > MAX_FILE_BYTES:
        raise BadInputError(f"{file} has more than {MAX_FILE_BYTES:,} bytes. Make it smaller.")
    if file.endswith((".bpmn", ".dmn")):
        read_xml(content, name=file)


def _refuse_too_much(files: Mapping[str, bytes]) -> None:
    if len(files) > MAX_FILES or sum(map(len, files.values())) > MAX_FOLDER_BYTES:
        raise BadInputError(
            f"A policy has at most {MAX_FILES:,} files and {MAX_FOLDER_BYTES:,} bytes. Take out what it does not need."
        )
