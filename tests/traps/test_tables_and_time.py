"""Decision tables, months and timers that SpiffWorkflow gets wrong (traps 7, 8 and 9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine import feel
from engine.casework.background.timers import fire_due_timers
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.casework.step.versions import Versions
from engine.casework.tasks.completion import claim_task, hand_back_task
from engine.clock import LONDON, SettableClock
from engine.store import Database
from engine.store.schema import timers
from tests.casework.builders import office_on
from tests.dmn.builders import column, decision, file, output, rule, table
from tests.runtime import sketch
from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    catch,
    end,
    start,
    user,
    variant,
    wire,
)


def _rows(case: Case, query: Any) -> list[Any]:
    with case.office.database.read() as connection:
        return list(connection.execute(query).all())


def _decide(
    *rules: str, value: str, policy: str = "UNIQUE", aggregation: str | None = None, type: str = "number"
) -> Case:
    made = table(column("n"), output("result", type=type), *rules, hit_policy=policy, aggregation=aggregation)
    return Case(
        start() + sketch.rule("judge", "decide", "result") + user("after") + end() + wire("start judge after end"),
        files={"decide.dmn": file(decision(made))},
        answers={"n": feel.to_json(feel.evaluate(value))},
    )


@pytest.mark.parametrize(
    ("test", "value", "matches"),
    [
        ('"A","ASB"', '"ASB"', True),
        ("1,2,3", "3", True),
        ("1,2,3", "4", False),
        ('not("X")', '"Y"', True),
        ('not("X")', '"X"', False),
        ("[1..5]", "5", True),
        ("(1..5)", "5", False),
        ("> 3", "4", True),
    ],
)
def test_a_cell_of_a_table_matches_what_it_says(test: str, value: str, matches: bool) -> None:
    assert _decide(rule([test], ["1"]), value=value).variables() == {"result": 1 if matches else None}


def test_two_rules_that_match_where_only_one_may_are_an_incident_that_names_both() -> None:
    case = _decide(rule(["> 1"], ["1"]), rule(["> 2"], ["2"]), value="3")
    assert case.stuck() == ["judge"]
    said = case.told("incident")[0]["message"]
    assert "1" in said
    assert "2" in said


def test_collected_outputs_are_added_up() -> None:
    case = _decide(rule(["> 1"], ["10"]), rule(["> 2"], ["20"]), value="3", policy="COLLECT", aggregation="SUM")
    assert case.variables() == {"result": 30}


@pytest.mark.parametrize(
    ("opened", "written", "fires"),
    [
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2026-01-31", "P3M", "2026-04-30"),
        ("2025-12-31", "P2M", "2026-02-28"),
        ("2026-08-31", "P1M", "2026-09-30"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2026-03-01", "P1M", "2026-04-01"),  # noon stays noon when the clocks change
    ],
)
def test_months_end_where_a_month_is_shorter(opened: str, written: str, fires: str) -> None:
    database = Database("sqlite://")
    database.create_all()
    body = start() + catch("wait", "timer", written) + end() + wire("start wait end")
    at = datetime.combine(date.fromisoformat(opened), datetime.min.time(), tzinfo=UTC) + timedelta(hours=11)
    office = office_on(database, at=at)
    open_case(office, variant(body), {}, by="the applicant")
    with database.read() as connection:
        fires_at = connection.execute(select(timers.c.fires_at)).scalar_one()
    assert fires_at.astimezone(LONDON).date().isoformat() == fires
    assert fires_at.astimezone(LONDON).hour == at.astimezone(LONDON).hour


def test_running_timers_and_claims_survive_any_number_of_loads_by_any_engine() -> None:
    case = Case(
        start()
        + user("act")
        + boundary("late", "act", "timer", "P3D", interrupting=False)
        + user("chase")
        + end()
        + end("e2")
        + wire("start act end", "late chase e2")
    )
    query = select(timers.c.fires_at, timers.c.status)
    before = _rows(case, query)
    for _ in range(3):
        case.wait(hours=12)
        claim_task(case.office, case.task_id("act"), by="Officer 1")
        hand_back_task(case.office, case.task_id("act"), by="Officer 1")
        fresh = Office(
            database=case.office.database,
            clock=case.office.clock,
            handlers={},
            ports=case.office.ports,
            versions=Versions(),
        )
        case.office = fresh
    assert _rows(case, query) == before
    case.wait(hours=37)
    assert case.open() == ["act", "chase"]


def test_timers_fire_neither_early_nor_twice_when_another_engine_takes_over() -> None:
    case = Case(start() + catch("wait", "timer", "P3D") + user("after") + end() + wire("start wait after end"))
    for hours, fired in ((71, 0), (0, 0), (1, 1), (0, 0), (100, 0)):
        case.office = Office(
            database=case.office.database,
            clock=SettableClock(case.office.clock.now()),
            handlers=case.office.handlers,
            ports=case.office.ports,
            versions=Versions(),
        )
        case.office.clock.advance(timedelta(hours=hours))  # type: ignore[attr-defined]
        assert fire_due_timers(case.office) == fired
    assert case.open() == ["after"]
