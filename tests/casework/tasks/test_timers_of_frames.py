"""A timer on the edge of a time frame waits, as the frame does, for the fact that gives its day."""

from __future__ import annotations

from datetime import date

import pytest

from engine.casework.cases.corrections import correct_fact
from engine.casework.tasks.undo import undo_completion
from engine.clock import NEVER
from engine.store import Database
from tests.casework.builders import Play
from tests.casework.tasks.test_frames import DUE, FRAME, IN_A_SUB_PROCESS, days, fires_at, variant

#: Of the frame the day itself is a fact, and of the timer on its edge what is counted from it.
AGREED = IN_A_SUB_PROCESS.replace(DUE, DUE.replace("due(&quot;decide&quot;)", "agreed_on"))
TIMERS = ["=agreed_on", '=date(agreed_on) + duration("P2D")', '=if agreed_on = null then null else due("decide")']


@pytest.mark.parametrize("day", TIMERS)
def test_a_timer_on_its_edge_does_not_come_while_its_day_is_not_known(database: Database, day: str) -> None:
    play = Play(database, variant(AGREED.replace('>=due("decide")<', f">{day}<")))
    play.complete("before")
    play.wait(days=40)
    assert (play.open(), [kind for kind, _ in play.record() if kind == "incident"]) == (["first"], [])


@pytest.mark.parametrize(("day", "comes_on"), [*zip(TIMERS, (10, 12, 22), strict=True)])
def test_it_comes_once_the_fact_is_told_that_is_its_day(database: Database, day: str, comes_on: int) -> None:
    play = Play(database, variant(AGREED.replace('>=due("decide")<', f">{day}<")))
    play.complete("before")
    first = play.task_id("first")
    play.complete("first", {"agreed_on": "2026-03-08"})
    undo_completion(play.office, first, reason="a slip", by="Officer 1")
    assert (days(play), fires_at(play)) == ([(None, "open")], NEVER.date())
    play.complete("first", {"agreed_on": "2026-03-10"})
    assert days(play) == [(date(2026, 3, 10), "open")]
    play.wait(days=comes_on - 2)
    assert play.open() == ["second"]
    play.wait(days=1)
    assert play.open() == ["say_when", "second"]


def test_a_timer_on_the_edge_of_what_is_no_time_frame_says_what_is_missing(database: Database) -> None:
    plain = IN_A_SUB_PROCESS.replace(FRAME, "").replace('>=due("decide")<', ">=agreed_on<")
    play = Play(database, variant(plain))
    play.complete("before")
    assert [content["element"] for kind, content in play.record() if kind == "incident"] == ["late"]


def test_a_day_that_is_told_as_a_correction_arms_it_too_and_moves_it_when_put_right(database: Database) -> None:
    play = Play(database, variant(AGREED.replace('>=due("decide")<', ">=agreed_on<")), answers={"agreed_on": None})
    play.complete("before")
    correct_fact(play.office, play.reference, "agreed_on", "2026-03-20", reason="left out", by="Officer 1")
    assert (days(play), fires_at(play)) == ([(date(2026, 3, 20), "open")], date(2026, 3, 21))
    correct_fact(play.office, play.reference, "agreed_on", "2026-03-25", reason="a slip", by="Officer 1")
    assert (days(play), fires_at(play)) == ([(date(2026, 3, 25), "open")], date(2026, 3, 26))
