"""After a change of the calendar (a bank holiday is proclaimed) open deadlines move; both days stay in the record.

A case keeps the policy it was opened with. Its days are counted by the calendar of the folder as it is now: those of
the deadlines that run, and of those that are set later. What a person has set (an extension) and what stands still (a
suspension) is that person's, and stays. What has happened already, a letter or a rung of a ladder, stays too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from engine.calendar import Calendar, DueDate
from engine.casework.step.office import SYSTEM, Office
from engine.casework.step.step import Step
from engine.casework.tasks.later_deadlines import is_set_by_a_person, label_of, supersede
from engine.record_kinds import RecordKind
from engine.store import Connection, cases
from engine.store.cases import CaseRow
from engine.store.deadlines import DrawnDeadline, counting_deadlines
from engine.variants import Variant
from engine.words import weekday_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A deadline that moves."""

    reference: str  #: of the case
    number: int  #: of the task, timer or time frame in it
    element: str  #: what a person calls it
    limit: str
    was: date
    now: date
    reason: str  #: which days count otherwise than they did

    def to_json(self) -> dict[str, object]:
        return {
            "case": self.reference, "task": f"{self.reference}.{self.number}", "element": self.element,
            "limit": self.limit, "was": self.was.isoformat(), "now": self.now.isoformat(), "reason": self.reason,
        }  # fmt: skip


def recalculate_deadlines(office: Office, variant: Variant, *, dry_run: bool = False) -> list[Move]:
    """Count the days of the council's cases by the calendar of `variant`; gives the deadlines that move.

    With `dry_run` nothing is changed. A step per case; doing it again moves nothing.
    """
    with office.database.read() as connection:
        every = cases.all_cases(connection, variant.id)
        found = [row for row in every if _is_counted_otherwise(office, connection, row, variant)]
        moves = [move for row in found for move, _, _ in _moves_of(office, connection, row, variant.calendar)]
    if dry_run:
        return moves
    if found:
        with office.database.begin() as connection:
            now = office.clock.now()
            cases.store_version(connection, digest=variant.digest, council_id=variant.id, pack=variant.pack(), now=now)
    return [move for row in found for move in _recalculate(office, row.reference, variant)]


def _recalculate(office: Office, reference: str, variant: Variant) -> list[Move]:
    """One case, in one step; what moves is looked up again, since the case may have moved on."""
    with office.step(reference, actor=SYSTEM, council_id=variant.id) as step:
        moves = _moves_of(office, step.connection, step.case, variant.calendar)
        step.record(
            RecordKind.CALENDAR_CHANGED, calendar=variant.digest, was=step.version.calendar.version,
            now=variant.calendar.version,
        )  # fmt: skip
        cases.change_case(step.batch, calendar_digest=variant.digest)
        for move, row, due_date in moves:
            _move(step, move, row, due_date)
    return [move for move, _, _ in moves]


def _move(step: Step, move: Move, row: DrawnDeadline, due_date: DueDate) -> None:
    supersede(
        step, row, holder=row.holder, due_on=due_date.due_on, fires_at=due_date.runs_out_at, reason=move.reason,
        words=due_date.explanation, calendar_version=due_date.calendar_version,
    )  # fmt: skip
    step.record(
        RecordKind.DEADLINE_MOVED, task=row.token, element=move.element, limit=move.limit, was=move.was, now=move.now,
        reason=move.reason, why=due_date.explanation,
    )  # fmt: skip


def _is_counted_otherwise(office: Office, connection: Connection, case: CaseRow, variant: Variant) -> bool:
    version = office.versions.get(connection, case.variant_digest, case.calendar_digest)
    return version.calendar.version != variant.calendar.version


def _moves_of(
    office: Office, connection: Connection, case: CaseRow, calendar: Calendar
) -> list[tuple[Move, DrawnDeadline, DueDate]]:
    """What moves in one case: the move, the row of the deadline as it is, and the day it comes to."""
    version = office.versions.get(connection, case.variant_digest, case.calendar_digest)
    found = []
    for row in counting_deadlines(connection, case.case_id):
        limit = version.variant.limits.get(row.limit_name)
        if limit is None or is_set_by_a_person(row):
            continue
        due_date = calendar.due(limit.limit, row.start_on)
        if due_date.due_on != row.due_on:
            last = max(row.due_on, due_date.due_on)
            reason = " ".join(_what_changed(version.calendar, calendar, row.start_on, last))
            move = Move(
                reference=case.reference, number=row.token, element=label_of(version.variant, row),
                limit=row.limit_name, was=row.due_on, now=due_date.due_on, reason=reason,
            )  # fmt: skip
            found.append((move, row, due_date))
    return found


def _what_changed(before: Calendar, after: Calendar, first: date, last: date) -> Iterator[str]:
    day = first
    while day <= last:
        was, is_now = before.why_not_working(day), after.why_not_working(day)
        if (was is None) != (is_now is None):
            yield f"{weekday_in_words(day)} is {is_now or 'a working day'}{'' if is_now else ' again'}."
        day += timedelta(days=1)
