"""The days that a step moved, as they were before it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.model import DeadlineStatus
from engine.store.batch import Batch
from engine.store.deadlines import go_back_to_deadline
from engine.store.frames import change_frame
from engine.store.tasks import change_task
from engine.store.timers import change_timer


@dataclass(frozen=True, kw_only=True, slots=True)
class DaysBefore:
    """Each by the number of what it is the day of. Who notes one that is there already notes a later one."""

    tasks: dict[int, date | None] = field(default_factory=dict)
    frames: dict[int, date | None] = field(default_factory=dict)
    timers: dict[int, datetime] = field(default_factory=dict)
    deadlines: dict[int, DeadlineStatus] = field(default_factory=dict)  #: of those that others have taken the place of

    def to_json(self, last_number: int) -> str:
        """Those of what was there when `last_number` was the case's last number."""

        def told(days: Mapping[int, date | None]) -> dict[int, str | None]:
            return {
                number: day.isoformat() if day is not None else None
                for number, day in days.items()
                if number <= last_number
            }

        statuses = {number: status.value for number, status in self.deadlines.items() if number <= last_number}
        kinds = {"tasks": told(self.tasks), "frames": told(self.frames), "timers": told(self.timers)}
        return json.dumps({kind: days for kind, days in {**kinds, "deadlines": statuses}.items() if days})

    @classmethod
    def from_json(cls, text: str) -> DaysBefore:
        kept = {kind: {int(number): day for number, day in days.items()} for kind, days in json.loads(text).items()}
        return cls(
            tasks={number: day and date.fromisoformat(day) for number, day in kept.get("tasks", {}).items()},
            frames={number: day and date.fromisoformat(day) for number, day in kept.get("frames", {}).items()},
            timers={number: datetime.fromisoformat(at) for number, at in kept.get("timers", {}).items()},
            deadlines={number: DeadlineStatus(word) for number, word in kept.get("deadlines", {}).items()},
        )

    def put_back(self, batch: Batch) -> None:
        for number, due_on in self.tasks.items():
            change_task(batch, number, due_on=due_on)
        for number, due_on in self.frames.items():
            change_frame(batch, number, due_on=due_on)
        for number, fires_at in self.timers.items():
            change_timer(batch, number, fires_at=fires_at)
        for number, status in self.deadlines.items():
            go_back_to_deadline(batch, number, status)
