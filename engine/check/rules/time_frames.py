"""What must follow one another inside a time frame fits in it, and each frame has a day that can be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.calendar import Counting, Limit, Unit
from engine.check.finding import Place, error
from engine.check.longest_way import Leg, Way, way_through
from engine.check.policy import Policy, place_of
from engine.check.rule import Rule
from engine.diagram import Process
from engine.diagram.frames import DrawnFrame, frames_of
from engine.problems import Problem
from engine.variants import LimitRow
from engine.words import amount_in_words, counted

#: Days of one of a unit. Of months and years the longest, so that what is said to be too long is.
_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 31, Unit.YEARS: 366}


def look(policy: Policy) -> Iterator[Problem]:
    for file, process in policy.processes:
        for frame in frames_of(process):
            place = _place(file, process, frame)
            if not frame.due_date.startswith("="):
                yield error(
                    place,
                    f"“{frame.name}” has the due date “{frame.due_date[:60]}”, which is no expression. Write one like "
                    '=due("whole review").',
                )
            elif (row := policy.variant.limits.get(frame.limit or "")) is not None:
                yield from _too_long(policy, place, frame, row.limit)


def _too_long(policy: Policy, place: Place, frame: DrawnFrame, limit: Limit) -> Iterator[Problem]:
    has = _length(limit)
    way = way_through(policy.variant, frame)
    if has is None or way.length <= has:
        return
    legs = ", then ".join(_leg(leg, policy.variant.limits) for leg in way.legs)
    yield error(
        place,
        f"“{frame.name}” has to be done within {amount_in_words(limit.amount, limit.unit)} (“{limit.name}”), and what "
        f"follows one another inside may take {_in_words(way)}: {legs}. Shorten one of these limits, or give the whole "
        "longer.",
    )


def _place(file: str, process: Process, frame: DrawnFrame) -> Place:
    return place_of(file, process if frame.element_id is None else process.elements[frame.element_id])


def _length(limit: Limit) -> int | None:
    """In days at the most, without bank holidays; None where it cannot be said."""
    if limit.unit is Unit.MEETINGS or limit.counting is Counting.BEFORE:
        return None
    if limit.unit is Unit.WORKING_DAYS:
        return Way(working_days=limit.amount).length + 2  # a weekend more where it begins late in a week
    return limit.amount * _DAYS[limit.unit]


def _leg(leg: Leg, limits: Mapping[str, LimitRow]) -> str:
    limit = limits[leg.limit].limit
    return f"{amount_in_words(limit.amount, limit.unit)} for “{leg.element}” (“{leg.limit}”)"


def _in_words(way: Way) -> str:
    weeks, days = divmod(way.length, 7)
    return " and ".join(([counted(weeks, "week")] if weeks else []) + ([counted(days, "day")] if days else []))


RULE = Rule(
    name="time-frames",
    summary="What must follow one another inside a time frame fits in it.",
    look=look,
    needs_variant=True,
)
