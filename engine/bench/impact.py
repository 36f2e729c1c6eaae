"""What it costs to say what a draft would do to every open case, in processor time: others at work do not count."""

from __future__ import annotations

from time import process_time

from engine.bench.diagrams import steps_variant
from engine.bench.figure import Measure, at_most
from engine.bench.steps import open_cases
from engine.bench.workplace import Workplace
from engine.casework.step.office import Office
from engine.errors import MeasurementBrokenError
from engine.variants import Variant
from engine.workshop import MoveKind, impact_on_open_cases, names_of_versions

#: A thousand open cases are told in a minute.
_MOST_MS = 60
#: A case costs as much among many as among few.
_MOST_TIMES = 1.5


def measure_impact(place: Workplace, *, few: int, many: int) -> list[Measure]:
    """A draft in which one timer comes later is tried on `few` open cases, and then on `many`."""
    office, draft = place.office(), steps_variant(timer="P28D")
    open_cases(office, few)
    _seconds_a_case(office, draft, few, place)  # what is compiled once is compiled
    of_few = _seconds_a_case(office, draft, few, place)
    open_cases(office, many - few)
    of_many = _seconds_a_case(office, draft, many, place)
    office.database.close()
    return [
        Measure(
            name="case_ms", words=f"of a processor for each of {many} open cases", value=1000 * of_many, unit="ms",
            target=at_most(_MOST_MS),
        ),
        Measure(
            name="growth_ratio", words=f"that is as much as among {few}, times", value=of_many / of_few, unit="",
            target=at_most(_MOST_TIMES),
        ),
    ]  # fmt: skip


def _seconds_a_case(office: Office, draft: Variant, cases: int, place: Workplace) -> float:
    words = names_of_versions(office, draft.id, "the draft")
    began = process_time()
    impact = impact_on_open_cases(office, draft, tell=lambda said: place.progress(f"impact: {said}"), words=words)
    took = process_time() - began
    moved = sum(case.outcome is not MoveKind.CANNOT for case in impact.cases)
    if moved != cases:
        raise MeasurementBrokenError(f"{moved} of {cases} cases could be moved")
    return took / cases
