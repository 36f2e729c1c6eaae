"""Firing what is due. A sweep costs what is due, not what waits."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from engine.casework.step.instance import Loaded
from engine.casework.step.moments import next_of_cycle
from engine.casework.step.office import SYSTEM, Office
from engine.casework.step.settlement import finish, settle
from engine.casework.step.step import Step
from engine.diagram.model import Element
from engine.errors import DatabaseUnusableError
from engine.model import TimerStatus
from engine.record_kinds import RecordKind
from engine.store import cases
from engine.store.timers import TimerRow, cases_with_due_timers, change_timer, due_timers

log = logging.getLogger("asb.timers")

#: Cases that one sweep takes on before it looks again at what is due.
SWEEP = 500


def fire_due_timers(office: Office, *, limit: int = SWEEP) -> int:
    """Fire the timers that are due, a step per case; gives how many cases moved. A case that is busy is left for
    the next sweep."""
    with office.database.read() as connection:
        due = cases_with_due_timers(connection, office.clock.now(), limit)
    return sum(_fire_or_leave(office, case_id) for case_id in due)


def _fire_or_leave(office: Office, case_id: int) -> bool:
    """One case that cannot be moved must not keep the others from being moved."""
    try:
        return fire_due_timers_of(office, case_id)
    except DatabaseUnusableError:
        raise
    except Exception:
        log.exception("The timers of case %d cannot be fired; the other cases go on.", case_id)
        return False


def fire_due_timers_of(office: Office, case_id: int) -> bool:
    """Fire one case's due timers in one step. False where it was busy or nothing was due any more."""
    with office.database.begin() as connection:
        case = cases.lock_case_if_free(connection, case_id)
        if case is None:
            return False
        step = office.step_on(connection, case, actor=SYSTEM)
        rows = due_timers(connection, case_id, step.now)
        if not rows:
            return False
        passed = _passed_rungs(rows)
        for row in rows:
            _fire(step, row, is_passed=row.number in passed)
        finish(step)
    office.announce_jobs(step.announce)
    return True


def _passed_rungs(rows: Sequence[TimerRow]) -> set[int]:
    """After a long sleep only the highest rung of a ladder acts: the lower ones that are due too are passed."""
    highest: dict[int | None, int] = {}
    for row in rows:
        if row.rung is not None and row.host is not None:
            highest[row.host] = max(row.rung, highest.get(row.host, row.rung))
    return {row.number for row in rows if row.rung is not None and row.rung < highest.get(row.host, row.rung)}


def _fire(step: Step, row: TimerRow, *, is_passed: bool) -> None:
    instance = step.load(row.instance)
    token = instance.run.tokens.get(row.number)
    if token is None:
        return
    element = instance.run.element_of(token)
    about: dict[str, Any] = {
        "element": element.label,
        "element_id": element.id,
        "rung": row.rung,
        "was_due_at": row.fires_at,
        "item": instance.subject.item_id or None,
        "clauses": list(element.clauses) or None,
    }
    if is_passed:
        step.record(RecordKind.RUNG_PASSED, **about)
        instance.run.cancel(token)
        change_timer(step.batch, row.number, status=TimerStatus.PASSED)
        return
    period = row.period if row.repeats != 0 and element.may_happen_again else None
    following, missed = row.fires_at, 0
    if period is not None:
        following, missed = next_of_cycle(row.fires_at, period, step.now, step.version.calendar)
    step.record(RecordKind.TIMER_FIRED, **about, missed=missed or None)
    instance.run.fire(row.number, stays=period is not None)
    if period is not None:
        number = _wait_anew(step, instance, element) if element.begins_by_time else row.number
        repeats = row.repeats - 1 if row.repeats > 0 else row.repeats
        change_timer(step.batch, number, fires_at=following, repeats=repeats)
    settle(step)


def _wait_anew(step: Step, begun: Loaded, start: Element) -> int:
    """A process has begun that is to begin again: its next instance waits. Gives the number of its timer."""
    following = step.start(begun.process_id, start.id)
    step.rest()
    return next(iter(following.run.tokens))
