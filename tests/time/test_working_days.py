"""Working days and bank holidays, by example."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.calendar import Calendar
from engine.errors import BadInputError, BadTimeError

ENGLAND = Calendar()


def test_receipt_on_thursday_before_the_early_may_bank_holiday_gives_tuesday_as_second_working_day() -> None:
    assert ENGLAND.working_days_after(date(2026, 4, 30), 2) == date(2026, 5, 5)


@pytest.mark.parametrize("received", [date(2026, 5, 2), date(2026, 5, 3), date(2026, 5, 4)])
def test_receipt_on_a_weekend_or_holiday_keeps_its_date_and_day_1_is_the_next_working_day(received: date) -> None:
    assert ENGLAND.working_days_after(received, 0) == received
    assert ENGLAND.working_days_after(received, 1) == date(2026, 5, 5)


def test_five_working_days_over_christmas_and_new_year_leave_out_three_bank_holidays() -> None:
    assert ENGLAND.working_days_after(date(2026, 12, 23), 5) == date(2027, 1, 4)


def test_five_working_days_over_easter_leave_out_good_friday_and_easter_monday() -> None:
    assert ENGLAND.working_days_after(date(2026, 4, 2), 5) == date(2026, 4, 13)


def test_working_days_are_counted_back_from_a_day_too() -> None:
    assert ENGLAND.working_days_after(date(2026, 5, 5), -2) == date(2026, 4, 30)
    assert ENGLAND.working_days_after(date(2026, 5, 4), -1) == date(2026, 5, 1)


def test_working_days_between_leaves_out_the_first_day_and_counts_the_last() -> None:
    assert ENGLAND.working_days_between(date(2026, 4, 30), date(2026, 5, 5)) == 2
    assert ENGLAND.working_days_between(date(2026, 5, 5), date(2026, 4, 30)) == -2
    assert ENGLAND.working_days_between(date(2026, 5, 1), date(2026, 5, 4)) == 0


# As GOV.UK lists them for England and Wales.
OFFICIAL = {
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}


@pytest.mark.parametrize("subdivision", ["ENG", "WLS"])
@pytest.mark.parametrize("year", OFFICIAL)
def test_the_weekdays_off_in_england_and_wales_are_those_gov_uk_lists(subdivision: str, year: int) -> None:
    calendar = Calendar(subdivision=subdivision)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    off = [day for day in days if day.weekday() < 5 and not calendar.is_working_day(day)]
    assert " ".join(f"{day:%m-%d}" for day in off) == OFFICIAL[year]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 5, 2), "Saturday"),
        (date(2026, 5, 3), "Sunday"),
        (date(2026, 12, 26), "Saturday"),
        (date(2026, 5, 4), "a bank holiday (Early May bank holiday)"),
        (date(2026, 12, 28), "a bank holiday (Boxing Day (substitute day))"),
        (date(2022, 9, 19), "a bank holiday (State Funeral of Queen Elizabeth II)"),
        (date(2026, 12, 29), "a closure day of the council"),
        (date(2026, 7, 20), "a bank holiday (A day of thanks)"),
        (date(2026, 5, 5), None),
    ],
)
def test_a_day_says_why_it_is_no_working_day(day: date, why: str | None) -> None:
    calendar = Calendar(
        closure_days=frozenset({date(2026, 12, 28), date(2026, 12, 29)}),
        extra_holidays={date(2026, 7, 20): "A day of thanks"},
    )
    assert calendar.why_not_working(day) == why


@pytest.mark.parametrize(
    ("subdivision", "day"),
    [
        ("SCT", date(2026, 1, 2)),
        ("SCT", date(2026, 8, 3)),
        ("SCT", date(2026, 11, 30)),
        ("NIR", date(2026, 3, 17)),
        ("NIR", date(2026, 7, 13)),
    ],
)
def test_scotland_and_northern_ireland_have_their_own_bank_holidays(subdivision: str, day: date) -> None:
    assert not Calendar(subdivision=subdivision).is_working_day(day)
    assert ENGLAND.is_working_day(day)


def test_easter_monday_is_a_working_day_in_scotland() -> None:
    assert Calendar(subdivision="SCT").is_working_day(date(2026, 4, 6))


def test_two_holidays_of_one_day_are_both_named() -> None:
    named = Calendar(subdivision="SCT").why_not_working(date(2023, 1, 2))
    assert named == "a bank holiday (2 January and New Year's Day (substitute day))"


def test_a_holiday_proclaimed_later_moves_the_day_and_the_version() -> None:
    proclaimed = Calendar(extra_holidays={date(2026, 7, 20): "A day of thanks"})
    assert ENGLAND.working_days_after(date(2026, 7, 17), 1) == date(2026, 7, 20)
    assert proclaimed.working_days_after(date(2026, 7, 17), 1) == date(2026, 7, 21)
    assert proclaimed.version != ENGLAND.version


def test_the_version_is_the_same_for_the_same_days_and_another_for_others() -> None:
    day, other = date(2026, 12, 29), date(2026, 12, 30)
    assert Calendar().version == ENGLAND.version
    assert Calendar(closure_days=frozenset({day, other})).version == Calendar(closure_days={other, day}).version  # type: ignore[arg-type]
    versions = {
        calendar.version
        for calendar in (
            ENGLAND,
            Calendar(subdivision="SCT"),
            Calendar(closure_days=frozenset({day})),
            Calendar(closure_days=frozenset({other})),
            Calendar(extra_holidays={day: "A day of thanks"}),
        )
    }
    assert len(versions) == 5


def test_a_calendar_is_a_value_that_keeps_what_it_was_given() -> None:
    extra = {date(2026, 7, 20): "A day of thanks"}
    calendar = Calendar(extra_holidays=extra)
    assert calendar == Calendar(extra_holidays=dict(extra))
    assert hash(calendar) == hash(Calendar(extra_holidays=dict(extra)))
    extra.clear()
    assert not calendar.is_working_day(date(2026, 7, 20))


def test_another_part_of_the_world_is_refused() -> None:
    with pytest.raises(BadInputError, match='"FRA" is no part of the United Kingdom'):
        Calendar(subdivision="FRA")


@pytest.mark.parametrize("day", [date(26, 5, 5), date(1977, 12, 31), date(2100, 1, 1)])
def test_a_day_of_a_year_whose_bank_holidays_are_unknown_is_refused(day: date) -> None:
    with pytest.raises(BadTimeError, match=f"bank holidays of {day.year} are not known"):
        ENGLAND.is_working_day(day)
    with pytest.raises(BadTimeError, match="not known"):
        ENGLAND.working_days_after(day, 1)
    with pytest.raises(BadTimeError, match="not known"):
        Calendar(closure_days=frozenset({day}))


@pytest.mark.parametrize("days", [100_000, -100_000, 10**30])
def test_counting_out_of_the_known_years_is_refused(days: int) -> None:
    with pytest.raises(BadTimeError, match="outside 1978 to 2099"):
        ENGLAND.working_days_after(date(2026, 5, 5), days)


def test_an_instant_is_refused_where_a_day_is_wanted() -> None:
    at = datetime(2026, 5, 5, 12, tzinfo=UTC)
    for use in (
        ENGLAND.is_working_day,
        lambda day: ENGLAND.working_days_after(day, 1),
        lambda day: ENGLAND.working_days_between(date(2026, 5, 1), day),
        lambda day: ENGLAND.months_after(day, 1),
        lambda day: ENGLAND.days_after(day, 1),
    ):
        with pytest.raises(BadTimeError, match="not a day"):
            use(at)
