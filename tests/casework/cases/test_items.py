"""Items that messages make: each has its own facts, and a process called for another item sees it behind its own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine import feel
from engine.casework.background.incidents import retry_incident
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.messages import send_message, what_can_be_told, what_could_be_told
from engine.casework.words.items import item_names
from engine.errors import NobodyWaitsError
from engine.model import Subject
from engine.store import Database, cases, facts
from engine.variants import Variant
from tests.casework.builders import SETTINGS, Play, chain_of, diagram, process, user
from tests.casework.cases.test_corrections import incident

ITEMS = '[items]\nreviews = { word = "review", day = "asked_on" }\nasks = "ask"\n'


def _start(message: str, item: str, *, more: str = "") -> str:
    return (
        f'<bpmn:startEvent id="told_{message}" name="told"><bpmn:extensionElements><zeebe:properties>'
        f'<zeebe:property name="item" value="{item}"/>{more}</zeebe:properties></bpmn:extensionElements>'
        f'<bpmn:messageEventDefinition id="told_{message}_m" messageRef="message_{message}"/></bpmn:startEvent>'
    )


def _throw(id: str, message: str, inputs: str = "") -> str:
    return (
        f'<bpmn:intermediateThrowEvent id="{id}" name="{id}"><bpmn:extensionElements><zeebe:ioMapping>{inputs}'
        f"</zeebe:ioMapping></bpmn:extensionElements>"
        f'<bpmn:messageEventDefinition id="{id}_m" messageRef="message_{message}"/></bpmn:intermediateThrowEvent>'
    )


_WITHDRAWN = (
    '<bpmn:boundaryEvent id="withdrawn" name="Withdrawn" attachedToRef="ask_each">'
    '<bpmn:messageEventDefinition id="withdrawn_m" messageRef="message_withdraw"/></bpmn:boundaryEvent>'
    '<bpmn:endEvent id="stopped"/><bpmn:sequenceFlow id="to_stopped" sourceRef="withdrawn" targetRef="stopped"/>'
)
_CALL = (
    '<bpmn:callActivity id="ask_each" name="ask"><bpmn:extensionElements>'
    '<zeebe:calledElement processId="ask" propagateAllChildVariables="false"/></bpmn:extensionElements>'
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=agencies" inputElement="asked"/></bpmn:extensionElements>'
    "</bpmn:multiInstanceLoopCharacteristics></bpmn:callActivity>"
)
MAIN = (
    '<bpmn:startEvent id="begin"/>'
    + user("wait")
    + _throw(
        "again",
        "review",
        '<zeebe:input source="=kind" target="kind"/><zeebe:input source="=today()" target="asked_on"/>',
    )
    + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "wait", "again", "done")
)
REVIEW = (
    _start("review", "reviews")
    + user("prepare")
    + _CALL
    + user("decide")
    + '<bpmn:endEvent id="decided"/>'
    + chain_of("told_review", "prepare", "ask_each", "decide", "decided")
    + _WITHDRAWN
)
_DUE = '<zeebe:taskSchedule dueDate="=asked_on"/><zeebe:assignmentDefinition candidateGroups="team" assignee="=who"/>'
ASK = (
    '<bpmn:startEvent id="ask_begins"/>'
    + user("answer").replace('<zeebe:assignmentDefinition candidateGroups="team"/>', _DUE)
    + '<bpmn:endEvent id="answered"/>'
    + chain_of("ask_begins", "answer", "answered")
)
MESSAGES = "".join(f'<bpmn:message id="message_{name}" name="{name}"/>' for name in ("review", "withdraw"))


def _variant(*processes: str) -> Variant:
    settings = SETTINGS.replace("[items]\n", ITEMS)
    whole = diagram(*processes, definitions=MESSAGES)
    return Variant.from_files({"variant.toml": settings.encode(), "main.bpmn": whole}, "test_council")


@pytest.fixture
def play(database: Database) -> Play:
    variant = _variant(process(MAIN), process(REVIEW, id="review"), process(ASK, id="ask"))
    return Play(database, variant, answers={"kind": "first", "agencies": [{"agency_name": "Police"}]})


def _known(play: Play, item_id: str = "") -> dict[str, Any]:
    with play.office.database.read() as connection:
        case = cases.find_case(connection, play.reference)
        told = facts.current_facts(connection, case.case_id, Subject.of_item(item_id))
        return {row.name: feel.load(row.value) for row in told if row.name != "access_code"}


def _tell(play: Play, **answers: Any) -> None:
    send_message(play.office, play.reference, "review", answers, by="Officer 1")
    play.work()


def _of(play: Play, element: str) -> list[tuple[str, date | None, str | None]]:
    return sorted((task.item_id, task.due_on, task.assignee) for task in play.tasks() if task.element_id == element)


def test_a_message_makes_an_item_whose_facts_are_what_it_tells(play: Play) -> None:
    _tell(play, kind="second", why="worse")
    _tell(play, kind="third")
    assert _known(play, "reviews-1") == {"begun_on": date(2026, 3, 2), "kind": "second", "why": "worse"}
    assert _known(play, "reviews-2") == {"begun_on": date(2026, 3, 2), "kind": "third"}
    assert _known(play) == {"kind": "first"}
    assert [item for item, _, _ in _of(play, "prepare")] == ["reviews-1", "reviews-2"]


def test_what_a_diagram_throws_makes_an_item_with_what_its_inputs_say(play: Play) -> None:
    play.complete("wait")
    assert _known(play, "reviews-1") == {
        "begun_on": date(2026, 3, 2), "kind": "first", "asked_on": date(2026, 3, 2),
    }  # fmt: skip


def test_what_is_thrown_and_could_begin_nothing_makes_one_item_when_it_is_tried_again(database: Database) -> None:
    output = '<zeebe:ioMapping><zeebe:output source="=if ok then 1 else due(kind)" target="x"/></zeebe:ioMapping>'
    review = REVIEW.replace("<bpmn:extensionElements>", f"<bpmn:extensionElements>{output}", 1)
    variant = _variant(process(MAIN), process(review, id="review"), process(ASK, id="ask"))
    play = Play(database, variant, answers={"kind": "first", "ok": False})
    play.complete("wait")
    retry_incident(play.office, incident(play), by="Officer 1")
    assert (play.open(), _known(play, "reviews-1")) == ([], {})
    correct_fact(play.office, play.reference, "ok", True, reason="a slip", by="Officer 1")
    retry_incident(play.office, incident(play), by="Officer 1")
    assert play.open() == ["prepare:reviews-1"]
    assert (_known(play, "reviews-1")["x"], _known(play, "reviews-2")) == (1, {})


def test_a_process_for_another_item_sees_its_own_then_the_outer_one_then_the_case(play: Play) -> None:
    _tell(play, asked_on="2026-03-04", who="Officer 1")
    _tell(play, asked_on="2026-03-05", who="Officer 2")
    for number in (1, 2):
        play.complete("prepare", {}, item=f"reviews-{number}")
    days = [(due, who) for _, due, who in _of(play, "answer")]
    assert sorted(days) == [(date(2026, 3, 4), "Officer 1"), (date(2026, 3, 5), "Officer 2")]
    assert {item for item, _, _ in _of(play, "answer")} == {"agencies-1"}


def test_an_event_within_is_addressed_by_the_item_where_several_wait(play: Play) -> None:
    _tell(play, asked_on="2026-03-04")
    play.complete("prepare", {}, item="reviews-1")
    send_message(play.office, play.reference, "withdraw", {"because": "one waits"}, by="Officer 1")
    assert _known(play, "reviews-1")["because"] == "one waits"
    for number in (2, 3):
        _tell(play)
        play.complete("prepare", {}, item=f"reviews-{number}")
    with pytest.raises(NobodyWaitsError, match=r"reviews-2, reviews-3\. Say which"):
        send_message(play.office, play.reference, "withdraw", {}, by="Officer 1")
    assert {telling.item_id for telling in what_can_be_told(play.office, play.reference)} == {
        "", "reviews-2", "reviews-3",
    }  # fmt: skip
    send_message(play.office, play.reference, "withdraw", {"because": "asked"}, by="Officer 1", item_id="reviews-3")
    assert "because" in _known(play, "reviews-3")
    assert "because" not in _known(play, "reviews-2")


def test_what_makes_an_item_of_its_own_is_about_none_that_is_there(play: Play) -> None:
    _tell(play)
    with pytest.raises(NobodyWaitsError, match="an item of its own"):
        send_message(play.office, play.reference, "review", {}, by="Officer 1", item_id="reviews-1")


def test_items_are_called_by_their_day_and_told_apart(play: Play) -> None:
    _tell(play, asked_on=date(2026, 3, 4))
    _tell(play, asked_on=date(2026, 3, 4))
    _tell(play)
    with play.office.database.read() as connection:
        case = cases.find_case(connection, play.reference)
        variant = play.office.versions.get(connection, case.variant_digest).variant
        names = item_names(connection, case.case_id, variant.settings)
    assert names == {
        "agencies-1": "Police",
        "reviews-1": "review of 4 March 2026",
        "reviews-2": "review of 4 March 2026 (2)",
        "reviews-3": "review of 2 March 2026",
    }
    for number in (1, 2):
        play.complete("prepare", {}, item=f"reviews-{number}")
    told = what_could_be_told(play.office, play.reference)
    assert [each.item for each in told if each.item] == ["review of 4 March 2026", "review of 4 March 2026 (2)"]
