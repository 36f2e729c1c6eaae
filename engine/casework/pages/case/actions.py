"""The action plan: what is to be done, by whom, and each ladder of escalations as a line of dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine import feel
from engine.casework.pages.case.viewpoint import Look, Looker, look_at
from engine.casework.step.office import Office
from engine.clock import local_date
from engine.model import CaseSummary, TaskStatus, TimerStatus
from engine.store.ladders import RungOfCase, ladders_of_case


class PointKind(StrEnum):
    SET = "set"  #: the task came
    DUE = "due"
    TAKEN = "taken"  #: a rung that was taken
    PASSED = "passed"  #: a rung that a higher one overtook
    TO_COME = "to come"
    DONE = "done"
    ENDED = "ended"  #: no longer needed


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A day on a ladder's line."""

    on: date
    kind: PointKind
    words: str
    rung: int | None = None
    is_past: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LadderLine:
    task: int  #: number of the task that stands on it now, or was the last to do so
    name: str  #: of the task
    status: TaskStatus
    is_late: bool
    points: tuple[Point, ...]  #: in the order of their days


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    item_id: str  #: "" for a ladder about the case itself
    name: str
    facts: tuple[tuple[str, str], ...]  #: (label, value in words)
    ladders: tuple[LadderLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionsPage:
    case: CaseSummary
    title: str
    actions: tuple[Action, ...]


def read_actions(office: Office, reference: str, looker: Looker, *, council_id: str) -> ActionsPage:
    """Every item that stands on a ladder, with its kin, as far as `looker` may see it. Raises CaseNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        return ActionsPage(case=look.summary, title=look.title, actions=actions_seen(look))


def actions_seen(look: Look) -> tuple[Action, ...]:
    """One query. Items of a collection of which one stands on a ladder are all shown."""
    lines: dict[str, list[LadderLine]] = {}
    for rows in ladders_of_case(look.connection, look.case_id):
        if look.copy.has_item(rows[0].item_id):
            lines.setdefault(rows[0].item_id, []).append(_line(look, rows))
    collections = dict.fromkeys(item_id.rpartition("-")[0] for item_id in lines if item_id)
    found = [
        Action(
            item_id=item_id,
            name=look.name_of(item_id),
            facts=tuple((look.label(name), look.words(name, value)) for name, value in known.items() if _says(value)),
            ladders=tuple(lines.get(item_id, ())),
        )
        for collection in collections
        for item_id, known in look.items(collection)
    ]
    of_case = [Action(item_id="", name=line.name, facts=(), ladders=(line,)) for line in lines.get("", ())]
    return (*found, *of_case)


def _line(look: Look, rows: Sequence[RungOfCase]) -> LadderLine:
    task = rows[0]
    status = task.task_status
    points = []
    if task.due_on is not None:
        points.append(_point(look, task.due_on, PointKind.DUE, "Due"))
    for row in rows:
        words = look.element(row.process_id, row.element_id).label
        if row.status == TimerStatus.FIRED:
            points.append(_point(look, local_date(row.at), PointKind.TAKEN, words, row.rung))
        elif row.status == TimerStatus.PASSED:
            points.append(_point(look, local_date(row.fires_at), PointKind.PASSED, words, row.rung))
        elif row.status == TimerStatus.WAITING:
            points.append(_point(look, local_date(row.fires_at), PointKind.TO_COME, words, row.rung))
    goes_on = any(row.status == TimerStatus.WAITING for row in rows)  # between two tasks of a sub-process, say
    if task.completed_at is not None and not goes_on:
        on = local_date(task.completed_at)
        is_done = status is TaskStatus.COMPLETED
        kind, words = (PointKind.DONE, "Done") if is_done else (PointKind.ENDED, "No longer needed")
        if task.host != task.task:  # several tasks can stand on it
            words += f": {task.name}"
        points.append(_point(look, on, kind, words))
    return LadderLine(
        task=task.task,
        name=task.name,
        status=status,
        is_late=status is TaskStatus.OPEN and task.due_on is not None and task.due_on < look.today,
        points=tuple(sorted(points, key=lambda point: point.on)),
    )


def _point(look: Look, on: date, kind: PointKind, words: str, rung: int | None = None) -> Point:
    return Point(on=on, kind=kind, words=words, rung=rung, is_past=kind is not PointKind.TO_COME and on <= look.today)


def _says(value: feel.Value) -> bool:
    return value is not None and value != "" and value != []
