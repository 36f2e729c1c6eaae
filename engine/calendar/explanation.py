"""How a due date explains itself, in sentences a policy owner can follow with a finger on a wall calendar.

The first date carries its year; a later one only where its year is another. Weekends go without saying; the bank
holidays and closure days passed over are named.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from engine.calendar.limits import Counting, Limit, Unit
from engine.calendar.periods import months_after
from engine.words import MONTHS, amount_in_words, counted, listed, weekday_in_words

#: Above this many, left-out days are counted instead of named.
_MOST_NAMED = 8


def explain(
    limit: Limit,
    *,
    start: date,
    due_on: date,
    start_is_closed: str | None,
    bank_holidays: Sequence[date],
    closure_days: Sequence[date],
) -> str:
    """The counting of `limit` from `start` to `due_on` in sentences, followed by its clauses and its reading.

    `start_is_closed` says why `start` is no working day where working days are counted; None where it is one or they
    are not. `bank_holidays` and `closure_days` are the days passed over, ascending.
    """
    day_counted_from = weekday_in_words(start, after=due_on)
    asides = _left_out(bank_holidays, closure_days, named_after=due_on) or _shorter_month(limit, start)
    counting = f"{_counting(limit, day_counted_from)}{f' ({asides})' if asides else ''}"
    sentences = [f"{weekday_in_words(due_on)}: {counting}."]
    if start_is_closed is not None:
        named = f"{day_counted_from}, {limit.counted_from},"
        is_weekend = start.weekday() >= 5
        if limit.counting == Counting.BEGINNING_WITH:
            sentences.append(f"{named} is no working day, so the next working day is day 1.")
        elif is_weekend:
            sentences.append(f"{named} is day 0.")
        else:
            sentences.append(f"{named} is day 0, although it is {start_is_closed}.")
    if limit.clauses:
        sentences.append(", ".join(limit.clauses) + ("." if limit.note else ""))
    if limit.note:
        sentences.append(f"Reading: {limit.note.rstrip('.')}.")
    return " ".join(sentences)


def _counting(limit: Limit, start: str) -> str:
    amount = amount_in_words(limit.amount, limit.unit)
    working = "working " if limit.unit == Unit.WORKING_DAYS else ""
    if limit.unit == Unit.MEETINGS and limit.amount == 1:
        at = {Counting.BEFORE: "before", Counting.BEGINNING_WITH: "on or after"}.get(limit.counting, "after")
        return f"the {'last' if limit.counting == Counting.BEFORE else 'first'} listed meeting {at} {start}"
    if limit.counting in (Counting.AFTER, Counting.BEFORE):
        return f"{amount} {limit.counting} {start}"
    if limit.counting == Counting.BEGINNING_WITH:
        itself = "" if working else ", which is itself counted"
        return f"the last day of {amount} beginning with {start}{itself}"
    have = "has" if limit.amount == 1 else "have"
    return f"the first {working}day on which more than {amount} {have} passed since {start}"


def _left_out(bank_holidays: Sequence[date], closure_days: Sequence[date], *, named_after: date) -> str:
    if len(bank_holidays) + len(closure_days) > _MOST_NAMED:
        numbers = [
            counted(len(days), one, many)
            for days, one, many in (
                (bank_holidays, "bank holiday", "bank holidays"),
                (closure_days, "closure day of the council", "closure days of the council"),
            )
            if days
        ]
        return f"{' and '.join(numbers)} left out"
    return "; ".join(
        f"{listed([weekday_in_words(day, after=named_after) for day in days])} {is_one if len(days) == 1 else are_many}"
        for days, is_one, are_many in (
            (bank_holidays, "is a bank holiday", "are bank holidays"),
            (closure_days, "is a closure day of the council", "are closure days of the council"),
        )
        if days
    )


def _shorter_month(limit: Limit, start: date) -> str:
    months = {Unit.MONTHS: limit.amount, Unit.YEARS: limit.amount * 12}.get(limit.unit)
    if months is None:
        return ""
    corresponding = months_after(start, months)
    if corresponding.day == start.day:
        return ""
    days = monthrange(corresponding.year, corresponding.month)[1]
    year = f" {corresponding.year}" if corresponding.month == 2 else ""
    return f"{MONTHS[corresponding.month - 1]}{year} has {days} days"
