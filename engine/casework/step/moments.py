"""When a timer fires. A day means the end of that day in London; a date and time means that instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine import feel
from engine.calendar import Calendar, DueDate
from engine.casework.step.evaluator import Evaluator
from engine.clock import LONDON, end_of, local_date
from engine.diagram.model import Element, Event, TimerKind
from engine.diagram.times import Span, read_cycle, read_span, written_span
from engine.errors import BadInputError


@dataclass(frozen=True, kw_only=True, slots=True)
class Firing:
    at: datetime
    repeats: int = 0  #: firings left after this one; -1 without end
    period: str | None = None  #: of a cycle: from when it counts, and how long it takes; as FEEL value text
    due_date: DueDate | None = None  #: the deadline it stands on


def firing_of(evaluator: Evaluator, element: Element, event: Event, now: datetime, calendar: Calendar) -> Firing | None:
    """The first firing of the timer; None where its limit is switched off, or it repeats no time: it never fires.

    Raises BadInputError for a value that is no time.
    """
    value = evaluator.value(event.expression or "")
    if event.timer is TimerKind.CYCLE:
        return _cycle(value, element, now, calendar)
    if event.timer is TimerKind.DURATION:
        written = written_span(event.expression or "")
        span = read_span(written if written is not None else value)
        if span is None:
            raise BadInputError(
                f'The timer “{element.label}” gives no duration; write one like P3D or =duration("P3D").'
            )
        return Firing(at=after(now, span, calendar))
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


def after(start: datetime, span: Span, calendar: Calendar) -> datetime:
    """`start` plus a span: whole months and days by the London calendar, the rest by the clock."""
    local = start.astimezone(LONDON)
    if span.months:
        local = datetime.combine(calendar.months_after(local.date(), span.months), local.timetz())
    return (local + timedelta(days=span.days)).astimezone(start.tzinfo) + span.rest


def next_of_cycle(at: datetime, period: str, now: datetime, calendar: Calendar) -> tuple[datetime, int]:
    """The next firing of a cycle that fired at `at`, the first one still to come; and how many have passed unheard
    until `now`. Each is counted from the beginning: a month from 31 March is 30 April, two are 31 May."""
    known = feel.load(period)
    if isinstance(known, dict):
        begun, span = known["from"], read_span(known["every"])
    else:  # as an engine wrote it that counted each from the last
        begun, span = at, read_span(known)
    if span is None or not span.may_repeat:
        raise ValueError(f"{period} is no period of a cycle")
    fired, coming = _count_until(at, begun, span, calendar), _count_until(max(at, now), begun, span, calendar)
    return after(begun, span.times(coming), calendar), coming - fired


def _count_until(moment: datetime, begun: datetime, span: Span, calendar: Calendar) -> int:
    """The number of the first firing after `moment`."""
    longest = timedelta(days=31 * span.months + span.days, hours=1) + span.rest
    count = max(1, (moment - begun) // longest)  # no firing before this one comes later
    while after(begun, span.times(count), calendar) <= moment:
        count += 1
    return count


def day_of(value: feel.Value, label: str, what: str) -> date | None:
    """A due or follow-up date: a day, or the London day of an instant; null is none."""
    if isinstance(value, str):
        value = _temporal(value)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, datetime):
        return value.date() if value.tzinfo is None else local_date(value)
    raise BadInputError(f"The {what} of “{label}” gives {feel.to_json(value)!r}, which is no day.")


def _cycle(value: feel.Value, element: Element, now: datetime, calendar: Calendar) -> Firing | None:
    cycle = read_cycle(value)
    if cycle is None:
        raise BadInputError(
            f"The timer “{element.label}” repeats by {feel.to_json(value)!r}; write a cycle like R3/P7D."
        )
    if not cycle.span.may_repeat:
        raise BadInputError(f"The timer “{element.label}” repeats faster than once a minute; write a longer period.")
    if cycle.repeats == 0:
        return None
    return Firing(
        at=after(now, cycle.span, calendar),
        repeats=cycle.repeats - 1 if cycle.repeats is not None else -1,
        period=feel.dump({"from": now, "every": cycle.every}),
    )


def _temporal(value: feel.Value) -> feel.Value:
    """The FEEL value of an ISO 8601 text: a day, a date and time, or a duration; None where it is none of them."""
    if not isinstance(value, str):
        return value
    quoted = value.replace("\\", "").replace('"', "")
    return feel.evaluate(f'@"{quoted}"')
