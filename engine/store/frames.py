"""Time frames: processes, sub-processes and call activities with a deadline for all that is inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlalchemy import Connection, and_, bindparam, select

from engine.model import DeadlineStatus, FrameStatus
from engine.store.batch import Batch
from engine.store.rows import columns_of, rows_of
from engine.store.schema import deadlines, frames, instances


@dataclass(frozen=True, kw_only=True, slots=True)
class FrameRow:
    """One with the deadline that counts; what is of that is None while nobody knows from when it counts."""

    number: int  #: token of the sub-process or call activity, or number of the process instance, that it is
    instance: int  #: process instance in which it stands, or which it is
    element_id: str | None  #: sub-process or call activity; None: the process itself
    name: str
    within: int | None  #: number of the nearest time frame round it
    due_on: date | None  #: None while it is not known from when it counts, and while its clock stands still
    status: FrameStatus
    ended_at: datetime | None
    process_id: str
    item_id: str  #: "" where it is about the case itself
    explanation: str | None
    deadline_status: DeadlineStatus | None
    deadline_reason: str | None  #: what a person said who changed the deadline
    deadline_set_by: str | None  #: who set or changed it

    @property
    def is_suspended(self) -> bool:
        """Its clock stands still, so it is not late."""
        return self.deadline_status is DeadlineStatus.SUSPENDED


class NewFrame(TypedDict):
    """What is told of one that begins; it is open, and its day is set when it is known."""

    instance: int
    element_id: str | None
    name: str
    within: int | None
    started_at: datetime


class FrameChange(TypedDict, total=False):
    element_id: str | None
    name: str
    within: int | None
    due_on: date | None
    status: FrameStatus
    ended_at: datetime
    ended_on: date


def add_frame(batch: Batch, number: int, **told: Unpack[NewFrame]) -> None:
    batch.add(frames, number, {**told, "status": FrameStatus.OPEN})


def change_frame(batch: Batch, number: int, **changes: Unpack[FrameChange]) -> None:
    batch.change(frames, number, changes)


_OF_FRAME = and_(
    deadlines.c.case_id == frames.c.case_id,
    deadlines.c.token == frames.c.number,
    deadlines.c.status != DeadlineStatus.SUPERSEDED,
)
_OF_CASE = (
    select(
        *columns_of(
            FrameRow,
            frames,
            process_id=instances.c.process_id,
            item_id=instances.c.item_id,
            explanation=deadlines.c.explanation,
            deadline_status=deadlines.c.status,
            deadline_reason=deadlines.c.reason,
            deadline_set_by=deadlines.c.set_by,
        )
    )
    .select_from(
        frames.join(
            instances, and_(instances.c.case_id == frames.c.case_id, instances.c.number == frames.c.instance)
        ).outerjoin(deadlines, _OF_FRAME)
    )
    .where(frames.c.case_id == bindparam("case_id"))
    .order_by(frames.c.number)
)
_OPEN = _OF_CASE.where(frames.c.status == FrameStatus.OPEN)


def open_frames(connection: Connection, case_id: int) -> list[FrameRow]:
    """Those that are not over, in the order in which they began."""
    return rows_of(FrameRow, connection.execute(_OPEN, {"case_id": case_id}))


def frames_of_case(connection: Connection, case_id: int) -> list[FrameRow]:
    """Every one that the case has had, in the order in which they began."""
    return rows_of(FrameRow, connection.execute(_OF_CASE, {"case_id": case_id}))


def frames_around(number: int | None, known: Mapping[int, FrameRow]) -> Iterable[FrameRow]:
    """The frame of this number and those round it, the nearest first, of those that are `known`."""
    while number is not None and (found := known.get(number)) is not None:
        yield found
        number = found.within
