"""Whether anything in a case will move it by itself or is somebody's to do: a task, a job, a timer or an incident."""

from __future__ import annotations

from sqlalchemy import BindParameter, Connection, bindparam, literal, select, union_all

from engine.model import IncidentStatus, JobStatus, TaskStatus, TimerStatus
from engine.store.schema import incidents, jobs, tasks, timers

_ENDED = (JobStatus.DONE, JobStatus.CANCELLED)
_CASE: BindParameter[int] = bindparam("case_id")
_ANY = union_all(
    select(literal(1)).where(tasks.c.case_id == _CASE, tasks.c.status == TaskStatus.OPEN),
    select(literal(1)).where(jobs.c.case_id == _CASE, jobs.c.status.not_in(_ENDED)),
    select(literal(1)).where(timers.c.case_id == _CASE, timers.c.status == TimerStatus.WAITING),
    select(literal(1)).where(incidents.c.case_id == _CASE, incidents.c.status == IncidentStatus.OPEN),
).limit(1)


def has_open_work(connection: Connection, case_id: int) -> bool:
    return connection.execute(_ANY, {"case_id": case_id}).first() is not None
