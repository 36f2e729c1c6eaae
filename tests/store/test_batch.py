"""What a step writes goes in through one door, in few statements, and touches no other case."""

from __future__ import annotations

from datetime import UTC, date, datetime

from engine.model import CaseStatus, IncidentKind, IncidentStatus, TaskStatus
from engine.store import Batch, Database, cases
from engine.store.cases import CaseRow, change_case
from engine.store.incidents import add_incident, cancel_incidents, load_incident
from engine.store.tasks import add_task, change_task, load_task
from engine.store.undo import forget_undo, keep_undo, load_undo
from tests.statements import counted

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def two_cases(database: Database) -> tuple[CaseRow, CaseRow]:
    with database.begin() as connection:
        cases.store_version(connection, digest="d", council_id="council", pack=b"", now=NOW)
        one, other = (
            cases.create_case(connection, council_id="council", reference=f"C-2026-000{n}", digest="d", now=NOW)
            for n in (1, 2)
        )
    return one, other


def batch_of(case: CaseRow) -> Batch:
    return Batch(case.case_id, case.council_id)


def add_tasks(batch: Batch, *numbers: int) -> None:
    for number in numbers:
        add_task(
            batch, number, instance=1, element_id="ask", name="Ask", team="team", assignee=None, form_id=None,
            priority=50, due_on=None, follow_up_on=None, collection="", item_id="", ladder=None, created_at=NOW,
        )  # fmt: skip


def add_stuck(batch: Batch, number: int) -> None:
    add_incident(
        batch, number, instance=1, token=7, element_id="ask", kind=IncidentKind.ELEMENT, message="no", opened_at=NOW
    )


def keep(batch: Batch, task: int) -> None:
    keep_undo(batch, task=task, first_seq=1, last_seq=2, last_number=3, item_counts="{}", instances="{}", days="[]")


def test_each_table_and_kind_of_change_is_one_statement(database: Database) -> None:
    case, _ = two_cases(database)
    batch = batch_of(case)
    add_tasks(batch, 1, 2, 3)
    change_task(batch, 2, claimed_by="Officer 1", claimed_at=NOW)
    with database.begin() as connection, counted(database) as seen:
        batch.flush(connection)
        assert len(seen) == 1  # a row that is made and changed is written once
        for number in (1, 3):
            change_task(batch, number, due_on=date(2026, 5, 1))
        change_case(batch, last_number=3)
        change_case(batch, status=CaseStatus.CLOSED)
        batch.flush(connection)
        batch.flush(connection)  # there is nothing left to send
    assert len(seen) == 3
    with database.read() as connection:
        rows = [load_task(connection, case.case_id, number) for number in (1, 2, 3)]
        assert [row.claimed_by for row in rows if row is not None] == [None, "Officer 1", None]
        assert [row.due_on for row in rows if row is not None] == [date(2026, 5, 1), None, date(2026, 5, 1)]
        assert cases.case_by_id(connection, case.case_id).status is CaseStatus.CLOSED


def test_no_other_case_is_touched(database: Database) -> None:
    one, other = two_cases(database)
    with database.begin() as connection:
        for case in (one, other):
            batch = batch_of(case)
            add_tasks(batch, 7)
            add_stuck(batch, 8)
            keep(batch, 7)
            batch.flush(connection)
        batch = batch_of(one)
        change_task(batch, 7, status=TaskStatus.CANCELLED)
        cancel_incidents(batch, [7], NOW)
        forget_undo(batch)
        change_case(batch, title="One")
        batch.flush(connection)
    with database.read() as connection:
        task, stuck = load_task(connection, other.case_id, 7), load_incident(connection, other.case_id, 8)
        assert task is not None
        assert task.status is TaskStatus.OPEN
        assert stuck is not None
        assert stuck.status is IncidentStatus.OPEN
        assert load_undo(connection, other.case_id) is not None
        assert load_undo(connection, one.case_id) is None
        assert cases.case_by_id(connection, other.case_id) == other


def test_what_sweeps_over_many_rows_sees_those_that_are_gathered_with_it(database: Database) -> None:
    case, _ = two_cases(database)
    batch = batch_of(case)
    cancel_incidents(batch, [7], NOW)
    add_stuck(batch, 8)
    with database.begin() as connection:
        batch.flush(connection)
        stuck = load_incident(connection, case.case_id, 8)
    assert stuck is not None
    assert stuck.status is IncidentStatus.CANCELLED


def test_what_is_kept_to_be_undone_takes_the_place_of_what_was(database: Database) -> None:
    case, _ = two_cases(database)
    batch = batch_of(case)
    with database.begin() as connection:
        for task in (1, 2):
            keep(batch, task)
            batch.flush(connection)
        kept = load_undo(connection, case.case_id)
    assert kept is not None
    assert kept.task == 2
