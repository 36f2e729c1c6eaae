"""Where a day stands in its week, month and year (DMN 1.5, 10.3.4.6; the week of the year is ISO 8601's)."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.builtins.signature import DAY, NUMBER, STRING, Builtin, one_form, parameter
from engine.feel.run import Run
from engine.feel.temporal import Date
from engine.feel.wide import like_day

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _day_of_year(_run: Run, day: Date) -> Decimal:
    return Decimal(like_day(day).timetuple().tm_yday)


def _day_of_week(_run: Run, day: Date) -> str:
    return _DAYS[like_day(day).weekday()]


def _month_of_year(_run: Run, day: Date) -> str:
    return _MONTHS[like_day(day).month - 1]


def _week_of_year(_run: Run, day: Date) -> Decimal:
    return Decimal(like_day(day).isocalendar().week)


_DATE = parameter("date", DAY)

DAY_FUNCTIONS: tuple[Builtin, ...] = (
    one_form("day of year", _day_of_year, _DATE, gives=NUMBER),
    one_form("day of week", _day_of_week, _DATE, gives=STRING),
    one_form("month of year", _month_of_year, _DATE, gives=STRING),
    one_form("week of year", _week_of_year, _DATE, gives=NUMBER),
)
