"""`now`, `today` and `is` (DMN 1.5, 10.3.4.7 and 10.3.4.10). The clock is the step's, never the machine's."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from engine.feel.builtins.signature import ANY, BOOLEAN, DATE, DATE_TIME, Builtin, one_form, parameter
from engine.feel.comparison import is_equal
from engine.feel.run import Run
from engine.feel.values import WideMoment, WideTime


def _is(run: Run, left: Any, right: Any) -> bool:
    """Whether two values are the same, with their zones: 12:00Z is not 13:00+01:00 although they are equal."""
    if type(left) is not type(right):
        return False
    if isinstance(left, datetime | time):
        same_zone = str(left.tzinfo) == str(right.tzinfo)
        return same_zone and bool(left.replace(tzinfo=None) == right.replace(tzinfo=None))
    if isinstance(left, WideTime | WideMoment):
        return bool(left == right)
    return is_equal(run, left, right) is True


MOMENT_FUNCTIONS: tuple[Builtin, ...] = (
    one_form("now", lambda run: run.moment(), gives=DATE_TIME),
    one_form("today", lambda run: run.today(), gives=DATE),
    # Camunda's, since 8.3: what is not there is null, so whether there is something is whether it is not null
    one_form("is defined", lambda _run, value: value is not None, parameter("value", ANY), gives=BOOLEAN),
    one_form("is", _is, parameter("value1", ANY), parameter("value2", ANY), gives=BOOLEAN),
)
