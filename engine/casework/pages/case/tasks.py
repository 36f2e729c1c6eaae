"""The tasks of a case: those open, with why they are due, and those that are over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.casework.pages.case.frames import FrameSeen, frames_seen
from engine.casework.pages.case.viewpoint import Look, Looker, look_at
from engine.casework.step.office import SYSTEM, Office
from engine.casework.words.shown_tasks import TaskShown
from engine.model import CaseSummary, TaskStatus
from engine.store import tasks as stored
from engine.store.tasks import TaskOfCase
from engine.store.undo import load_undo


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskSeen(TaskShown):
    number: int
    assignee: str | None
    claimed_by: str | None
    status: TaskStatus
    created_at: datetime
    explanation: str | None  #: why it is due then; None where it has none, or it is kept from the person
    has_deadline: bool  #: that can be extended or suspended
    is_extended: bool  #: a person gave it longer than its limit
    is_suspended: bool
    day_fact: str  #: the fact that is its day, where that is what was agreed and no limit; "" otherwise
    item_id: str  #: "" where it is about the case itself
    is_late: bool
    completed_at: datetime | None
    completed_by: str | None
    is_theirs: bool  #: the person who looks, or one of their teams, is to do it or did it


@dataclass(frozen=True, kw_only=True, slots=True)
class TasksPage:
    case: CaseSummary
    title: str
    open: tuple[TaskSeen, ...]  #: the most urgent first
    over: tuple[TaskSeen, ...]  #: the newest first
    last_completed: int | None  #: number of the task whose completion may still be undone
    frames: tuple[FrameSeen, ...]  #: what has to be done as a whole
    hears_deadlines: bool  #: whether something in the policy follows when a deadline changes

    def held(self, number: int) -> TaskSeen | FrameSeen | None:
        """The open task or time frame of this number."""
        every: tuple[TaskSeen | FrameSeen, ...] = (*self.open, *self.frames)
        return next((each for each in every if each.number == number), None)


def read_tasks(office: Office, reference: str, looker: Looker, *, council_id: str) -> TasksPage:
    """The tasks that `looker` may see. Raises CaseNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        seen = tasks_seen(look)
        kept = load_undo(look.connection, look.case_id)
        return TasksPage(
            case=look.summary,
            title=look.title,
            open=open_ones(seen),
            over=tuple(
                sorted(
                    (task for task in seen if task.status is not TaskStatus.OPEN),
                    key=lambda task: (task.completed_at or task.created_at, task.number),
                    reverse=True,
                )
            ),
            last_completed=None if kept is None else kept.task,
            frames=frames_seen(look),
            hears_deadlines=look.version.hears_deadlines,
        )


def tasks_seen(look: Look) -> list[TaskSeen]:
    """Every task of the case that the person may see. One query."""
    rows = stored.of_case(look.connection, look.case_id)
    return [_seen(look, row) for row in rows if look.copy.has_item(row.item_id)]


def open_ones(seen: list[TaskSeen]) -> tuple[TaskSeen, ...]:
    found = [task for task in seen if task.status is TaskStatus.OPEN]
    return tuple(sorted(found, key=lambda task: (task.due_on is None, task.due_on or date.max, task.number)))


def _seen(look: Look, row: TaskOfCase) -> TaskSeen:
    is_open = row.status is TaskStatus.OPEN
    is_theirs = row.team in look.looker.teams or look.looker.name in (row.assignee, row.completed_by)
    # the words of who moved a deadline are in its explanation: they may be about others
    may_know_why = look.sees_everything or is_theirs or row.deadline_reason is None
    return TaskSeen(
        number=row.number,
        name=row.name,
        item=look.name_of(row.item_id),
        team=look.settings.team_name(row.team),
        assignee=row.assignee,
        claimed_by=row.claimed_by,
        status=row.status,
        created_at=row.created_at,
        due_on=row.due_on,
        explanation=row.explanation if may_know_why else None,
        has_deadline=row.deadline_status is not None,
        is_extended=row.deadline_reason is not None and row.deadline_set_by != SYSTEM,
        is_suspended=row.is_suspended,
        day_fact=_day_fact(look, row) if is_open else "",
        item_id=row.item_id,
        is_late=is_open and row.due_on is not None and row.due_on < look.today,
        completed_at=row.completed_at,
        completed_by=row.completed_by,
        is_theirs=is_theirs,
    )


def _day_fact(look: Look, row: TaskOfCase) -> str:
    """The fact that the due date names and a form asks for: whoever corrects it moves the task."""
    due_date = look.version.variant.processes[row.process_id].elements[row.element_id].due_date or ""
    name = due_date.removeprefix("=").strip()
    asked = {field.key for _, question in look.version.variant.questions for field in question.fields}
    return name if name in asked else ""
