"""How near a deadline is, in words: in working days, because that is how policies count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Flask

from engine.calendar import Calendar
from engine.words import counted
from webui.shell.office import policy, today


@dataclass(frozen=True, slots=True)
class Nearness:
    words: str  #: `3 working days late`, `due today`, `4 working days left`
    colour: str  #: of the tag beside it, as GOV.UK Frontend names them


def nearness(due_on: date | None, now: date, calendar: Calendar, *, is_suspended: bool = False) -> Nearness:
    """How near `due_on` is on the day `now`. A day that is no working day counts to the next one."""
    if is_suspended:
        return Nearness("clock stopped", "purple")
    if due_on is None:
        return Nearness("no deadline", "grey")
    if due_on == now:
        return Nearness("due today", "orange")
    if due_on < now:
        late = calendar.working_days_between(due_on, now)
        return Nearness(f"{counted(late, 'working day')} late" if late else "late by less than a working day", "red")
    left = calendar.working_days_between(now, due_on)
    if left == 0:
        return Nearness("due before the next working day", "orange")
    return Nearness(f"{counted(left, 'working day')} left", "yellow" if left == 1 else "blue")


def set_up_due(app: Flask) -> None:
    def nearness_of(due_on: date | None, is_suspended: bool = False) -> Nearness:
        return nearness(due_on, today(), policy().calendar, is_suspended=is_suspended)

    app.jinja_env.globals["nearness_of"] = nearness_of
