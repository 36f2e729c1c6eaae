"""What the people who are simulated are told: who they are, what waits for them, how long they work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

#: The variable of the environment that names the file of the plan.
VARIABLE = "BENCH_PLAN"


@dataclass(frozen=True, kw_only=True, slots=True)
class Simulated:
    """One person."""

    email: str
    password: str
    address: str  #: the network address that they come from, as a proxy would say it
    tasks: tuple[str, ...]  #: paths of the tasks that they have claimed: /tasks/HBC-2026-0001/38


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    people: tuple[Simulated, ...]
    answers: Mapping[str, str]  #: what each task is answered with, by the names of its inputs
    seconds: float  #: that they work, once all are signed in
    least_thought: float  #: seconds that a person reads or writes before the next request, at least
    most_thought: float

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


def read_plan(path: Path) -> Plan:
    raw = json.loads(path.read_text(encoding="utf-8"))
    people = tuple(Simulated(**{**each, "tasks": tuple(each["tasks"])}) for each in raw.pop("people"))
    return Plan(people=people, **raw)


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """What came of it: the requests that were begun in the time, and when it was."""

    began_at: float  #: seconds since 1970
    ended_at: float
    seconds: Mapping[str, list[float]]  #: that each request took, by kind
    errors: tuple[str, ...]  #: what went wrong, a sentence each

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


def read_work(path: Path) -> Work:
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Work(**{**raw, "errors": tuple(raw["errors"])})
