"""Days, times, counts and lists as people write them, here and nowhere else.

Python's own names of days and months follow the machine's locale; these do not. A moment is written as it stands:
whoever has an instant takes its time in London first (`engine.clock`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(day: date) -> str:
    """`5 May 2026`"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_in_words(day: date, *, after: date | None = None) -> str:
    """`Tuesday 5 May 2026`; without the year where `after`, a date named before it, has the same."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return words if after is not None and after.year == day.year else f"{words} {day.year}"


def short_weekday_in_words(day: date) -> str:
    """`Tue 5 May 2026`, for columns"""
    return f"{WEEKDAYS[day.weekday()][:3]} {day_in_words(day)}"


def time_in_words(at: datetime | time) -> str:
    """`14:30`"""
    return f"{at.hour:02}:{at.minute:02}"


def spoken_time(at: datetime | time) -> str:
    """`2:30pm`, as letters write it; `2pm` on the hour"""
    return f"{at.hour % 12 or 12}{f':{at.minute:02}' if at.minute else ''}{'am' if at.hour < 12 else 'pm'}"


def moment_in_words(at: datetime) -> str:
    """`5 May 2026 at 14:30`, inside a sentence"""
    return f"{day_in_words(at)} at {time_in_words(at)}"


def stamp_in_words(at: datetime) -> str:
    """`5 May 2026, 14:30`, standing alone"""
    return f"{day_in_words(at)}, {time_in_words(at)}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 task`, `1,234 tasks`"""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def amount_in_words(amount: int, unit: str) -> str:
    """`1 week`, `14 working days`; `unit` is the plural, as the tables of limits write it"""
    return counted(amount, unit.removesuffix("s"), unit)


def listed(words: Sequence[str]) -> str:
    """`a, b and c`"""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
