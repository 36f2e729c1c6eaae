"""What mappings carry to and from tasks and events: names, entries of what they name, and what came with a message."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from engine.casework.pages.task import read_task
from engine.errors import FormAnswersError
from tests.runtime.play import Case
from tests.runtime.sketch import boundary, catch, end, repeated, service, start, throw, user, wire


def _mapped(activity: str, *, inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None) -> str:
    rows = [f"<zeebe:input source={quoteattr(v)} target={quoteattr(k)}/>" for k, v in (inputs or {}).items()]
    rows += [f"<zeebe:output source={quoteattr(v)} target={quoteattr(k)}/>" for k, v in (outputs or {}).items()]
    mapping = f"<zeebe:ioMapping>{''.join(rows)}</zeebe:ioMapping>"
    if "</bpmn:extensionElements>" in activity:
        return activity.replace("</bpmn:extensionElements>", f"{mapping}</bpmn:extensionElements>", 1)
    opened = activity.index(">") + 1
    return f"{activity[:opened]}<bpmn:extensionElements>{mapping}</bpmn:extensionElements>{activity[opened:]}"


def _task(**mappings: Any) -> str:
    return start() + _mapped(user("ask"), **mappings) + user("after") + end() + wire("start ask after end")


HIDING = json.dumps({
    "id": "asked", "type": "default", "schemaVersion": 16, "components": [
        {"type": "number", "key": "times", "label": "How often", "id": "f1", "conditional": {"hide": "=reported < 3"},
         "validate": {"required": True}},
    ],
}).encode()  # fmt: skip


def test_what_a_user_task_is_given_is_seen_by_its_form_its_deadline_and_its_outputs() -> None:
    body = _task(inputs={"reported": "=count(reports)", "by": "=met_on"}, outputs={"seen": "=reported"})
    body = body.replace(
        "<zeebe:userTask/>",
        '<zeebe:userTask/><zeebe:formDefinition formId="asked"/><zeebe:taskSchedule dueDate="=date(by)"/>',
    )
    answers = {"reports": [{"n": 1}, {"n": 2}, {"n": 3}], "met_on": "2026-05-05"}
    case = Case(body, answers=answers, files={"forms/asked.form": HIDING})
    (task,) = case.tasks()
    assert str(task.due_on) == "2026-05-05"
    seen = read_task(case.office, task.task_id, by="Officer 1", council_id=case.case().council_id)
    assert seen.scope["reported"] == 3
    with pytest.raises(FormAnswersError):
        case.complete("ask", {})
    case.complete("ask", {"times": 2})
    assert case.facts()["seen"] == 3
    assert "reported" not in case.facts()  # known at the task alone


def test_what_a_task_is_given_follows_what_is_told_later() -> None:
    case = Case(_task(inputs={"shown": "=name"}, outputs={"kept": "=shown"}), answers={"name": "A"})
    case.correct("name", "B")
    case.complete("ask")
    assert case.facts()["kept"] == "B"


def test_an_entry_is_put_into_what_is_known_and_the_rest_is_left() -> None:
    outputs = {"victim.name": "=told", "victim.home.street": '="Elm"', "other.name": "=told"}
    case = Case(_task(outputs=outputs), answers={"victim": {"email": "a@b.uk"}, "other": "nobody"})
    case.complete("ask", {"told": "Jo"})
    assert case.facts()["victim"] == {"email": "a@b.uk", "name": "Jo", "home": {"street": "Elm"}}
    assert case.facts()["other"] == {"name": "Jo"}


def test_a_handler_is_given_a_context_of_entries() -> None:
    given = {"give.name": '="Jo"', "give.age": "=30"}
    case = Case(
        start() + service("s", inputs=given, outputs={"got": "=given"}) + user("u") + end() + wire("start s u end")
    )
    assert case.facts()["got"] == {"name": "Jo", "age": 30}


def test_what_a_message_brings_is_kept_under_the_names_of_the_events_mappings() -> None:
    outputs = {"met.on": "=day", "met.where": "=place"}
    wait = start() + catch("wait", "message", "news", outputs=outputs) + user("after") + end()
    case = Case(wait + wire("start wait after end"))
    case.tell("news", day="2026-05-05", place="Hall")
    assert case.facts()["met"] == {"on": "2026-05-05", "where": "Hall"}


def test_a_boundary_event_keeps_what_its_message_brings_each_time() -> None:
    edge = _mapped(boundary("news", "ask", "message", "news", interrupting=False), outputs={"heard": "=said"})
    case = Case(start() + user("ask") + end() + edge + user("look") + end("e2") + wire("start ask end", "news look e2"))
    case.tell("news", said="one")
    case.tell("news", said="two")
    assert case.facts()["heard"] == "two"
    assert case.open() == ["ask", "look", "look"]


def test_a_process_that_a_message_starts_keeps_what_it_brings() -> None:
    begun = _mapped(start("told", "message", "appeal"), outputs={"appeal.ground": "=ground"})
    case = Case(
        start() + user("ask") + throw("go", "message", "appeal") + end() + wire("start ask go end"),
        other=begun + user("hear") + end("oe") + wire("told hear oe"),
    )
    case.tell("appeal", ground="noise")
    assert case.facts()["appeal"] == {"ground": "noise"}
    assert case.open() == ["ask", "hear"]


def test_whether_something_is_defined_is_whether_it_is_not_null() -> None:
    outputs = {"has": "=is defined(name)", "has_not": "=is defined(nothing)", "nor": "=is defined(name.first)"}
    case = Case(_task(outputs=outputs), answers={"name": "A"})
    case.complete("ask")
    assert (case.facts()["has"], case.facts()["has_not"], case.facts()["nor"]) == (True, False, False)


def test_mappings_of_a_task_for_each_are_read_for_each() -> None:
    task = _mapped(user("ask"), inputs={"who": "=agency.name"}, outputs={"asked_as": '="Dear " + who'})
    task = task.replace("</bpmn:userTask>", repeated("=agencies", element="agency") + "</bpmn:userTask>")
    case = Case(
        start() + task + end() + wire("start ask end"), answers={"agencies": [{"name": "Police"}, {"name": "Health"}]}
    )
    case.complete("ask", item="agencies-2")
    assert case.facts("agencies-2")["asked_as"] == "Dear Health"
