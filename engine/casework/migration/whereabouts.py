"""Where a case stands: what is asked of it before it is said whether, and how, it may move to another version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.casework.step.step import Step
from engine.model import JobStatus
from engine.runtime import Token
from engine.store import instances, jobs, moves
from engine.store.moves import EventHappened


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingInstance:
    """A process instance that runs."""

    number: int
    process_id: str
    parent_token: int | None  #: of the call activity that called it
    tokens: tuple[Token, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingJob:
    status: JobStatus
    attempts: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    instances: tuple[StandingInstance, ...]
    jobs: Mapping[int, StandingJob]  #: that are not over, by number
    timers: frozenset[int]  #: numbers of those that wait
    happened: Mapping[int, tuple[EventHappened, ...]]  #: timers that fired or were passed, by what they stood beside
    items: Mapping[str, int]  #: how many items the case has had, by collection

    def children_of(self, token: int) -> list[StandingInstance]:
        """The children of a call activity that run."""
        return [instance for instance in self.instances if instance.parent_token == token]


def read_standing(step: Step) -> Standing:
    """Of the case as the step finds it. Every process instance of it that runs is loaded, and its jobs are locked."""
    case_id = step.case.case_id
    running = [step.load(row.number) for row in instances.running_instances(step.connection, case_id)]
    happened: dict[int, tuple[EventHappened, ...]] = {}
    for event in moves.events_happened(step.connection, case_id):
        happened[event.host or 0] = (*happened.get(event.host or 0, ()), event)
    return Standing(
        instances=tuple(
            StandingInstance(
                number=instance.number,
                process_id=instance.process_id,
                parent_token=instance.parent_token,
                tokens=tuple(replace(token) for token in instance.run.tokens.values()),
            )
            for instance in running
        ),
        jobs={
            row.number: StandingJob(status=row.status, attempts=row.attempts)
            for row in jobs.lock_open_jobs(step.connection, case_id)
        },
        timers=frozenset(moves.armed_timers(step.connection, case_id)),
        happened=happened,
        items=json.loads(step.case.item_counts),
    )


@dataclass(frozen=True, kw_only=True)
class VersionWords:
    """What the two versions are called in sentences."""

    was: str  #: "version 7"
    now: str  #: "version 8", "the draft"
