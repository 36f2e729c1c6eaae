"""Whole durable steps: a user task completed, with its facts, record, inbox rows and timers, committed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Barrier
from time import perf_counter
from typing import Any

from engine.bench.bare import BareCases
from engine.bench.diagrams import PERSON, steps_variant, three_tasks
from engine.bench.figure import Measure, at_least, at_most, quantile
from engine.bench.workplace import Workplace, office_at, open_task_numbers
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.model import TaskId

#: What the person answers at each task: a fact each.
ANSWERS: dict[str, Any] = {"spoken_to": "the applicant", "note": "Reports have been asked for; nothing else is open."}
APPLICATION: dict[str, Any] = {"applicant_name": "A. Applicant", "email": "a@example.org", "reports_told": 3}


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps:
    seconds: list[float]  #: of each step
    began: float  #: on the machine's monotonic clock, which all its processes share
    ended: float


def open_cases(office: Office, count: int) -> list[str]:
    variant = steps_variant()
    return [open_case(office, variant, APPLICATION, by="the applicant") for _ in range(count)]


def numbers_of_tasks(office: Office) -> list[int]:
    """The numbers of the three tasks, the same in every case; known from one that is played by the inbox."""
    (reference,) = open_cases(office, 1)
    numbers = []
    while waiting := open_task_numbers(office, reference):
        numbers.append(waiting[0])
        complete_task(office, TaskId(reference=reference, number=waiting[0]), ANSWERS, by=PERSON)
    return numbers


def complete_all(office: Office, references: Sequence[str], numbers: Sequence[int]) -> Steps:
    """Complete every task of every case, a task of each case in turn."""
    seconds = []
    began = perf_counter()
    for number in numbers:
        for reference in references:
            before = perf_counter()
            complete_task(office, TaskId(reference=reference, number=number), ANSWERS, by=PERSON)
            seconds.append(perf_counter() - before)
    return Steps(seconds=seconds, began=began, ended=perf_counter())


def measure_steps(place: Workplace, *, cases: int, rounds: int) -> list[Measure]:
    """One process, turn about with bare SpiffWorkflow, so that both meet the same machine."""
    office = place.office()
    numbers = numbers_of_tasks(office)
    ours: list[float] = []
    bare: list[float] = []
    with BareCases(office.database, three_tasks(timer='"P21D"')) as bare_cases:
        for done in range(rounds):
            place.progress(f"steps: round {done + 1} of {rounds}")
            ours += complete_all(office, open_cases(office, cases), numbers).seconds
            bare += bare_cases.complete_all(cases, tasks=len(numbers), answers=ANSWERS)
    office.database.close()
    rate, bare_rate = len(ours) / sum(ours), len(bare) / sum(bare)
    return [
        Measure(
            name="steps_per_second", words="steps per second, one process", value=rate, unit="/s", target=at_least(240)
        ),
        Measure(name="step_p50", words="half of the steps took at most", value=quantile(ours, 0.5), unit="ms"),
        Measure(
            name="step_p95",
            words="95 in 100 steps took at most",
            value=quantile(ours, 0.95),
            unit="ms",
            target=at_most(15),
        ),
        Measure(
            name="bare_steps_per_second",
            words="the same in bare SpiffWorkflow with one JSON row",
            value=bare_rate,
            unit="/s",
        ),
        Measure(
            name="ratio_to_bare",
            words="our steps for each of those",
            value=rate / bare_rate,
            unit="",
            target=at_least(0.5),
        ),
    ]


def measure_two_processes(place: Workplace, *, cases: int) -> list[Measure]:
    """Two processes, each with cases of its own."""
    place.progress("steps: two processes")
    both = place.in_processes(work_apart, (cases,), (cases,))
    seconds = [second for steps in both for second in steps.seconds]
    window = max(steps.ended for steps in both) - min(steps.began for steps in both)
    return [
        Measure(
            name="steps_per_second", words="steps per second, two processes", value=len(seconds) / window, unit="/s"
        ),
        Measure(name="step_p50", words="half of the steps took at most", value=quantile(seconds, 0.5), unit="ms"),
        Measure(name="step_p95", words="95 in 100 steps took at most", value=quantile(seconds, 0.95), unit="ms"),
    ]


def work_apart(database_url: str, home: str, gate: Barrier, cases: int) -> Steps:
    office = office_at(database_url, home)
    numbers = numbers_of_tasks(office)
    references = open_cases(office, cases)
    gate.wait(timeout=600)
    return complete_all(office, references, numbers)
