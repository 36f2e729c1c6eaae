"""Where everything in a case stands: every token, with the task, timer, message, job or process that it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from engine.casework.step.versions import Version
from engine.clock import NEVER, local_date
from engine.diagram.model import Element, ElementKind, EventKind
from engine.model import InstanceStatus, TaskStatus
from engine.runtime.tokens import unpack_tokens
from engine.store import Connection, instances, tasks, timers
from engine.store.frames import open_frames


class PlaceKind(StrEnum):
    """What stands there, as people call it."""

    TASK = "task"
    TIMER = "timer"
    MESSAGE = "message"
    SIGNAL = "signal"
    JOB = "under way"
    CALL = "process inside"
    SUBPROCESS = "sub-process"
    JOIN = "branch that waits for the others"
    STUCK = "stuck"
    WHOLE = "process as a whole"
    OTHER = "event"


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingPlace:
    number: int  #: of the token, and of the task, timer or job that waits with it
    kind: PlaceKind
    label: str  #: what the element is called
    process: str  #: what the process in which it stands is called
    item: str  #: id of the item that the process is about; "" for the case itself
    on: date | None  #: the day on which it is due, or comes by itself; None for none


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceMove:
    """One place before and after: the same number is the same token."""

    was: StandingPlace | None  #: None for what is new
    now: StandingPlace | None  #: None for what is no more


def places_of(connection: Connection, case_id: int, version: Version) -> Mapping[int, StandingPlace]:
    """By number, in the order in which they came."""
    dated: dict[int, date | None] = {frame.number: frame.due_on for frame in open_frames(connection, case_id)}
    dated |= {row.number: _day(row.fires_at) for row in timers.waiting_timers(connection, case_id)}
    dated |= {row.number: row.due_on for row in tasks.of_case(connection, case_id) if row.status is TaskStatus.OPEN}
    found: dict[int, StandingPlace] = {}
    running = [row for row in instances.of_case(connection, case_id) if row.status is InstanceStatus.RUNNING]
    for row in running:
        process = version.program(row.process_id).process
        name = process.name or process.id
        if row.number in dated:
            found[row.number] = StandingPlace(
                number=row.number, kind=PlaceKind.WHOLE, label=name, process=name, item=row.item_id,
                on=dated[row.number],
            )  # fmt: skip
        for token in unpack_tokens(row.state):
            element = process.elements[token.element_id]
            found[token.number] = StandingPlace(
                number=token.number, kind=PlaceKind.STUCK if token.is_parked else _kind(element), label=element.label,
                process=name, item=row.item_id, on=dated.get(token.number),
            )  # fmt: skip
    return dict(sorted(found.items()))


def moved_places(was: Mapping[int, StandingPlace], now: Mapping[int, StandingPlace]) -> tuple[PlaceMove, ...]:
    """What was first in its order, then what is new."""
    return tuple(PlaceMove(was=was.get(number), now=now.get(number)) for number in dict.fromkeys((*was, *now)))


def _day(at: datetime) -> date | None:
    return local_date(at) if at < NEVER else None


_KINDS: Mapping[ElementKind, PlaceKind] = {
    ElementKind.USER: PlaceKind.TASK,
    ElementKind.CALL: PlaceKind.CALL,
    ElementKind.SUBPROCESS: PlaceKind.SUBPROCESS,
    ElementKind.PARALLEL: PlaceKind.JOIN,
    ElementKind.INCLUSIVE: PlaceKind.JOIN,
    ElementKind.RECEIVE: PlaceKind.MESSAGE,
}
_EVENTS: Mapping[EventKind, PlaceKind] = {
    EventKind.TIMER: PlaceKind.TIMER,
    EventKind.MESSAGE: PlaceKind.MESSAGE,
    EventKind.SIGNAL: PlaceKind.SIGNAL,
}


def _kind(element: Element) -> PlaceKind:
    if element.job is not None:
        return PlaceKind.JOB
    if element.event is not None and element.event.kind in _EVENTS:
        return _EVENTS[element.event.kind]
    return _KINDS.get(element.kind, PlaceKind.OTHER)
