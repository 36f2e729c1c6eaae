"""What a timer says: a span of time, or a cycle of them.

Days and months that are written out are the calendar's, hours and minutes the clock's: `P1D` ends at the same time of
day, `PT24H` after 24 hours, also across a clock change. A span that is computed is a FEEL value, which counts days by
the clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from engine import feel
from engine.errors import FeelError

_DAYS = re.compile(r"(-?)P(?:([0-9]{1,9})D)?(?:T.*)?")
_WRITTEN = re.compile(r'=\s*(?:duration\(\s*"([^"\\]*)"\s*\)|@"([^"\\]*)")\s*')
_CYCLE = re.compile(r"R([0-9]{0,6})/(.+)")

#: The shortest period of a cycle: what repeats faster is a slip of the pen, and would never let the case rest.
SHORTEST_CYCLE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Some time, which may be negative: whole months and days by the calendar, and the rest by the clock."""

    months: int = 0
    days: int = 0
    rest: timedelta = timedelta(0)

    def times(self, number: int) -> Span:
        return Span(months=self.months * number, days=self.days * number, rest=self.rest * number)

    @property
    def may_repeat(self) -> bool:
        """Whether it is long enough for a cycle."""
        return self.months > 0 or (self.months == 0 and timedelta(days=self.days) + self.rest >= SHORTEST_CYCLE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cycle:
    """`R3/P7D`: how often, and after how long each time."""

    repeats: int | None  #: None without end; 0 never
    every: str  #: as written
    span: Span


def read_span(value: feel.Value) -> Span | None:
    """The span of a text such as `P3D`, or of a FEEL duration; None for anything else."""
    known = _duration(value) if isinstance(value, str) else value
    if isinstance(known, feel.YearsMonthsDuration):
        return Span(months=known.months)
    if not isinstance(known, timedelta):
        return None
    written = _DAYS.fullmatch(value) if isinstance(value, str) else None
    days = int(written[2] or 0) * (-1 if written[1] else 1) if written is not None else 0
    return Span(days=days, rest=known - timedelta(days=days))


def read_cycle(value: feel.Value) -> Cycle | None:
    """The cycle of a text such as `R3/P7D`; None for anything else."""
    found = _CYCLE.fullmatch(value) if isinstance(value, str) else None
    span = read_span(found[2]) if found is not None else None
    if found is None or span is None:
        return None
    return Cycle(repeats=int(found[1]) if found[1] else None, every=found[2], span=span)


def written_span(expression: str) -> str | None:
    """The text of a span that an expression only writes out, such as `=duration("P3D")`; None for any other."""
    found = _WRITTEN.fullmatch(expression)
    return (found[1] or found[2]) if found is not None else None


def _duration(text: str) -> feel.Value:
    quoted = text.replace("\\", "").replace('"', "")
    try:
        return feel.evaluate(f'@"{quoted}"')
    except FeelError:
        return None
