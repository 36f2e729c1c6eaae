"""Working the jobs: a handler runs outside any transaction, at least once, and its result goes in through a step."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from engine import feel
from engine.casework.step import delivery
from engine.casework.step.answers import write_facts
from engine.casework.step.facts import Source
from engine.casework.step.office import SYSTEM, Office
from engine.casework.step.settlement import finish
from engine.casework.step.sight import evaluator_of
from engine.casework.step.step import Step
from engine.errors import DatabaseUnusableError, EngineError, HandlerMissingError
from engine.handler import BusinessFault, Ended, HandlerContext, HandlerResult, UnderWay, WrittenLetter
from engine.model import IncidentKind, JobStatus
from engine.record_kinds import RecordKind
from engine.store import cases
from engine.store import jobs as stored
from engine.store.jobs import JobRow
from engine.store.letters import add_letter, has_letters

log = logging.getLogger("asb.jobs")


@dataclass(frozen=True, kw_only=True, slots=True)
class RetryPolicy:
    """How often and how soon a failed job is tried again. One policy for every job."""

    attempts: int = 5
    first_wait: timedelta = timedelta(seconds=30)
    longest_wait: timedelta = timedelta(hours=1)
    lease: timedelta = timedelta(minutes=5)  #: after which a worker counts as dead

    def wait_after(self, attempt: int) -> timedelta:
        """Doubles with each attempt (1 is the first)."""
        wait: timedelta = self.first_wait * 2 ** (attempt - 1)
        return min(wait, self.longest_wait)


RETRY = RetryPolicy()


def work_ready_jobs(office: Office, *, limit: int = 100) -> int:
    """Work the jobs that are ready, oldest first; gives how many were taken."""
    with office.database.read() as connection:
        ready = stored.ready_jobs(connection, office.clock.now(), limit)
    return sum(work_job(office, case_id, number) for case_id, number in ready)


def announce_ready_jobs(office: Office, *, limit: int = 1000) -> int:
    """Announce again what was never announced, or whose announcement was lost with the broker."""
    now = office.clock.now()
    with office.database.read() as connection:
        found = stored.ready_jobs(connection, now, limit, unannounced_since=now - RETRY.lease)
    office.announce_jobs(found)
    return len(found)


def work_job(office: Office, case_id: int, number: int) -> bool:
    """Lease, run, and put the result in. False where somebody else has it or it is done."""
    now = office.clock.now()
    lease = secrets.token_hex(8)
    with office.database.begin() as connection:
        job = stored.lease_job(connection, case_id, number, lease=lease, now=now, until=now + RETRY.lease)
        if job is None:
            return False
        case = cases.case_by_id(connection, case_id)
        step = office.step_on(connection, case, actor=SYSTEM)
        instance = step.load(job.instance)
        element = instance.run.program.element(job.element_id)
        values = dict(evaluator_of(step, instance).scope.items())
        # the words are the version's; who writes, and how to reach them, is as of today
        variant = step.version.variant.with_settings(step.settings)
    result: Ended | Exception
    try:
        handler = office.handlers.get(job.handler)
        if handler is None:
            raise HandlerMissingError(job.handler, known=tuple(office.handlers))
        result = handler.run(
            HandlerContext(
                case_reference=case.reference,
                council_id=case.council_id,
                item_id=instance.subject.item_id,
                once_key=job.once_key,
                number=number,
                inputs=feel.load(job.inputs),
                headers=element.job.headers if element.job else {},
                values=values,
                now=now,
                ports=office.ports.opened(variant, handler.ports),
            )
        )
    except Exception as error:  # whatever a handler raises is a failure to retry, never the worker's end
        log.info("job %s failed: %s", job.once_key, error)
        result = error
    try:
        _take_result(office, case_id, number, lease, result)
    except DatabaseUnusableError:
        raise  # the lease runs out and the job is worked again
    except Exception as error:  # the case cannot use the result: an output mapping fails, the floor forbids it
        log.info("the result of job %s cannot be used: %s", job.once_key, error)
        _take_result(office, case_id, number, lease, error)
    return True


def _take_result(office: Office, case_id: int, number: int, lease: str, result: Ended | Exception) -> None:
    with office.database.begin() as connection:
        case = cases.lock_case_by_id(connection, case_id)
        step = office.step_on(connection, case, actor=SYSTEM)
        job = stored.load_job(connection, case_id, number)
        if job.status == JobStatus.CANCELLED:
            _record_late(step, job, result)
        elif job.status != JobStatus.LEASED or job.lease != lease:
            return  # another worker took it over after our lease ran out; its result counts
        elif isinstance(result, HandlerResult):
            _succeed(step, job, result)
        elif isinstance(result, BusinessFault):
            _fault(step, job, result)
        elif isinstance(result, UnderWay):
            _wait(step, job, result)
        else:
            _fail(step, job, result)
        finish(step)
    office.announce_jobs(step.announce)


def _succeed(step: Step, job: JobRow, result: HandlerResult) -> None:
    instance = step.load(job.instance)
    element = instance.run.program.element(job.element_id)
    _keep_letters(step, job, result.letters)
    if element.outputs:
        evaluator = evaluator_of(step, instance).with_values(result.outputs)
        told = evaluator.mapped(element.outputs, onto_known=True)
        write_facts(step, instance.subject, told, Source(by=SYSTEM, words=f"job {element.label}"))
    step.record(
        RecordKind.JOB_DONE,
        element=element.label,
        element_id=element.id,
        handler=job.handler,
        note=result.note or None,
        attempts=job.attempts if job.attempts > 1 else None,
        clauses=list(element.clauses) or None,
    )
    instance.run.complete(job.number)


def _fault(step: Step, job: JobRow, fault: BusinessFault) -> None:
    instance = step.load(job.instance)
    element = instance.run.program.element(job.element_id)
    step.record(
        RecordKind.BUSINESS_FAULT, element=element.label, element_id=element.id, code=fault.code, message=fault.message
    )
    if instance.run.catch(job.number, fault.code, is_error=True):
        return
    from_parent = delivery.offer_to_parent(step, instance, fault.code, is_error=True)
    if not from_parent:
        left = step.settings.left_to_people.get(fault.code)
        _park(step, job, f"{fault.message} {left or f'(“{fault.code}”; no boundary event catches it)'}")


def _wait(step: Step, job: JobRow, begun: UnderWay) -> None:
    stored.change_job(step.batch, job.number, status=JobStatus.UNDER_WAY, lease=None, lease_until=None)
    element = step.load_process(job.instance).elements[job.element_id]
    step.record(RecordKind.JOB_UNDER_WAY, element=element.label, element_id=element.id, note=begun.note)


def wake_job(step: Step, once_key: str) -> None:
    """Work the job again, as what it began has happened or is given up; nothing where nothing waits for that."""
    number = stored.job_under_way(step.connection, step.case.case_id, once_key)
    if number is None:
        return
    stored.change_job(step.batch, number, status=JobStatus.WAITING, attempts=0, ready_at=step.now, announced_at=None)
    step.announce.append((step.case.case_id, number))


def work_jobs_of(office: Office, reference: str, council_id: str) -> None:
    """Work what is ready of one case, and what follows from it, until nothing is."""
    while True:
        with office.database.read() as connection:
            case_id = cases.find_case(connection, reference, council_id).case_id
            ready = stored.ready_jobs_of(connection, case_id, office.clock.now())
        if sum(work_job(office, case_id, number) for number in ready) == 0:
            return


def _fail(step: Step, job: JobRow, error: Exception) -> None:
    words = f"{type(error).__name__}: {error}"[:2000]
    if isinstance(error, EngineError):  # a sentence about the policy or its facts: trying again changes nothing
        _park(step, job, str(error))
        return
    if job.attempts >= RETRY.attempts:
        _park(step, job, f"Tried {job.attempts} times. {words}")
        return
    ready_at = step.now + RETRY.wait_after(job.attempts)
    stored.change_job(
        step.batch,
        job.number,
        status=JobStatus.WAITING,
        lease=None,
        lease_until=None,
        ready_at=ready_at,
        announced_at=None,
        error=words,
    )
    element = step.load_process(job.instance).elements[job.element_id]
    step.record(
        RecordKind.JOB_FAILED, element=element.label, handler=job.handler, attempt=job.attempts, error=words,
        again_at=ready_at,
    )  # fmt: skip


def _park(step: Step, job: JobRow, words: str) -> None:
    instance = step.load(job.instance)
    stored.change_job(step.batch, job.number, status=JobStatus.PARKED, lease=None, lease_until=None, error=words)
    step.incident(instance, job.number, instance.run.program.element(job.element_id), words, kind=IncidentKind.JOB)


def _record_late(step: Step, job: JobRow, result: Ended | Exception) -> None:
    """What it was for is cancelled: the result is recorded and moves nothing. A letter that left is kept, once."""
    if isinstance(result, HandlerResult) and not has_letters(step.connection, step.case.case_id, job.once_key):
        _keep_letters(step, job, result.letters)
    step.record(RecordKind.LATE_RESULT, handler=job.handler, element_id=job.element_id, result=type(result).__name__)


def _keep_letters(step: Step, job: JobRow, letters: Sequence[WrittenLetter]) -> None:
    for place, letter in enumerate(letters):
        digest = hashlib.sha256(letter.pdf if letter.pdf is not None else letter.text.encode()).hexdigest()
        add_letter(
            step.batch,
            step.allocate(),
            letter=letter.letter_id,
            title=letter.title,
            recipient=letter.recipient,
            roles=",".join(letter.roles) or None,
            address=letter.address,
            channel=letter.channel,
            language=letter.language,
            text=letter.text,
            pdf=letter.pdf,
            digest=digest,
            once_key=f"{job.once_key}/{place}",
            sent_at=step.now,
        )
        step.record(
            RecordKind.LETTER_SENT,
            letter=letter.letter_id,
            title=letter.title,
            to=letter.recipient,
            roles=list(letter.roles) or None,
            channel=letter.channel,
            sha256=digest,
            clauses=list(letter.clauses) or None,
        )
