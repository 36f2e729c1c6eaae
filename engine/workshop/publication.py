"""Publishing: a draft that was judged sound becomes the next version of its council's policy, or is proposed to be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from engine.casework.policies.put_in_force import (
    PolicyDecision,
    put_in_force,
    refuse_what_cannot_be,
    refuse_what_was_not_seen,
)
from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.model import ProposalStatus
from engine.store import policy_proposals as stored
from engine.store.policy_proposals import ProposalRow
from engine.store.policy_versions import PolicyVersionRow, keep_source
from engine.variants import is_base
from engine.workshop.draft import PolicyDraft
from engine.workshop.judgement import Tell, judge
from engine.workshop.owners import needs_second_owner, refuse_stranger
from engine.workshop.versions import draft_of_version, last_number, version_numbered


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What somebody wants in force, and why."""

    by: str
    why: str
    day: date | None = None  #: from which; None: the day on which it is put in force
    despite: str = ""  #: why warnings that nobody has passed over before do not matter
    follows: int | None = None  #: the last version when they looked at what it changes, 0 for none; None: as it is now


def publish(office: Office, draft: PolicyDraft, wanted: Publication, *, tell: Tell) -> PolicyVersionRow | ProposalRow:
    """The new version; or, where another policy owner has to approve it, the proposal. `tell` hears how it goes on.

    What is quick to see is looked at first. Raises as `refuse_at_once` and `judge`.
    """
    follows = refuse_at_once(office, draft, wanted)
    judgement = judge_as_wanted(office, draft, despite=wanted.despite, why=wanted.why, tell=tell)
    if needs_second_owner(office, draft.variant.id, draft.variant):
        return add_proposal(office, draft, wanted, follows=follows, judgement=judgement)
    source = (draft.source.digest, draft.source.pack()) if draft.source is not None else None
    decision = PolicyDecision(
        by=wanted.by, why=wanted.why, day=wanted.day, source=source, commit=draft.commit, judgement=judgement,
        again=draft.again, follows=follows,
    )  # fmt: skip
    return put_in_force(office, draft.variant, decision)


def roll_back(
    office: Office, council_id: str, number: int, wanted: Publication, *, root: Path, tell: Tell
) -> PolicyVersionRow | ProposalRow:
    """The earlier version in force again, under a new number; or the proposal of that.

    Raises BadInputError where there is no such version, and as `publish`: what the Act asks for may have changed since.
    """
    return publish(office, draft_of_version(office, council_id, number, root), wanted, tell=tell)


def propose(office: Office, draft: PolicyDraft, wanted: Publication) -> ProposalRow:
    """The same to be judged in the background, and put in force then. Raises as `refuse_at_once`."""
    return add_proposal(office, draft, wanted, follows=refuse_at_once(office, draft, wanted), judgement=None)


def refuse_at_once(office: Office, draft: PolicyDraft, wanted: Publication) -> int:
    """The number of the council's last version, which this follows.

    Raises BadInputError where nobody says why, for a base, where another version was put in force since they looked,
    and as `refuse_what_cannot_be`; NotAllowedError where a second policy owner is needed and this is none.
    """
    variant = draft.variant
    if not wanted.why.strip():
        raise BadInputError("Say why: whoever asks in a year what changed reads it.")
    if is_base(variant):
        raise BadInputError(f"{variant.id} is a base that councils extend: no case is opened by it.")
    if needs_second_owner(office, variant.id, variant):
        refuse_stranger(office, variant, wanted.by)
    with office.database.read() as connection:
        refuse_what_cannot_be(connection, variant, on=wanted.day, today=office.today)
        refuse_what_was_not_seen(connection, variant.id, wanted.follows)
    return last_number(office, variant.id) if wanted.follows is None else wanted.follows


def judge_as_wanted(
    office: Office, draft: PolicyDraft, *, despite: str, why: str, tell: Tell, earlier: Mapping[str, Any] | None = None
) -> Mapping[str, Any]:
    """As `judge`: a version again has been judged before, and why it is wanted again is why its warnings are."""
    if draft.again is not None:
        row = version_numbered(office, draft.variant.id, draft.again)
        earlier, despite = earlier or json.loads(row.judgement), despite or why
    return judge(office, draft, despite=despite, earlier=earlier, tell=tell)


def add_proposal(
    office: Office, draft: PolicyDraft, wanted: Publication, *, follows: int, judgement: Mapping[str, Any] | None
) -> ProposalRow:
    with office.database.begin() as connection:
        if draft.source is not None:
            keep_source(connection, draft.source.digest, draft.source.pack())
        row = ProposalRow(
            council_id=draft.variant.id,
            number=stored.next_proposal_number(connection, draft.variant.id),
            status=ProposalStatus.WAITING if judgement is None else ProposalStatus.PROPOSED,
            digest=draft.variant.digest,
            source_digest=draft.source.digest if draft.source is not None else None,
            again=draft.again,
            follows=follows,
            in_force_from=wanted.day,
            proposed_at=office.clock.now(),
            proposed_by=wanted.by,
            why=wanted.why,
            despite=wanted.despite,
            judgement=None if judgement is None else json.dumps(judgement, ensure_ascii=False),
            approved_by=None,
            progress="",
            attempts=0,
            lease=None,
            ended_at=None,
            ended_by=None,
            reasons="[]",
            version=None,
            commit_id=draft.commit.id if draft.commit is not None else None,
            commit_has_all=draft.commit.has_all if draft.commit is not None else None,
        )
        stored.add_proposal(connection, row)
    return row
