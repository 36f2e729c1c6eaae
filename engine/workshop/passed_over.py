"""Warnings that are passed over: each with a reason, which is asked for once while the warning stays the same."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from engine.casework.step.office import Office
from engine.check import Finding
from engine.store import policy_versions as stored

_Warning = tuple[str, str, str, str]


def reasons_for(
    office: Office, council_id: str, warnings: Sequence[Finding], *, despite: str, earlier: Mapping[str, Any]
) -> list[tuple[Finding, str]]:
    """Why each warning does not matter: as was said of it `earlier` or with the last version, else `despite`, which is
    "" where nobody says why."""
    with office.database.read() as connection:
        rows = stored.policy_versions_of(connection, council_id)
    last = json.loads(rows[0].judgement) if rows else {}
    kept = {**_reasons_in(last), **_reasons_in(earlier)}
    return [(finding, kept.get(_told(finding), despite.strip())) for finding in warnings]


def with_reason(finding: Finding, reason: str) -> Mapping[str, Any]:
    """As it is kept."""
    return {**finding.to_json(), "despite": reason}


def _reasons_in(judgement: Mapping[str, Any]) -> Mapping[_Warning, str]:
    kept = judgement.get("warnings", ())
    return {(each["rule"], each["file"], each["element_id"], each["message"]): str(each["despite"]) for each in kept}


def _told(finding: Finding) -> _Warning:
    return finding.rule, finding.file, finding.element_id, finding.sentence
