"""A call activity over many elements: every child created, worked by a person, and the call activity completed."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from engine.bench.diagrams import PERSON, children_variant
from engine.bench.figure import Measure, at_most
from engine.bench.workplace import Workplace, open_task_numbers
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.errors import MeasurementBrokenError
from engine.model import CaseStatus, TaskId
from engine.store import cases


def measure_children(place: Workplace, *, few: int, many: int, repeats: int) -> list[Measure]:
    """`few` and `many` in turn, so that both meet the same machine; the middle one of each counts."""
    office = place.office()
    seconds: dict[int, list[float]] = {few: [], many: []}
    for done in range(repeats):
        place.progress(f"children: round {done + 1} of {repeats}")
        for elements, measured in seconds.items():
            measured.append(create_and_complete(office, elements))
    office.database.close()
    last, first = median(seconds[many]), median(seconds[few])
    return [
        Measure(
            name="children_seconds",
            words=f"{many} children created and completed",
            value=last,
            unit="s",
            target=at_most(3),
        ),
        Measure(
            name="children_ratio",
            words=f"{many} cost as much as {few}, times",
            value=last / first,
            unit="",
            target=at_most(4),
        ),
    ]


def create_and_complete(office: Office, elements: int) -> float:
    """Seconds for a case whose application names that many actions, from opened to closed."""
    variant = children_variant()
    answers = {"actions": [{"what": f"Action {place}", "assigned_to": "A person"} for place in range(elements)]}
    began = perf_counter()
    reference = open_case(office, variant, answers, by="the applicant")
    for number in open_task_numbers(office, reference):
        complete_task(office, TaskId(reference=reference, number=number), {"is_done": True}, by=PERSON)
    seconds = perf_counter() - began
    with office.database.begin() as connection:
        if cases.find_case(connection, reference).status != CaseStatus.CLOSED:
            raise MeasurementBrokenError(f"{reference} did not end when its {elements} children had.")
    return seconds
