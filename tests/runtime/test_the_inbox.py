"""What a user task says of itself, and what a handler and a signal read of an element, as the modeller writes it."""

from __future__ import annotations

from datetime import date

import pytest

from engine.cli.open_tasks import task_as_json
from engine.errors import NotAllowedError
from engine.handler import HandlerContext, HandlerResult, handler
from engine.handler.contract import Output
from tests.runtime.play import Case
from tests.runtime.sketch import end, parallel, start, throw, user, wire


def one(more: str) -> Case:
    drawn = user("act", more=more)
    if "assignmentDefinition" in more:
        drawn = drawn.replace('<zeebe:assignmentDefinition candidateGroups="team"/>', "")
    return Case(start() + drawn + end() + wire("start act end"), answers={"rank": 70})


@pytest.mark.parametrize("written", ['=date("2026-03-05")', '=today() + duration("P3D")', "2026-03-05"])
def test_a_follow_up_date_stands_beside_the_task(written: str) -> None:
    written = written.replace('"', "&quot;")
    (task,) = one(f'<zeebe:taskSchedule followUpDate="{written}"/>').tasks()
    assert task.follow_up_on == date(2026, 3, 5)
    assert task.due_on is None
    assert task_as_json(task, {})["follow_up_on"] == "2026-03-05"


def test_of_two_tasks_without_a_deadline_the_one_of_higher_priority_stands_first() -> None:
    case = Case(
        start()
        + parallel("split")
        + user("plain")
        + user("high", more='<zeebe:priorityDefinition priority="=rank"/>')
        + user("low", more='<zeebe:priorityDefinition priority="10"/>')
        + end()
        + end("e2")
        + end("e3")
        + wire("start split plain end", "split high e2", "split low e3"),
        answers={"rank": 70},
    )
    assert [task.element_id for task in case.tasks()] == ["high", "plain", "low"]  # without one it is 50


@pytest.mark.parametrize("written", ["101", "-1", "soon", "=null", "=&quot;x&quot;"])
def test_a_priority_that_is_none_is_an_incident(written: str) -> None:
    case = one(f'<zeebe:priorityDefinition priority="{written}"/>')
    assert (case.open(), case.stuck()) == ([], ["act"])


@pytest.mark.parametrize("written", ["Officer 2", "=&quot;Officer &quot; + string(rank / 35)"])
def test_a_task_for_one_person_is_done_by_that_person_only(written: str) -> None:
    case = one(f'<zeebe:assignmentDefinition candidateGroups="team" assignee="{written}"/>')
    with pytest.raises(NotAllowedError, match="for Officer 2"):
        case.complete("act", by="Officer 1")
    case.complete("act", by="Officer 2")
    assert case.is_closed


@handler(name="read-headers", title="Read headers", ports=(), outputs=(Output(name="read", label="Read"),))
def read_headers(context: HandlerContext) -> HandlerResult:
    """Give back the element's fixed settings."""
    return HandlerResult(outputs={"read": dict(context.headers)})


def test_a_handler_is_given_the_fixed_settings_of_its_element(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.runtime.play.HANDLERS", (read_headers,))
    job = (
        '<zeebe:taskDefinition type="read-headers"/><zeebe:taskHeaders><zeebe:header key="size" value="=1 + 1"/>'
        '</zeebe:taskHeaders><zeebe:ioMapping><zeebe:output source="=read.size" target="size"/></zeebe:ioMapping>'
    )
    drawn = f'<bpmn:serviceTask id="tell" name="tell"><bpmn:extensionElements>{job}</bpmn:extensionElements>'
    case = Case(start() + drawn + "</bpmn:serviceTask>" + end() + wire("start tell end"))
    assert case.facts() == {"size": "=1 + 1"}  # a header is literal text
    assert case.is_closed


def test_a_signal_starts_each_process_that_begins_with_it() -> None:
    case = Case(
        start() + throw("shout", "signal", "alarm") + user("act") + end() + wire("start shout act end"),
        further=start("fs", "signal", "alarm") + user("look") + end("fe") + wire("fs look fe"),
        another=start("as", "signal", "alarm") + user("look_too") + end("ae") + wire("as look_too ae"),
        other=start("os", "signal", "quiet") + user("sleep") + end("oe") + wire("os sleep oe"),
    )
    assert case.open() == ["act", "look", "look_too"]
    for element in case.open():
        assert not case.is_closed
        case.complete(element)
    assert case.is_closed
