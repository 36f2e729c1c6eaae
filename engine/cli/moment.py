"""A moment as it is given on the command line."""

from __future__ import annotations

from datetime import date, datetime

from engine.cli.frame import refuse
from engine.clock import LONDON, SystemClock


def read_moment(text: str) -> datetime:
    """A day (its start) or a moment; London time where it names no zone."""
    try:
        at = datetime.fromisoformat(text)
        at = at if at.tzinfo is not None else at.replace(tzinfo=LONDON)
        at.astimezone(LONDON)
    except (ValueError, OverflowError):
        refuse(f"“{text}” is no moment. Write a day and a time like 2026-05-05T09:00.")
    return at


def today() -> date:
    """The day it is in London, for what happens outside of any case."""
    return SystemClock().now().astimezone(LONDON).date()
