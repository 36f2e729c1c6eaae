"""Whether a step stays as fast while the case grows: rounds of a loop, a long record, many facts."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import Any

from engine.bench.diagrams import PERSON, loop_variant
from engine.bench.figure import Measure, at_most
from engine.bench.workplace import Workplace, open_task_numbers
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.model import TaskId

AGAIN: dict[str, Any] = {"is_reached": False, "note": "Nobody was at home."}


class LoopingCase:
    """A case whose one task comes back each time it is completed."""

    def __init__(self, office: Office, application: dict[str, Any]) -> None:
        self._office = office
        self._reference = open_case(office, loop_variant(), application, by="the applicant")

    def go_round(self) -> float:
        """Seconds of completing the task once; looking for it in the inbox is not counted."""
        (number,) = open_task_numbers(self._office, self._reference)
        began = perf_counter()
        complete_task(self._office, TaskId(reference=self._reference, number=number), AGAIN, by=PERSON)
        return perf_counter() - began


def measure_loop(place: Workplace, *, cases: int, rounds: int) -> list[Measure]:
    """`rounds` loop-backs of a user task. Around the tenth of them and the last, ten rounds of each case count.

    Cases take turns and start one round apart, so that an early and a late round meet the same machine.
    """
    office = place.office()
    window = min(10, rounds // 2)
    early, late = [], []
    for batch in range(cases):
        place.progress(f"loop: case {batch + 1} of {cases}")
        old, young = LoopingCase(office, {"told": 1}), LoopingCase(office, {"told": 1})
        for _ in range(rounds - window):
            old.go_round()
        for _ in range(min(5, rounds - window)):
            young.go_round()
        for _ in range(window):
            early.append(young.go_round())
            late.append(old.go_round())
    office.database.close()
    return [
        Measure(name="tenth_ms", words="a round about the tenth", value=1000 * median(early), unit="ms"),
        Measure(name="hundredth_ms", words=f"a round about the {rounds}th", value=1000 * median(late), unit="ms"),
        Measure(
            name="loop_ratio",
            words="the latter costs as much as the former, times",
            value=median(late) / median(early),
            unit="",
            target=at_most(1.5),
        ),
    ]


def measure_large_case(place: Workplace, *, facts: int, items: int, rounds: int, samples: int) -> list[Measure]:
    """A case with many facts, items and record entries beside a fresh one, turn about."""
    office = place.office()
    place.progress(f"large case: {facts} facts, {items} items, {rounds} rounds before")
    large = LoopingCase(
        office,
        {
            **{f"answer_{place}": f"What was answered to question {place} of the form." for place in range(facts)},
            "actions": [{"what": f"Action {place}", "assigned_to": "A person"} for place in range(items)],
        },
    )
    small = LoopingCase(office, {"told": 1})
    for _ in range(rounds):
        large.go_round()
    pairs = [(small.go_round(), large.go_round()) for _ in range(samples)]
    office.database.close()
    of_small, of_large = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    return [
        Measure(name="small_ms", words="a step on a fresh case", value=1000 * of_small, unit="ms"),
        Measure(
            name="large_ms",
            words=f"the same with {facts} facts, {items} items and {rounds} rounds recorded",
            value=1000 * of_large,
            unit="ms",
        ),
        Measure(
            name="large_ratio",
            words="the latter costs as much as the former, times",
            value=of_large / of_small,
            unit="",
        ),
    ]
