"""Jobs: lease, back-off, attempts and incidents; what leaves the building leaves once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.casework.background.incidents import resolve_incident, retry_incident
from engine.casework.background.jobs import RETRY, announce_ready_jobs, work_job, work_ready_jobs
from engine.casework.background.verification import verify_records
from engine.casework.cases.messages import send_message
from engine.casework.step.office import Office
from engine.errors import BadInputError, IncidentNotFoundError, NotAllowedError
from engine.handler import POST, BusinessFault, Channel, Handler, HandlerContext, HandlerResult, Output, WrittenLetter
from engine.model import JobStatus, TaskId
from engine.ports import MemoryPost, Outlet, Ports
from engine.store import Database, schema
from engine.store import jobs as stored
from engine.store.incidents import open_incidents
from tests.casework.builders import SETTINGS, Play, chain_of, flow, job, process, user, variant_of

WITHDRAWAL = (
    '<bpmn:boundaryEvent id="withdrawal" name="withdrawal" attachedToRef="send">'
    '<bpmn:messageEventDefinition id="withdrawal_message" messageRef="message_withdraw"/></bpmn:boundaryEvent>'
)
BODY = (
    '<bpmn:startEvent id="begin"/>'
    + job("send", outputs="sent==words")
    + WITHDRAWAL
    + user("after")
    + user("withdrawn")
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="gone"/>'
    + chain_of("begin", "send", "after", "done")
    + chain_of("withdrawal", "withdrawn", "gone")
)

MESSAGES = '<bpmn:message id="message_withdraw" name="withdraw"/>'
VARIANT = variant_of(process(BODY), definitions=MESSAGES)
LETTER = WrittenLetter(
    letter_id="CT1",
    title="We have it",
    recipient="Ada",
    address="ada@example.org",
    channel=Channel.EMAIL,
    text="Dear Ada",
    pdf=None,
)


class Killed(BaseException):
    """The process is gone: nothing after it runs."""


def send(context: HandlerContext) -> HandlerResult:
    context.port(POST).deliver(LETTER, once_key=context.once_key)
    return HandlerResult(outputs={"words": "sent"}, letters=(LETTER,), note="A letter.")


def doing(function: Callable[[HandlerContext], object]) -> Handler:
    """The handler `work`, which does `function`."""
    return Handler(
        name="work",
        title="Work",
        summary="Work.",
        function=function,  # type: ignore[arg-type]
        inputs=(),
        outputs=(Output(name="words", label="Words"),),
        faults=("nobody",),
        ports=(POST,),
        takes_more_inputs=True,
    )


def failing(times: int) -> tuple[Handler, list[int]]:
    """Fails so many times, then sends; and the list that grows with each attempt."""
    attempts: list[int] = []

    def attempt(context: HandlerContext) -> HandlerResult:
        attempts.append(len(attempts) + 1)
        if len(attempts) <= times:
            raise ConnectionError("the post is closed")
        return send(context)

    return doing(attempt), attempts


def posting_to(post: MemoryPost) -> Ports:
    return Ports((Outlet(port=POST, real=lambda variant: post, stand_in=lambda variant, note: MemoryPost(note)),))


def play_with(database: Database, work: Handler) -> tuple[Play, MemoryPost]:
    """A case whose job is made, and not worked yet."""
    post = MemoryPost()
    play = Play(database, VARIANT)
    play.office = replace(play.office, ports=posting_to(post), handlers={"work": work})
    return play, post


def job_of(play: Play):
    with play.office.database.begin() as connection:
        return connection.execute(schema.jobs.select()).one()


def incidents_of(play: Play) -> list[TaskId]:
    with play.office.database.begin() as connection:
        return [TaskId(reference=i.reference, number=i.number) for i in open_incidents(connection)]


def letters_of(play: Play) -> int:
    with play.office.database.begin() as connection:
        return len(connection.execute(schema.documents.select()).all())


@pytest.fixture(autouse=True)
def _nothing_runs_while_a_case_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """`Play` opens a case and works its jobs; here the test says when."""
    monkeypatch.setattr(Play, "work", lambda self: None)


def test_a_job_is_worked_once_and_moves_the_case(database: Database) -> None:
    play, post = play_with(database, doing(send))
    assert work_ready_jobs(play.office) == 1
    assert work_ready_jobs(play.office) == 0
    assert (play.open(), job_of(play).status) == (["after"], JobStatus.DONE)
    assert (len(post.delivered), letters_of(play)) == (1, 1)
    assert "letter sent" in [kind for kind, _ in play.record()]


def test_a_failed_job_waits_longer_after_each_attempt_and_then_succeeds(database: Database) -> None:
    work, attempts = failing(times=3)
    play, _ = play_with(database, work)
    for attempt, seconds in ((1, 30), (2, 60), (3, 120)):
        assert work_ready_jobs(play.office) == 1
        assert job_of(play).attempts == attempt
        play.wait(seconds=seconds - 1)
        assert work_ready_jobs(play.office) == 0
        play.wait(seconds=1)
    assert work_ready_jobs(play.office) == 1
    assert attempts == [1, 2, 3, 4]
    assert play.open() == ["after"]
    failures = [content for kind, content in play.record() if kind == "job failed"]
    assert [content["attempt"] for content in failures] == [1, 2, 3]
    assert "the post is closed" in failures[0]["error"]


def exhaust(play: Play) -> None:
    for _ in range(RETRY.attempts):
        work_ready_jobs(play.office)
        play.wait(hours=1)


def test_after_the_last_attempt_it_parks_as_an_incident_that_a_person_retries(database: Database) -> None:
    work, attempts = failing(times=RETRY.attempts)
    play, post = play_with(database, work)
    exhaust(play)
    assert len(attempts) == RETRY.attempts
    assert job_of(play).status == JobStatus.PARKED
    play.wait(days=30)
    assert work_ready_jobs(play.office) == 0
    (incident,) = incidents_of(play)
    retry_incident(play.office, incident, by="Officer 1")
    assert incidents_of(play) == []
    assert work_ready_jobs(play.office) == 1
    assert (play.open(), len(post.delivered)) == (["after"], 1)
    with pytest.raises(IncidentNotFoundError):
        retry_incident(play.office, incident, by="Officer 1")


def test_an_incident_is_resolved_by_hand_with_a_reason(database: Database) -> None:
    work, _ = failing(times=RETRY.attempts)
    play, post = play_with(database, work)
    exhaust(play)
    (incident,) = incidents_of(play)
    with pytest.raises(BadInputError, match="reason"):
        resolve_incident(play.office, incident, reason=" ", by="Officer 1")
    with pytest.raises(NotAllowedError):
        resolve_incident(play.office, incident, reason="sent by hand", by="Somebody")
    resolve_incident(play.office, incident, reason="sent by hand", by="Officer 1")
    assert (play.open(), incidents_of(play), post.delivered) == (["after"], [], ())
    (content,) = [content for kind, content in play.record() if kind == "incident resolved"]
    assert (content["by"], content["reason"]) == ("Officer 1", "sent by hand")
    assert work_ready_jobs(play.office) == 0


def test_a_sentence_about_the_policy_parks_at_once_because_trying_again_changes_nothing(database: Database) -> None:
    def refuse(context: HandlerContext) -> HandlerResult:
        raise BadInputError("The letter has no recipient. Record one.")

    play, _ = play_with(database, doing(refuse))
    assert work_ready_jobs(play.office) == 1
    assert (job_of(play).status, job_of(play).attempts) == (JobStatus.PARKED, 1)
    assert [c["message"] for kind, c in play.record() if kind == "incident"] == [
        "The letter has no recipient. Record one."
    ]


def test_a_handler_that_does_not_exist_parks_at_once_and_is_named(database: Database) -> None:
    play, _ = play_with(database, doing(send))
    play.office = replace(play.office, handlers={})
    work_ready_jobs(play.office)
    (content,) = [content for kind, content in play.record() if kind == "incident"]
    assert "“work”" in content["message"]


def test_a_result_that_the_case_cannot_use_parks_and_no_letter_is_noted_twice(database: Database) -> None:
    """The output mapping asks for what the handler did not give, and adds to it."""
    body = BODY.replace('source="=words"', 'source="=due(&quot;no such limit&quot;)"')
    play = Play(database, variant_of(process(body), definitions=MESSAGES))
    play.office = replace(play.office, ports=posting_to(MemoryPost()), handlers={"work": doing(send)})
    assert work_ready_jobs(play.office) == 1
    assert job_of(play).status == JobStatus.PARKED
    (content,) = [content for kind, content in play.record() if kind == "incident"]
    assert "no such limit" in content["message"]
    assert verify_records(play.office) == (1, [])


def test_a_result_that_is_no_value_parks_at_once(database: Database) -> None:
    play, _ = play_with(database, doing(lambda context: HandlerResult(outputs={"words": object()})))
    assert work_ready_jobs(play.office) == 1
    assert (job_of(play).status, job_of(play).attempts) == (JobStatus.PARKED, 1)


def test_a_business_fault_that_nothing_catches_is_an_incident(database: Database) -> None:
    play, _ = play_with(database, doing(lambda context: BusinessFault(code="nobody", message="Nobody lives there.")))
    work_ready_jobs(play.office)
    assert job_of(play).status == JobStatus.PARKED
    assert "Nobody lives there." in next(c["message"] for kind, c in play.record() if kind == "incident")


def test_an_incident_says_what_the_policy_has_people_do_about_its_fault(database: Database) -> None:
    left = SETTINGS + '\n[left_to_people]\nnobody = "Ask at the town hall, and try again."\n'
    play = Play(database, variant_of(process(BODY), definitions=MESSAGES, files={"variant.toml": left.encode()}))
    nobody = doing(lambda context: BusinessFault(code="nobody", message="Nobody lives there."))
    play.office = replace(play.office, ports=posting_to(MemoryPost()), handlers={"work": nobody})
    work_ready_jobs(play.office)
    said = next(c["message"] for kind, c in play.record() if kind == "incident")
    assert said == "Nobody lives there. Ask at the town hall, and try again."


def test_a_business_fault_takes_the_way_that_is_drawn_for_it(database: Database) -> None:
    catch = (
        '<bpmn:boundaryEvent id="unknown" name="unknown" attachedToRef="send">'
        '<bpmn:errorEventDefinition id="unknown_error" errorRef="error_nobody"/></bpmn:boundaryEvent>'
    )
    body = BODY + catch + user("look_up") + '<bpmn:endEvent id="looked"/>' + chain_of("unknown", "look_up", "looked")
    error = '<bpmn:error id="error_nobody" name="nobody" errorCode="nobody"/>'
    play = Play(database, variant_of(process(body), definitions=MESSAGES + error))
    nobody = doing(lambda context: BusinessFault(code="nobody", message="Nobody."))
    play.office = replace(play.office, ports=posting_to(MemoryPost()), handlers={"work": nobody})
    work_ready_jobs(play.office)
    assert (play.open(), incidents_of(play)) == (["look_up"], [])


def test_a_job_is_leased_to_one_worker_and_taken_over_when_that_worker_is_dead(database: Database) -> None:
    lives = [Killed(), None]

    def die_after_sending(context: HandlerContext) -> HandlerResult:
        result = send(context)
        death = lives.pop(0)
        if death is not None:
            raise death
        return result

    play, post = play_with(database, doing(die_after_sending))
    with pytest.raises(Killed):
        work_ready_jobs(play.office)
    assert job_of(play).status == JobStatus.LEASED
    assert len(post.delivered) == 1
    play.wait(seconds=RETRY.lease.total_seconds() - 1)
    assert work_ready_jobs(play.office) == 0
    play.wait(seconds=1)
    assert work_ready_jobs(play.office) == 1
    assert (play.open(), job_of(play).attempts) == (["after"], 2)
    assert (len(post.delivered), letters_of(play)) == (1, 1)  # the letter left once


def test_of_a_slow_worker_and_the_one_that_took_over_the_last_one_counts(database: Database) -> None:
    runs: list[str] = []

    def slow(context: HandlerContext) -> HandlerResult:
        runs.append(context.once_key)
        if len(runs) == 1:
            office.clock.advance(RETRY.lease)  # type: ignore[attr-defined]
            assert work_ready_jobs(office) == 1
        return send(context)

    play, post = play_with(database, doing(slow))
    office: Office = play.office
    assert work_ready_jobs(office) == 1
    assert len(runs) == 2
    assert len(set(runs)) == 1
    assert (play.open(), len(post.delivered), letters_of(play)) == (["after"], 1, 1)
    assert [kind for kind, _ in play.record()].count("job done") == 1


def test_the_late_result_of_a_cancelled_job_is_recorded_with_its_letter_and_moves_nothing(database: Database) -> None:
    def withdrawn_meanwhile(context: HandlerContext) -> HandlerResult:
        result = send(context)
        send_message(office, context.case_reference, "withdraw", {}, by="Officer 1")
        return result

    play, post = play_with(database, doing(withdrawn_meanwhile))
    office: Office = play.office
    assert work_ready_jobs(office) == 1
    assert play.open() == ["withdrawn"]
    assert job_of(play).status == JobStatus.CANCELLED
    assert (len(post.delivered), letters_of(play)) == (1, 1)
    assert [c["handler"] for kind, c in play.record() if kind == "late result"] == ["work"]
    assert "sent" not in [content.get("fact") for _, content in play.record()]
    assert verify_records(office) == (1, [])


def test_the_letter_of_two_late_results_is_kept_once(database: Database) -> None:
    runs: list[str] = []

    def slow_and_withdrawn(context: HandlerContext) -> HandlerResult:
        runs.append(context.once_key)
        if len(runs) == 1:
            office.clock.advance(RETRY.lease)  # type: ignore[attr-defined]
            work_ready_jobs(office)
        else:
            send_message(office, context.case_reference, "withdraw", {}, by="Officer 1")
        return send(context)

    play, _ = play_with(database, doing(slow_and_withdrawn))
    office: Office = play.office
    work_ready_jobs(office)
    assert len(runs) == 2
    assert letters_of(play) == 1
    assert [kind for kind, _ in play.record()].count("late result") == 2


def test_a_withdrawal_closes_the_incident_of_what_is_no_longer_needed(database: Database) -> None:
    work, _ = failing(times=RETRY.attempts)
    play, _ = play_with(database, work)
    exhaust(play)
    (incident,) = incidents_of(play)
    send_message(play.office, play.reference, "withdraw", {}, by="Officer 1")
    assert incidents_of(play) == []
    with pytest.raises(IncidentNotFoundError):
        retry_incident(play.office, incident, by="Officer 1")


def test_a_job_that_is_done_waiting_or_unknown_is_not_worked(database: Database) -> None:
    work, attempts = failing(times=1)
    play, _ = play_with(database, work)
    case_id, number = play.case().case_id, job_of(play).number
    assert work_job(play.office, case_id, number)
    assert not work_job(play.office, case_id, number)  # its time has not come
    assert not work_job(play.office, case_id, number + 1000)
    play.wait(seconds=30)
    assert work_job(play.office, case_id, number)
    assert not work_job(play.office, case_id, number)
    assert attempts == [1, 2]


def test_the_sweep_announces_what_no_broker_took_and_what_a_broker_has_lost(database: Database) -> None:
    announced: list[tuple[int, int]] = []
    is_up = False

    def announce(ready) -> bool:
        announced.extend(ready)
        return is_up

    play, _ = play_with(database, doing(send))
    office = play.office = replace(play.office, announce=announce)
    assert announce_ready_jobs(office) == 1
    assert announce_ready_jobs(office) == 1  # nobody took it
    is_up = True
    assert announce_ready_jobs(office) == 1
    assert announce_ready_jobs(office) == 0  # it is on its way
    play.wait(seconds=RETRY.lease.total_seconds())
    assert announce_ready_jobs(office) == 1  # it was lost
    assert len(announced) == 4
    work_ready_jobs(office)
    play.wait(days=1)
    assert announce_ready_jobs(office) == 0


def test_the_jobs_of_the_same_step_are_announced_after_commit(database: Database) -> None:
    seen: list[JobStatus] = []

    def announce(ready) -> bool:
        with database.begin() as connection:
            seen.extend(stored.load_job(connection, *key).status for key in ready)
        return True

    body = (
        '<bpmn:startEvent id="begin"/>'
        + user("go")
        + '<bpmn:parallelGateway id="split"/>'
        + job("one")
        + job("two")
        + '<bpmn:parallelGateway id="join"/><bpmn:endEvent id="done"/>'
        + chain_of("begin", "go", "split", "one", "join", "done")
        + flow("split", "two")
        + flow("two", "join")
    )
    play = Play(database, variant_of(process(body)))
    play.office = replace(play.office, announce=announce)
    play.complete("go")
    assert seen == [JobStatus.WAITING, JobStatus.WAITING]
    with database.begin() as connection:
        assert (
            stored.ready_jobs(
                connection, play.office.clock.now(), 10, unannounced_since=play.office.clock.now() - RETRY.lease
            )
            == []
        )
