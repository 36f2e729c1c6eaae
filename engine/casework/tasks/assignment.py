"""Sharing out the inbox: give a task to a colleague, come back to it on a day, claim several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from engine.casework.step.office import Office
from engine.casework.step.step import Step
from engine.casework.tasks.completion import claim_task, open_task
from engine.casework.tasks.rights import check_claim, check_may_do, known_person, stands_in_for, teams_of
from engine.clock import local_date
from engine.errors import EngineError, FormAnswersError, NotAllowedError, TaskClaimedError
from engine.model import TaskId
from engine.record_kinds import RecordKind
from engine.staff.roles import Right, rights_of
from engine.store.tasks import TaskRow, change_task

_NEVER_LATER_THAN = 10  #: years


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of doing the same with one of several tasks."""

    task: TaskId
    problem: EngineError | None = None  #: why it could not be done

    @property
    def is_done(self) -> bool:
        return self.problem is None


def for_each(tasks: Iterable[TaskId], act: Callable[[TaskId], None]) -> list[Outcome]:
    """Do the same with each of the tasks, in a step of its own: one that refuses keeps no other from it."""
    outcomes = []
    for task in dict.fromkeys(tasks):
        try:
            act(task)
        except EngineError as error:
            outcomes.append(Outcome(task=task, problem=error))
        else:
            outcomes.append(Outcome(task=task))
    return outcomes


def claim_tasks(office: Office, tasks: Iterable[TaskId], *, by: str, council_id: str | None = None) -> list[Outcome]:
    """Claim each of the tasks."""
    return for_each(tasks, lambda task: claim_task(office, task, by=by, council_id=council_id))


def give_task(office: Office, task: TaskId, *, to: str, by: str, council_id: str | None = None) -> None:
    """Make the task somebody else's: they have claimed it from then on. `to` must be one who may do it.

    What nobody has claimed, anybody of its team may give; what somebody has claimed, they, who stands in for them,
    their line manager and managers. Giving it to who has it changes nothing.

    Raises TaskNotFoundError, TaskAlreadyCompletedError, TaskCancelledError, TaskClaimedError, NotAllowedError.
    """
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        row = open_task(step, task)
        absent = _check_may_give(step, row, by)
        check_may_do(step, row, to)
        if row.claimed_by == to:
            return
        change_task(step.batch, task.number, claimed_by=to, claimed_at=step.now)
        step.record(
            RecordKind.TASK_GIVEN, task=task.number, element=row.name, to=to, was=row.claimed_by, **{"for": absent},
        )  # fmt: skip


def follow_up_task(office: Office, task: TaskId, day: date | None, *, by: str, council_id: str | None = None) -> None:
    """Come back to the task on a day; None takes the day away. The deadline stays what it is.

    Raises what claiming the task raises, and FormAnswersError with the path `day` for a day that has passed.
    """
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        row = open_task(step, task)
        absent = check_may_do(step, row, by)
        check_claim(row, task, by, absent)
        today = local_date(step.now)
        if day is not None and day < today:
            raise FormAnswersError((("day", "The day must be today or in the future."),))
        if day is not None and day.year > today.year + _NEVER_LATER_THAN:
            raise FormAnswersError((("day", f"The day must be within {_NEVER_LATER_THAN} years."),))
        if row.follow_up_on == day:
            return
        change_task(step.batch, task.number, follow_up_on=day)
        kind = RecordKind.FOLLOW_UP_SET if day is not None else RecordKind.FOLLOW_UP_TAKEN_AWAY
        step.record(kind, task=task.number, element=row.name, day=day, **{"for": absent})


def _check_may_give(step: Step, row: TaskRow, by: str) -> str | None:
    """Gives for whom the person stands in, if so."""
    settings = step.settings
    giver = known_person(settings, by)
    absent = stands_in_for(step, row, by)
    is_manager = {Right.SEE_ALL_TASKS, Right.SHARE_OUT_TASKS} <= rights_of(giver.roles)
    if row.claimed_by is not None and row.claimed_by not in (by, absent):
        claimant = settings.person(row.claimed_by)
        if not is_manager and (claimant is None or claimant.line_manager != by):
            raise TaskClaimedError(f"“{row.name}” ({step.case.reference}.{row.number})", row.claimed_by)
    elif row.claimed_by is None and absent is None and not is_manager and row.team not in teams_of(settings, giver):
        raise NotAllowedError(
            f"“{row.name}” is for the team {settings.team_name(row.team)}; {by} is not in it and cannot give it."
        )
    return absent
