"""When a timer fires. A day means the end of that day in London; a date and time means that instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine import feel
from engine.calendar import Calendar, DueDate
from engine.casework.step.evaluator import Evaluator
from engine.clock import LONDON, end_of, local_date
from engine.diagram.model import Element, Event, TimerKind
from engine.errors import BadInputError

#: The shortest period of a cycle: what repeats faster is a slip of the pen, and would never let the case rest.
SHORTEST_CYCLE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Firing:
    at: datetime
    repeats: int = 0  #: firings left after this one; -1 without end
    period: str | None = None  #: as FEEL value text
    due_date: DueDate | None = None  #: the deadline it stands on


def firing_of(evaluator: Evaluator, element: Element, event: Event, now: datetime, calendar: Calendar) -> Firing | None:
    """The first firing of the timer; None where its limit is switched off, so that it never fires.

    Raises BadInputError for a value that is no time.
    """
    value = evaluator.value(event.expression or "")
    if event.timer is TimerKind.CYCLE:
        return _cycle(value, element, now, calendar)
    if event.timer is TimerKind.DURATION:
        return Firing(at=after(now, _temporal(value), calendar, element))
    if value is None and evaluator.asked_for_none:
        return None
    if isinstance(value, str):
        value = _temporal(value)
    if isinstance(value, datetime):
        return Firing(at=value if value.tzinfo is not None else value.replace(tzinfo=LONDON))
    if isinstance(value, date):
        due_date = evaluator.due_date_of(value)
        return Firing(at=due_date.runs_out_at if due_date else end_of(value), due_date=due_date)
    raise BadInputError(
        f"The timer “{element.label}” gives {feel.to_json(value)!r}, which is neither a day nor a time."
    )


def after(start: datetime, duration: feel.Value, calendar: Calendar, element: Element) -> datetime:
    """`start` plus a FEEL duration: whole days and months by the London calendar, the rest by the clock."""
    local = start.astimezone(LONDON)
    if isinstance(duration, feel.YearsMonthsDuration):
        day = calendar.months_after(local.date(), duration.months)
        return datetime.combine(day, local.timetz())
    if isinstance(duration, timedelta):
        day_part, rest = timedelta(days=duration.days), duration - timedelta(days=duration.days)
        return (local + day_part).astimezone(start.tzinfo) + rest
    raise BadInputError(f'The timer “{element.label}” gives no duration; write one like P3D or =duration("P3D").')


def next_of_cycle(at: datetime, period: str, now: datetime, calendar: Calendar, element: Element) -> datetime:
    """The next firing of a cycle that fired at `at`: the first one still to come."""
    duration = feel.load(period)
    following = after(at, duration, calendar, element)
    while following <= now:
        following = after(following, duration, calendar, element)
    return following


def day_of(value: feel.Value, label: str, what: str) -> date | None:
    """A due or follow-up date: a day, or the London day of an instant; null is none."""
    if isinstance(value, str):
        value = _temporal(value)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, datetime):
        return value.date() if value.tzinfo is None else local_date(value)
    raise BadInputError(f"The {what} of “{label}” gives {feel.to_json(value)!r}, which is no day.")


def _cycle(value: feel.Value, element: Element, now: datetime, calendar: Calendar) -> Firing:
    text = value if isinstance(value, str) else ""
    count, slash, period = text.partition("/")
    duration = _temporal(period) if slash else None
    if not count.startswith("R") or not (count[1:] == "" or count[1:].isdigit()) or duration is None:
        raise BadInputError(f"The timer “{element.label}” repeats by {text!r}; write a cycle like R3/P7D.")
    first = after(now, duration, calendar, element)
    if first - now < SHORTEST_CYCLE:
        raise BadInputError(f"The timer “{element.label}” repeats faster than once a minute; write a longer period.")
    return Firing(at=first, repeats=int(count[1:]) - 1 if count[1:] else -1, period=feel.dump(duration))


def _temporal(value: feel.Value) -> feel.Value:
    """The FEEL value of an ISO 8601 text: a day, a date and time, or a duration; None where it is none of them."""
    if not isinstance(value, str):
        return value
    quoted = value.replace("\\", "").replace('"', "")
    return feel.evaluate(f'@"{quoted}"')
