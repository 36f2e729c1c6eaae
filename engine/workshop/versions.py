"""The versions of a council's policy: their list as people read it, each by its number, and the folders of each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from engine.casework.policies.in_force import served_as
from engine.casework.step.office import Office
from engine.clock import local_date
from engine.errors import BadInputError
from engine.store import policy_versions as stored
from engine.store.policy_drafts import PolicyDraftRow
from engine.store.policy_proposals import ProposalRow
from engine.store.policy_versions import PolicyVersionRow
from engine.variants import Commit, PolicySource
from engine.workshop.draft import PolicyDraft, draft_from
from engine.workshop.judgement import Checked, check_draft


@dataclass(frozen=True, kw_only=True)
class ListedVersion:
    number: int
    in_force_from: date
    put_on: date
    put_by: str
    why: str
    approved_by: str | None
    again: int | None  #: the earlier version that is in force again with it
    digest: str
    is_in_force: bool  #: today
    is_to_come: bool
    is_kept: bool  #: the folders that it was read from can be had again
    commit: Commit | None  #: of the git checkout that they stood in
    changes: tuple[str, ...]  #: from the version before, clauses first
    passed_over: tuple[str, ...]  #: warnings, each with the reason


def list_versions(office: Office, council_id: str) -> list[ListedVersion]:
    """All of the council, the last decision first."""
    with office.database.read() as connection:
        rows = stored.policy_versions_of(connection, council_id)
        in_force = stored.version_in_force(connection, council_id, office.today)
    listed = []
    for row in rows:
        judgement = json.loads(row.judgement)
        listed.append(
            ListedVersion(
                number=row.number,
                in_force_from=row.in_force_from,
                put_on=local_date(row.put_at),
                put_by=row.put_by,
                why=row.why,
                approved_by=row.approved_by,
                again=row.again,
                digest=row.digest,
                is_in_force=row == in_force,
                is_to_come=row.in_force_from > office.today,
                is_kept=row.source_digest is not None,
                commit=commit_kept(row),
                changes=changes_in(judgement),
                passed_over=passed_over_in(judgement),
            )
        )
    return listed


def changes_in(judgement: Mapping[str, Any]) -> tuple[str, ...]:
    """What changes, in sentences with their clauses first."""
    return tuple(_change(each["clauses"], each["sentence"]) for each in judgement.get("differences", ()))


def passed_over_in(judgement: Mapping[str, Any]) -> tuple[str, ...]:
    """Warnings that were passed over, each with the reason."""
    return tuple(
        f"{each['file']}: {each['message']} Passed over: {each['despite']}" for each in judgement.get("warnings", ())
    )


def _change(clauses: Sequence[str], sentence: str) -> str:
    return f"{', '.join(clauses)}: {sentence}" if clauses else sentence


def last_number(office: Office, council_id: str) -> int:
    """Of the council's last version; 0 where there is none."""
    with office.database.read() as connection:
        return stored.next_number(connection, council_id) - 1


def version_numbered(office: Office, council_id: str, number: int) -> PolicyVersionRow:
    """Raises BadInputError where there is none of this number."""
    with office.database.read() as connection:
        rows = stored.policy_versions_of(connection, council_id)
    row = next((each for each in rows if each.number == number), None)
    if row is None:
        there_are = f"There are 1 to {rows[0].number}." if rows else "There is none: see `asb publish`."
        raise BadInputError(f"{council_id} has no version {number}. {there_are}")
    return row


def source_of_version(office: Office, council_id: str, number: int) -> PolicySource:
    """The folders that it was read from. Raises BadInputError where there is no such version, or they were not kept."""
    source = kept_source(office, version_numbered(office, council_id, number).source_digest)
    if source is None:
        raise BadInputError(f"The folder of version {number} was not kept: it was served before there were versions.")
    return source


def draft_of_version(office: Office, council_id: str, number: int, root: Path) -> PolicyDraft:
    """The version as what is to be in force again. Raises BadInputError where there is none of this number."""
    row = version_numbered(office, council_id, number)
    return draft_again(office, row, root, again=number)


def draft_again(office: Office, row: PolicyVersionRow | ProposalRow, root: Path, *, again: int | None) -> PolicyDraft:
    """What was kept of it, as a draft among the folders in `root`."""
    council_id, source = row.council_id, kept_source(office, row.source_digest)
    if source is not None:
        return replace(draft_from(source, council_id, root, again=again), commit=commit_kept(row))
    with office.database.read() as connection:
        variant = served_as(council_id, office.versions.get(connection, row.digest).variant)
    return PolicyDraft(variant=variant, source=None, home=root / council_id, root=root, again=again)


def commit_kept(row: PolicyVersionRow | ProposalRow | PolicyDraftRow) -> Commit | None:
    """The commit of the git checkout that it was read from."""
    return Commit(id=row.commit_id, has_all=bool(row.commit_has_all)) if row.commit_id is not None else None


def check_in_force(office: Office, council_id: str, root: Path) -> Checked | None:
    """What the check finds today in the version that is in force, among the folders in `root`; None where none is in
    force, or its folder was not kept."""
    with office.database.read() as connection:
        row = stored.version_in_force(connection, council_id, office.today)
    source = kept_source(office, row.source_digest) if row is not None else None
    return check_draft(draft_from(source, council_id, root), today=office.today) if source is not None else None


def kept_source(office: Office, source_digest: str | None) -> PolicySource | None:
    if source_digest is None:
        return None
    with office.database.read() as connection:
        return PolicySource.unpack(stored.source_of(connection, source_digest))
