"""Limits come to the day the policy says, and each says how it was counted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.calendar import Calendar, Counting, Limit, Unit
from engine.errors import BadInputError, BadTimeError

ENGLAND = Calendar()
WITH_CLOSURE = Calendar(closure_days=frozenset({date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)}))


def limit(
    amount: int,
    unit: Unit,
    counting: Counting = Counting.AFTER,
    *,
    clauses: tuple[str, ...] = ("H11.1",),
    note: str | None = None,
    counted_from: str = "the day of receipt",
) -> Limit:
    return Limit(
        name="acknowledge",
        amount=amount,
        unit=unit,
        counting=counting,
        counted_from=counted_from,
        clauses=clauses,
        note=note,
    )


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2025, 9, 30), 4, date(2026, 1, 30)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_a_month_runs_to_the_corresponding_date_or_the_last_day_of_a_shorter_month(
    start: date, months: int, expected: date
) -> None:
    assert ENGLAND.months_after(start, months) == expected


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last"),
    [
        (date(2026, 3, 15), 1, Unit.MONTHS, date(2026, 4, 14)),
        (date(2026, 1, 31), 1, Unit.MONTHS, date(2026, 2, 28)),
        (date(2026, 1, 30), 1, Unit.MONTHS, date(2026, 2, 28)),
        (date(2026, 1, 29), 1, Unit.MONTHS, date(2026, 2, 28)),
        (date(2026, 1, 28), 1, Unit.MONTHS, date(2026, 2, 27)),
        (date(2028, 1, 31), 1, Unit.MONTHS, date(2028, 2, 29)),
        (date(2028, 1, 29), 1, Unit.MONTHS, date(2028, 2, 28)),
        (date(2026, 2, 28), 1, Unit.MONTHS, date(2026, 3, 27)),
        (date(2026, 1, 10), 6, Unit.MONTHS, date(2026, 7, 9)),
        (date(2026, 1, 1), 1, Unit.YEARS, date(2026, 12, 31)),
        (date(2028, 2, 29), 1, Unit.YEARS, date(2029, 2, 28)),
        (date(2026, 5, 4), 1, Unit.WEEKS, date(2026, 5, 10)),
        (date(2026, 5, 4), 1, Unit.DAYS, date(2026, 5, 4)),
        (date(2026, 5, 5), 1, Unit.WORKING_DAYS, date(2026, 5, 5)),
        (date(2026, 5, 2), 1, Unit.WORKING_DAYS, date(2026, 5, 5)),
    ],
)
def test_a_period_beginning_with_a_day_counts_that_day(start: date, amount: int, unit: Unit, last: date) -> None:
    assert ENGLAND.beginning_with(start, amount, unit) == last


def test_a_period_of_nothing_has_no_last_day() -> None:
    with pytest.raises(BadInputError, match="has no last day"):
        ENGLAND.beginning_with(date(2026, 5, 5), 0, Unit.MONTHS)


@pytest.mark.parametrize(
    ("applied", "is_within"),
    [(date(2026, 1, 9), False), (date(2026, 1, 10), True), (date(2026, 7, 9), True), (date(2026, 7, 10), False)],
)
def test_an_application_is_within_six_months_beginning_with_the_day_of_the_complaint(
    applied: date, is_within: bool
) -> None:
    assert ENGLAND.is_within(applied, date(2026, 1, 10), 6, Unit.MONTHS) is is_within


@pytest.mark.parametrize(
    ("amount", "unit", "start", "reached"),
    [
        (3, Unit.WEEKS, date(2026, 4, 1), date(2026, 4, 23)),
        (2, Unit.MONTHS, date(2026, 4, 1), date(2026, 6, 2)),
        (2, Unit.MONTHS, date(2026, 12, 31), date(2027, 3, 1)),
        (3, Unit.MONTHS, date(2026, 4, 1), date(2026, 7, 2)),
        (5, Unit.WORKING_DAYS, date(2026, 4, 30), date(2026, 5, 11)),
        (0, Unit.DAYS, date(2026, 4, 1), date(2026, 4, 2)),
    ],
)
def test_more_than_an_amount_is_reached_on_the_first_day_beyond_it(
    amount: int, unit: Unit, start: date, reached: date
) -> None:
    assert ENGLAND.due(limit(amount, unit, Counting.MORE_THAN), start).due_on == reached


def test_more_than_three_weeks_is_reached_on_day_22() -> None:
    due = ENGLAND.due(limit(3, Unit.WEEKS, Counting.MORE_THAN), date(2026, 4, 1))
    assert (due.due_on - due.start).days == 22


def test_within_30_days_does_not_count_the_day_itself() -> None:
    assert ENGLAND.due(limit(30, Unit.DAYS), date(2026, 4, 1)).due_on == date(2026, 5, 1)


@pytest.mark.parametrize("start", [date(2026, 3, 27), date(2026, 10, 23)])
def test_a_limit_over_a_clock_change_runs_out_at_midnight_in_london(start: date) -> None:
    due = ENGLAND.due(limit(3, Unit.DAYS), start)
    at_midnight = {
        date(2026, 3, 30): datetime(2026, 3, 30, 23, tzinfo=UTC),  # summer time since the 29th
        date(2026, 10, 26): datetime(2026, 10, 27, 0, tzinfo=UTC),  # winter time since the 25th
    }
    assert due.runs_out_at == at_midnight[due.due_on]


def test_more_than_an_amount_has_passed_as_soon_as_its_day_begins() -> None:
    due = ENGLAND.due(limit(3, Unit.WEEKS, Counting.MORE_THAN), date(2026, 4, 1))
    within = ENGLAND.due(limit(3, Unit.WEEKS), date(2026, 4, 1))
    assert due.runs_out_at == within.runs_out_at == datetime(2026, 4, 22, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("calendar", "stated", "start", "explanation"),
    [
        (
            ENGLAND,
            limit(2, Unit.WORKING_DAYS),
            date(2026, 4, 30),
            "Tuesday 5 May 2026: 2 working days after Thursday 30 April (Monday 4 May is a bank holiday). H11.1",
        ),
        (
            ENGLAND,
            limit(2, Unit.WORKING_DAYS),
            date(2026, 5, 2),
            "Wednesday 6 May 2026: 2 working days after Saturday 2 May (Monday 4 May is a bank holiday)."
            " Saturday 2 May, the day of receipt, is day 0. H11.1",
        ),
        (
            ENGLAND,
            limit(1, Unit.WORKING_DAYS),
            date(2026, 5, 4),
            "Tuesday 5 May 2026: 1 working day after Monday 4 May. Monday 4 May, the day of receipt, is day 0,"
            " although it is a bank holiday (Early May bank holiday). H11.1",
        ),
        (
            ENGLAND,
            limit(2, Unit.WORKING_DAYS),
            date(2026, 6, 1),
            "Wednesday 3 June 2026: 2 working days after Monday 1 June. H11.1",
        ),
        (
            WITH_CLOSURE,
            limit(5, Unit.WORKING_DAYS),
            date(2026, 12, 23),
            "Thursday 7 January 2027: 5 working days after Wednesday 23 December 2026 (Friday 25 December 2026,"
            " Monday 28 December 2026 and Friday 1 January are bank holidays; Tuesday 29 December 2026,"
            " Wednesday 30 December 2026 and Thursday 31 December 2026 are closure days of the council). H11.1",
        ),
        (
            WITH_CLOSURE,
            limit(300, Unit.WORKING_DAYS, clauses=("H11.1", "H11.3")),
            date(2026, 3, 2),
            "Friday 14 May 2027: 300 working days after Monday 2 March 2026"
            " (11 bank holidays and 3 closure days of the council left out). H11.1, H11.3",
        ),
        (
            ENGLAND,
            limit(1, Unit.MONTHS, Counting.BEGINNING_WITH, clauses=("L104.11",)),
            date(2026, 3, 15),
            "Tuesday 14 April 2026: the last day of 1 month beginning with Sunday 15 March, which is itself counted."
            " L104.11",
        ),
        (
            ENGLAND,
            limit(1, Unit.MONTHS, Counting.BEGINNING_WITH, clauses=("L104.11",)),
            date(2026, 1, 31),
            "Saturday 28 February 2026: the last day of 1 month beginning with Saturday 31 January, which is itself"
            " counted (February 2026 has 28 days). L104.11",
        ),
        (
            ENGLAND,
            limit(5, Unit.WORKING_DAYS, Counting.BEGINNING_WITH),
            date(2026, 5, 2),
            "Monday 11 May 2026: the last day of 5 working days beginning with Saturday 2 May (Monday 4 May is a bank"
            " holiday). Saturday 2 May, the day of receipt, is no working day, so the next working day is day 1. H11.1",
        ),
        (
            ENGLAND,
            limit(4, Unit.MONTHS, clauses=()),
            date(2025, 9, 30),
            "Friday 30 January 2026: 4 months after Tuesday 30 September 2025.",
        ),
        (
            ENGLAND,
            limit(3, Unit.MONTHS),
            date(2026, 8, 31),
            "Monday 30 November 2026: 3 months after Monday 31 August (November has 30 days). H11.1",
        ),
        (
            ENGLAND,
            limit(1, Unit.YEARS),
            date(2028, 2, 29),
            "Wednesday 28 February 2029: 1 year after Tuesday 29 February 2028 (February 2029 has 28 days). H11.1",
        ),
        (
            ENGLAND,
            limit(3, Unit.WEEKS, Counting.MORE_THAN, clauses=("H13.2",), note="counted from the agreed due date"),
            date(2026, 4, 1),
            "Thursday 23 April 2026: the first day on which more than 3 weeks have passed since Wednesday 1 April."
            " H13.2. Reading: counted from the agreed due date.",
        ),
        (
            ENGLAND,
            limit(1, Unit.WORKING_DAYS, Counting.MORE_THAN),
            date(2026, 5, 1),
            "Wednesday 6 May 2026: the first working day on which more than 1 working day has passed since"
            " Friday 1 May (Monday 4 May is a bank holiday). H11.1",
        ),
    ],
)
def test_a_due_date_explains_itself(calendar: Calendar, stated: Limit, start: date, explanation: str) -> None:
    assert calendar.due(stated, start).explanation == explanation


def test_a_due_date_keeps_the_days_left_out_with_why_and_the_calendar_that_counted() -> None:
    due = WITH_CLOSURE.due(limit(3, Unit.WORKING_DAYS), date(2026, 12, 23))
    assert due.left_out == (
        (date(2026, 12, 25), "a bank holiday (Christmas Day)"),
        (date(2026, 12, 28), "a bank holiday (Boxing Day (substitute day))"),
        (date(2026, 12, 29), "a closure day of the council"),
        (date(2026, 12, 30), "a closure day of the council"),
        (date(2026, 12, 31), "a closure day of the council"),
        (date(2027, 1, 1), "a bank holiday (New Year's Day)"),
    )
    assert due.due_on == date(2027, 1, 5)
    assert due.calendar_version == WITH_CLOSURE.version


def test_limits_of_whole_days_leave_no_day_out() -> None:
    assert ENGLAND.due(limit(10, Unit.DAYS), date(2026, 5, 1)).left_out == ()


def test_the_words_of_a_table_are_read_and_others_refused() -> None:
    assert Unit.read("working days") is Unit.WORKING_DAYS
    assert Counting.read("beginning with") is Counting.BEGINNING_WITH
    with pytest.raises(BadInputError, match='"fortnights" is not one of "working days", "days", "weeks"'):
        Unit.read("fortnights")


@pytest.mark.parametrize(
    ("amount", "counting"), [(-1, Counting.AFTER), (0, Counting.BEGINNING_WITH), (100_001, Counting.MORE_THAN)]
)
def test_a_limit_of_an_impossible_amount_is_refused(amount: int, counting: Counting) -> None:
    with pytest.raises(BadInputError, match="Write a whole number from"):
        limit(amount, Unit.DAYS, counting)


def test_a_limit_that_does_not_say_what_it_is_counted_from_is_refused() -> None:
    with pytest.raises(BadInputError, match="does not say what it is counted from"):
        limit(1, Unit.DAYS, counted_from=" ")


@pytest.mark.parametrize("unit", Unit)
def test_a_limit_beyond_the_last_date_is_refused(unit: Unit) -> None:
    with pytest.raises(BadTimeError):
        ENGLAND.due(limit(100_000, unit), date(9990, 1, 1))
