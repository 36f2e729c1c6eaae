"""Incidents: a person sees what is stuck, then retries it or resolves it with a reason."""

from __future__ import annotations

from engine.casework.step import children, deadline_change, delivery
from engine.casework.step.office import Office
from engine.casework.step.step import Step
from engine.casework.tasks.rights import check_right
from engine.errors import BadInputError, IncidentNotFoundError
from engine.model import IncidentKind, IncidentStatus, JobStatus, TaskId
from engine.record_kinds import RecordKind
from engine.store.incidents import IncidentRow, load_incident, settle_incident
from engine.store.jobs import change_job
from engine.words import typed_text


def retry_incident(office: Office, incident: TaskId, *, by: str, council_id: str | None = None) -> None:
    """Try again what is stuck: the element, the job, or the delivery."""
    with office.step(incident.reference, actor=by, council_id=council_id) as step:
        row = _open_incident(step, incident, by)
        instance = step.load(row.instance)
        _end(step, row, IncidentStatus.RETRIED, by, None)
        step.record(RecordKind.INCIDENT_RETRIED, incident=row.number)
        if row.kind is IncidentKind.JOB:
            change_job(
                step.batch, row.token, status=JobStatus.WAITING, attempts=0, ready_at=step.now, announced_at=None
            )
            step.announce.append((step.case.case_id, row.token))
        elif row.kind is IncidentKind.MESSAGE:
            delivery.tell_again(step, instance, instance.run.program.element(row.element_id))
        elif row.kind is IncidentKind.DEADLINE:
            deadline_change.tell_again(step, row.change or "")
        elif row.kind is IncidentKind.CHILD:
            children.end_child(step, instance)
        elif row.kind is IncidentKind.WAIT:
            pass  # it waits on: whether something can come now is seen at the end of the step
        elif row.kind is IncidentKind.END:
            instance.run.end_again(row.token)
        elif row.kind is IncidentKind.CALL:
            children.retry_call(step, instance, row.token)
        else:
            instance.run.retry(row.token)


def resolve_incident(office: Office, incident: TaskId, *, reason: str, by: str, council_id: str | None = None) -> None:
    """It was seen to by hand: the case goes on behind the element that was stuck. The reason is recorded."""
    reason = typed_text(reason)
    if not reason:
        raise BadInputError("Say how it was resolved: the reason is kept in the record.")
    with office.step(incident.reference, actor=by, council_id=council_id) as step:
        row = _open_incident(step, incident, by)
        instance = step.load(row.instance)
        _end(step, row, IncidentStatus.RESOLVED, by, reason)
        step.record(RecordKind.INCIDENT_RESOLVED, incident=row.number, reason=reason)
        if row.kind is IncidentKind.CHILD:
            children.end_child(step, instance, gives=False)
        elif row.kind is IncidentKind.CALL:
            children.leave_children(step, instance, row.token)
        elif row.kind not in (IncidentKind.MESSAGE, IncidentKind.DEADLINE):  # no token waits for those
            instance.run.resolve(row.token)


def _open_incident(step: Step, incident: TaskId, by: str) -> IncidentRow:
    check_right(step.settings, by, "settle_incidents")
    row = load_incident(step.connection, step.case.case_id, incident.number)
    if row is None or row.status != IncidentStatus.OPEN:
        raise IncidentNotFoundError(str(incident))
    return row


def _end(step: Step, row: IncidentRow, status: IncidentStatus, by: str, reason: str | None) -> None:
    settle_incident(step.batch, row.number, status=status, ended_at=step.now, ended_by=by, reason=reason)
