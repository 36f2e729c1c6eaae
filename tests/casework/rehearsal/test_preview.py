"""A rehearsal is the real thing, and nothing of it is left: no row, no letter, no announcement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text

from engine.casework.background.jobs import work_ready_jobs
from engine.casework.cases.messages import send_message
from engine.casework.rehearsal import Consequences, rehearse, what_follows, what_follows_telling
from engine.casework.step.office import Office
from engine.casework.tasks.completion import claim_task, complete_task
from engine.errors import (
    CaseBusyError,
    CaseNotFoundError,
    FormAnswersError,
    NobodyWaitsError,
    NotAllowedError,
    TaskClaimedError,
)
from engine.handler import Handler, HandlerContext, HandlerResult, handler
from engine.store import Database, cases, tasks
from engine.store import database as store
from engine.store.schema import metadata
from tests.casework.builders import Play, chain_of, flow, job, process, timer, user, variant_of

FORM = json.dumps(
    {
        "type": "default",
        "id": "look",
        "components": [
            {
                "type": "radio",
                "id": "f1",
                "key": "way",
                "label": "Which way?",
                "values": [{"value": "left", "label": "Left"}, {"value": "right", "label": "Right"}],
                "validate": {"required": True},
            }
        ],
    }
).encode()

MESSAGE = '<bpmn:message id="m" name="news"/>'
TOLD = (
    '<bpmn:startEvent id="told" name="News comes"><bpmn:messageEventDefinition id="md" messageRef="m"/>'
    '</bpmn:startEvent><bpmn:endEvent id="heard"/>'
)
BODY = (
    '<bpmn:startEvent id="begin"/><bpmn:exclusiveGateway id="which" name="Which way?" default="which_to_stop"/>'
    + user(
        "look",
        more='<zeebe:formDefinition formId="look"/>',
        boundary=timer("slow", on="look", after="P3D", rung=1),
    )
    + job("send", inputs="what==&quot;a&quot;")
    + user("act", boundary=timer("late", on="act", after="P7D"), team="other")
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="stop" name="Given up"/><bpmn:endEvent id="seen"/>'
    + '<bpmn:endEvent id="chased"/>'
    + chain_of("begin", "look", "which")
    + flow("which", "send", '=way = "left"')
    + flow("which", "stop")
    + chain_of("send", "act", "done")
    + chain_of("slow", "seen")
    + chain_of("late", "chased")
)
VARIANT = variant_of(
    process(BODY),
    process(TOLD + user("hear") + chain_of("told", "hear", "heard"), id="hearing"),
    definitions=MESSAGE,
    files={"forms/look.form": FORM},
)


def worker(ran: list[str]) -> Handler:
    @handler(name="work", title="Work", ports=(), takes_more_inputs=True)
    def work(context: HandlerContext) -> HandlerResult:
        """Work."""
        ran.append(context.case_reference)
        return HandlerResult(note="It was sent.")

    return work


@pytest.fixture
def ran() -> list[str]:
    return []


@pytest.fixture
def play(database: Database, ran: list[str]) -> Play:
    return Play(database, VARIANT, handlers=(worker(ran),))


def everything(database: Database) -> Mapping[str, Any]:
    """Every row of every table."""
    with database.read() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in metadata.sorted_tables}


def follow(play: Play, answers: dict[str, Any], *, by: str = "Officer 1", element: str = "look") -> Consequences:
    return what_follows(play.office, play.task_id(element), answers, by=by)


def test_what_would_follow_is_told_and_nothing_has_happened(play: Play) -> None:
    before = everything(play.office.database)
    found = follow(play, {"way": "left"})
    assert everything(play.office.database) == before
    assert [(task.name, task.team, task.item, task.due_on) for task in found.new_tasks] == [
        ("act", "Other Team", "", None)
    ]
    assert found.tasks_gone == ()
    assert found.decisions == ("Which way? send.",)
    assert [entry.sentence for entry in found.by_itself] == ["If “act” is not done by 10:15 on 9 March 2026: “late”."]
    assert [entry.sentence for entry in found.no_longer_by_itself] == [
        "If “look” is not done by 10:15 on 5 March 2026: “slow” (rung 1)."
    ]
    assert not found.closes
    assert [sentence for kind, sentence in found.record if kind == "job done"] == ["“send” was done. It was sent."]


def test_a_case_that_would_close_says_as_what(play: Play) -> None:
    found = follow(play, {"way": "right"})
    assert (found.closes, found.closed_as, found.new_tasks) == (True, "Given up", ())
    assert play.case().status == "open"


def test_the_case_goes_on_after_a_rehearsal_as_if_it_had_not_been(play: Play) -> None:
    expected = follow(play, {"way": "left"})
    follow(play, {"way": "right"})
    play.complete("look", {"way": "left"})
    assert play.open() == [task.element_id for task in expected.new_tasks]


def test_a_refusal_is_raised_as_it_is_and_leaves_nothing(play: Play) -> None:
    before = everything(play.office.database)
    with pytest.raises(FormAnswersError) as refused:
        follow(play, {"way": "up"})
    assert [path for path, _ in refused.value.problems] == ["way"]
    with pytest.raises(NotAllowedError, match="Other 1 is not in it"):
        follow(play, {"way": "left"}, by="Other 1")
    with pytest.raises(NobodyWaitsError):
        what_follows_telling(play.office, play.reference, "nothing", {}, by="Officer 1")
    assert everything(play.office.database) == before
    claim_task(play.office, play.task_id("look"), by="Officer 2")
    with pytest.raises(TaskClaimedError):
        follow(play, {"way": "left"})


def test_a_case_of_another_council_is_not_there(play: Play) -> None:
    task = play.task_id("look")
    with pytest.raises(CaseNotFoundError):
        what_follows(play.office, task, {"way": "left"}, by="Officer 1", council_id="elsewhere")
    assert what_follows(play.office, task, {"way": "left"}, by="Officer 1", council_id="test_council").new_tasks


def test_a_message_is_rehearsed_as_a_task_is(play: Play) -> None:
    before = everything(play.office.database)
    found = what_follows_telling(play.office, play.reference, "news", {}, by="Officer 1")
    assert [task.name for task in found.new_tasks] == ["hear"]
    assert not found.reopens
    assert everything(play.office.database) == before


def test_a_message_that_opens_a_closed_case_again_says_so(play: Play) -> None:
    play.complete("look", {"way": "right"})
    found = what_follows_telling(play.office, play.reference, "news", {}, by="Officer 1")
    assert found.reopens
    assert play.case().status == "closed"


def test_nobody_is_told_of_the_jobs_of_a_rehearsal_and_no_element_counts_as_taken(play: Play) -> None:
    announced: list[Any] = []
    watched: list[Any] = []
    office = replace(
        play.office,
        announce=lambda ready: bool(announced.append(ready)) or True,
        watch=lambda *taken: watched.append(taken),
    )
    what_follows(office, play.task_id("look"), {"way": "left"}, by="Officer 1")
    assert (announced, watched) == ([], [])
    complete_task(office, play.task_id("look"), {"way": "left"}, by="Officer 1")
    assert announced
    assert watched


def test_only_the_jobs_that_the_answer_makes_are_rehearsed(play: Play, ran: list[str]) -> None:
    other = Play(play.office.database, VARIANT)
    complete_task(other.office, other.task_id("look"), {"way": "left"}, by="Officer 1")  # its job waits for a worker
    follow(play, {"way": "left"})
    assert ran == [play.reference]
    assert work_ready_jobs(play.office) == 1
    assert ran == [play.reference, other.reference]


def test_a_rehearsal_within_a_rehearsal_leaves_the_outer_one_as_it_was(play: Play) -> None:
    before = everything(play.office.database)
    task = play.task_id("look")
    with rehearse(play.office) as stage:
        inner = what_follows(stage, task, {"way": "right"}, by="Officer 1")
        complete_task(stage, task, {"way": "left"}, by="Officer 1")
        with rehearse(stage) as further:
            work_ready_jobs(further)
            assert open_on(further, task.reference) == ["act"]
            with pytest.raises(NobodyWaitsError):
                send_message(further, task.reference, "nothing", {}, by="Officer 1")
        assert open_on(stage, task.reference) == []
        work_ready_jobs(stage)
        assert open_on(stage, task.reference) == ["act"]
    assert inner.closes
    assert everything(play.office.database) == before


def open_on(stage: Office, reference: str) -> list[str]:
    with stage.database.read() as connection:
        return [task.element_id for task in tasks.open_tasks(connection, reference=reference)]


def test_a_case_that_somebody_else_moves_is_not_waited_for(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_PATIENCE", 0.01)
    task = play.task_id("look")
    other = Database(play.office.database.engine.url.render_as_string(hide_password=False))
    with other.begin() as connection:
        cases.lock_case(connection, play.reference)
        with pytest.raises(CaseBusyError, match="Try again"):
            what_follows(play.office, task, {"way": "left"}, by="Officer 1")
    other.close()
    assert follow(play, {"way": "left"}).new_tasks


def test_a_step_after_a_rehearsal_is_as_patient_as_before(play: Play) -> None:
    asked = "PRAGMA busy_timeout" if play.office.database.is_sqlite else "SHOW lock_timeout"

    def patience() -> Any:
        with play.office.database.begin() as connection:
            return connection.execute(text(asked)).scalar()

    before = patience()
    follow(play, {"way": "left"})
    assert patience() == before


def test_a_timer_that_would_be_due_at_once_has_fired_in_the_rehearsal(database: Database) -> None:
    body = (
        '<bpmn:startEvent id="begin"/>'
        + user("look")
        + user("act", boundary=timer("late", on="act", after="PT0S"))
        + user("chase")
        + '<bpmn:endEvent id="done"/><bpmn:endEvent id="chased"/>'
        + chain_of("begin", "look", "act", "done")
        + chain_of("late", "chase", "chased")
    )
    play = Play(database, variant_of(process(body)))
    found = follow(play, {})
    assert sorted(task.name for task in found.new_tasks) == ["act", "chase"]
    play.complete("look")
    assert play.open() == ["act", "chase"]


def test_what_would_be_stuck_is_told(database: Database) -> None:
    body = '<bpmn:startEvent id="begin"/><bpmn:endEvent id="done"/>' + user("look") + job("send", handler="unknown")
    play = Play(database, variant_of(process(body + chain_of("begin", "look", "send", "done"))))
    (incident,) = follow(play, {}).incidents
    assert incident.name == "send"
    assert "unknown" in incident.message
    assert follow(play, {}).new_tasks == ()


def test_tasks_that_would_no_longer_be_needed_are_told(database: Database) -> None:
    body = (
        '<bpmn:startEvent id="begin"/><bpmn:parallelGateway id="both"/>'
        + user("look")
        + user("wait")
        + '<bpmn:endEvent id="over"><bpmn:terminateEventDefinition id="t"/></bpmn:endEvent><bpmn:endEvent id="done"/>'
        + chain_of("begin", "both", "look", "over")
        + chain_of("both", "wait", "done")
    )
    play = Play(database, variant_of(process(body)))
    found = follow(play, {})
    assert [task.name for task in found.tasks_gone] == ["wait"]
    assert found.closes
    assert found.new_tasks == ()


def test_days_are_told_as_people_know_them(database: Database) -> None:
    body = (
        '<bpmn:startEvent id="begin"/><bpmn:endEvent id="done"/>'
        + user("look")
        + '<bpmn:intermediateCatchEvent id="rest" name="Rest"><bpmn:timerEventDefinition id="td">'
        "<bpmn:timeDate>=date(&quot;2026-05-05&quot;)</bpmn:timeDate></bpmn:timerEventDefinition>"
        "</bpmn:intermediateCatchEvent>" + user("act") + chain_of("begin", "look", "rest", "act", "done")
    )
    play = Play(database, variant_of(process(body)))
    (timer_ahead,) = follow(play, {}).by_itself
    assert timer_ahead.sentence == "At the end of 5 May 2026: “Rest”, then “act”."
    assert timer_ahead.at.date() == date(2026, 5, 5)  # 23:00 of the day in UTC, which is its end in summer
