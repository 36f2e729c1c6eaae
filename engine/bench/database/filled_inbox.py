"""An inbox as full as a large council's after years, made by the database itself: for measuring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, literal, select
from sqlalchemy import cast as as_type
from sqlalchemy.types import String

from engine.bench.database.case_copies import FIRST_COPY
from engine.model import CaseStatus, TaskStatus, TimerStatus
from engine.store.database import Database
from engine.store.schema import case_words, cases, facts, tasks, timers

#: Cases of which all others are like: they differ in team, due date, who has the task, and what is known.
PATTERNS = 100
_OPEN = 1  #: number of the open task of each case; the closed ones follow
_FORENAMES = ("alex", "billie", "charlie", "devon", "elliot", "frankie", "gray", "harper", "indigo", "jules")
_STREETS = ("mill", "church", "station", "park", "school", "bridge", "manor", "victoria", "green", "orchard")


def fill_inbox(
    database: Database, council_id: str, digest: str, *, cases_each: int, closed_each: int, teams: int, now: datetime
) -> None:
    """`cases_each` cases like each of 100 patterns: each with an open task about an item, on a ladder, and with
    `closed_each` tasks that are done. A third of the open tasks is had by somebody. The words are those of a name and
    an address. What the database keeps of its tables is brought up to date, as it does by itself in use.
    """
    with database.begin() as connection:
        for place in range(PATTERNS):
            _insert_pattern(connection, council_id, digest, place, teams, closed_each, now)
        for table in (cases, tasks, timers, facts, case_words):
            _insert_like_the_patterns(connection, table, cases_each)
        connection.exec_driver_sql("ANALYZE")
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")


def _insert_pattern(
    connection: Connection, council_id: str, digest: str, place: int, teams: int, closed_each: int, now: datetime
) -> None:
    common = {"case_id": FIRST_COPY + place, "council_id": council_id}
    forename, street = _FORENAMES[place % 10], _STREETS[place // 10]
    connection.execute(insert(cases).values(
        **common, reference=f"M-2020-{place:06d}", variant_digest=digest, status=CaseStatus.OPEN, opened_at=now,
        last_number=closed_each + 9, item_counts="{}", record_seq=0, record_head="", title=f"{forename} {place}",
    ))  # fmt: skip
    today = now.date()
    due_on = None if place % 7 == 0 else today + timedelta(days=place * 13 % 60 - 10)
    connection.execute(
        insert(tasks),
        [_task(common, number, place, teams, due_on, now) for number in range(_OPEN, _OPEN + 1 + closed_each)],
    )
    connection.execute(insert(timers).values(
        **common, number=closed_each + 5, instance=1, element_id="late", host=_OPEN, fires_at=now, repeats=0, rung=1,
        status=TimerStatus.FIRED if place % 4 == 0 else TimerStatus.WAITING, fired_at=now,
    ))  # fmt: skip
    connection.execute(insert(facts).values(
        **common, number=closed_each + 6, collection="actions", item_id="actions-1", name="action", value='"Speak"',
        recorded_at=now, recorded_by="", source="", is_current=True,
    ))  # fmt: skip
    words = {forename, f"{street}field", street, "road", "borehamwood", f"wd{place % 10}", f"{place}"}
    connection.execute(
        insert(case_words), [{**common, "word": word} for word in sorted(words | {f"m-2020-{place:06d}"})]
    )


def _task(
    common: dict[str, Any], number: int, place: int, teams: int, due_on: date | None, now: datetime
) -> dict[str, Any]:
    is_open = number == _OPEN
    return {
        **common,
        "number": number,
        "instance": 1,
        "element_id": f"act_{place % 12}",
        "name": f"Carry out step {place % 12} of the review",
        "team": team_of(place, teams),
        "assignee": None,
        "status": TaskStatus.OPEN if is_open else TaskStatus.COMPLETED,
        "claimed_by": person_of(place) if place % 3 == 0 else None,
        "claimed_at": None,
        "form_id": "step",
        "priority": 50,
        "due_on": due_on,
        "follow_up_on": due_on if place % 20 == 3 else None,
        "collection": "actions",
        "item_id": "actions-1",
        "created_at": now,
        "completed_at": None if is_open else now,
        "completed_by": None if is_open else person_of(place),
        "completed_on": None if is_open else now.date(),
    }


def team_of(place: int, teams: int) -> str:
    return f"team_{place % teams}"


def person_of(place: int) -> str:
    return f"Officer {place}"


def _insert_like_the_patterns(connection: Connection, table: Any, each: int) -> None:
    """The rows of the patterns again, each under the ids of `each` - 1 further cases."""
    turn = select(literal(1).label("turn")).cte("turns", recursive=True)
    turn = turn.union_all(select(turn.c.turn + 1).where(turn.c.turn < each - 1))
    case_id = table.c.case_id + turn.c.turn * PATTERNS
    changed: dict[str, Any] = {"case_id": case_id}
    if table is cases:
        changed["reference"] = literal("M-2026-").concat(as_type(case_id, String))
    columns: Sequence[str] = [column.name for column in table.columns]
    patterns = table.c.case_id.between(FIRST_COPY, FIRST_COPY + PATTERNS - 1)
    rows = select(*[changed.get(name, table.c[name]) for name in columns]).join_from(table, turn, turn.c.turn < each)
    connection.execute(insert(table).from_select(columns, rows.where(patterns)))
