"""The time frames of a case that are open: what has to be done as a whole by which day, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.casework.pages.case.viewpoint import Look
from engine.casework.step.office import SYSTEM
from engine.store.frames import FrameRow, frames_around, open_frames


@dataclass(frozen=True, kw_only=True, slots=True)
class FrameSeen:
    number: int
    name: str
    item: str  #: what people call the item it is about; "" for the case itself
    due_on: date | None  #: last day; None while nobody knows from when it counts, and while its clock stands still
    explanation: str | None  #: why it is due then; None where it has none, or it is kept from the person
    has_deadline: bool  #: that can be extended or suspended
    is_extended: bool  #: a person gave it longer than its limit
    is_suspended: bool
    is_late: bool


def frames_seen(look: Look) -> tuple[FrameSeen, ...]:
    """Those that the person may see, in the order in which they began. One query; none where the policy has none."""
    rows = open_frames(look.connection, look.case_id) if look.version.frames else []
    return tuple(_seen(look, row) for row in rows if look.copy.has_item(row.item_id))


def frames_of_task(look: Look, nearest: int) -> tuple[FrameSeen, ...]:
    """Those round a task, the nearest first. One query."""
    known = {row.number: row for row in open_frames(look.connection, look.case_id)}
    return tuple(_seen(look, row) for row in frames_around(nearest, known))


def _seen(look: Look, row: FrameRow) -> FrameSeen:
    # the words of who moved a deadline are in its explanation: they may be about others
    may_know_why = look.sees_everything or row.deadline_reason is None
    return FrameSeen(
        number=row.number,
        name=row.name,
        item=look.name_of(row.item_id),
        due_on=row.due_on,
        explanation=row.explanation if may_know_why else None,
        has_deadline=row.deadline_status is not None,
        is_extended=row.deadline_reason is not None and row.deadline_set_by != SYSTEM,
        is_suspended=row.is_suspended,
        is_late=row.due_on is not None and row.due_on < look.today,
    )
