"""Due timers drained while many others wait."""

from __future__ import annotations

from datetime import timedelta
from time import perf_counter

from engine.bench.database.case_copies import copy_case
from engine.bench.diagrams import PERSON
from engine.bench.figure import Measure, at_least
from engine.bench.steps import ANSWERS, numbers_of_tasks, open_cases
from engine.bench.workplace import Workplace, move_clock
from engine.casework.background.timers import fire_due_timers
from engine.casework.tasks.completion import complete_task
from engine.errors import MeasurementBrokenError
from engine.model import TaskId


def measure_timers(place: Workplace, *, due: int, waiting: int) -> list[Measure]:
    """`due` cases whose 21 days have passed, each fired in a step of its own, among `waiting` whose days have not."""
    office = place.office()
    place.progress(f"timers: {due:,} cases that will be due")
    first, *_ = numbers_of_tasks(office)
    for reference in open_cases(office, due):
        complete_task(office, TaskId(reference=reference, number=first), ANSWERS, by=PERSON)
    move_clock(office, timedelta(days=10))
    place.progress(f"timers: {waiting:,} that wait")
    (pattern,) = open_cases(office, 1)
    complete_task(office, TaskId(reference=pattern, number=first), ANSWERS, by=PERSON)
    with office.database.begin() as connection:
        copy_case(connection, pattern, waiting, apart=timedelta(seconds=1))
    move_clock(office, timedelta(days=12))
    place.progress("timers: firing what is due")
    began = perf_counter()
    fired = 0
    while moved := fire_due_timers(office):
        fired += moved
    seconds = perf_counter() - began
    office.database.close()
    if fired != due:
        raise MeasurementBrokenError(f"{fired} cases moved where {due} were due.")
    return [
        Measure(
            name="timers_per_second",
            words=f"due timers fired per second, {waiting:,} others waiting",
            value=fired / seconds,
            unit="/s",
            target=at_least(300),
        ),
    ]
