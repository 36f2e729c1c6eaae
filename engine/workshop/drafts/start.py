"""Where a draft begins: what is in force, an earlier version, a folder, or what another council has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.store import policy_drafts as stored
from engine.store.policy_drafts import PolicyDraftRow
from engine.store.policy_versions import keep_source, version_in_force
from engine.variants import Commit, PolicySource, commit_of, read_source
from engine.workshop.drafts.kept_draft import found_row
from engine.workshop.versions import last_number, source_of_version

#: Characters.
_LONGEST_TITLE = 100


@dataclass(frozen=True, kw_only=True)
class Start:
    """What a draft begins as."""

    source: PolicySource
    words: str  #: what that is: "version 3"
    follows: int  #: the council's last version when it was so; 0 for none
    commit: Commit | None = None  #: of the git checkout that its folder stands in


def start_in_force(office: Office, council_id: str) -> Start:
    """What is in force today. Raises BadInputError where nothing is, or its folder was not kept."""
    with office.database.read() as connection:
        row = version_in_force(connection, council_id, office.today)
    if row is None:
        raise BadInputError(f"Nothing is in force of {council_id} yet. Begin with a folder.")
    return start_at_version(office, council_id, row.number)


def start_at_version(office: Office, council_id: str, number: int) -> Start:
    """Raises BadInputError where there is no such version, or its folder was not kept."""
    source = source_of_version(office, council_id, number)
    return Start(source=source, words=f"version {number}", follows=last_number(office, council_id))


def start_at_folder(office: Office, council_id: str, folder: Path, root: Path, *, words: str) -> Start:
    """A folder as it lies on disk, among those in `root`; of a git checkout with its commit.

    Raises VariantNotFoundError where it cannot be read.
    """
    source = read_source(folder, root)
    start = start_from(office, council_id, source, words=words)
    commit = commit_of(folder, source, root)
    return start if commit is None else replace(start, commit=commit, words=f"{words}, {commit.in_short}")


def start_from(office: Office, council_id: str, source: PolicySource, *, words: str) -> Start:
    """A folder that was handed in, or that another council has."""
    own, *bases = source.folders
    renamed = PolicySource(folders=(replace(own, name=council_id), *bases))
    return Start(source=renamed, words=words, follows=last_number(office, council_id))


def begin_draft(office: Office, council_id: str, start: Start, *, title: str, by: str) -> PolicyDraftRow:
    """Raises BadInputError where the title is missing or too long."""
    with office.database.begin() as connection:
        keep_source(connection, start.source.digest, start.source.pack())
        row = PolicyDraftRow(
            council_id=council_id, number=stored.next_draft_number(connection, council_id), title=_title(title),
            source_digest=start.source.digest, began_as=start.words, follows=start.follows,
            begun_at=office.clock.now(), begun_by=by, proposal=None, put_away_at=None, put_away_by=None,
            commit_id=start.commit.id if start.commit is not None else None,
            commit_has_all=start.commit.has_all if start.commit is not None else None,
        )  # fmt: skip
        stored.add_draft(connection, row)
    return row


def note_proposal(office: Office, council_id: str, number: int, proposal: int) -> None:
    """The draft was proposed to be put in force. Raises BadInputError where there is no such draft."""
    with office.database.begin() as connection:
        stored.change_draft(connection, found_row(connection, council_id, number), proposal=proposal)


def put_away(office: Office, council_id: str, number: int, *, by: str) -> None:
    """It is edited no more; nothing of it is lost. Raises BadInputError where there is no such draft."""
    with office.database.begin() as connection:
        row = found_row(connection, council_id, number, lock=True)
        stored.change_draft(connection, row, put_away_at=office.clock.now(), put_away_by=by)


def take_up_again(office: Office, council_id: str, number: int) -> None:
    """What was put away is edited again. Raises BadInputError where there is no such draft."""
    with office.database.begin() as connection:
        row = found_row(connection, council_id, number, lock=True)
        stored.change_draft(connection, row, put_away_at=None, put_away_by=None)


def _title(words: str) -> str:
    said = " ".join(words.split())
    if not said:
        raise BadInputError("Say in a few words what the draft is for, such as “Acknowledge sooner”.")
    if len(said) > _LONGEST_TITLE:
        raise BadInputError(f"Say in at most {_LONGEST_TITLE} characters what the draft is for.")
    return said
