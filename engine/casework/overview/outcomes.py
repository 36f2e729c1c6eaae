"""Which limits were kept and which missed, by the day on which they ran out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.casework.overview.names import Names
from engine.casework.step.office import SYSTEM, Office
from engine.casework.words.shown_tasks import TaskShown
from engine.clock import local_date
from engine.errors import BadInputError
from engine.model import TaskId
from engine.store.overview import outcomes as stored
from engine.variants import Variant
from engine.variants.policy import Clause


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    year: int
    month: int  #: 1 to 12
    kept: int
    missed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LimitOutcome:
    name: str  #: of the limit; "" for days that were agreed in the case instead of a limit set
    length: str  #: "2 working days after the application date"; "" where the policy has it no longer
    clauses: tuple[Clause, ...]
    kept: int
    missed: int
    running: int  #: open, their day still to come
    extended: int  #: of all of these, those whose day a person set
    median_days: int | None  #: of the missed, how many days late half of them were at most; None where none was
    longest_days: int | None

    @property
    def share(self) -> int | None:
        """How many of a hundred were kept, rounded down, so that 100 means all; None where none has ended."""
        return self.kept * 100 // (self.kept + self.missed) if self.kept + self.missed else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed(TaskShown):
    task_id: TaskId
    is_frame: bool  #: no task, but what had to be done as a whole; it is of no team
    title: str
    limit: str
    due_on: date
    completed_on: date | None  #: None: still open
    days: int  #: how many late


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcomes:
    limits: tuple[LimitOutcome, ...]  #: in the order of the policy's table, then those that it has no longer
    months: tuple[Month, ...]  #: of the limit that was asked for, or of all
    missed: tuple[Missed, ...]  #: a page of those, by most days late first
    missed_in_all: int

    @property
    def kept(self) -> int:
        return sum(limit.kept for limit in self.limits)

    @property
    def late(self) -> int:
        return sum(limit.missed for limit in self.limits)


def deadline_outcomes(
    office: Office,
    variant: Variant,
    *,
    first: date,
    last: date,
    limit_name: str | None = None,
    limit: int,
    offset: int = 0,
) -> Outcomes:
    """Of the council's deadlines that ran out from `first` to `last`, both included: how many were kept, and which
    were not; the months and the missed ones of one limit where `limit_name` is given. Four queries.

    Raises BadInputError where the period ends before it begins.
    """
    check_period(first, last)
    today = local_date(office.clock.now())
    with office.database.read() as connection:
        names = Names(office, connection, variant)
        counts = stored.outcomes(connection, variant.id, first, last, today, not_people=SYSTEM)
        late = stored.days_missed_by(connection, variant.id, first, last, today)
        rows = stored.missed_deadlines(
            connection, variant.id, first, last, today, limit_name=limit_name, limit=limit, offset=offset
        )
        chosen = [row for row in counts if limit_name in (None, row.limit_name)]
        return Outcomes(
            limits=tuple(_limits(variant, counts, late)),
            months=tuple(_months(chosen)),
            missed=tuple(_missed(row, names) for row in rows),
            missed_in_all=sum(row.missed for row in chosen),
        )


def check_period(first: date, last: date) -> None:
    """Raises BadInputError."""
    if last < first:
        raise BadInputError(f"The period ends on {last.isoformat()}, before it begins. Give the earlier day first.")


def _limits(
    variant: Variant, counts: Iterable[stored.OutcomeAmount], late: Iterable[stored.MissedAmount]
) -> Iterable[LimitOutcome]:
    rows: dict[str, list[stored.OutcomeAmount]] = {}
    for row in counts:
        rows.setdefault(row.limit_name, []).append(row)
    days: dict[str, list[stored.MissedAmount]] = {}
    for missed in late:
        days.setdefault(missed.limit_name, []).append(missed)
    order = {name: place for place, name in enumerate(variant.limits)}
    for name in sorted(rows, key=lambda each: (order.get(each, len(order)), each == "", each)):
        known = variant.limits.get(name)
        histogram = days.get(name, [])
        yield LimitOutcome(
            name=name,
            length=f"{known.limit.amount:,} {known.limit.unit} after {known.limit.counted_from}" if known else "",
            clauses=tuple(
                variant.policy.get(clause, Clause(id=clause, text="", source=""))
                for clause in (known.clauses if known else ())
            ),
            kept=sum(row.kept for row in rows[name]),
            missed=sum(row.missed for row in rows[name]),
            running=sum(row.running for row in rows[name]),
            extended=sum(row.extended for row in rows[name]),
            median_days=_median(histogram),
            longest_days=histogram[-1].days if histogram else None,
        )


def _median(histogram: list[stored.MissedAmount]) -> int | None:
    """Of rows with `days`, ascending, and `amount`: the days of the one in the middle, the lower of two."""
    middle = (sum(row.amount for row in histogram) + 1) // 2
    for row in histogram:
        middle -= row.amount
        if middle <= 0:
            return row.days
    return None


def _months(rows: Iterable[stored.OutcomeAmount]) -> Iterable[Month]:
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for row in rows:
        kept, missed = found.get((row.year, row.month), (0, 0))
        found[row.year, row.month] = kept + row.kept, missed + row.missed
    for (year, month), (kept, missed) in sorted(found.items()):
        yield Month(year=year, month=month, kept=kept, missed=missed)


def _missed(row: stored.MissedRow, names: Names) -> Missed:
    return Missed(
        task_id=row.task_id,
        title=row.title,
        name=row.name,
        item=names.item(row.collection, row.item_id),
        team=names.team(row.team) if row.team else "",
        is_frame=row.is_frame,
        limit=row.limit_name,
        due_on=row.due_on,
        completed_on=row.completed_on,
        days=row.days,
    )
