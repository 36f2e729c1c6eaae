"""Timers: when they fire, and how often."""

from __future__ import annotations

import pytest

from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    catch,
    end,
    start,
    user,
    wire,
)


@pytest.mark.parametrize(
    ("written", "before", "after"),
    [
        ("P2D", {"days": 1, "hours": 23}, {"hours": 2}),
        ('=duration("PT36H")', {"hours": 35}, {"hours": 2}),
        ('=date and time("2026-03-04T12:00:00Z")', {"days": 2, "hours": 1}, {"hours": 1}),
        # a day means the end of that day: it fires as 5 March begins in London
        ('=date("2026-03-04")', {"days": 2, "hours": 13, "minutes": 44}, {"minutes": 2}),
    ],
)
def test_a_timer_in_the_flow_waits_and_goes_on_by_itself(written: str, before: dict, after: dict) -> None:
    tag = "timeDuration" if "duration" in written or written.startswith("P") else "timeDate"
    waiting = catch("wait", "timer", written).replace("timeDate>", f"{tag}>")
    case = Case(start() + waiting + user("after") + end() + wire("start wait after end"))
    case.wait(**before)
    assert case.open() == []
    case.wait(**after)
    assert case.open() == ["after"]


def test_a_timer_that_is_due_already_fires_at_once() -> None:
    case = Case(
        start() + catch("wait", "timer", '=date("2020-01-01")') + user("after") + end() + wire("start wait after end")
    )
    assert case.open() == ["after"]


def _ladder(kind: str) -> Case:
    return Case(
        start()
        + user("act")
        + boundary("late", "act", "timer", kind, interrupting=False)
        + user("chase")
        + end()
        + end("e2")
        + wire("start act end", "late chase e2")
    )


def test_a_cycle_fires_as_often_as_it_says() -> None:
    case = _ladder("R3/P7D")
    for round in range(1, 6):
        case.wait(days=7)
        assert case.open() == ["act", *["chase"] * min(round, 3)]


def test_a_cycle_fires_once_after_a_long_sleep_and_then_goes_on_in_its_rhythm() -> None:
    case = _ladder("R3/P7D")
    case.wait(days=17)
    assert case.open() == ["act", "chase"]
    case.wait(days=3)
    assert case.open() == ["act", "chase"]
    case.wait(days=1)  # day 21
    assert case.open() == ["act", "chase", "chase"]
    case.wait(days=7)
    case.wait(days=70)
    assert case.open() == ["act", "chase", "chase", "chase"]


def test_a_cycle_without_a_number_repeats_as_long_as_its_activity_waits() -> None:
    case = _ladder("R/P7D")
    for round in range(1, 6):
        case.wait(days=7)
        assert len(case.open()) == 1 + round
    case.complete("act")
    case.wait(days=70)
    assert len(case.open()) == 5


def test_a_timer_boundary_that_does_not_interrupt_fires_once() -> None:
    case = _ladder("P7D")
    case.wait(days=7)
    case.wait(days=70)
    assert case.open() == ["act", "chase"]
    case.complete("act")
    case.complete("chase")
    assert case.is_closed


def test_a_timer_boundary_that_interrupts_cancels_its_activity() -> None:
    case = Case(
        start()
        + user("act")
        + boundary("late", "act", "timer", "P7D")
        + user("chase")
        + end()
        + end("e2")
        + wire("start act end", "late chase e2")
    )
    case.wait(days=7)
    assert case.open() == ["chase"]
    assert [each["element_id"] for each in case.told("task cancelled")] == ["act"]


def test_a_cycle_that_repeats_no_time_never_fires() -> None:
    case = _ladder("R0/P1D")
    case.wait(days=400)
    assert case.open() == ["act"]
    case.complete("act")
    assert case.is_closed


@pytest.mark.parametrize("written", ["PT24H", '=duration("PT24H")', '=duration("PT1H") * 24', "PT1440M"])
@pytest.mark.parametrize(("days", "day"), [(26, "28 March"), (236, "24 October")])
def test_hours_are_counted_by_the_clock_across_a_clock_change(written: str, days: int, day: str) -> None:
    waiting = catch("w", "timer", written).replace("timeDate>", "timeDuration>")
    case = Case(start() + user("x") + waiting + user("after") + end() + wire("start x w after end"))
    case.wait(days=days)  # from 2 March 2026
    case.complete("x")
    case.wait(hours=23, minutes=59)
    assert case.open() == [], day
    case.wait(minutes=2)
    assert case.open() == ["after"]


@pytest.mark.parametrize("written", ["P1D", '=duration("P1D")'])
def test_days_that_are_written_out_are_the_calendars_across_a_clock_change(written: str) -> None:
    waiting = catch("w", "timer", written).replace("timeDate>", "timeDuration>")
    case = Case(start() + user("x") + waiting + user("after") + end() + wire("start x w after end"))
    case.wait(days=26)
    case.complete("x")
    case.wait(hours=22, minutes=59)
    assert case.open() == []
    case.wait(minutes=2)
    assert case.open() == ["after"]


def test_a_cycle_of_months_counts_each_from_its_beginning() -> None:
    case = Case(
        start()
        + user("x")
        + user("act")
        + boundary("late", "act", "timer", "R3/P1M", interrupting=False)
        + user("chase")
        + end()
        + end("e2")
        + wire("start x act end", "late chase e2")
    )
    case.wait(days=29)  # 31 March
    case.complete("x")
    fired = []
    for day in range(1, 100):
        before = len(case.open())
        case.wait(days=1)
        if len(case.open()) > before:
            fired.append(day)
    assert fired == [30, 61, 91]  # 30 April, 31 May, 30 June


def test_a_cycle_of_hours_counts_them_by_the_clock() -> None:
    case = Case(
        start()
        + user("x")
        + user("act")
        + boundary("late", "act", "timer", "R2/PT24H", interrupting=False)
        + user("chase")
        + end()
        + end("e2")
        + wire("start x act end", "late chase e2")
    )
    case.wait(days=26)  # 28 March, in the night after which the clocks go forward
    case.complete("x")
    case.wait(hours=23, minutes=59)
    assert case.open() == ["act"]
    case.wait(minutes=2)
    assert case.open() == ["act", "chase"]
    case.wait(hours=24)
    assert case.open() == ["act", "chase", "chase"]


def test_what_of_a_cycle_passed_while_nothing_ran_is_said() -> None:
    case = _ladder("R5/P7D")
    case.wait(days=22)
    assert [each.get("missed") for each in case.told("timer fired")] == [2]
    case.wait(days=6)
    assert [each.get("missed") for each in case.told("timer fired")] == [2, None]
    for _ in range(8):
        case.wait(days=7)
    assert len(case.told("timer fired")) == 5  # as often as it says: what was missed is made up for later
