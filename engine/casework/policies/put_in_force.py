"""Putting a version of a council's policy in force from a day on: a decision of its own each time, kept for ever."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.store import Connection
from engine.store import policy_versions as stored
from engine.store.cases import store_version
from engine.store.policy_versions import PolicyVersionRow
from engine.variants import Commit, Variant
from engine.words import weekday_in_words


@dataclass(frozen=True, kw_only=True)
class PolicyDecision:
    """That a version is to be in force, and whose word that is."""

    by: str
    why: str
    day: date | None = None  #: from which it is in force; None: today
    source: tuple[str, bytes] | None = None  #: the folders that it was read from: their digest, and them packed
    commit: Commit | None = None  #: of the git checkout that they stood in
    #: What it was found to be, JSON-like: differences, examples played, warnings passed over and why
    judgement: Mapping[str, Any] = field(default_factory=dict)
    approved_by: str | None = None
    again: int | None = None  #: the earlier version that it puts in force again
    follows: int | None = None  #: the council's last version when it was looked at, 0 for none; None: whichever


def put_in_force(office: Office, variant: Variant, decision: PolicyDecision) -> PolicyVersionRow:
    """The new version of the council `variant.id`. Whether the policy may be put in force has been judged before.

    Raises as `refuse_what_cannot_be`.
    """
    with office.database.begin() as connection:
        return put_in_force_within(connection, office, variant, decision)


def put_in_force_within(
    connection: Connection, office: Office, variant: Variant, decision: PolicyDecision
) -> PolicyVersionRow:
    """The same, in a transaction that is under way. Raises BadInputError, too, where another version was put in force
    since it was looked at what this one changes."""
    refuse_what_was_not_seen(connection, variant.id, decision.follows)
    refuse_what_cannot_be(connection, variant, on=decision.day, today=office.today)
    now = office.clock.now()
    store_version(connection, digest=variant.digest, council_id=variant.id, pack=variant.pack(), now=now)
    if decision.source is not None:
        stored.keep_source(connection, *decision.source)
    row = PolicyVersionRow(
        council_id=variant.id,
        number=stored.next_number(connection, variant.id),
        digest=variant.digest,
        source_digest=decision.source[0] if decision.source is not None else None,
        prefix=variant.settings.reference_prefix,
        in_force_from=decision.day or office.today,
        put_at=now,
        put_by=decision.by,
        why=decision.why,
        approved_by=decision.approved_by,
        again=decision.again,
        judgement=json.dumps(decision.judgement, ensure_ascii=False),
        commit_id=decision.commit.id if decision.commit is not None else None,
        commit_has_all=decision.commit.has_all if decision.commit is not None else None,
    )
    stored.add_policy_version(connection, row)
    return row


def refuse_what_was_not_seen(connection: Connection, council_id: str, follows: int | None) -> None:
    """Raises BadInputError where the council's last version is no longer `follows`: somebody would overwrite it."""
    rows = stored.policy_versions_of(connection, council_id) if follows is not None else []
    if not rows or rows[0].number == follows:
        return
    last = rows[0]
    raise BadInputError(
        f"Version {last.number} was put in force meanwhile, by {last.put_by}: {last.why.rstrip('.')}. What this would "
        "change is no longer what was looked at. See what that one changed, take it over into yours, and publish "
        "again."
    )


def refuse_what_cannot_be(connection: Connection, variant: Variant, *, on: date | None, today: date) -> None:
    """Raises BadInputError for a day that is past, a policy without a main process, the version that would be in force
    that day anyway, and a prefix that another council's references have."""
    day = on or today
    if day < today:
        raise BadInputError(
            f"{weekday_in_words(day)} is past, and what cases were opened by then stays. Name today or a later day."
        )
    if variant.settings.main_process is None:
        raise BadInputError(f"{variant.id} has no diagram of its cases, so no case is opened by it.")
    _refuse_what_changes_nothing(connection, variant, day)
    _refuse_prefix_of_another(connection, variant.id, variant.settings.reference_prefix)


def _refuse_what_changes_nothing(connection: Connection, variant: Variant, day: date) -> None:
    there = stored.version_in_force(connection, variant.id, day)
    if there is not None and there.digest == variant.digest:
        raise BadInputError(
            f"Version {there.number} of {variant.id}, in force from {weekday_in_words(there.in_force_from)}, is the "
            "same policy. There is nothing to put in force."
        )


def _refuse_prefix_of_another(connection: Connection, council_id: str, prefix: str) -> None:
    others = stored.councils_with_prefix(connection, prefix) - {council_id}
    if others:
        raise BadInputError(
            f"References of {council_id} would begin with {prefix}, as those of {min(others)} do. Give it a "
            f"reference_prefix of its own in its variant.toml; where {min(others)} was renamed, run "
            f"`asb move-council {min(others)} {council_id}`."
        )
