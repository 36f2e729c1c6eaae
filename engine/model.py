"""Plain domain types: what the use cases take and give, free of any database or engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from engine.errors import BadInputError
from engine.record_kinds import RecordKind


class CaseStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class InstanceStatus(StrEnum):
    RUNNING = "running"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class TaskStatus(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class TimerStatus(StrEnum):
    WAITING = "waiting"
    FIRED = "fired"
    PASSED = "passed"  #: a lower rung of a ladder whose higher rung was due too
    CANCELLED = "cancelled"


class JobStatus(StrEnum):
    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    PARKED = "parked"  #: an incident is open
    UNDER_WAY = "under way"  #: what it began has not happened yet; it is worked again when it has
    CANCELLED = "cancelled"


class ProposalStatus(StrEnum):
    """How far a policy is that somebody wants in force."""

    WAITING = "waiting"  #: to be judged
    JUDGING = "judging"
    PROPOSED = "proposed"  #: judged sound; another policy owner is to approve it
    REFUSED = "refused"  #: it may not be put in force
    DECLINED = "declined"  #: another policy owner does not want it
    WITHDRAWN = "withdrawn"  #: whoever proposed it takes it back
    IN_FORCE = "in force"  #: it is a version now

    @property
    def is_open(self) -> bool:
        return self in (ProposalStatus.WAITING, ProposalStatus.JUDGING, ProposalStatus.PROPOSED)


class IncidentStatus(StrEnum):
    OPEN = "open"
    RETRIED = "retried"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"  #: what it was about is gone


class IncidentKind(StrEnum):
    """What it is that is stuck."""

    ELEMENT = "token"  #: an element that could not be executed
    JOB = "job"
    CALL = "call"  #: a call activity, once for all its children
    CHILD = "child"  #: a process that has ended and whose call activity cannot take what it gives
    MESSAGE = "message"  #: what a diagram threw and no token waits for: a process that its signal could not start
    WAIT = "wait"  #: a place that waits for what nothing throws any more
    DEADLINE = "deadline"  #: a change of a deadline, that whoever should hear it could not
    END = "end"  #: a process that is done and whose case may not close so


class FrameStatus(StrEnum):
    """Of a time frame: a process, sub-process or call activity with a deadline for all that is inside."""

    OPEN = "open"
    ENDED = "ended"
    CANCELLED = "cancelled"


class DeadlineHolder(StrEnum):
    """What it is the deadline of."""

    TASK = "task"
    TIMER = "timer"
    FRAME = "frame"


class DeadlineStatus(StrEnum):
    CURRENT = "current"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskId:
    """`HBC-2026-0001.17`: the case's reference and the task's number in it."""

    reference: str
    number: int

    @classmethod
    def read(cls, text: str) -> TaskId:
        reference, dot, number = text.strip().rpartition(".")
        if not dot or not reference or not (number.isascii() and number.isdigit() and len(number) < 10):
            raise BadInputError(f"“{text}” is no task; `asb tasks` lists them, like HBC-2026-0001.17.")
        return cls(reference=reference, number=int(number))

    def __str__(self) -> str:
        return f"{self.reference}.{self.number}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What a fact is about: the case itself (both empty), or an item in it."""

    collection: str = ""
    item_id: str = ""

    @property
    def is_case(self) -> bool:
        return not self.item_id

    @classmethod
    def of_item(cls, item_id: str) -> Subject:
        """The item of this id, which is called after its collection (`actions-2`); the case itself for ""."""
        return cls(collection=item_id.rpartition("-")[0], item_id=item_id)


CASE = Subject()

#: The fact that holds the code with which the applicant looks at the case.
ACCESS_CODE = "access_code"
#: The fact that holds the day on which a message made an item.
BEGUN_ON = "begun_on"
#: Facts that the engine itself gives a case or an item; no form asks for one of this name.
ENGINE_FACTS = frozenset({ACCESS_CODE, BEGUN_ON})
#: The source of a fact that was stamped once and can never change (C7).
STAMPED = "stamped on receipt"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseSummary:
    reference: str
    council_id: str
    variant_digest: str
    status: CaseStatus
    opened_at: datetime
    closed_at: datetime | None
    closed_as: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordEntry:
    """One line of the record. `content` is None once it has been erased."""

    seq: int
    at: datetime
    kind: RecordKind | str  #: a text where it is none of our kinds, see `read_kind`
    content: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """Something a case can be told now."""

    message: str
    item_id: str  #: "" where it is about the case itself
    handle: str  #: what it is told by: the item, or of several places that are about the same the one that waits
    form_id: str | None
    told_by: tuple[str, ...]  #: teams; empty means any team
    starts: str | None = None  #: the process that the message starts, if it starts one
