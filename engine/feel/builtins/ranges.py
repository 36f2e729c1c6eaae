"""How points and ranges stand to each other (DMN 1.5, 10.3.4.8, table 78)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.feel.builtins.signature import ANY, BOOLEAN, Builtin, one_form, parameter
from engine.feel.comparison import both, is_at_most, is_equal, is_less, is_more
from engine.feel.run import Run
from engine.feel.values import FeelRange

_Truth = bool | None


def _either(left: _Truth, right: _Truth) -> _Truth:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


def _as_range(value: Any) -> FeelRange:
    """A point as the range that holds it alone."""
    if type(value) is FeelRange:
        return value
    return FeelRange(start=value, end=value, start_included=True, end_included=True)


def _before(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    if a.end is None or b.start is None:
        return None
    touches = not (a.end_included and b.start_included)
    return (is_at_most if touches else is_less)(run, a.end, b.start)


def _after(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    return _before(run, b, a)


def _meets(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    if not (a.end_included and b.start_included):
        return False
    return is_equal(run, a.end, b.start)


def _met_by(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    return _meets(run, b, a)


def _overlaps(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    apart = _either(_before(run, a, b), _before(run, b, a))
    return None if apart is None else not apart


def _starts_earlier(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    if a.start is None or b.start is None:
        return a.start is None and b.start is not None
    earlier = is_less(run, a.start, b.start)
    if a.start_included and not b.start_included:
        return _either(earlier, is_equal(run, a.start, b.start))
    return earlier


def _ends_later(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    if a.end is None or b.end is None:
        return a.end is None and b.end is not None
    later = is_more(run, a.end, b.end)
    if a.end_included and not b.end_included:
        return _either(later, is_equal(run, a.end, b.end))
    return later


def _overlaps_before(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    ends_within = _overlaps(run, a, b)
    not_later = _ends_later(run, a, b)
    return both(both(_starts_earlier(run, a, b), ends_within), None if not_later is None else not not_later)


def _overlaps_after(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    starts_within = _overlaps(run, a, b)
    earlier = _starts_earlier(run, a, b)
    return both(both(_ends_later(run, a, b), starts_within), None if earlier is None else not earlier)


def _same_start(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    return False if a.start_included != b.start_included else is_equal(run, a.start, b.start)


def _same_end(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    return False if a.end_included != b.end_included else is_equal(run, a.end, b.end)


def _includes(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    earlier, later = _starts_earlier(run, b, a), _ends_later(run, b, a)
    return both(None if earlier is None else not earlier, None if later is None else not later)


def _during(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    return _includes(run, b, a)


def _finishes(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    return both(_same_end(run, a, b), _includes(run, b, a))


def _finished_by(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    return _finishes(run, b, a)


def _starts(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    return both(_same_start(run, a, b), _includes(run, b, a))


def _started_by(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    return _starts(run, b, a)


def _coincides(run: Run, a: FeelRange, b: FeelRange) -> _Truth:
    return both(_same_start(run, a, b), _same_end(run, a, b))


_Relation = Callable[[Run, FeelRange, FeelRange], _Truth]


def _relation(
    name: str, relation: _Relation, first: str, second: str, *, points: tuple[bool, bool] = (False, False)
) -> Builtin:
    """`points` says for each parameter whether it may be a point; two points may always be compared where one may."""

    def body(run: Run, left: Any, right: Any) -> _Truth:
        if left is None or right is None:
            return None
        for value, may_be_point in zip((left, right), points, strict=True):
            if type(value) is not FeelRange and not may_be_point:
                run.warn(f"'{name}' takes a range where it was given something else.")
                return None
        ranges = _as_range(left), _as_range(right)
        if any(range_.sign == "!=" for range_ in ranges):
            run.warn(f"'{name}' cannot tell of everything but one value.")
            return None
        return relation(run, *ranges)

    return one_form(name, body, parameter(first, ANY), parameter(second, ANY), gives=BOOLEAN)


_BOTH, _FIRST, _SECOND = (True, True), (True, False), (False, True)

RANGE_FUNCTIONS: tuple[Builtin, ...] = (
    _relation("before", _before, "point1", "point2", points=_BOTH),
    _relation("after", _after, "point1", "point2", points=_BOTH),
    _relation("meets", _meets, "range1", "range2"),
    _relation("met by", _met_by, "range1", "range2"),
    _relation("overlaps", _overlaps, "range1", "range2"),
    _relation("overlaps before", _overlaps_before, "range1", "range2"),
    _relation("overlaps after", _overlaps_after, "range1", "range2"),
    _relation("finishes", _finishes, "point", "range", points=_FIRST),
    _relation("finished by", _finished_by, "range", "point", points=_SECOND),
    _relation("includes", _includes, "range", "point", points=_SECOND),
    _relation("during", _during, "point", "range", points=_FIRST),
    _relation("starts", _starts, "point", "range", points=_FIRST),
    _relation("started by", _started_by, "range", "point", points=_SECOND),
    _relation("coincides", _coincides, "point1", "point2", points=_BOTH),
)
