"""The deadlines of a case that is moved: counted anew from where they have always counted, or kept, as the owner says.

A day moves where the new version gives another one than the old gave, both asked as of the day on which what it is the
day of came. So no clock starts again, what a person has extended stays as long as it is later, and what stands still
stands still.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from engine.casework.migration.came import Came
from engine.casework.migration.order import DayMove
from engine.casework.migration.refusals import Refusals
from engine.casework.migration.table import DeadlineChoice, OwnersTable
from engine.casework.step.deadline_rows import set_deadline
from engine.casework.step.step import Step
from engine.casework.tasks.recount import WaitingDay, move_days_to, waiting_days
from engine.clock import NEVER
from engine.model import DeadlineHolder, DeadlineStatus
from engine.store.deadlines import DeadlineRow, current_deadline, end_deadline
from engine.store.frames import change_frame
from engine.store.tasks import change_task
from engine.store.timers import change_timer


def move_deadlines(
    step: Step,
    before: Mapping[int, WaitingDay],
    came: Came,
    table: OwnersTable,
    *,
    reason: str,
    refusals: Refusals,
) -> tuple[DayMove, ...]:
    """`step`: by the new version, in which everything stands as it will. `before`: the days as the old version gave
    them. Gives the days that are other ones."""
    after = waiting_days(step, came.since)
    live = {number for instance in step.loaded.values() for number in instance.run.tokens} | set(step.frames.open)
    rows = {number: current_deadline(step.connection, step.case.case_id, number) for number in {*before, *after}}
    goes: dict[int, WaitingDay] = {}
    moves: list[DayMove] = []
    for number, was in before.items():
        now = after.get(number)
        if now is None:
            moves += _lost(step, was, rows[number], table, refusals) if number in live else ()
            continue
        goes[number] = was
        if (was.day, was.fires_at) == (now.day, now.fires_at):
            continue
        move = _move(was, now, rows[number], table)
        moves.append(move)
        if not move.is_kept:
            goes[number] = now
    move_days_to(step, before, goes, reason)
    for number in after.keys() - before.keys():
        _gain(step, after[number])
    return tuple(moves)


def _move(was: WaitingDay, now: WaitingDay, row: DeadlineRow | None, table: OwnersTable) -> DayMove:
    limit = row.limit_name if row is not None else now.due_date.limit.name if now.due_date is not None else ""
    choice = table.choice(limit)
    current = row.due_on if row is not None else was.day
    is_kept = choice is DeadlineChoice.KEPT or (choice is DeadlineChoice.EARLIER and now.day >= current)
    return DayMove(
        number=now.token, label=now.label, limit=limit, was=current, now=now.day, choice=choice, is_kept=is_kept
    )


def _lost(
    step: Step, was: WaitingDay, row: DeadlineRow | None, table: OwnersTable, refusals: Refusals
) -> Iterator[DayMove]:
    """The new version sets no day for it. Where its limit is gone, the owner has to say what that means."""
    limit = row.limit_name if row is not None else ""
    known = step.version.variant.limits.keys() | step.version.variant.limits_switched_off
    if limit and limit not in known and limit not in table.deadlines:
        refusals.limit_gone(limit, was.label)
        return
    choice = table.choice(limit)
    is_kept = choice is not DeadlineChoice.ANEW
    yield DayMove(
        number=was.token, label=was.label, limit=limit, was=row.due_on if row is not None else was.day, now=None,
        choice=choice, is_kept=is_kept,
    )  # fmt: skip
    if is_kept:
        return
    if row is not None:
        end_deadline(step.batch, row.number)
    _set_day(step, was, None)


def _gain(step: Step, now: WaitingDay) -> None:
    """It had no day until now."""
    if now.holder is DeadlineHolder.FRAME:
        return  # it sets its own as it begins
    row = current_deadline(step.connection, step.case.case_id, now.token)
    if row is not None:
        if row.status is DeadlineStatus.SUSPENDED:
            return
        end_deadline(step.batch, row.number)
    _set_day(step, now, now.day)
    if now.due_date is not None:
        set_deadline(step, now.token, now.due_date)


def _set_day(step: Step, each: WaitingDay, day: date | None) -> None:
    if each.holder is DeadlineHolder.TASK:
        change_task(step.batch, each.token, due_on=day)
    elif each.holder is DeadlineHolder.FRAME:
        change_frame(step.batch, each.token, due_on=day)
    elif day is None:
        change_timer(step.batch, each.token, fires_at=NEVER)
    elif each.fires_at is not None:
        change_timer(step.batch, each.token, fires_at=each.fires_at)
