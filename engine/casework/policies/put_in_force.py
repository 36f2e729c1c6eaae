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
from engine.variants import Variant
from engine.words import weekday_in_words


@dataclass(frozen=True, kw_only=True)
class PolicyDecision:
    """That a version is to be in force, and whose word that is."""

    by: str
    why: str
    day: date | None = None  #: from which it is in force; None: today
    source: tuple[str, bytes] | None = None  #: the folders that it was read from: their digest, and them packed
    #: What it was found to be, JSON-like: differences, examples played, warnings passed over and why
    judgement: Mapping[str, Any] = field(default_factory=dict)
    approved_by: str | None = None
    again: int | None = None  #: the earlier version that it puts in force again


def put_in_force(office: Office, variant: Variant, decision: PolicyDecision) -> PolicyVersionRow:
    """The new version of the council `variant.id`. Whether the policy may be put in force has been judged before.

    Raises as `refuse_what_cannot_be`.
    """
    refuse_what_cannot_be(office, variant, decision.day)
    day = decision.day or office.today
    pack, prefix = variant.pack(), variant.settings.reference_prefix
    with office.database.begin() as connection:
        now = office.clock.now()
        store_version(connection, digest=variant.digest, council_id=variant.id, pack=pack, now=now)
        if decision.source is not None:
            stored.keep_source(connection, *decision.source)
        row = PolicyVersionRow(
            council_id=variant.id,
            number=stored.next_number(connection, variant.id),
            digest=variant.digest,
            source_digest=decision.source[0] if decision.source is not None else None,
            prefix=prefix,
            in_force_from=day,
            put_at=now,
            put_by=decision.by,
            why=decision.why,
            approved_by=decision.approved_by,
            again=decision.again,
            judgement=json.dumps(decision.judgement, ensure_ascii=False),
        )
        stored.add_policy_version(connection, row)
    return row


def refuse_what_cannot_be(office: Office, variant: Variant, on: date | None) -> None:
    """Raises BadInputError for a day that is past, a policy without a main process, the version that would be in force
    that day anyway, and a prefix that another council's references have."""
    day = on or office.today
    if day < office.today:
        raise BadInputError(
            f"{weekday_in_words(day)} is past, and what cases were opened by then stays. Name today or a later day."
        )
    if variant.settings.main_process is None:
        raise BadInputError(f"{variant.id} has no diagram of its cases, so no case is opened by it.")
    with office.database.read() as connection:
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
