"""A policy that is edited in the database: what it began as, with its changes over it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.store import Connection
from engine.store import policy_drafts as stored
from engine.store.policy_drafts import ChangeRow, PolicyDraftRow
from engine.store.policy_versions import source_of
from engine.variants import BaseFolder, PolicySource
from engine.workshop.draft import PolicyDraft, draft_of_files
from engine.workshop.drafts.file_kinds import FileKind, kind_of
from engine.workshop.versions import commit_kept


@dataclass(frozen=True, kw_only=True)
class DraftFile:
    file: str  #: as the folder names it
    kind: FileKind
    content: bytes
    folder: str  #: in which it stands: the council's own, or that of a base
    is_own: bool
    is_changed: bool  #: since the draft began

    @property
    def digest(self) -> str:
        """SHA-256 of its content, in hexadecimal."""
        return digest_of_file(self.content)


@dataclass(frozen=True, kw_only=True)
class KeptDraft:
    row: PolicyDraftRow
    began: Mapping[str, bytes]  #: the council's own files as it began, its pin among them
    own: Mapping[str, bytes]  #: as they are now
    history: tuple[ChangeRow, ...]  #: the first change first

    @property
    def title(self) -> str:
        return f"draft {self.row.number}: {self.row.title}"

    @property
    def is_put_away(self) -> bool:
        return self.row.put_away_at is not None

    @cached_property
    def changed(self) -> frozenset[str]:
        """The files that are otherwise than when it began."""
        names = self.began.keys() | self.own.keys()
        return frozenset(file for file in names if self.began.get(file) != self.own.get(file))

    def policy(self, root: Path) -> PolicyDraft:
        """What is checked, compared and put in force, over what it extends of the folders in `root`.

        Raises VariantNotFoundError, PolicyUnreadableError where its settings cannot be read at all.
        """
        made = draft_of_files(self.own, self.row.council_id, root)
        began = commit_kept(self.row)
        if began is None or made.source is None:
            return made
        has_all = began.has_all and made.source.digest == self.row.source_digest
        return replace(made, commit=replace(began, has_all=has_all))

    def with_file(self, file: str, content: bytes, root: Path) -> PolicyDraft:
        """The same as it would be with this content of one file. Raises as `policy`."""
        return draft_of_files({**self.own, file: content}, self.row.council_id, root)

    def files(self, policy: PolicyDraft | None) -> dict[str, DraftFile]:
        """By name: the council's own, and those of what it extends that hold in `policy`, which is this draft's; None
        where that cannot be read."""
        own = BaseFolder(name=self.row.council_id, files=self.own)
        held = policy.variant.files if policy is not None else {}
        found: dict[str, DraftFile] = {}
        for folder in (own, *(policy.extended if policy is not None else ())):
            for file, content in folder.files.items():
                kind, is_own = kind_of(file), folder is own
                if kind is None or file in found or not (is_own or (file in held and not kind.is_of_one_folder)):
                    continue
                found[file] = DraftFile(
                    file=file, kind=kind, content=content, folder=folder.name, is_own=is_own,
                    is_changed=file in self.changed,
                )  # fmt: skip
        return dict(sorted(found.items()))


def digest_of_file(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def list_drafts(office: Office, council_id: str) -> list[PolicyDraftRow]:
    """All of the council, the last first."""
    with office.database.read() as connection:
        return stored.drafts_of(connection, council_id)


def kept_draft(office: Office, council_id: str, number: int) -> KeptDraft:
    """Raises BadInputError where there is none of this number."""
    with office.database.read() as connection:
        return read_draft(connection, found_row(connection, council_id, number))


def found_row(connection: Connection, council_id: str, number: int, *, lock: bool = False) -> PolicyDraftRow:
    """Raises BadInputError where there is none of this number."""
    row = stored.draft_numbered(connection, council_id, number, lock=lock)
    if row is None:
        raise BadInputError(f"{council_id} has no draft {number}. `asb drafts {council_id}` lists them.")
    return row


def read_draft(connection: Connection, row: PolicyDraftRow) -> KeptDraft:
    began = PolicySource.unpack(source_of(connection, row.source_digest)).folders[0].files
    history = stored.changes_of(connection, row)
    last = {change.file: change.now for change in history}
    contents = stored.files_kept(connection, {digest for digest in last.values() if digest is not None})
    own = dict(began)
    for file, digest in last.items():
        if digest is None:
            own.pop(file, None)
        else:
            own[file] = contents[digest]
    return KeptDraft(row=row, began=began, own=own, history=tuple(history))
