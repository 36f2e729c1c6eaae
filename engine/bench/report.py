"""All measurements, by name, and what a run of them gives."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.bench.children import measure_children
from engine.bench.expressions import measure_expressions
from engine.bench.figure import Measure
from engine.bench.growth import measure_large_case, measure_loop
from engine.bench.impact import measure_impact
from engine.bench.inbox import measure_inbox
from engine.bench.memory import measure_memory
from engine.bench.steps import measure_steps, measure_two_processes
from engine.bench.timers import measure_timers
from engine.bench.workplace import database_version, workplace


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurement:
    name: str
    title: str
    measure: Callable[..., list[Measure]]
    size: Mapping[str, Any]  #: how much of it, as keyword arguments


MEASUREMENTS = (
    Measurement(name="steps", title="Durable steps", measure=measure_steps, size={"cases": 100, "rounds": 6}),
    Measurement(
        name="two_processes", title="Durable steps in two processes", measure=measure_two_processes, size={"cases": 300}
    ),
    Measurement(name="timers", title="Due timers", measure=measure_timers, size={"due": 1_500, "waiting": 100_000}),
    Measurement(
        name="children",
        title="A call activity over many",
        measure=measure_children,
        size={"few": 100, "many": 300, "repeats": 3},
    ),
    Measurement(name="loop", title="Loop-backs", measure=measure_loop, size={"cases": 8, "rounds": 100}),
    Measurement(
        name="large_case",
        title="A large case",
        measure=measure_large_case,
        size={"facts": 200, "items": 100, "rounds": 300, "samples": 60},
    ),
    Measurement(
        name="inbox",
        title="The inbox",
        measure=measure_inbox,
        size={"open_tasks": 100_000, "closed_each": 10, "pages": 100},
    ),
    Measurement(
        name="impact", title="What a draft does to open cases", measure=measure_impact, size={"few": 100, "many": 1_000}
    ),
    Measurement(name="memory", title="A worker's memory", measure=measure_memory, size={"cases": 200}),
    Measurement(
        name="expressions", title="FEEL", measure=measure_expressions, size={"evaluations": 50_000, "repeats": 5}
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    database: str  #: "PostgreSQL 16.4", "SQLite 3.45.1"
    load: float  #: processes that ran on average in the minute before: above 0.5, others were at work
    figures: Sequence[tuple[Measurement, Sequence[Measure]]]

    @property
    def misses_a_target(self) -> bool:
        return any(figure.is_reached is False for _, figures in self.figures for figure in figures)

    def lines(self) -> Iterator[str]:
        """For people: the machine, then each measurement with its size and its figures."""
        machine = self.to_json()["machine"]
        yield (
            f"{machine['cores']} cores, Python {machine['python']}, {machine['database']}, "
            f"load before {machine['load_before']}"
        )
        for measurement, figures in self.figures:
            sizes = ", ".join(f"{name} {size:,}" for name, size in measurement.size.items())
            yield f"\n{measurement.title} ({sizes})"
            for figure in figures:
                yield "  " + figure.line()

    def to_json(self) -> dict[str, Any]:
        return {
            "machine": {
                "cores": os.cpu_count(),
                "python": platform.python_version(),
                "load_before": round(self.load, 2),
                "database": self.database,
            },
            "measurements": {
                measurement.name: {
                    "title": measurement.title,
                    "size": dict(measurement.size),
                    "figures": {figure.name: figure.to_json() for figure in figures},
                }
                for measurement, figures in self.figures
            },
        }


def run(
    measurements: Sequence[Measurement], *, database_url: str | None = None, progress: Callable[[str], None]
) -> Report:
    """Measure one after the other, each on an empty database of its own.

    Raises DatabaseUnusableError for a database that is not empty, MeasurementBrokenError where the system did not do
    what was measured.
    """
    load = os.getloadavg()[0]
    figures = []
    database = ""
    for measurement in measurements:
        with workplace(database_url, progress) as place:
            database = database_version(place.database_url)
            figures.append((measurement, measurement.measure(place, **measurement.size)))
    return Report(database=database, load=load, figures=figures)
