"""Timers: what in a case waits for its time."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from engine.model import TimerStatus
from engine.store.batch import Batch
from engine.store.schema import timers


class NewTimer(TypedDict):
    """What is told of one that is armed."""

    instance: int
    element_id: str
    host: int | None  #: token of the activity that it is armed on, where it stands on an edge
    fires_at: datetime
    repeats: int  #: firings left after this one; -1 without end
    period: str | None  #: of a cycle, as FEEL duration
    rung: int | None  #: of a ladder


class TimerChange(TypedDict, total=False):
    status: TimerStatus
    fires_at: datetime
    fired_at: datetime
    repeats: int


def add_timer(batch: Batch, number: int, **told: Unpack[NewTimer]) -> None:
    batch.add(timers, number, {**told, "status": TimerStatus.WAITING})


def change_timer(batch: Batch, number: int, **changes: Unpack[TimerChange]) -> None:
    batch.change(timers, number, changes)
