"""What a version changed that was put in force after a draft began, brought into the draft.

Three states are compared, as when a base is updated: the draft as it began, as it is, and the version. What one side
alone changed holds; where both changed the same, the draft's stays, and somebody is told to look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.store import policy_drafts as stored
from engine.store.policy_proposals import proposal_numbered
from engine.variants.merge.files import merge_file
from engine.variants.merge.inquiry import Inquiry
from engine.variants.merge.toml_merge import merge_toml
from engine.workshop.drafts.file_changes import Hand, write_files
from engine.workshop.drafts.kept_draft import KeptDraft, found_row, kept_draft, read_draft
from engine.workshop.versions import last_number, source_of_version


@dataclass(frozen=True, kw_only=True)
class BroughtIn:
    version: int
    files: tuple[str, ...]  #: that are others in the draft now
    clashes: tuple[str, ...]  #: what both changed, so that the draft's stays: the file, and the place in it


def seen_version(office: Office, draft: KeptDraft) -> int:
    """The council's last version that the draft knows of: what it began with, was brought into it, or became of it."""
    row = draft.row
    if row.proposal is None:
        return row.follows
    with office.database.read() as connection:
        proposal = proposal_numbered(connection, row.council_id, row.proposal)
    return max(row.follows, proposal.version or 0) if proposal is not None else row.follows


def bring_in_version(office: Office, council_id: str, number: int, *, hand: Hand) -> BroughtIn:
    """The council's last version. Raises BadInputError where the draft knows of it, its folder was not kept, or the
    draft was put away."""
    last = last_number(office, council_id)
    if last <= seen_version(office, kept_draft(office, council_id, number)):
        raise BadInputError("No version was put in force that this draft does not know of.")
    theirs = source_of_version(office, council_id, last).folders[0].files
    with office.database.begin() as connection:
        row = found_row(connection, council_id, number, lock=True)
        draft = read_draft(connection, row)
        merged, clashes = _merge(draft, theirs)
        write_files(connection, draft, merged, at=office.clock.now(), hand=hand)
        stored.change_draft(connection, row, follows=last)
    return BroughtIn(version=last, files=tuple(sorted(merged)), clashes=clashes)


def _merge(draft: KeptDraft, theirs: Mapping[str, bytes]) -> tuple[dict[str, bytes | None], tuple[str, ...]]:
    """The draft's files that become others (None: one goes), and what clashes."""
    merged: dict[str, bytes | None] = {}
    inquiry, clashes = Inquiry({}), list[str]()
    for file in sorted(draft.began.keys() | draft.own.keys() | theirs.keys()):
        was, own, their = draft.began.get(file), draft.own.get(file), theirs.get(file)
        if their in (was, own):
            continue
        if own == was:
            merged[file] = their
        elif was is not None and own is not None and their is not None and file.endswith(".toml"):
            merged[file], both = merge_toml(file, was, own, their)
            clashes += [f"{file}: {place}" for place in both]
        elif own is not None:
            found = merge_file(file, was, own, their, inquiry)
            if found != own:
                merged[file] = found
        else:
            clashes.append(f"{file}: taken out here, changed there")
    clashes += [f"{question.file}: {question.name.removeprefix(f'{question.file}:')}" for question in inquiry.questions]
    return {file: content for file, content in merged.items() if content != draft.own.get(file)}, tuple(clashes)
