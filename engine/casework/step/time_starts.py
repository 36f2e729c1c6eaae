"""Process instances that wait for the time at which they begin: they keep no case open."""

from __future__ import annotations

from engine.casework.step.instance import Loaded
from engine.casework.step.step import Step
from engine.model import InstanceStatus
from engine.store import instances as stored


def start_by_time(step: Step) -> None:
    """A case is opened: each process that begins by time waits for it from now on."""
    for process_id, starts in step.version.time_starts.items():
        for start in starts:
            step.start(process_id, start.id)


def waiting_to_begin(step: Step) -> list[Loaded]:
    """The process instances that only wait for the time at which they begin."""
    if not step.version.time_starts:
        return []
    step.flush()
    rows = stored.running_instances(step.connection, step.case.case_id)
    found = [step.load(row.number) for row in rows if row.process_id in step.version.time_starts]
    return [instance for instance in found if instance.status is InstanceStatus.RUNNING and not instance.has_begun]


def runs_on(step: Step) -> bool:
    """Whether any process instance of the case is running that has begun."""
    if step.has_begun:
        return True
    step.flush()  # what is asked now sees it
    if not step.version.time_starts:
        return stored.has_running(step.connection, step.case.case_id)
    rows = stored.running_instances(step.connection, step.case.case_id)
    return any(row.process_id not in step.version.time_starts or step.load(row.number).has_begun for row in rows)
