"""The wall clock, read here and nowhere else.

Below this module time is an argument. An instant is an aware `datetime`; what this module hands out is in UTC, because
Python compares and subtracts two datetimes of one zone by their wall time, and is an hour out across a clock change.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from engine.errors import BadTimeError

LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """Whoever can say what time it is."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


class SettableClock:
    """A clock that stands still until it is moved: for tests, scenarios and worked cases."""

    def __init__(self, at: datetime) -> None:
        """Stand at `at`. Raises BadTimeError where it has no time zone."""
        self._at = require_aware(at).astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was last set to, in UTC."""
        return self._at

    def set(self, at: datetime) -> None:
        """Move to `at`. Raises BadTimeError where it has no time zone or lies before the present instant."""
        wanted = require_aware(at).astimezone(UTC)
        if wanted < self._at:
            raise BadTimeError(
                f"The clock stands at {self._at.isoformat()} and cannot go back to {wanted.isoformat()}."
                " Set it to a later instant."
            )
        self._at = wanted

    def advance(self, delta: timedelta) -> None:
        """Move on by `delta` of elapsed time: 24 hours are 24 hours also across a clock change.

        Raises BadTimeError where `delta` is negative.
        """
        self.set(self._at + delta)


def require_aware(at: datetime) -> datetime:
    """`at` itself. Raises BadTimeError where it has no time zone and so names no instant."""
    if at.utcoffset() is None:
        raise BadTimeError(f"{at.isoformat()} has no time zone. Give one, for example {at.isoformat()}+00:00.")
    return at


def instant_of(at: datetime) -> datetime:
    """The instant, in UTC, of a time as a clock in London shows it; one that names its zone is that instant already.

    Of an hour that comes twice it is the first, unless `at` says otherwise (`fold`). Raises BadTimeError for a time
    over which the clocks go forward.
    """
    if at.tzinfo is not None:
        return at.astimezone(UTC)
    instant = at.replace(tzinfo=LONDON).astimezone(UTC)
    if instant.astimezone(LONDON).replace(tzinfo=None) != at:
        raise BadTimeError("There is no such time: the clocks go forward over it that night. Give another time.")
    return instant


def local_date(at: datetime) -> date:
    """The day it is in Europe/London at the instant `at`. Raises BadTimeError where `at` has no time zone."""
    return require_aware(at).astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """The instant `day` begins in Europe/London, in UTC: 23:00 of the day before in summer.

    Raises BadTimeError where `day` is an instant.
    """
    if isinstance(day, datetime):
        raise BadTimeError(f"{day.isoformat()} is an instant, not a day. Take its local_date first.")
    return datetime.combine(day, time.min, tzinfo=LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The instant at which a deadline on `day` has passed: 00:00 Europe/London of the next day, in UTC.

    Raises BadTimeError where `day` is an instant, or the last day that a date can name.
    """
    try:
        return start_of(day + timedelta(days=1))
    except OverflowError:
        raise BadTimeError(f"{day.isoformat()} has no next day that a date can name. Check the year.") from None


#: When a timer fires whose clock stands still, or of which nobody knows yet from when it counts.
NEVER = end_of(date(9998, 12, 31))
