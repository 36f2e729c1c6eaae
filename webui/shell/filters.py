"""How templates write days, in the language that is spoken, moments, counts and the ways of letters."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask

from engine.clock import LONDON
from engine.language import spoken
from engine.words import counted, day_in_words, letter_goes, letter_way, letter_went, moment_in_words, weekday_in_words


def day(value: date) -> str:
    """`Tuesday 5 May 2026`"""
    return weekday_in_words(value, spoken())


def short_day(value: date) -> str:
    """`5 May 2026`"""
    return day_in_words(value, spoken())


def moment(value: datetime) -> str:
    """`5 May 2026 at 14:30`, London time"""
    return moment_in_words(value.astimezone(LONDON), spoken())


def set_up_filters(app: Flask) -> None:
    for each in (day, short_day, moment, counted, letter_way, letter_went, letter_goes):
        app.jinja_env.filters[each.__name__] = each
