"""How templates write days, moments and counts."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask

from engine.calendar import day_in_words
from engine.clock import LONDON


def day(value: date) -> str:
    """`Tuesday 5 May 2026`"""
    return day_in_words(value)


def short_day(value: date) -> str:
    """`5 May 2026`"""
    return f"{value:%-d %B %Y}"


def moment(value: datetime) -> str:
    """`5 May 2026 at 14:30`, London time"""
    return f"{value.astimezone(LONDON):%-d %B %Y at %H:%M}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 task`, `1,234 tasks`"""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def set_up_filters(app: Flask) -> None:
    for each in (day, short_day, moment, counted):
        app.jinja_env.filters[each.__name__] = each
