"""FEEL on one core."""

from __future__ import annotations

from datetime import date, timedelta
from time import perf_counter

from engine import feel
from engine.bench.figure import Measure, at_least
from engine.bench.workplace import START_AT, Workplace
from engine.clock import LONDON
from engine.errors import MeasurementBrokenError

EXPRESSION = "count > 2 and due < today()"


def measure_expressions(place: Workplace, *, evaluations: int, repeats: int) -> list[Measure]:
    """The best of several rounds, each looking the parsed expression up in the cache every time, as a step does."""
    place.progress("expressions")
    now = START_AT.astimezone(LONDON)
    scope = {"count": 3, "due": date(2026, 3, 1) - timedelta(days=1)}
    if feel.parse(EXPRESSION).evaluate(scope, now=now) is not True:
        raise MeasurementBrokenError(f"{EXPRESSION} is not true where it should be.")
    rates = []
    for _ in range(repeats):
        began = perf_counter()
        for _ in range(evaluations):
            feel.parse(EXPRESSION).evaluate(scope, now=now)
        rates.append(evaluations / (perf_counter() - began))
    return [
        Measure(
            name="evaluations_per_second",
            words=f"evaluations per second of {EXPRESSION}",
            value=max(rates),
            unit="/s",
            target=at_least(50_000),
        ),
    ]
