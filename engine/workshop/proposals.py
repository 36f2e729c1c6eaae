"""Proposals: what somebody wants in force, as people read it, and what another policy owner says to it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

from engine.casework.policies.put_in_force import PolicyDecision, put_in_force_within
from engine.casework.step.office import Office
from engine.errors import BadInputError, DatabaseUnusableError, DraftRefusedError, EngineError, NotAllowedError
from engine.model import ProposalStatus
from engine.store import Connection
from engine.store import policy_proposals as stored
from engine.store.policy_proposals import ProposalChange, ProposalRow
from engine.store.policy_versions import PolicyVersionRow
from engine.variants import Commit
from engine.workshop.draft import PolicyDraft
from engine.workshop.judgement import Tell
from engine.workshop.owners import refuse_same_person, refuse_stranger
from engine.workshop.program import program_digest
from engine.workshop.publication import judge_as_wanted
from engine.workshop.versions import changes_in, commit_kept, draft_again, passed_over_in

#: What may be approved, declined or taken back.
_OPEN = tuple(status for status in ProposalStatus if status.is_open)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A row of it, with what it was found to be in sentences."""

    row: ProposalRow
    changes: tuple[str, ...]  #: from the version in force, clauses first
    passed_over: tuple[str, ...]  #: warnings, each with the reason
    examples: int  #: worked examples that came out as they say
    reasons: tuple[str, ...]  #: for which it came to nothing
    commit: Commit | None  #: of the git checkout that its folder stood in

    @classmethod
    def of(cls, row: ProposalRow) -> Proposal:
        judgement = json.loads(row.judgement or "{}")
        return cls(
            row=row,
            changes=changes_in(judgement),
            passed_over=passed_over_in(judgement),
            examples=judgement.get("examples", 0),
            reasons=tuple(json.loads(row.reasons)),
            commit=commit_kept(row),
        )


def list_proposals(office: Office, council_id: str, *, only_open: bool = False) -> list[Proposal]:
    """All of the council, the last first; or those of which nothing has come yet."""
    read = stored.open_proposals_of if only_open else stored.proposals_of
    with office.database.read() as connection:
        return [Proposal.of(row) for row in read(connection, council_id)]


def proposal_numbered(office: Office, council_id: str, number: int) -> Proposal:
    """Raises BadInputError where there is none of this number."""
    with office.database.read() as connection:
        row = stored.proposal_numbered(connection, council_id, number)
    if row is None:
        raise BadInputError(
            f"{council_id} has no proposal {number}. `asb versions {council_id} --proposals` lists them."
        )
    return Proposal.of(row)


def draft_proposed(office: Office, row: ProposalRow, root: Path) -> PolicyDraft:
    return draft_again(office, row, root, again=row.again)


def approve(
    office: Office, council_id: str, number: int, *, by: str, root: Path, tell: Tell
) -> PolicyVersionRow | None:
    """Another policy owner says yes: it is looked at once more as of today, and put in force.

    None where the program that judged it is not the one that runs now: it waits to be judged again, and is put in force
    then. Raises NotAllowedError for whoever proposed it, and for a stranger; BadInputError where it does not wait for
    anybody, or cannot be put in force any more, which ends it; DraftRefusedError.
    """
    row = proposal_numbered(office, council_id, number).row
    _refuse_what_does_not_wait(row)
    draft = draft_proposed(office, row, root)
    refuse_same_person(row.proposed_by, by)
    refuse_stranger(office, draft.variant, by)
    judged = json.loads(row.judgement or "{}")
    if draft.source is not None and judged.get("program") != program_digest():
        _change(office, row, only_in=(ProposalStatus.PROPOSED,), status=ProposalStatus.WAITING, approved_by=by)
        return None
    try:
        judgement = judge_as_wanted(office, draft, despite=row.despite, why=row.why, tell=tell, earlier=judged)
        with office.database.begin() as connection:
            return conclude(connection, office, row, draft, judgement, approved_by=by)
    except EngineError as error:
        end_refused(office, row, error)
        raise


def decline(office: Office, council_id: str, number: int, *, by: str, why: str, root: Path) -> ProposalStatus:
    """Another policy owner says no, or whoever proposed it takes it back; gives which.

    Raises NotAllowedError for a stranger, BadInputError where it has ended, or another declines it without saying why.
    """
    row = proposal_numbered(office, council_id, number).row
    if not row.status.is_open:
        raise BadInputError(f"Proposal {number} of {council_id} has ended: it is {row.status}.")
    is_own = by == row.proposed_by
    if not is_own:
        refuse_stranger(office, draft_proposed(office, row, root).variant, by)
        if not why.strip():
            raise BadInputError(f"Say why: {row.proposed_by} reads it.")
    status = ProposalStatus.WITHDRAWN if is_own else ProposalStatus.DECLINED
    said = json.dumps([why.strip()] if why.strip() else [], ensure_ascii=False)
    _change(office, row, only_in=_OPEN, status=status, ended_at=office.clock.now(), ended_by=by, reasons=said)
    return status


def conclude(
    connection: Connection, office: Office, row: ProposalRow, draft: PolicyDraft, judgement: Mapping[str, Any], *,
    approved_by: str | None, lease: str | None = None,
) -> PolicyVersionRow:  # fmt: skip
    """It is a version now. Raises as `put_in_force`; BadInputError where somebody ended it at this moment."""
    decision = PolicyDecision(
        by=row.proposed_by, why=row.why, day=row.in_force_from, judgement=judgement, approved_by=approved_by,
        source=(draft.source.digest, draft.source.pack()) if draft.source is not None else None, commit=draft.commit,
        again=row.again, follows=row.follows,
    )  # fmt: skip
    version = put_in_force_within(connection, office, draft.variant, decision)
    changed = stored.change_proposal(
        connection, row, only_in=(row.status,), held=lease, status=ProposalStatus.IN_FORCE, version=version.number,
        judgement=version.judgement, approved_by=approved_by, ended_at=office.clock.now(), lease_until=None,
    )  # fmt: skip
    if not changed:
        raise BadInputError(f"Somebody else decided on proposal {row.number} at this moment. Look at it again.")
    return version


def end_refused(office: Office, row: ProposalRow, error: EngineError, *, lease: str | None = None) -> None:
    """It may not be put in force. What only says who may, or that the database is busy, ends nothing."""
    if isinstance(error, NotAllowedError | DatabaseUnusableError):
        return
    reasons = error.sentences if isinstance(error, DraftRefusedError) else (str(error),)
    with office.database.begin() as connection:
        stored.change_proposal(
            connection, row, only_in=(row.status,), held=lease, status=ProposalStatus.REFUSED, lease_until=None,
            reasons=json.dumps(reasons, ensure_ascii=False), ended_at=office.clock.now(),
        )  # fmt: skip


def _refuse_what_does_not_wait(row: ProposalRow) -> None:
    if row.status is ProposalStatus.PROPOSED:
        return
    if row.status.is_open:
        raise BadInputError(f"Proposal {row.number} of {row.council_id} is still being judged. Look again in a minute.")
    raise BadInputError(f"Proposal {row.number} of {row.council_id} waits for nobody: it is {row.status}.")


def _change(
    office: Office, row: ProposalRow, *, only_in: Collection[ProposalStatus], **changes: Unpack[ProposalChange]
) -> None:
    with office.database.begin() as connection:
        if not stored.change_proposal(connection, row, only_in=only_in, **changes):
            raise BadInputError(f"Somebody else decided on proposal {row.number} at this moment. Look at it again.")
