"""The clock: instants are aware, days are London's, also when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clock import LONDON, SettableClock, SystemClock, end_of, local_date, require_aware, start_of
from engine.errors import BadTimeError

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


def test_a_winter_deadline_passes_at_midnight_utc() -> None:
    assert end_of(date(2026, 1, 9)).isoformat() == "2026-01-10T00:00:00+00:00"


def test_a_summer_deadline_passes_at_23_utc_which_is_midnight_in_london() -> None:
    assert end_of(date(2026, 5, 5)).isoformat() == "2026-05-05T23:00:00+00:00"
    assert end_of(date(2026, 5, 5)).astimezone(LONDON).isoformat() == "2026-05-06T00:00:00+01:00"


def test_the_day_the_clocks_go_forward_has_23_hours() -> None:
    assert end_of(date(2026, 3, 29)) == datetime(2026, 3, 29, 23, tzinfo=UTC)
    assert end_of(date(2026, 3, 29)) - end_of(date(2026, 3, 28)) == timedelta(hours=23)


def test_the_day_the_clocks_go_back_has_25_hours() -> None:
    assert end_of(date(2026, 10, 25)) == datetime(2026, 10, 26, tzinfo=UTC)
    assert end_of(date(2026, 10, 25)) - end_of(date(2026, 10, 24)) == timedelta(hours=25)


def test_an_application_late_on_a_summer_evening_is_received_on_london_s_day() -> None:
    assert local_date(datetime(2026, 5, 5, 22, 59, tzinfo=UTC)) == date(2026, 5, 5)
    assert local_date(datetime(2026, 5, 5, 23, 0, tzinfo=UTC)) == date(2026, 5, 6)


def test_both_passes_through_the_repeated_hour_are_the_same_day() -> None:
    before, after = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert before.astimezone(LONDON).hour == after.astimezone(LONDON).hour == 1
    assert local_date(before) == local_date(after) == date(2026, 10, 25)


@given(st.dates(date(2016, 1, 1), date(2036, 12, 31)))
def test_a_day_s_last_instant_is_still_that_day_and_the_next_is_not(day: date) -> None:
    assert local_date(end_of(day) - timedelta(microseconds=1)) == day
    assert local_date(end_of(day)) == day + timedelta(days=1)
    assert start_of(day) == end_of(day - timedelta(days=1))


@pytest.mark.parametrize("use", [require_aware, local_date, SettableClock, SettableClock(NOON).set])
def test_an_instant_without_a_time_zone_is_refused(use: object) -> None:
    with pytest.raises(BadTimeError, match="has no time zone"):
        use(datetime(2026, 5, 5, 12))  # type: ignore[operator]  # noqa: DTZ001 - the naive time is the point


def test_an_instant_is_refused_where_a_day_is_wanted() -> None:
    with pytest.raises(BadTimeError, match="not a day"):
        start_of(NOON)
    with pytest.raises(BadTimeError, match="not a day"):
        end_of(NOON)


def test_a_day_whose_end_no_date_can_name_is_refused() -> None:
    with pytest.raises(BadTimeError, match="has no next day"):
        end_of(date.max)


def test_a_settable_clock_stands_still_until_it_is_moved() -> None:
    clock = SettableClock(NOON)
    assert clock.now() == clock.now() == NOON
    clock.set(NOON + timedelta(days=1))
    assert clock.now() == NOON + timedelta(days=1)


def test_a_settable_clock_does_not_go_back() -> None:
    clock = SettableClock(NOON)
    with pytest.raises(BadTimeError, match="cannot go back"):
        clock.set(NOON - timedelta(seconds=1))
    with pytest.raises(BadTimeError, match="cannot go back"):
        clock.advance(timedelta(seconds=-1))
    assert clock.now() == NOON


def test_a_settable_clock_advances_by_elapsed_time_across_a_clock_change() -> None:
    clock = SettableClock(datetime(2026, 3, 28, 12, tzinfo=LONDON))
    clock.advance(timedelta(hours=24))
    assert clock.now().astimezone(LONDON) == datetime(2026, 3, 29, 13, tzinfo=LONDON)


def test_the_system_clock_says_an_aware_instant_in_utc() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC
