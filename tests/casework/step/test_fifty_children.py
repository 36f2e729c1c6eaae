"""Two workers and a person at one case with fifty children, and a withdrawal in the middle."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from engine.casework.background.jobs import work_ready_jobs
from engine.casework.background.timers import fire_due_timers
from engine.casework.background.verification import verify_records
from engine.casework.cases.intake import open_case
from engine.casework.cases.messages import send_message
from engine.casework.tasks.completion import complete_task
from engine.handler import HandlerContext, HandlerResult, handler
from engine.model import CaseStatus, InstanceStatus, JobStatus, TaskStatus, TimerStatus
from engine.store import Database, cases, schema
from engine.store import record as chain
from engine.store import tasks as stored_tasks
from engine.variants import Variant
from tests.casework.builders import START_AT, chain_of, flow, job, office_on, process, timer, user, variant_of
from tests.casework.processes import side_by_side

CHILDREN = 50

WITHDRAW = (
    '<bpmn:boundaryEvent id="withdrawal" name="withdrawal" attachedToRef="review">'
    '<bpmn:messageEventDefinition id="withdrawal_message" messageRef="message_withdraw"/></bpmn:boundaryEvent>'
)
MAIN = (
    '<bpmn:startEvent id="begin"/>' + user("collect") + '<bpmn:subProcess id="review" name="review">'
    '<bpmn:startEvent id="inner_begin"/><bpmn:callActivity id="ask" name="ask"><bpmn:extensionElements>'
    '<zeebe:calledElement processId="asking" propagateAllChildVariables="false"/></bpmn:extensionElements>'
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=agencies" inputElement="agency" outputCollection="answers" '
    'outputElement="=answer"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:callActivity>'
    '<bpmn:endEvent id="inner_done"/>'
    + chain_of("inner_begin", "ask", "inner_done")
    + "</bpmn:subProcess>"
    + WITHDRAW
    + user("close")
    + user("acknowledge")
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="withdrawn"/>'
    + chain_of("begin", "collect", "review", "close", "done")
    + chain_of("withdrawal", "acknowledge", "withdrawn")
)
ASKING = (
    '<bpmn:startEvent id="asked"/><bpmn:parallelGateway id="both"/>'
    + job("notify")
    + user("reply", boundary=timer("late", on="reply", after="P1D"))
    + job("remind")
    + '<bpmn:parallelGateway id="joined"/><bpmn:endEvent id="answered"/><bpmn:endEvent id="reminded"/>'
    + chain_of("asked", "both", "notify", "joined", "answered")
    + flow("both", "reply")
    + flow("reply", "joined")
    + chain_of("late", "remind", "reminded")
)


@handler(name="work", title="Work", ports=(), takes_more_inputs=True)
def work(context: HandlerContext) -> HandlerResult:
    """Do something."""
    runs.append(context.once_key)
    return HandlerResult()


runs: list[str] = []  #: of this process: the once_key of each time the handler ran


def fifty_agencies() -> Variant:
    return variant_of(
        process(MAIN), process(ASKING, id="asking"), definitions='<bpmn:message id="message_withdraw" name="withdraw"/>'
    )


def be_a_worker(url: str, reference: str) -> list[str]:
    """Work jobs and timers until the case is closed; gives the jobs that were run."""
    database = Database(url)
    office = office_on(database, handlers=(work,), at=START_AT + timedelta(days=2))
    while True:
        with database.begin() as connection:
            is_closed = cases.find_case(connection, reference).status == CaseStatus.CLOSED
        moved = fire_due_timers(office, limit=3) + work_ready_jobs(office, limit=3)
        if is_closed and not moved:
            database.close()
            return runs


def be_a_person(url: str, reference: str, seed: int) -> int:
    """Complete tasks in a random order, withdraw somewhere in the middle, and clear what is left; gives the replies."""
    database = Database(url)
    office = office_on(database, at=START_AT + timedelta(days=2))
    chance = random.Random(seed)  # noqa: S311  # an order, no secret
    withdraw_after = chance.randrange(1, CHILDREN)
    replies = 0
    while True:
        with database.begin() as connection:
            if cases.find_case(connection, reference).status == CaseStatus.CLOSED:
                database.close()
                return replies
            open_tasks = stored_tasks.open_tasks(connection, reference=reference)
        if not open_tasks:
            continue  # the workers have the next move
        if replies == withdraw_after:
            send_message(office, reference, "withdraw", {}, by="Officer 1")
            withdraw_after = -1
            continue
        task = chance.choice(open_tasks)
        complete_task(office, task.task_id, {"answer": f"from {task.item_id}"}, by="Officer 1")
        replies += task.element_id == "reply"


def play_round(database: Database, url: str, seed: int) -> None:
    office = office_on(database, handlers=(work,))
    reference = open_case(office, fifty_agencies(), {}, by="the applicant")
    with database.begin() as connection:
        case_id = cases.find_case(connection, reference).case_id
        (collect,) = stored_tasks.open_tasks(connection, reference=reference)
    agencies = [{"name": f"agency {number}"} for number in range(1, CHILDREN + 1)]
    complete_task(office, collect.task_id, {"agencies": agencies}, by="Officer 1")

    first, second, replies = side_by_side(
        (be_a_worker, (url, reference)), (be_a_worker, (url, reference)), (be_a_person, (url, reference, seed))
    )

    def rows(table: str) -> list:
        with database.begin() as connection:
            columns = schema.metadata.tables[table]
            return list(connection.execute(columns.select().where(columns.c.case_id == case_id)))

    assert verify_records(office, reference) == (1, [])
    tasks, jobs, children = rows("tasks"), rows("jobs"), [row for row in rows("instances") if row.parent is not None]
    # nothing is lost and nothing is left below the withdrawn parent
    assert len(children) == CHILDREN
    assert {row.status for row in children} <= {InstanceStatus.COMPLETED, InstanceStatus.CANCELLED}
    assert InstanceStatus.CANCELLED in {row.status for row in children}
    assert TaskStatus.OPEN not in {row.status for row in tasks}
    assert TimerStatus.WAITING not in {row.status for row in rows("timers")}
    assert not any(row.is_waiting for row in rows("subscriptions"))
    assert {row.status for row in jobs} <= {JobStatus.DONE, JobStatus.CANCELLED}
    assert len([row for row in tasks if row.element_id == "reply"]) == CHILDREN
    completed = [row for row in tasks if row.element_id == "reply" and row.status == TaskStatus.COMPLETED]
    assert len(completed) == replies
    # each reply is a fact of its own agency
    facts = {row.item_id: row.value for row in rows("facts") if row.name == "answer" and row.item_id}
    assert set(facts) == {row.item_id for row in completed}
    assert all(item in value for item, value in facts.items())
    # each run of a handler went in once: it moved the case, or is recorded as late
    with database.begin() as connection:
        kinds = [entry.kind for entry in chain.entries_of(connection, case_id)]
    assert len(first) + len(second) == len({*first, *second})
    assert kinds.count("job done") + kinds.count("late result") == len(first) + len(second)
    assert kinds.count("job done") == len([row for row in jobs if row.status == JobStatus.DONE])
    assert kinds.count("task completed") == replies + 2
    assert kinds.count("incident") == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_two_workers_and_a_person_finish_a_case_of_fifty_children_that_is_withdrawn(
    database: Database, database_url: str, seed: int
) -> None:
    play_round(database, database_url, seed)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(100, 200))
def test_a_hundred_times_two_workers_and_a_person_finish_a_case_of_fifty_children_that_is_withdrawn(
    database: Database, database_url: str, seed: int
) -> None:
    play_round(database, database_url, seed)
