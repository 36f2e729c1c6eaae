"""Timers: rungs of a ladder, busy cases, and what a sweep costs."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import insert

from engine.casework.background import timers as use_case
from engine.casework.background.timers import fire_due_timers, fire_due_timers_of
from engine.casework.cases.intake import open_case
from engine.model import TimerStatus
from engine.store import Database, cases, schema
from tests.casework.builders import START_AT, Play, chain_of, office_on, process, timer, user, variant_of
from tests.statements import counted

#: 3 weeks, 2 months, 3 months: in days
LADDER = (("first", 21), ("second", 60), ("third", 90))
LADDER_BODY = (
    '<bpmn:startEvent id="begin"/>'
    + user("act")
    + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "act", "done")
    + "".join(
        timer(f"rung_{name}", on="act", after=f"P{days}D", rung=rung)
        + user(name)
        + f'<bpmn:endEvent id="end_{name}"/>'
        + chain_of(f"rung_{name}", name, f"end_{name}")
        for rung, (name, days) in enumerate(LADDER, start=1)
    )
)


def timers_of(play: Play) -> dict[str, TimerStatus]:
    with play.office.database.begin() as connection:
        return {row.element_id: row.status for row in connection.execute(schema.timers.select())}


def test_each_rung_acts_on_its_day_while_the_system_is_awake(database: Database) -> None:
    play = Play(database, variant_of(process(LADDER_BODY)))
    play.wait(days=20)
    assert play.open() == ["act"]
    play.wait(days=1)
    assert play.open() == ["act", "first"]
    play.wait(days=39)
    assert play.open() == ["act", "first", "second"]
    play.wait(days=30)
    assert play.open() == ["act", "first", "second", "third"]


@pytest.mark.parametrize(
    ("days", "acts", "passed"),
    [(61, ["second"], ["rung_first"]), (400, ["third"], ["rung_first", "rung_second"])],
)
def test_after_a_long_sleep_only_the_highest_rung_acts_and_the_passed_ones_are_recorded(
    database: Database, days: int, acts: list[str], passed: list[str]
) -> None:
    play = Play(database, variant_of(process(LADDER_BODY)))
    play.wait(days=days)
    assert play.open() == ["act", *acts]
    assert [content["element_id"] for kind, content in play.record() if kind == "rung passed"] == passed
    assert {name for name, status in timers_of(play).items() if status == TimerStatus.PASSED} == set(passed)
    play.wait(days=400)
    assert play.open() == sorted(["act", *acts] + (["third"] if acts == ["second"] else []))


def test_what_is_done_in_time_takes_its_rungs_along(database: Database) -> None:
    play = Play(database, variant_of(process(LADDER_BODY)))
    play.complete("act")
    play.wait(days=400)
    assert play.open() == []
    assert set(timers_of(play).values()) == {TimerStatus.CANCELLED}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite's one writer makes the sweep wait
def test_a_case_that_somebody_is_working_on_is_left_for_the_next_sweep(database: Database) -> None:
    variant = variant_of(process(LADDER_BODY))
    busy, idle = Play(database, variant), Play(database, variant)
    at = idle.office.clock
    at.set(START_AT.replace(month=4))  # type: ignore[attr-defined]
    with database.begin() as connection:
        cases.lock_case(connection, busy.reference)
        swept: list[int] = []
        sweep = threading.Thread(target=lambda: swept.append(fire_due_timers(idle.office)))
        sweep.start()
        sweep.join(30)
        assert swept == [1]
        assert idle.open() == ["act", "first"]
    assert fire_due_timers(idle.office) == 1
    assert fire_due_timers(idle.office) == 0


def test_one_case_that_cannot_be_moved_does_not_hold_up_the_others(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    variant = variant_of(process(LADDER_BODY))
    stuck, free = Play(database, variant), Play(database, variant)
    stuck_id = stuck.case().case_id

    def fire(office, case_id):
        if case_id == stuck_id:
            raise RuntimeError("this case is broken")
        return fire_due_timers_of(office, case_id)

    monkeypatch.setattr(use_case, "fire_due_timers_of", fire)
    free.wait(days=30)
    assert free.open() == ["act", "first"]
    assert stuck.open() == ["act"]


def test_a_thousand_timers_that_wait_cost_a_sweep_nothing(database: Database) -> None:
    variant = variant_of(process(LADDER_BODY))
    play = Play(database, variant)
    with counted(database) as with_few:
        fire_due_timers(play.office)
    with database.begin() as connection:
        (row,) = connection.execute(schema.timers.select().where(schema.timers.c.element_id == "rung_third"))
        connection.execute(insert(schema.timers), [{**row._mapping, "number": number} for number in range(1001, 2001)])
    with counted(database) as with_many:
        assert fire_due_timers(play.office) == 0
    assert with_many == with_few
    assert len(with_many) == 1


def test_a_sweep_costs_what_is_due(database: Database) -> None:
    """One query finds the due cases; each is then a step of its own."""
    variant = variant_of(process(LADDER_BODY))
    office = office_on(database)
    for _ in range(4):
        open_case(office, variant, {}, by="the applicant")
    office.clock.set(START_AT.replace(month=4))  # type: ignore[attr-defined]
    with counted(database) as one:
        assert fire_due_timers(office, limit=1) == 1
    with counted(database) as three:
        assert fire_due_timers(office, limit=3) == 3
    assert len(three) - 1 == 3 * (len(one) - 1)
    assert len(one) <= 12
