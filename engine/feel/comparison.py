"""Equality, order and membership, with null for what cannot be compared (DMN 1.5, 10.3.2.13, tables 50 to 54)."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from engine.feel.run import Run
from engine.feel.values import MAX_VALUE_DEPTH, FeelRange, YearsMonthsDuration, kind_of
from engine.feel.wide import span_of, standard_time, time_line, utc_midnight
from engine.feel.wide_sums import wide_order

Truth = bool | None
Compare = Callable[[Run, Any, Any], Truth]

#: types that Python compares as FEEL does, two of the same type
SIMPLE = frozenset({Decimal, str, bool, date, timedelta, YearsMonthsDuration})
_ORDERED = SIMPLE - {bool}


def instant(moment: datetime) -> datetime:
    """A date-time with a zone on the one time line. Python would compare equal zones by their wall clocks."""
    return moment if moment.utcoffset() is None else moment.astimezone(timezone.utc)  # noqa: UP017


def is_equal(run: Run, left: Any, right: Any, depth: int = 0) -> Truth:
    """`left = right`: null where the types differ, unless one is null."""
    kind = type(left)
    if kind is type(right):
        if kind in SIMPLE:
            return bool(left == right)
        if left is None:
            return True
        if depth > MAX_VALUE_DEPTH:
            run.limit("Lists stand inside lists too deeply here.")
        if kind is list:
            return _lists_equal(run, left, right, depth)
        if kind is dict:
            return _contexts_equal(run, left, right, depth)
        if kind is FeelRange:
            bounds, others = ((each.start_included, each.end_included, each.sign) for each in (left, right))
            if bounds != others:
                return False
            return both(
                is_equal(run, left.start, right.start, depth + 1), is_equal(run, left.end, right.end, depth + 1)
            )
    if left is None or right is None:
        return False
    ordered = _order(*_as_moments(run, left, right))
    if ordered is not None:
        return ordered == 0
    kinds = kind_of(left), kind_of(right)
    if kinds == ("time", "time"):
        return _is_same_time(left, right)
    if kinds == ("date and time", "date and time"):
        return False  # with a zone and without: never the same, though neither is before the other
    _warn_unlike(run, left, right)
    return None


def both(left: Truth, right: Truth) -> Truth:
    """`left and right` in three values."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _lists_equal(run: Run, left: list[Any], right: list[Any], depth: int) -> Truth:
    if len(left) != len(right):
        return False
    run.spend(len(left))
    found: Truth = True
    for one, other in zip(left, right, strict=True):
        found = both(found, is_equal(run, one, other, depth + 1))
        if found is False:
            break
    return found


def _contexts_equal(run: Run, left: dict[str, Any], right: dict[str, Any], depth: int) -> Truth:
    if left.keys() != right.keys():
        return False
    run.spend(len(left))
    found: Truth = True
    for key, one in left.items():
        found = both(found, is_equal(run, one, right[key], depth + 1))
        if found is False:
            break
    return found


def _order(left: Any, right: Any) -> int | None:
    kind = type(left)
    if kind is not type(right):
        return wide_order(left, right)
    if kind is datetime:
        if (left.utcoffset() is None) != (right.utcoffset() is None):
            return None
        try:
            left, right = instant(left), instant(right)
        except OverflowError:
            return None
    elif kind is time:
        if time_line(left) != time_line(right):
            return None
    elif kind not in _ORDERED:
        return wide_order(left, right)
    return int(left > right) - int(left < right)


def _is_same_time(left: Any, right: Any) -> bool:
    """Whether two times on different lines are the same: of a zone that changes over the year, by its standard time."""
    (clock, offset), (other_clock, other_offset) = standard_time(left), standard_time(right)
    if offset is None or other_offset is None:
        return False
    return clock - span_of(offset) == other_clock - span_of(other_offset)


def _as_moments(run: Run, left: Any, right: Any) -> tuple[Any, Any]:
    """The two; a date beside a date and time as its midnight in UTC (10.3.2.9.4), which is the same or is not.

    Which of the two is before the other stays null: whose midnight the author has in mind is not known.
    """
    kinds = kind_of(left), kind_of(right)
    if kinds not in (("date", "date and time"), ("date and time", "date")):
        return left, right
    run.warn("A date was compared with a date and time, as its midnight in UTC.")
    return (utc_midnight(left), right) if kinds[0] == "date" else (left, utc_midnight(right))


def order(run: Run, left: Any, right: Any) -> int | None:
    """-1, 0 or 1, or None (null) where there is no order between the two."""
    found = _order(left, right)
    if found is None and left is not None and right is not None:
        _warn_unlike(run, left, right)
    return found


def _warn_unlike(run: Run, left: Any, right: Any) -> None:
    run.warn(f"A {kind_of(left)} and a {kind_of(right)} cannot be compared.")


def _ordering(python: Callable[[Any, Any], bool]) -> Compare:
    def compare(run: Run, left: Any, right: Any) -> Truth:
        kind = type(left)
        if kind is type(right) and kind in _ORDERED:
            return python(left, right)
        found = order(run, left, right)
        return None if found is None else python(found, 0)

    return compare


def is_unequal(run: Run, left: Any, right: Any) -> Truth:
    """`left != right`."""
    found = is_equal(run, left, right)
    return None if found is None else not found


is_less = _ordering(operator.lt)
is_at_most = _ordering(operator.le)
is_more = _ordering(operator.gt)
is_at_least = _ordering(operator.ge)

COMPARE: dict[str, Compare] = {
    "=": is_equal,
    "!=": is_unequal,
    "<": is_less,
    "<=": is_at_most,
    ">": is_more,
    ">=": is_at_least,
}


def are_ends(run: Run, first: Any, last: Any) -> bool:
    """Whether two values can be the ends of a range: of one kind that has an order, the first not above the last."""
    found = is_at_most(run, first, last)
    if found is False:
        run.warn("A range whose start is above its end is no range.")
    return found is True


def is_within(run: Run, value: Any, range_: FeelRange) -> Truth:
    """Whether a value lies in a range; null where it cannot be compared with the range's ends."""
    if value is None or (range_.start is None and range_.end is None):
        return None
    if range_.sign == "!=":
        return is_unequal(run, value, range_.start)
    found: Truth = True
    if range_.start is not None:
        found = (is_at_least if range_.start_included else is_more)(run, value, range_.start)
    if range_.end is not None and found is not False:
        found = both(found, (is_at_most if range_.end_included else is_less)(run, value, range_.end))
    return found


def is_among(run: Run, value: Any, candidates: Any) -> Truth:
    """`value in candidates`: equal to it, within the range, or among the list's values and ranges."""
    kind = type(candidates)
    if kind is FeelRange:
        return is_equal(run, value, candidates) if type(value) is FeelRange else is_within(run, value, candidates)
    if kind is not list:
        return is_equal(run, value, candidates)
    run.spend(len(candidates))
    if type(value) is list and is_equal(run, value, candidates):
        return True
    unknown = False
    for candidate in candidates:
        within = type(candidate) is FeelRange and type(value) is not FeelRange
        found = is_within(run, value, candidate) if within else is_equal(run, value, candidate)
        if found:
            return True
        unknown = unknown or (found is None and within)
    return None if unknown else False
