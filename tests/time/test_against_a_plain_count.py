"""The calendar against a second, obviously written calculation: one day after another, over ten years."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.calendar import Calendar, Counting, Limit, Unit
from engine.errors import BadTimeError

ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)

days = st.dates(FIRST, LAST)
calendars = st.builds(
    Calendar,
    subdivision=st.sampled_from(["ENG", "WLS", "SCT", "NIR"]),
    closure_days=st.frozensets(days, max_size=20),
    extra_holidays=st.dictionaries(days, st.just("A day of thanks"), max_size=5),
)


@cache
def listed(subdivision: str) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv=subdivision, years=range(2015, 2040)))


def plainly_works(calendar: Calendar, day: date) -> bool:
    if day.weekday() in (5, 6):
        return False
    return (
        day not in listed(calendar.subdivision)
        and day not in calendar.closure_days
        and day not in calendar.extra_holidays
    )


def plainly_after(calendar: Calendar, start: date, count: int) -> date:
    day = start
    step = ONE_DAY if count > 0 else -ONE_DAY
    left = abs(count)
    while left:
        day += step
        if plainly_works(calendar, day):
            left -= 1
    return day


def plain_corresponding_date(start: date, months: int) -> date:
    year, month = start.year, start.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    for day in (start.day, start.day - 1, start.day - 2, start.day - 3):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("no month is more than three days shorter than another")


@given(calendars, days)
def test_the_same_days_are_working_days(calendar: Calendar, day: date) -> None:
    assert calendar.is_working_day(day) == plainly_works(calendar, day)


@given(calendars, days, st.integers(-400, 400))
@example(Calendar(), date(2026, 5, 4), -1)
@example(Calendar(), date(2026, 5, 2), 0)
def test_working_days_after_is_what_counting_on_the_fingers_gives(calendar: Calendar, start: date, n: int) -> None:
    assert calendar.working_days_after(start, n) == plainly_after(calendar, start, n)


@given(calendars, days, st.integers(0, 800))
def test_working_days_between_is_what_counting_on_the_fingers_gives(calendar: Calendar, first: date, span: int) -> None:
    last = first + timedelta(days=span)
    counted = sum(plainly_works(calendar, first + timedelta(days=n)) for n in range(1, span + 1))
    assert calendar.working_days_between(first, last) == counted
    assert calendar.working_days_between(last, first) == -counted


@given(days, st.integers(-60, 60))
@example(date(2028, 1, 31), 1)
def test_months_after_is_what_turning_the_pages_gives(start: date, n: int) -> None:
    assert Calendar().months_after(start, n) == plain_corresponding_date(start, n)


@given(days, st.integers(1, 36))
@example(date(2026, 1, 31), 1)
def test_a_period_of_months_ends_the_day_before_the_corresponding_date_or_with_the_short_month(
    start: date, n: int
) -> None:
    last = Calendar().beginning_with(start, n, Unit.MONTHS)
    corresponding = plain_corresponding_date(start, n)
    if corresponding.day == start.day:
        assert last + ONE_DAY == corresponding
    else:
        assert last == corresponding
        assert (last + ONE_DAY).day == 1


periods = st.sampled_from([unit for unit in Unit if unit is not Unit.MEETINGS])
forwards = st.sampled_from([counting for counting in Counting if counting is not Counting.BEFORE])


@given(days, days, st.integers(1, 400), periods)
def test_a_day_is_within_a_period_exactly_from_its_first_to_its_last_day(
    start: date, day: date, amount: int, unit: Unit
) -> None:
    calendar = Calendar()
    last = calendar.beginning_with(start, amount, unit)
    assert calendar.is_within(start, start, amount, unit)
    assert calendar.is_within(last, start, amount, unit)
    assert not calendar.is_within(start - ONE_DAY, start, amount, unit)
    assert not calendar.is_within(last + ONE_DAY, start, amount, unit)
    assert calendar.is_within(day, start, amount, unit) == (start <= day <= last)


@settings(max_examples=200)
@given(calendars, days, st.integers(1, 60), periods, forwards)
def test_a_due_date_accounts_for_every_day_and_a_later_start_is_never_due_earlier(
    calendar: Calendar, start: date, amount: int, unit: Unit, counting: Counting
) -> None:
    limit = Limit(name="x", amount=amount, unit=unit, counting=counting, counted_from="the day", clauses=("X1",))
    due = calendar.due(limit, start)
    assert due.due_on <= calendar.due(limit, start + ONE_DAY).due_on
    assert due.explanation.endswith(" X1")
    if unit is Unit.WORKING_DAYS:
        first = start if counting is Counting.BEGINNING_WITH else start + ONE_DAY
        counted = [first + timedelta(days=n) for n in range((due.due_on - first).days + 1)]
        worked = [day for day in counted if plainly_works(calendar, day)]
        off = [day for day in counted if day.weekday() < 5 and not plainly_works(calendar, day)]
        assert len(worked) == amount + (counting is Counting.MORE_THAN)
        assert worked[-1] == due.due_on
        assert [day for day, _ in due.left_out] == off


@given(calendars, days, st.integers(1, 200))
def test_a_working_day_before_is_what_counting_back_on_the_fingers_gives(
    calendar: Calendar, start: date, amount: int
) -> None:
    limit = Limit(
        name="x", amount=amount, unit=Unit.WORKING_DAYS, counting=Counting.BEFORE, counted_from="the day", clauses=()
    )
    due = calendar.due(limit, start)
    assert due.due_on == plainly_after(calendar, start, -amount)
    between = [due.due_on + timedelta(days=n) for n in range((start - due.due_on).days)]
    assert [day for day, _ in due.left_out] == [
        day for day in between if day.weekday() < 5 and not plainly_works(calendar, day)
    ]


@given(st.lists(days, min_size=1, max_size=12, unique=True), days, st.integers(1, 6))
def test_a_limit_runs_to_a_listed_meeting(meetings: list[date], start: date, amount: int) -> None:
    calendar = Calendar(meetings=tuple(meetings))
    later, earlier = sorted(day for day in meetings if day > start), sorted(day for day in meetings if day < start)
    if len(later) >= amount:
        assert calendar.after(start, amount, Unit.MEETINGS) == later[amount - 1]
    else:
        with pytest.raises(BadTimeError, match="fewer than"):
            calendar.after(start, amount, Unit.MEETINGS)
    if len(earlier) >= amount:
        assert calendar.before(start, amount, Unit.MEETINGS) == earlier[-amount]
