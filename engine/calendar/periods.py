"""Periods of days, weeks, months and years; no working day is looked at here (policy: Counting time)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

from engine.errors import BadTimeError


def require_day(day: date) -> date:
    """`day` itself. Raises BadTimeError where it is an instant: which day that is depends on the time zone."""
    if isinstance(day, datetime):
        raise BadTimeError(f"{day.isoformat()} is an instant, not a day. Take its local_date first.")
    return day


def days_after(start: date, days: int) -> date:
    """The day `days` days after `start`, which is day 0; before it where `days` is negative.

    Raises BadTimeError where no date names that day.
    """
    try:
        return require_day(start) + timedelta(days=days)
    except OverflowError:
        raise _out_of_reach(start, days, "days") from None


def months_after(start: date, months: int) -> date:
    """The corresponding date `months` months later, or the last day of a shorter month; earlier where negative.

    30 September + 4 months = 30 January; 31 January + 1 month = 28 February. Raises BadTimeError where no date names
    that day.
    """
    year, month_index = divmod(require_day(start).year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise _out_of_reach(start, months, "months")
    month = month_index + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def last_of_months_beginning_with(start: date, months: int) -> date:
    """The last day of the period of `months` months that counts `start`.

    One month beginning with 15 March ends on 14 April. Where the month has no corresponding date its last day ends the
    period, and nothing is taken off a day already cut back: beginning with 31 January, on 28 February.
    """
    corresponding = months_after(start, months)
    was_cut_back = corresponding.day < start.day
    return corresponding if was_cut_back else days_after(corresponding, -1)


def _out_of_reach(start: date, amount: int, unit: str) -> BadTimeError:
    return BadTimeError(f"{amount:,} {unit} from {start.isoformat()} is beyond the years a date can name. Count less.")
