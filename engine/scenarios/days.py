"""The days that answers name, and how they become others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from engine.words import MONTHS

_ISO_DAY = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_DAY_IN_WORDS = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})\b(?: (\d{{4}})\b)?")


def in_each_text(value: Any, other: Callable[[str], str]) -> Any:
    """Answers with each of their texts made another, in lists too."""
    if isinstance(value, str):
        return other(value)
    if isinstance(value, Mapping):
        return {key: in_each_text(inner, other) for key, inner in value.items()}
    return [in_each_text(inner, other) for inner in value] if isinstance(value, list) else value


def with_other_days(text: str, by: timedelta, *, near: date) -> str:
    """The text with that much put on each day in it.

    Days are 2026-03-16 (also at the head of a moment), `16 March 2026`, and `16 March`: of the year nearest to `near`.
    """

    def iso(found: re.Match[str]) -> str:
        try:
            return (date.fromisoformat(found.group()) + by).isoformat()
        except ValueError:  # a reference that looks like a day
            return found.group()

    def words(found: re.Match[str]) -> str:
        number, month, year = int(found[1]), MONTHS.index(found[2]) + 1, found[3]
        days = []
        for candidate in (int(year),) if year else (near.year - 1, near.year, near.year + 1):
            try:
                days.append(date(candidate, month, number))
            except ValueError:  # 29 February of another year
                continue
        if not days:
            return found.group()
        day = min(days, key=lambda each: abs(each - near)) + by
        return f"{day.day} {MONTHS[day.month - 1]}{f' {day.year}' if year else ''}"

    return _DAY_IN_WORDS.sub(words, _ISO_DAY.sub(iso, text))
