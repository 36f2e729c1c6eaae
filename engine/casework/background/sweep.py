"""What keeps cases moving where there is no broker: due timers and ready jobs, until nothing is left to do now."""

from __future__ import annotations

from engine.casework.background.jobs import work_ready_jobs
from engine.casework.background.timers import fire_due_timers
from engine.casework.step.office import Office


def bring_up_to_date(office: Office) -> int:
    """Fire every due timer and work every ready job; gives how much was done."""
    done = 0
    while moved := fire_due_timers(office) + work_ready_jobs(office):
        done += moved
    return done
