"""What managers are told is counted by the database: each deadline once, on the day it ran out, of one council."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from engine.store import Database
from engine.store.ladders import drawn_rungs_of
from engine.store.overview import incidents as stuck
from engine.store.overview import late, outcomes, rungs
from engine.store.schema import cases, deadlines, incidents, instances, jobs, tasks, timers, variant_versions
from tests.store.test_indexes import plan_of

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
PERIOD = date(2026, 1, 1), date(2026, 3, 31)
OURS, THEIRS = "ours", "theirs"


class Rows:
    """Cases with tasks, as steps would leave them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.numbers = count(1)
        connection.execute(insert(variant_versions).values(digest="policy", council_id=OURS, pack=b"", stored_at=AT))
        self.case_of = {council: self.case(council) for council in (OURS, THEIRS)}

    def case(self, council: str) -> int:
        case_id = next(self.numbers)
        self.connection.execute(
            insert(cases).values(
                case_id=case_id, council_id=council, reference=f"R-{case_id}", variant_digest="policy", status="open",
                opened_at=AT, last_number=0, item_counts="{}", record_seq=0, record_head="", title="Mx Applicant",
            )
        )  # fmt: skip
        self.connection.execute(
            insert(instances).values(
                case_id=case_id, number=0, council_id=council, process_id="action", position=0, collection="",
                item_id="", status="running", state=b"", variables="{}", started_at=AT,
            )
        )  # fmt: skip
        return case_id

    def task(
        self, due_on: date | None, done_on: date | None = None, *, council: str = OURS, limit: str | None = "answer",
        status: str = "", extended_by: str | None = None, suspended: bool = False, **values: Any,
    ) -> int:  # fmt: skip
        number, case_id = next(self.numbers), self.case_of[council]
        values = {"team": "team", "item_id": "", "collection": "", "priority": 0, **values}
        self.connection.execute(
            insert(tasks).values(
                case_id=case_id, number=number, council_id=council, instance=0, element_id="task", name="Task",
                status=status or ("completed" if done_on else "open"), due_on=None if suspended else due_on,
                created_at=AT, completed_on=done_on, **values,
            )
        )  # fmt: skip
        if limit is not None and due_on is not None:
            self.deadline(case_id, council, number, due_on, limit, "superseded", None)
            status = "suspended" if suspended else "current"
            self.deadline(case_id, council, number, due_on, limit, status, extended_by)
        return number

    def deadline(
        self, case_id: int, council: str, task: int, due_on: date, limit: str, status: str, by: str | None
    ) -> None:
        self.connection.execute(
            insert(deadlines).values(
                case_id=case_id, number=next(self.numbers), council_id=council, token=task, limit_name=limit,
                counted_from="", start_on=AT.date(), due_on=due_on, calendar_version="1", explanation="why",
                status=status, set_at=AT, set_by=by or "the system", reason="more time" if by else None,
                stopped_on=due_on if status == "suspended" else None,
            )
        )  # fmt: skip

    def rung(self, task: int, rung: int, fired_at: datetime | None, *, council: str = OURS, status: str = "") -> None:
        self.connection.execute(
            insert(timers).values(
                case_id=self.case_of[council], number=next(self.numbers), council_id=council, instance=0,
                element_id=f"rung_{rung}", host=task, fires_at=AT, repeats=0, rung=rung,
                status=status or ("fired" if fired_at else "waiting"), fired_at=fired_at,
            )
        )  # fmt: skip

    def incident(self, *, council: str = OURS, status: str = "open", at: datetime = AT) -> int:
        number, job = next(self.numbers), next(self.numbers)
        of_case = {"case_id": self.case_of[council], "council_id": council, "instance": 0, "element_id": "send"}
        self.connection.execute(
            insert(jobs).values(
                **of_case, number=job, handler="send-letter", inputs="{}", once_key=str(job), status="parked",
                attempts=5, ready_at=AT, created_at=AT,
            )
        )  # fmt: skip
        self.connection.execute(
            insert(incidents).values(
                **of_case, number=number, token=job, kind="job", message="No.", status=status, opened_at=at
            )
        )
        return number


def test_what_is_late_is_counted_by_team_and_person_and_nothing_else_is(database: Database) -> None:
    with database.begin() as connection:
        rows = Rows(connection)
        rows.task(date(2026, 2, 20), assignee="Officer 1")
        rows.task(date(2026, 2, 27), claimed_by="Officer 2", assignee="Officer 1")
        longest = rows.task(date(2026, 2, 3), team="police", limit=None)
        rows.task(TODAY)
        rows.task(None)
        rows.task(date(2026, 2, 3), date(2026, 2, 20))
        rows.task(date(2026, 2, 3), status="cancelled")
        rows.task(date(2026, 2, 3), suspended=True)
        rows.task(date(2026, 2, 3), council=THEIRS)
        counts = {
            (row.team, row.holder): (row.amount, row.oldest) for row in late.late_amounts(connection, OURS, TODAY)
        }
        assert counts == {
            ("team", "Officer 1"): (1, date(2026, 2, 20)),
            ("team", "Officer 2"): (1, date(2026, 2, 27)),
            ("police", ""): (1, date(2026, 2, 3)),
        }
        first, *_ = found = late.late_tasks(connection, OURS, TODAY, team=None, holder=None, limit=9, offset=0)
        assert [row.due_on.day for row in found] == [3, 20, 27]
        assert (first.number, first.title, first.explanation) == (longest, "Mx Applicant", None)
        assert [row.explanation for row in found[1:]] == ["why", "why"]

        def chosen(team: str | None, holder: str | None, offset: int = 0) -> list[int]:
            found = late.late_tasks(connection, OURS, TODAY, team=team, holder=holder, limit=1, offset=offset)
            return [row.due_on.day for row in found]

        assert (chosen("team", None), chosen("team", None, 1), chosen("team", None, 2)) == ([20], [27], [])
        assert (chosen(None, ""), chosen(None, "Officer 2"), chosen("police", "Officer 2")) == ([3], [27], [])


def test_a_task_whose_clock_stands_still_is_told_apart_with_who_stopped_it(database: Database) -> None:
    with database.begin() as connection:
        rows = Rows(connection)
        rows.task(date(2026, 2, 3))
        stopped = rows.task(date(2026, 2, 3), suspended=True, extended_by="Officer 1")
        rows.task(date(2026, 2, 3), suspended=True, status="completed", done_on=TODAY)
        rows.task(date(2026, 2, 3), suspended=True, council=THEIRS)
        (row,) = late.suspended_tasks(connection, OURS, limit=9)
        assert (row.number, row.due_on, row.set_by, row.reason) == (stopped, date(2026, 2, 3), "Officer 1", "more time")
        assert row.in_all == 1


def test_a_deadline_is_kept_on_its_day_and_missed_on_the_next(database: Database) -> None:
    with database.begin() as connection:
        rows = Rows(connection)
        due = date(2026, 2, 10)
        rows.task(due, due)
        rows.task(due, due - timedelta(days=3), extended_by="Officer 1")
        rows.task(due, due + timedelta(days=1))
        rows.task(due)  # open, and its day has passed
        rows.task(date(2026, 3, 2))  # open, its day is today
        rows.task(date(2026, 3, 9), TODAY)
        rows.task(due, due, limit=None)
        found = {
            (row.limit_name, row.year, row.month): (row.kept, row.missed, row.running, row.extended)
            for row in outcomes.outcomes(connection, OURS, *PERIOD, TODAY, not_people="the system")
        }
        assert found == {
            ("answer", 2026, 2): (2, 2, 0, 1),
            ("answer", 2026, 3): (1, 0, 1, 0),
            ("", 2026, 2): (1, 0, 0, 0),
        }


def test_deadlines_cancelled_standing_still_elsewhere_or_at_another_time_do_not_count(database: Database) -> None:
    with database.begin() as connection:
        rows = Rows(connection)
        due = date(2026, 2, 10)
        rows.task(due, status="cancelled")
        rows.task(due, suspended=True)
        rows.task(due, due, council=THEIRS)
        rows.task(date(2025, 12, 31), due)
        rows.task(date(2026, 4, 1), due)
        assert not outcomes.outcomes(connection, OURS, *PERIOD, TODAY, not_people="the system")
        assert not outcomes.missed_deadlines(connection, OURS, *PERIOD, TODAY, limit_name=None, limit=9, offset=0)


def test_how_late_the_missed_were_is_told_in_days(database: Database) -> None:
    with database.begin() as connection:
        rows = Rows(connection)
        due = date(2026, 2, 10)
        for days in (0, 1, 1, 45):
            rows.task(due, due + timedelta(days=days))
        open_still = rows.task(due, limit="other")
        amounts = outcomes.days_missed_by(connection, OURS, *PERIOD, TODAY)
        assert [(row.limit_name, row.days, row.amount) for row in amounts] == [
            ("answer", 1, 2), ("answer", 45, 1), ("other", 20, 1),
        ]  # fmt: skip
        missed = outcomes.missed_deadlines(connection, OURS, *PERIOD, TODAY, limit_name=None, limit=2, offset=0)
        assert [(row.days, row.completed_on) for row in missed] == [(45, date(2026, 3, 27)), (20, None)]
        (other,) = outcomes.missed_deadlines(connection, OURS, *PERIOD, TODAY, limit_name="other", limit=2, offset=0)
        assert (other.number, other.reference, other.due_on) == (open_still, "R-1", due)


def test_rungs_count_on_the_day_in_london_on_which_they_were_taken(database: Database) -> None:
    july = date(2026, 7, 1), date(2026, 7, 31)
    with database.begin() as connection:
        rows = Rows(connection)
        task, done = rows.task(date(2026, 6, 9)), rows.task(date(2026, 6, 9), date(2026, 7, 2), team="police")
        rows.rung(task, 1, datetime(2026, 6, 30, 23, tzinfo=UTC))  # midnight in London: July
        rows.rung(done, 1, datetime(2026, 7, 2, tzinfo=UTC))
        rows.rung(task, 2, datetime(2026, 7, 31, 23, tzinfo=UTC))  # August
        rows.rung(task, 3, None)
        rows.rung(task, 1, datetime(2026, 7, 2, tzinfo=UTC), status="passed")
        rows.rung(rows.task(None, council=THEIRS), 1, datetime(2026, 7, 2, tzinfo=UTC), council=THEIRS)
        (row,) = rungs.rung_amounts(connection, OURS, *july)
        assert (row.process_id, row.rung, row.amount, row.in_cases, row.open) == ("action", 1, 2, 1, 1)
        teams = {row.team: row.amount for row in rungs.rung_teams(connection, OURS, *july)}
        assert teams == {"team": 1, "police": 1}
        latest, first = rungs.rungs_taken(connection, OURS, *july, process_id="action", rung=1, limit=9, offset=0)
        assert (latest.number, first.number) == (done, task)
        assert not rungs.rungs_taken(connection, OURS, *july, process_id="other", rung=None, limit=9, offset=0)
        on_task = drawn_rungs_of(connection, OURS, [(rows.case_of[OURS], task)])
        assert [(row.rung, row.status) for row in on_task] == [(1, "fired"), (2, "fired"), (3, "waiting")]


def test_incidents_to_settle_are_the_open_ones_of_the_council(database: Database) -> None:
    with database.begin() as connection:
        rows = Rows(connection)
        later, first = rows.incident(), rows.incident(at=AT - timedelta(days=1))
        rows.incident(status="resolved")
        theirs = rows.incident(council=THEIRS)
        found = stuck.incidents_to_settle(connection, OURS, limit=9)
        assert [row.number for row in found] == [first, later]
        assert (found[0].attempts, found[0].handler, found[0].process_id) == (5, "send-letter", "action")
        assert stuck.count_open_incidents(connection, OURS) == 2
        assert not stuck.incidents_to_settle(connection, OURS, limit=9, reference="R-2", number=theirs)


@pytest.mark.parametrize(
    ("indexes", "ask"),
    [
        (["ix_tasks_"], lambda c: late.late_amounts(c, OURS, TODAY)),
        (["ix_tasks_"], lambda c: late.late_tasks(c, OURS, TODAY, team=None, holder="", limit=25, offset=0)),
        (["ix_tasks_"], lambda c: late.due_between(c, OURS, TODAY, TODAY)),
        (
            ["ix_tasks_", "ix_tasks_completed", "ix_deadlines_token"],
            lambda c: outcomes.outcomes(c, OURS, *PERIOD, TODAY, not_people="the system"),
        ),
        (["ix_timers_rungs"], lambda c: rungs.rung_amounts(c, OURS, *PERIOD)),
        (["ix_incidents_open"], lambda c: stuck.incidents_to_settle(c, OURS, limit=25)),
    ],
)  # fmt: skip
def test_managers_questions_are_answered_from_indexes(
    database: Database, indexes: list[str], ask: Callable[[Connection], object]
) -> None:
    plan = plan_of(database, ask)
    assert [index for index in indexes if index not in plan] == []
