"""The memory of a worker process that has worked letters and timers for a while."""

from __future__ import annotations

import resource
import sys
from datetime import timedelta
from pathlib import Path
from threading import Barrier

from engine.bench.diagrams import letter_variant
from engine.bench.figure import Measure, at_most
from engine.bench.workplace import Workplace, move_clock, office_at
from engine.casework.background.sweep import bring_up_to_date
from engine.casework.cases.intake import open_case
from engine.errors import MeasurementBrokenError


def measure_memory(place: Workplace, *, cases: int) -> list[Measure]:
    """A letter as PDF and a timer for each case, all worked by one process that did not open them."""
    office = place.office()
    place.progress(f"memory: a worker with {cases} letters and {cases} timers")
    variant = letter_variant()
    for number in range(cases):
        answers = {"applicant_name": f"Applicant {number}", "email": "a@example.org"}
        open_case(office, variant, answers, by="the applicant")
    office.database.close()
    ((done, peak),) = place.in_processes(work_everything, ())
    if done != 2 * cases:
        raise MeasurementBrokenError(f"The worker did {done} of {2 * cases} letters and timers.")
    return [
        Measure(
            name="worker_peak_mb",
            words=f"most memory of a worker over {done} letters and timers",
            value=peak,
            unit="MB",
            target=at_most(250),
        ),
    ]


def work_everything(database_url: str, home: str, gate: Barrier) -> tuple[int, float]:
    """How much was done, and the most resident memory of this process in MB (10⁶ bytes)."""
    office = office_at(database_url, home)
    gate.wait(timeout=600)
    done = bring_up_to_date(office)
    move_clock(office, timedelta(days=22))
    done += bring_up_to_date(office)
    return done, peak_memory() / 1e6


def peak_memory() -> int:
    """Bytes. Linux counts the parent's into `ru_maxrss` of a child, so its own file of the process is read there."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
