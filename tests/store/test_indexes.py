"""What the sweeps and the inbox ask is answered from an index over what waits: what is done costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, event

from engine.model import Subject
from engine.store import Database, facts, incidents, instances, jobs, tasks, timers

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def plan_of(database: Database, ask: Callable[[Connection], object]) -> str:
    """How the database goes about what `ask` asks, when tables are too large to be read through."""
    asked: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        asked.append((statement, parameters))

    with database.begin() as connection:
        event.listen(database.engine, "before_cursor_execute", note)
        ask(connection)
        event.remove(database.engine, "before_cursor_execute", note)
        ((statement, parameters),) = asked
        if database.is_sqlite:
            return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all())
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        return str(connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).all())


@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("ix_timers_due", lambda c: timers.cases_with_due_timers(c, NOW, 10)),
        ("ix_timers_due", timers.next_timer_at),
        ("ix_jobs_ready", lambda c: jobs.ready_jobs(c, NOW, 10)),
        ("ix_jobs_leased", lambda c: jobs.ready_jobs(c, NOW, 10)),
        ("ix_jobs_ready", lambda c: jobs.ready_jobs(c, NOW, 10, unannounced_since=NOW)),
        ("ix_jobs_ready", jobs.next_job_at),
        ("ix_tasks_", lambda c: tasks.open_tasks(c, council_id="hertsmere", team="community_safety")),
        ("ix_incidents_open", lambda c: incidents.open_incidents(c, "hertsmere")),
        ("ix_facts_current", lambda c: facts.current_facts(c, 1, Subject())),
        ("ix_instances_parent_token", lambda c: instances.child_counts(c, 1, 1)),
    ],
)
def test_a_sweep_reads_an_index_of_what_waits(
    database: Database, index: str, ask: Callable[[Connection], object]
) -> None:
    assert index in plan_of(database, ask)
