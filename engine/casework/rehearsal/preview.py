"""What would follow an answer: the case as it is, held against the case as it would be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine import feel
from engine.casework.background.jobs import work_job
from engine.casework.background.timers import fire_due_timers_of
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.messages import send_message
from engine.casework.cases.originals import Original
from engine.casework.rehearsal.comparison import CaseSeen, compare
from engine.casework.rehearsal.consequences import Consequences
from engine.casework.rehearsal.stage import rehearse
from engine.casework.step.drawn_before import former_policies
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.handler import Effect
from engine.model import TaskId
from engine.store import jobs, timers

#: Jobs that are rehearsed: more than the largest case asks for at once.
MOST_JOBS = 300
#: Times that jobs and due timers are looked for again after some were worked.
MOST_ROUNDS = 50


def what_follows(
    office: Office, task: TaskId, answers: Mapping[str, Any], *, by: str, council_id: str | None = None
) -> Consequences:
    """What would follow if `by` completed the task with these answers now. Nothing is changed.

    Raises what `complete_task` raises where it would refuse them, and CaseBusyError.
    """
    effects: list[Effect] = []
    with rehearse(office, note=effects.append) as stage:
        return after(
            stage,
            effects,
            task.reference,
            council_id,
            lambda: complete_task(stage, task, answers, by=by, council_id=council_id),
            done=task.number,
        )


def what_follows_telling(
    office: Office,
    reference: str,
    message: str,
    answers: Mapping[str, Any],
    *,
    by: str,
    item_id: str = "",
    council_id: str | None = None,
    original: Original | None = None,
) -> Consequences:
    """What would follow if `by` told the case `message` now, with the email `original`. Nothing is changed.

    Raises what `send_message` raises where it would refuse it, and CaseBusyError.
    """
    effects: list[Effect] = []
    with rehearse(office, note=effects.append) as stage:
        return after(
            stage,
            effects,
            reference,
            council_id,
            lambda: send_message(
                stage, reference, message, answers, by=by, item_id=item_id, council_id=council_id, original=original
            ),
        )


def what_follows_correcting(
    office: Office,
    reference: str,
    name: str,
    value: feel.Value,
    *,
    reason: str,
    by: str,
    item_id: str = "",
    council_id: str | None = None,
) -> Consequences:
    """What would follow if `by` corrected the fact `name` now: the days that move, and what happens at once because
    of it. Nothing is changed.

    Raises what `correct_fact` raises where it would refuse it, and CaseBusyError.
    """
    effects: list[Effect] = []
    with rehearse(office, note=effects.append) as stage:
        return after(
            stage,
            effects,
            reference,
            council_id,
            lambda: correct_fact(
                stage, reference, name, value, reason=reason, by=by, item_id=item_id, council_id=council_id
            ),
        )


def after(
    stage: Office,
    effects: Sequence[Effect],
    reference: str,
    council_id: str | None,
    act: Callable[[], object],
    *,
    done: int | None = None,
) -> Consequences:
    """What follows the act, on an office on which it is rehearsed. `effects` grows while the act and the jobs that it
    makes are worked; `done`: the task that it completes."""
    with stage.database.read() as connection:
        before = CaseSeen.of(connection, reference, council_id)
    act()
    is_cut_off = not _came_to_rest(stage, before)
    with stage.database.read() as connection:
        then = CaseSeen.of(connection, reference, council_id)
        version = stage.versions.get(connection, then.case.variant_digest, then.case.calendar_digest)
        settings = stage.in_force(connection, version, then.case.council_id).settings
        former = former_policies(stage.versions, connection, then.case.case_id)
        return compare(
            connection, version.variant, settings, before, then, effects, done=done, is_cut_off=is_cut_off,
            former=former,
        )  # fmt: skip


def _came_to_rest(stage: Office, before: CaseSeen) -> bool:
    """Work the jobs that the act made, and fire the timers that are due because of it: those it armed, and those it
    moved. A worker would do so at once. What was ready before is left alone, as it is no consequence."""
    case_id, last_number, now = before.case.case_id, before.case.last_number, stage.clock.now()
    worked = 0
    for _ in range(MOST_ROUNDS):
        with stage.database.read() as connection:
            ready = jobs.ready_jobs_since(connection, case_id, last_number, now)
            is_due = any(_is_news(row, before) for row in timers.due_timers(connection, case_id, now))
        if not ready and not is_due:
            return True
        if worked + len(ready) > MOST_JOBS:
            return False
        worked += sum(work_job(stage, case_id, number) for number in ready)
        if is_due:
            fire_due_timers_of(stage, case_id)
    return False


def _is_news(row: timers.TimerRow, before: CaseSeen) -> bool:
    """Whether the timer was not there before, or waited for another time."""
    was = before.timers.get(row.number)
    return was is None or was.fires_at != row.fires_at
