"""The time frames of one case that are open, during one step: read once when first needed.

Who asks has seen that the policy has any (`Version.frames`): where it has none no query is made.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from engine.casework.step.instance import Loaded
from engine.clock import local_date
from engine.model import DeadlineStatus, FrameStatus
from engine.store import Batch, Connection
from engine.store.frames import FrameRow, add_frame, change_frame, open_frames


class CaseFrames:
    def __init__(self, connection: Connection, case_id: int, batch: Batch) -> None:
        self._connection = connection
        self._case_id = case_id
        self._batch = batch

    @cached_property
    def open(self) -> dict[int, FrameRow]:
        """By their numbers, in the order in which they began."""
        return {row.number: row for row in open_frames(self._connection, self._case_id)}

    def begin(self, number: int, instance: Loaded, *, element_id: str | None, name: str, now: datetime) -> FrameRow:
        """One begins; the nearest round it is that of the token it stands at, or of its process instance."""
        within = instance.frame if element_id is None else self.nearest(instance, instance.run.tokens[number].scope)
        told: dict[str, Any] = {"instance": instance.number, "element_id": element_id, "name": name, "within": within}
        add_frame(self._batch, number, started_at=now, **told)
        self.open[number] = begun = FrameRow(
            number=number,
            due_on=None,
            status=FrameStatus.OPEN,
            ended_at=None,
            process_id=instance.process_id,
            item_id=instance.subject.item_id,
            explanation=None,
            deadline_status=None,
            deadline_reason=None,
            deadline_set_by=None,
            **told,
        )
        return begun

    def set_day(self, number: int, due_on: date, *, is_counted: bool) -> None:
        """It is known from when it counts. `is_counted`: a deadline says why it is that day."""
        change_frame(self._batch, number, due_on=due_on)
        status = DeadlineStatus.CURRENT if is_counted else None
        self.open[number] = replace(self.open[number], due_on=due_on, deadline_status=status)

    def end(self, number: int, now: datetime, *, is_cancelled: bool) -> None:
        """It is over, where it is one."""
        if self.open.pop(number, None) is not None:
            status = FrameStatus.CANCELLED if is_cancelled else FrameStatus.ENDED
            change_frame(self._batch, number, status=status, ended_at=now, ended_on=local_date(now))

    def nearest(self, instance: Loaded, token: int | None) -> int | None:
        """Number of the innermost one round a token of the instance; of those round the instance without a token."""
        if token is not None:
            for held in instance.run.outward(instance.run.tokens[token]):
                if held.number in self.open:
                    return held.number
        return instance.number if instance.number in self.open else instance.frame
