"""The event that a deadline has changed: thrown by the engine alone, when a task or a time frame gets another day.

The boundary event nearest to what changed hears it: on the task, then on the frames round it. Where none does, the
process begins whose message start event has its name. Where nobody listens, nothing happens.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from engine import feel
from engine.casework.step.answers import write_facts
from engine.casework.step.delivery import begin_within, fire
from engine.casework.step.facts import Source
from engine.casework.step.instance import Loaded
from engine.casework.step.sight import evaluator_of
from engine.casework.step.step import Step
from engine.diagram.model import DEADLINE_CHANGED, Element, EventKind
from engine.errors import EngineError
from engine.model import DeadlineHolder, IncidentKind, TaskStatus
from engine.record_kinds import RecordKind
from engine.store.frames import frames_around
from engine.store.subscriptions import subscriptions_of
from engine.store.tasks import load_task


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineChange:
    number: int  #: of the task or frame
    holder: DeadlineHolder
    limit: str | None  #: the limit that it stands on; None where the day itself is a fact
    was: date  #: of one whose clock stood still, when that was stopped
    now: date | None  #: None while its clock stands still
    reason: str
    by: str  #: who changed it

    def to_json(self) -> str:
        return json.dumps(feel.to_json(asdict(self)), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> DeadlineChange:
        told = json.loads(text)
        now = date.fromisoformat(told["now"]) if told["now"] is not None else None
        holder = DeadlineHolder(told["holder"])
        return cls(**{**told, "holder": holder, "was": date.fromisoformat(told["was"]), "now": now})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Changed:
    """What it is the deadline of."""

    name: str
    instance: int
    properties: Mapping[str, str]
    hosts: tuple[int, ...]  #: on whose edge it may be heard, the nearest first


def tell_later(step: Step, change: DeadlineChange) -> None:
    """Tell it once what moves has come to rest. A timer's own day is nobody's deadline."""
    if change.holder is not DeadlineHolder.TIMER and step.version.hears_deadlines:
        step.later(lambda: _tell(step, change))


def tell_again(step: Step, kept: str) -> None:
    """A change that could not be heard (`to_json`): whoever hears it now does, with all that it tells."""
    _tell(step, DeadlineChange.from_json(kept))


def _tell(step: Step, change: DeadlineChange) -> None:
    step.flush()
    changed = _changed(step, change)
    if changed is None:
        return
    told: dict[str, Any] = {
        "deadline_of": changed.name,
        "deadline_limit": change.limit,
        "deadline_was": change.was,
        "deadline_is": change.now,
        "deadline_reason": change.reason,
        "deadline_changed_by": change.by,
        "deadline_told_as": " ".join(changed.properties.get("told_to_applicant", "").split()) or None,
    }
    for listener, token in _listeners(step, changed.hosts):
        element = listener.run.element_of(listener.run.tokens[token])
        if _is_heard(step, change, listener, element, told, token=token):
            return
    start = step.version.message_starts.get(DEADLINE_CHANGED)
    if start is not None:
        _is_heard(step, change, step.load(changed.instance), start, told)


def _changed(step: Step, change: DeadlineChange) -> _Changed | None:
    """None where it is over by now: what was told before it in this step has ended it."""
    if change.holder is DeadlineHolder.FRAME:
        frame = step.frames.open.get(change.number)
        if frame is None:
            return None
        process = step.version.program(frame.process_id).process
        element = process.elements[frame.element_id] if frame.element_id is not None else None
        return _Changed(
            name=frame.name,
            instance=frame.instance,
            properties=element.properties if element is not None else process.properties,
            hosts=tuple(_frames(step, change.number)),
        )
    task = load_task(step.connection, step.case.case_id, change.number)
    if task is None or task.status is not TaskStatus.OPEN:
        return None
    drawn = step.load(task.instance).run.program.element(task.element_id)
    return _Changed(
        name=task.name,
        instance=task.instance,
        properties=drawn.properties,
        hosts=(task.number, *_frames(step, task.frame)),
    )


def _frames(step: Step, number: int | None) -> Iterator[int]:
    if step.version.frames:
        yield from (frame.number for frame in frames_around(number, step.frames.open))


def _listeners(step: Step, hosts: tuple[int, ...]) -> Iterator[tuple[Loaded, int]]:
    """Process instances with the tokens of boundary events that wait for it on these hosts, the nearest first."""
    rows = subscriptions_of(step.connection, step.case.case_id, kind=EventKind.MESSAGE, name=DEADLINE_CHANGED)
    found = [(step.load(row.instance), row.number) for row in rows]
    for host in hosts:
        for listener, number in found:
            token = listener.run.tokens.get(number)
            if token is not None and token.host == host:
                yield listener, number


def _is_heard(
    step: Step, change: DeadlineChange, instance: Loaded, element: Element, told: dict[str, Any],
    *, token: int | None = None,
) -> bool:  # fmt: skip
    """Deliver it to the event, unless its `allowed_when` passes it over. `token`: of a boundary event, in `instance`;
    None where a process begins, and `instance` is that of what changed. What goes wrong waits for a person."""
    source = Source(by=step.actor, words=f"message {DEADLINE_CHANGED}")
    condition = element.properties.get("allowed_when", "").removeprefix("=")
    try:
        seen = evaluator_of(step, instance if token is not None else None).with_values(told)
        if condition and seen.feel(condition) is not True:
            return False
        if token is not None:
            write_facts(step, instance.subject, told, source)
            fire(step, instance, token)
            about = instance.subject
        else:
            about = begin_within(step, element, told, source, instance)
    except EngineError as error:
        step.incident(instance, 0, element, error, kind=IncidentKind.DEADLINE, change=change.to_json())
        return True
    step.record(RecordKind.MESSAGE_DELIVERED, message=DEADLINE_CHANGED, item=about.item_id or None)
    return True
