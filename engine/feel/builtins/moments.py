"""`now`, `today` and `is` (DMN 1.5, 10.3.4.7 and 10.3.4.10). The clock is the step's, never the machine's."""

from __future__ import annotations

from typing import Any

from engine.feel.builtins.signature import ANY, BOOLEAN, DATE, DATE_TIME, Builtin, one_form, parameter
from engine.feel.comparison import is_equal
from engine.feel.run import Run
from engine.feel.values import kind_of
from engine.feel.wide import moment_of, offset_of, standard_time


def _is(run: Run, left: Any, right: Any) -> bool:
    """Whether two values are the same, with their offsets: 12:00Z is not 13:00+01:00 although they are equal."""
    kinds = kind_of(left), kind_of(right)
    if kinds[0] != kinds[1]:
        return False
    if kinds[0] == "time":
        return standard_time(left) == standard_time(right)
    if kinds[0] == "date and time":
        one, other = moment_of(left), moment_of(right)
        on_one_line = (one.zone is None) == (other.zone is None) and offset_of(one) == offset_of(other)
        return on_one_line and (one.day, one.nanoseconds) == (other.day, other.nanoseconds)
    return is_equal(run, left, right) is True


MOMENT_FUNCTIONS: tuple[Builtin, ...] = (
    one_form("now", lambda run: run.moment(), gives=DATE_TIME),
    one_form("today", lambda run: run.today(), gives=DATE),
    # Camunda's, since 8.3: what is not there is null, so whether there is something is whether it is not null
    one_form("is defined", lambda _run, value: value is not None, parameter("value", ANY), gives=BOOLEAN),
    one_form("is", _is, parameter("value1", ANY), parameter("value2", ANY), gives=BOOLEAN),
)
