"""Times and moments on lines of their own, with a zone and without: when they are the same, and when one is before."""

from __future__ import annotations

from datetime import date

import pytest

from engine.feel import evaluate, parse


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        # times stand on lines of their own: without a zone, with an offset, and each zone that changes over the year
        *(('@"10:30:00@Europe/Paris" = @"10:30:00"', False), ('@"10:30:00+02:00" = @"10:30:00@Europe/Paris"', False)),
        # … though by its standard time it may be the same
        *(('@"10:30:00+01:00" = @"10:30:00@Europe/Paris"', True), ('@"09:30:00@Europe/London" = @"09:30:00Z"', True)),
        *(
            ('@"10:30:00@Europe/Paris" = @"10:30:00@Europe/Rome"', True),
            ('@"10:30:00@Australia/Sydney" = @"00:30:00Z"', True),
        ),
        *(('@"10:30:00@Europe/Paris" = @"10:30:00@Asia/Tokyo"', False), ('@"10:30:00Z" = @"10:30:00@Etc/UTC"', True)),
        *(('@"10:30:00@Europe/Paris" = @"10:30:00@Europe/Paris"', True), ('@"10:30:00Z" = @"11:30:00+01:00"', True)),
        *(('@"10:30:00@Europe/Paris" < @"11:30:00"', None), ('@"10:30:00@Europe/Paris" < @"11:30:00Z"', None)),
        ('@"10:30:00.0000001@Europe/Paris" = @"10:30:00.0000001"', False),
        ('@"2026-03-01T00:00:00" = @"2026-03-01T00:00:00@Europe/Paris"', False),
        ('@"2026-03-01T00:00:00" < @"2026-03-02T00:00:00@Europe/Paris"', None),
        # a date is its midnight in UTC, where it is asked whether it is the same
        *(('@"2026-03-01" = @"2026-03-01T00:00:00Z"', True), ('@"2026-03-01T01:00:00+01:00" = @"2026-03-01"', True)),
        *(('@"2026-03-01" != @"2026-03-01T09:00:00Z"', True), ('@"2026-03-01" < @"2026-03-02T00:00:00Z"', None)),
        ('duration("PT0.S") = duration("PT0S")', True),
        # `is` looks at offsets, and not at how they are written
        *(('is(@"10:30:00@Europe/Paris", @"10:30:00+01:00")', True), ('is(@"10:30:00Z", @"11:30:00+01:00")', False)),
        *(('is(@"10:30:00", @"10:30:00Z")', False), ('is(@"10:30:00.0000001Z", @"10:30:00.0000001@Etc/UTC")', True)),
        ('is(@"2026-07-01T10:00:00@Europe/Paris", @"2026-07-01T10:00:00+02:00")', True),
        ('is(@"2026-01-01T10:00:00@Europe/Paris", @"2026-01-01T10:00:00+02:00")', False),
        ('is(@"2026-01-01T10:00:00", @"2026-01-01T10:00:00Z")', False),
        ('is(@"10000-01-01T10:00:00Z", @"10000-01-01T11:00:00+01:00")', False),
    ],
)
def test_what_stands_on_two_lines_of_time_is_not_the_same_and_has_no_order(expression: str, value: bool | None) -> None:
    assert evaluate(expression) is value


def test_a_date_taken_for_its_midnight_is_noted() -> None:
    notes: list[str] = []
    facts = {"due": date(2026, 3, 1)}
    assert parse('due = @"2026-03-01T00:00:00Z"').evaluate(facts, warn=notes.append) is True
    assert parse('due = @"2026-03-01T00:00:00"').evaluate(facts, warn=notes.append) is None  # whose midnight?
    assert notes[0] == "A date was compared with a date and time, as its midnight in UTC."
    assert notes[-1] == "A date and a date and time cannot be compared."
