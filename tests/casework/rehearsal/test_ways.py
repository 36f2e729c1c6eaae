"""Of a form it is told which of its questions decide where the case goes, and where each answer leads."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.casework.cases.messages import what_can_be_told, what_could_be_told
from engine.casework.rehearsal import Alternative, alternatives, alternatives_of_telling
from engine.casework.tasks.completion import claim_task
from engine.errors import NotAllowedError, TaskClaimedError
from engine.store import Database
from engine.variants import Variant
from tests.casework.builders import Play, chain_of, flow, process, user, variant_of
from tests.casework.rehearsal.test_preview import everything

YES_NO = [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]


def radio(key: str, *values: str, required: bool = True, **more: Any) -> dict[str, Any]:
    options = [{"value": value, "label": value.capitalize()} for value in values]
    return {
        "type": "radio",
        "key": key,
        "label": f"{key}?",
        "values": options,
        "validate": {"required": required},
        **more,
    }


def textarea(key: str, **more: Any) -> dict[str, Any]:
    return {"type": "textarea", "key": key, "label": f"{key}?", "validate": {"required": True}, **more}


def variant_with(*components: dict[str, Any]) -> Variant:
    form = {"type": "default", "id": "ask", "components": [{"id": f"f{n}", **c} for n, c in enumerate(components)]}
    told = (
        '<bpmn:startEvent id="told" name="News comes"><bpmn:extensionElements><zeebe:properties>'
        '<zeebe:property name="form" value="ask"/><zeebe:property name="told_by" value="team"/>'
        '<zeebe:property name="allowed_when" value="=way = null"/>'
        '<zeebe:property name="refused_because" value="The way has been chosen already."/>'
        '</zeebe:properties></bpmn:extensionElements><bpmn:messageEventDefinition id="md" messageRef="m"/>'
        "</bpmn:startEvent>"
    )
    body = (
        '<bpmn:startEvent id="begin"/><bpmn:exclusiveGateway id="which" default="which_to_stop"/>'
        + user("ask", more='<zeebe:formDefinition formId="ask"/>')
        + user("act")
        + '<bpmn:endEvent id="done"/><bpmn:endEvent id="stop" name="Given up"/>'
        + chain_of("begin", "ask", "which")
        + flow("which", "act", '=way = "left" or way = "right" or agreed = true')
        + flow("which", "stop")
        + flow("act", "done")
    )
    hearing = (
        told
        + '<bpmn:exclusiveGateway id="heard_which" default="heard_which_to_heard"/><bpmn:endEvent id="heard"/>'
        + user("hear")
        + flow("told", "heard_which")
        + flow("heard_which", "hear", '=way = "left"')
        + flow("heard_which", "heard")
        + flow("hear", "heard")
    )
    return variant_of(
        process(body),
        process(hearing, id="hearing"),
        definitions='<bpmn:message id="m" name="news"/>',
        files={"forms/ask.form": json.dumps(form).encode()},
    )


def simulated(*components: dict[str, Any]) -> Play:
    database = Database("sqlite://")
    database.create_all()
    return Play(database, variant_with(*components))


def ways(play: Play, answers: dict[str, Any] | None = None, *, by: str = "Officer 1") -> tuple[Alternative, ...]:
    return alternatives(play.office, play.task_id("ask"), answers or {}, by=by)


def test_answers_that_lead_to_the_same_are_one_alternative(database: Database) -> None:
    play = Play(database, variant_with(radio("way", "left", "right", "back"), textarea("reasons")))
    before = everything(database)
    on, stop = ways(play)
    assert everything(database) == before
    assert (on.question, on.heading, on.values) == ("way?", "If you answer “Left” or “Right”", ("left", "right"))
    assert on.consequences is not None
    assert [task.name for task in on.consequences.new_tasks] == ["act"]
    assert (stop.heading, stop.consequences is not None and stop.consequences.closed_as) == (
        "If you answer “Back”",
        "Given up",
    )
    assert stop.still_to_come == ("reasons?",)


def test_what_has_been_filled_in_counts_and_is_marked() -> None:
    play = simulated(radio("way", "left", "right", "back"), textarea("reasons"))
    on, stop = ways(play, {"way": "back", "reasons": "None."})
    assert (on.is_chosen, stop.is_chosen) == (False, True)
    assert (on.still_to_come, stop.still_to_come) == ((), ())


def test_a_form_without_a_question_that_decides_has_one_alternative() -> None:
    (only,) = ways(simulated(radio("colour", "red", "blue"), textarea("reasons")))
    assert (only.heading, only.key, only.refused_because) == ("When you complete it", None, None)
    assert only.consequences is not None
    assert only.consequences.closes
    assert only.still_to_come == ("colour?", "reasons?")


def test_a_question_that_need_not_be_answered_may_be_left_alone() -> None:
    on, stop = ways(simulated(radio("way", "left", required=False), textarea("reasons")))
    assert (on.options, stop.options) == (("Left",), ("No answer",))
    assert stop.values == (None,)


def test_a_box_is_ticked_or_not() -> None:
    yes, no = ways(simulated({"type": "checkbox", "key": "agreed", "label": "Agreed"}), {"agreed": False})
    assert (yes.options, no.options) == (("Yes",), ("No",))
    assert (yes.is_chosen, no.is_chosen) == (False, True)


def test_a_question_is_looked_at_where_another_answer_makes_the_form_ask_it() -> None:
    asked = {"conditional": {"hide": '=more != "yes"'}}
    components = (radio("more", "yes", "no"), radio("way", "left", "back", **asked), textarea("reasons", **asked))
    found = ways(simulated(*components))
    assert [(way.question, way.options) for way in found] == [
        ("more?", ("Yes",)),
        ("more?", ("No",)),
        ("way?", ("Left",)),
        ("way?", ("Back",)),
    ]
    assert found[1].still_to_come == ()
    without = ways(simulated(*components), {"more": "no"})
    assert {way.question for way in without} == {"more?"}


def test_each_kind_of_question_is_stood_in_for() -> None:
    inner = [
        {"type": "textfield", "key": "name", "id": "i1", "validate": {"required": True, "minLength": 5}},
        {"type": "number", "key": "count", "id": "i2", "validate": {"required": True, "min": 3}},
    ]
    play = simulated(
        {
            "type": "textfield",
            "key": "email",
            "label": "Email",
            "validate": {"required": True, "validationType": "email"},
        },
        {
            "type": "textfield",
            "key": "phone",
            "label": "Phone",
            "validate": {"required": True, "validationType": "phone"},
        },
        {"type": "datetime", "subtype": "date", "dateLabel": "Day", "key": "day", "validate": {"required": True}},
        {"type": "checklist", "key": "several", "label": "Several", "values": YES_NO, "validate": {"required": True}},
        {"type": "checkbox", "key": "sure", "label": "Sure", "validate": {"required": True}},
        {
            "type": "dynamiclist",
            "path": "reports",
            "label": "Reports",
            "components": inner,
            "properties": {"required": "true"},
        },
    )
    (only,) = ways(play)
    assert only.refused_because is None
    assert set(only.still_to_come) >= {"Email", "Phone", "Several", "Sure"}


def test_a_wrong_answer_does_not_hide_what_the_others_lead_to() -> None:
    play = simulated(radio("way", "left", "back"), {"type": "number", "key": "count", "label": "Count"})
    on, stop = ways(play, {"way": "left", "count": "many", "unknown": "x"})
    assert (on.options, stop.options) == (("Left",), ("Back",))


def test_an_answer_that_cannot_be_made_up_is_told_as_a_refusal() -> None:
    play = simulated(
        {"type": "textfield", "key": "code", "label": "Code", "validate": {"required": True, "pattern": "^[A-Z]{3}$"}}
    )
    (only,) = ways(play)
    assert only.consequences is None
    assert "It is not in the form that is asked for" in (only.refused_because or "")
    assert ways(play, {"code": "ABC"})[0].consequences is not None


def test_no_more_is_rehearsed_than_a_person_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    play = simulated(radio("colour", "red", "blue"), radio("way", "left", "back"))
    assert [way.question for way in ways(play)] == ["way?", "way?"]

    monkeypatch.setattr("engine.casework.rehearsal.ways.MOST_REHEARSED", 3)
    assert [way.question for way in ways(play)] == [""]


def test_who_may_not_do_the_task_is_told_no_alternatives() -> None:
    play = simulated(radio("way", "left", "back"))
    with pytest.raises(NotAllowedError):
        ways(play, by="Other 1")
    claim_task(play.office, play.task_id("ask"), by="Officer 2")
    with pytest.raises(TaskClaimedError):
        ways(play)


def test_a_message_has_alternatives_too() -> None:
    play = simulated(radio("way", "left", "back"))
    heard, nothing = alternatives_of_telling(play.office, play.reference, "news", {}, by="Officer 1")
    assert heard.consequences is not None
    assert nothing.consequences is not None
    assert [task.name for task in heard.consequences.new_tasks] == ["hear"]
    assert nothing.consequences.new_tasks == ()


def test_what_could_be_told_says_who_may_and_why_not_now() -> None:
    play = simulated(radio("way", "left", "back"))
    (news,) = what_could_be_told(play.office, play.reference)
    assert (news.telling.message, news.name, news.item, news.teams) == ("news", "News comes", "", ("The Team",))
    assert news.refused_because is None
    assert [news.telling] == what_can_be_told(play.office, play.reference)
    play.complete("ask", {"way": "left"})
    (news,) = what_could_be_told(play.office, play.reference)
    assert news.refused_because == "The way has been chosen already."
    assert what_can_be_told(play.office, play.reference) == []
