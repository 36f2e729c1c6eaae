"""A case as it stands, copied into another database: whatever is tried on the copy, nobody waits for and nothing keeps.

What a step reads and writes of a case is copied, and not what people read of it: letters, files and the record stay.
"""

from __future__ import annotations

from sqlalchemy import Connection, Table, bindparam, insert, select

from engine.store.schema import (
    absences,
    address_book,
    cases,
    council_agencies,
    council_teams,
    councils,
    deadlines,
    facts,
    frames,
    incidents,
    instances,
    jobs,
    people,
    policy_moves,
    policy_versions,
    subscriptions,
    tasks,
    timers,
    variant_versions,
)

_OF_CASE = (cases, instances, subscriptions, tasks, frames, timers, jobs, incidents, deadlines, facts, policy_moves)
# statements of every case are built once: building one takes longer than sending it
_READ = tuple((select(table).where(table.c.case_id == bindparam("case_id")), insert(table)) for table in _OF_CASE)
_OF_COUNCIL = (councils, people, council_teams, council_agencies, address_book, absences)


def copy_council(source: Connection, target: Connection, council_id: str) -> None:
    """Who works for the council, and which versions there are of its policy, without their files."""
    versions = [
        {"digest": row.digest, "council_id": row.council_id, "stored_at": row.stored_at, "pack": b""}
        for row in source.execute(
            select(variant_versions.c.digest, variant_versions.c.council_id, variant_versions.c.stored_at)
        )
    ]
    _put(target, variant_versions, versions)
    copy_staff(source, target, council_id)
    rows = source.execute(select(policy_versions).where(policy_versions.c.council_id == council_id)).mappings()
    _put(target, policy_versions, [{**row, "source_digest": None} for row in rows])


def copy_staff(source: Connection, target: Connection, council_id: str) -> None:
    """Who works for the council, alone: by no version of its policy is anybody served there."""
    for table in _OF_COUNCIL:
        rows = source.execute(select(table).where(table.c.council_id == council_id)).mappings()
        _put(target, table, [dict(row) for row in rows])


def copy_case(source: Connection, target: Connection, case_id: int) -> None:
    """`source` should see one moment. What the case belongs to is there already (`copy_council`)."""
    for reading, writing in _READ:
        if rows := [dict(row) for row in source.execute(reading, {"case_id": case_id}).mappings()]:
            target.execute(writing, rows)


def _put(target: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if rows:
        target.execute(insert(table), rows)
