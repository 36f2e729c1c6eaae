"""A wrong completion can be undone while nothing followed and no letter left."""

from __future__ import annotations

import pytest

from engine.casework.background.incidents import retry_incident
from engine.casework.background.jobs import work_ready_jobs
from engine.casework.background.verification import verify_records
from engine.casework.cases.corrections import correct_fact, erase_contents
from engine.casework.tasks.completion import claim_task, complete_task
from engine.casework.tasks.undo import undo_completion
from engine.errors import BadInputError, NotAllowedError, TaskCancelledError, TaskNotFoundError, UndoRefusedError
from engine.handler import BusinessFault, HandlerContext, HandlerResult, handler
from engine.model import CASE, CaseStatus, JobStatus, TaskId
from engine.store import Database, facts, jobs, schema
from tests.casework.builders import Play, chain_of, job, process, timer, user, variant_of
from tests.casework.tasks.test_two_people import at_once
from tests.statements import counted


@handler(name="work", title="Work", ports=(), takes_more_inputs=True)
def work(context: HandlerContext) -> HandlerResult:
    return HandlerResult()


BODY = (
    '<bpmn:startEvent id="begin"/>'
    + user("decide", boundary=timer("late", on="decide", after="P14D"))
    + user("chase")
    + user("tell")
    + job("send")
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="chased"/>'
    + chain_of("begin", "decide", "tell", "send", "done")
    + chain_of("late", "chase", "chased")
)


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, variant_of(process(BODY)), handlers=(work,), answers={"met": False, "word": "first"})


def done(play: Play, element: str, answers: dict | None = None, *, by: str = "Officer 1") -> TaskId:
    """Completed, and nothing worked yet."""
    task = play.task_id(element)
    complete_task(play.office, task, answers or {}, by=by)
    return task


def undo(play: Play, task: TaskId, *, by: str = "Officer 1", reason: str = "The wrong case") -> None:
    undo_completion(play.office, task, reason=reason, by=by)


def known(play: Play) -> dict:
    case_id = play.case().case_id
    with play.office.database.begin() as connection:
        return {row.name: row.value for row in facts.current_facts(connection, case_id, CASE)}


def last_entry(play: Play, kind: str) -> dict:
    return [content for each, content in play.record() if each == kind][-1]


def test_the_task_is_open_again_and_what_followed_is_taken_back(play: Play) -> None:
    task = done(play, "decide", {"met": True})
    assert play.open() == ["tell"]
    undo(play, task)
    assert play.open() == ["decide"]
    assert play.task_id("decide") == task


def test_its_deadline_runs_as_before_and_does_not_start_again(play: Play) -> None:
    play.wait(days=10)
    task = done(play, "decide")
    play.wait(days=3)
    undo(play, task)
    play.wait(hours=23)
    assert play.open() == ["decide"]
    play.wait(hours=1)
    assert play.open() == ["chase", "decide"]


def test_what_it_told_is_no_longer_known_and_what_it_corrected_is_known_again(play: Play) -> None:
    before = known(play)
    undo(play, done(play, "decide", {"met": True, "new": "something"}))
    assert known(play) == before
    case_id = play.case().case_id
    with play.office.database.begin() as connection:
        told = facts.history(connection, case_id)
    assert [(row.name, row.is_current) for row in told if row.undone_at is not None] == [("met", False), ("new", False)]


def test_the_record_keeps_the_completion_and_its_undoing_with_the_reason(play: Play) -> None:
    task = done(play, "decide", {"met": True})
    entries = len(play.record())
    undo(play, task, by="Officer 2")
    assert len(play.record()) == entries + 1
    assert last_entry(play, "task completed")["answers"] == {"met": True}
    said = last_entry(play, "completion undone")
    assert (said["by"], said["completed_by"], said["reason"], said["element"]) == (
        "Officer 2", "Officer 1", "The wrong case", "decide",
    )  # fmt: skip
    assert said["taken_back"] == ["tell"]
    assert {play.record()[seq - 1][0] for seq in said["entries"]} == {"task completed", "task created"}
    assert verify_records(play.office, replay=True) == (1, [])


def test_numbers_of_the_case_are_not_used_again(play: Play) -> None:
    task = done(play, "decide")
    taken_back = play.task_id("tell")
    undo(play, task)
    done(play, "decide")
    assert play.task_id("tell").number > taken_back.number
    with pytest.raises(TaskCancelledError):
        complete_task(play.office, taken_back, {}, by="Officer 1")


def test_completing_it_again_goes_on_as_if_nothing_had_been(play: Play) -> None:
    undo(play, done(play, "decide", {"met": True}))
    done(play, "decide", {"met": False})
    play.complete("tell")
    assert play.case().status == CaseStatus.CLOSED


def test_the_completion_that_closed_a_case_opens_it_again(database: Database) -> None:
    body = '<bpmn:startEvent id="begin"/>' + user("decide") + '<bpmn:endEvent id="done"/>'
    play = Play(database, variant_of(process(body + chain_of("begin", "decide", "done"))))
    task = done(play, "decide")
    assert play.case().status == CaseStatus.CLOSED
    undo(play, task)
    case = play.case()
    assert (case.status, case.closed_at, case.closed_as) == (CaseStatus.OPEN, None, None)
    assert [kind for kind, _ in play.record()][-3:] == ["case closed", "completion undone", "case reopened"]
    done(play, "decide")
    assert play.case().status == CaseStatus.CLOSED


def test_an_item_that_is_taken_back_leaves_its_id_free(play: Play) -> None:
    undo(play, done(play, "decide", {"reports": [{"name": "a"}, {"name": "b"}]}))
    done(play, "decide", {"reports": [{"name": "c"}]})
    case_id = play.case().case_id
    with play.office.database.begin() as connection:
        rows = facts.current_items(connection, case_id, ["reports"])
    assert [row.item_id for row in rows] == ["reports-1"]


def test_a_letter_that_has_not_been_begun_is_called_back(play: Play) -> None:
    done(play, "decide")
    task = done(play, "tell")
    undo(play, task)
    play.work()
    assert play.open() == ["tell"]
    assert not any(kind == "job done" for kind, _ in play.record())


def test_a_completion_whose_letter_left_stands(play: Play) -> None:
    done(play, "decide")
    task = done(play, "tell")
    play.work()
    with pytest.raises(UndoRefusedError, match=r"something followed\. 2 March 2026.*“send” was done"):
        undo(play, task)


def test_a_completion_whose_letter_is_just_leaving_stands(play: Play) -> None:
    done(play, "decide")
    task = done(play, "tell")
    now = play.office.clock.now()
    with play.office.database.begin() as connection:
        ((case_id, number),) = jobs.ready_jobs(connection, now, 10)
        assert jobs.lease_job(connection, case_id, number, lease="worker", now=now, until=now)
    with pytest.raises(UndoRefusedError, match="“send” has begun and cannot be called back"):
        undo(play, task)


def test_a_completion_that_somebody_built_on_stands_and_the_refusal_says_who(play: Play) -> None:
    task = done(play, "decide")
    claim_task(play.office, play.task_id("tell"), by="Officer 2")
    with pytest.raises(UndoRefusedError, match="Officer 2 claimed “tell”"):
        undo(play, task)


def test_a_completion_after_which_a_fact_was_corrected_stands(play: Play) -> None:
    task = done(play, "decide")
    correct_fact(play.office, play.reference, "word", "second", reason="misspelt", by="Officer 2")
    with pytest.raises(UndoRefusedError, match="Officer 2 corrected “word”"):
        undo(play, task)


def test_only_the_last_completion_is_undone_and_only_once(play: Play) -> None:
    first = done(play, "decide")
    second = done(play, "tell")
    with pytest.raises(UndoRefusedError, match="something followed"):
        undo(play, first)
    undo(play, second)
    with pytest.raises(UndoRefusedError, match="is not completed"):
        undo(play, second)
    with pytest.raises(UndoRefusedError, match=r"something followed.*undid “tell”"):
        undo(play, first)


def test_who_did_it_or_somebody_of_the_team_undoes_it_and_nobody_else(play: Play) -> None:
    task = done(play, "decide")
    with pytest.raises(NotAllowedError, match=r"done by Officer 1.*The Team"):
        undo(play, task, by="Other 1")
    with pytest.raises(NotAllowedError):
        undo(play, task, by="A Stranger")
    assert play.open() == ["tell"]
    undo(play, task, by="Officer 2")


def test_undoing_needs_a_reason_and_a_completed_task(play: Play) -> None:
    with pytest.raises(UndoRefusedError, match="nothing to undo"):
        undo(play, play.task_id("decide"))
    task = done(play, "decide")
    with pytest.raises(BadInputError, match="reason"):
        undo(play, task, reason="  ")
    with pytest.raises(TaskNotFoundError):
        undo(play, TaskId(reference=play.reference, number=999))


def test_whoever_did_a_task_that_is_undone_may_do_what_they_would_then_not_have_been_let_do(database: Database) -> None:
    apart = '<zeebe:properties><zeebe:property name="not_same_person_as" value="decide"/></zeebe:properties>'
    body = '<bpmn:startEvent id="begin"/>' + user("decide") + user("check", more=apart) + '<bpmn:endEvent id="done"/>'
    play = Play(database, variant_of(process(body + chain_of("begin", "decide", "check", "done"))))
    undo(play, done(play, "decide", by="Officer 1"))
    done(play, "decide", by="Officer 2")
    with pytest.raises(NotAllowedError):
        done(play, "check", by="Officer 2")
    done(play, "check", by="Officer 1")


def test_what_is_kept_for_undoing_goes_when_contents_are_erased(play: Play) -> None:
    done(play, "decide", {"name": "A Victim"})
    erase_contents(play.office, play.reference, [1], reason="asked to", by="Officer 1")
    with play.office.database.begin() as connection:
        assert connection.execute(schema.undo.select()).all() == []


def test_what_is_kept_for_undoing_costs_a_completion_one_write_and_no_read(play: Play) -> None:
    with counted(play.office.database) as seen:
        done(play, "decide", {"met": True})
    about = [statement for statement in seen if "undo" in statement.casefold().split("values")[0].split("(")[0]]
    assert len(about) == 1
    assert about[0].startswith("INSERT INTO undo")


STOP = (
    '<bpmn:startEvent id="begin"/><bpmn:parallelGateway id="both"/>'
    + user("first")
    + user("stop")
    + job("send", inputs="fail==fail fault==fault")
    + user("wait")
    + '<bpmn:endEvent id="stopped"><bpmn:terminateEventDefinition id="t"/></bpmn:endEvent><bpmn:endEvent id="sent"/>'
    + chain_of("begin", "first", "both", "stop", "stopped")
    + chain_of("both", "send", "wait", "sent")
)


@handler(name="work", title="Work", ports=(), takes_more_inputs=True, faults=("lost",))
def trouble(context: HandlerContext) -> HandlerResult | BusinessFault:
    if context.inputs.get("fault"):
        return BusinessFault(code="lost", message="It is lost.")
    if context.inputs.get("fail"):
        raise RuntimeError("the printer is on fire")
    return HandlerResult()


def rows(play: Play, table: str) -> list[dict]:
    found = schema.metadata.tables[table]
    with play.office.database.begin() as connection:
        return [dict(row._mapping) for row in connection.execute(found.select().order_by(found.c.number))]


def bring_about(play: Play, how: str) -> None:
    if how == "leased":
        now = play.office.clock.now()
        with play.office.database.begin() as connection:
            ((case_id, number),) = jobs.ready_jobs(connection, now, 10)
            assert jobs.lease_job(connection, case_id, number, lease="worker", now=now, until=now)
    elif how != "waiting":
        work_ready_jobs(play.office)
    if how == "retried":
        (incident,) = rows(play, "incidents")
        retry_incident(play.office, TaskId(reference=play.reference, number=incident["number"]), by="Officer 1")


@pytest.mark.parametrize(
    ("how", "status"),
    [("waiting", "waiting"), ("failed", "waiting"), ("leased", "leased"), ("parked", "parked"), ("retried", "waiting")],
)
def test_a_job_that_the_completion_cancelled_stands_as_it_stood(database: Database, how: str, status: str) -> None:
    answers = {"fail": how == "failed", "fault": how in ("parked", "retried")}
    play = Play(database, variant_of(process(STOP)), handlers=(trouble,), answers=answers)
    done(play, "first")
    bring_about(play, how)
    before = rows(play, "jobs"), rows(play, "incidents")
    assert [row["status"] for row in before[0]] == [status]
    task = done(play, "stop")
    assert [row["status"] for row in rows(play, "jobs")] == [JobStatus.CANCELLED]
    undo(play, task)
    assert (rows(play, "jobs"), rows(play, "incidents")) == before


def test_a_completion_in_a_child_is_undone_with_what_it_moved_in_its_parent(database: Database) -> None:
    call = (
        '<bpmn:callActivity id="ask" name="ask"><bpmn:extensionElements>'
        '<zeebe:calledElement processId="asking" propagateAllChildVariables="false"/></bpmn:extensionElements>'
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="=reports" inputElement="report" outputCollection="answers" '
        'outputElement="=answer"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:callActivity>'
    )
    main = '<bpmn:startEvent id="begin"/>' + call + user("decide") + '<bpmn:endEvent id="done"/>'
    asking = '<bpmn:startEvent id="asked"/>' + user("reply") + '<bpmn:endEvent id="answered"/>'
    variant = variant_of(
        process(main + chain_of("begin", "ask", "decide", "done")),
        process(asking + chain_of("asked", "reply", "answered"), id="asking"),
    )
    play = Play(database, variant, answers={"reports": [{"name": "a"}, {"name": "b"}]})
    play.complete("reply", {"answer": "yes"}, item="reports-1")
    before = rows(play, "instances")
    task = done(play, "reply", {"answer": "no"})
    assert play.open() == ["decide"]
    undo(play, task)
    assert play.open() == ["reply:reports-2"]
    assert rows(play, "instances") == before
    done(play, "reply", {"answer": "no"})
    assert play.open() == ["decide"]


@pytest.mark.parametrize("round_", range(5))
def test_of_an_undoing_and_the_worker_of_its_letter_one_wins(play: Play, round_: int) -> None:
    done(play, "decide")
    task = done(play, "tell")
    undone, _ = at_once(lambda: undo(play, task), lambda: work_ready_jobs(play.office))
    play.work()
    has_left = any(kind == "job done" for kind, _ in play.record())
    assert has_left == isinstance(undone, UndoRefusedError)
    assert play.open() == ([] if has_left else ["tell"])
    assert verify_records(play.office) == (1, [])
