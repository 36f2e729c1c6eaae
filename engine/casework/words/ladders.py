"""Ladders of escalation: how high each stands, and when its next rung comes (H13.2 to H13.4, say)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.casework.step.drawn_before import FormerPolicies, element_drawn, never_moved
from engine.clock import local_date
from engine.diagram.model import Element
from engine.model import TaskStatus, TimerStatus
from engine.store import Connection
from engine.store.ladders import RungOfCase, ladders_of_case
from engine.variants import Variant
from engine.words import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    number: int
    name: str  #: as the boundary timer is called in the diagram
    at: datetime  #: when it was taken, or will be


@dataclass(frozen=True, kw_only=True, slots=True)
class Ladder:
    host: int  #: number of what it hangs on: of a task, or of the sub-process round several
    task: int  #: number of the task that stands on it now, or was the last to do so
    name: str  #: of the task
    item_id: str  #: "" where it is about the case itself
    status: TaskStatus
    due_on: date | None
    completed_at: datetime | None
    taken: Rung | None  #: the highest rung that was taken
    to_come: Rung | None  #: the next one, while it goes on

    @property
    def goes_on(self) -> bool:
        """Also between two tasks of a sub-process."""
        return self.status is TaskStatus.OPEN or self.to_come is not None


def ladders_of(
    connection: Connection, case_id: int, variant: Variant, former: FormerPolicies = never_moved
) -> list[Ladder]:
    """The ladders of a case in the order in which they began. One query; `former` is asked for rungs of before."""

    def drawn(row: RungOfCase) -> Element:
        return element_drawn(variant, row.process_id, row.element_id, former)

    found = []
    for rows in ladders_of_case(connection, case_id):
        first = rows[0]
        taken = [row for row in rows if row.status == TimerStatus.FIRED]
        waiting = [row for row in rows if row.status == TimerStatus.WAITING]
        found.append(
            Ladder(
                host=first.host,
                task=first.task,
                name=first.name,
                item_id=first.item_id,
                status=first.task_status,
                due_on=first.due_on,
                completed_at=first.completed_at,
                taken=_rung(taken[-1], drawn(taken[-1])) if taken else None,
                to_come=_rung(waiting[0], drawn(waiting[0])) if waiting else None,
            )
        )
    return found


def in_words(ladder: Ladder) -> str:
    """`due 5 June 2026; rung 2 (More than 2 months) taken on 6 August 2026; done on 10 August 2026`"""
    parts = [f"due {day_in_words(ladder.due_on)}"] if ladder.due_on else []
    if ladder.taken is not None:
        parts.append(f"{_rung_in_words(ladder.taken)} taken on {day_in_words(local_date(ladder.taken.at))}")
    elif ladder.goes_on:
        parts.append("no rung taken")
    if ladder.to_come is not None:
        parts.append(f"{_rung_in_words(ladder.to_come)} comes on {day_in_words(local_date(ladder.to_come.at))}")
    elif ladder.completed_at is not None:
        ended = "done on" if ladder.status is TaskStatus.COMPLETED else "no longer needed since"
        parts.append(f"{ended} {day_in_words(local_date(ladder.completed_at))}")
    return "; ".join(parts)


def _rung(row: RungOfCase, element: Element) -> Rung:
    return Rung(number=row.rung, name=element.label, at=row.at)


def _rung_in_words(rung: Rung) -> str:
    return f"rung {rung.number} ({rung.name})"
