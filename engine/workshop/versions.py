"""The list of versions of a council's policy, as people read it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from engine.casework.step.office import Office
from engine.clock import local_date
from engine.store import policy_versions as stored


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
                changes=tuple(_change(each["clauses"], each["sentence"]) for each in judgement.get("differences", ())),
                passed_over=tuple(
                    f"{each['file']}: {each['message']} Passed over: {each['despite']}"
                    for each in judgement.get("warnings", ())
                ),
            )
        )
    return listed


def _change(clauses: list[str], sentence: str) -> str:
    return f"{', '.join(clauses)}: {sentence}" if clauses else sentence
