"""What the policy says must be so first holds in every step, whoever does it and whatever is drawn."""

from __future__ import annotations

import json

import pytest

from engine.casework.background.incidents import resolve_incident, retry_incident
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.messages import send_message
from engine.casework.pages.task import read_task
from engine.casework.rehearsal import alternatives
from engine.casework.step.answers import write_facts
from engine.casework.step.facts import Source
from engine.casework.tasks.undo import undo_completion
from engine.errors import GuardError
from engine.handler import Handler, Output
from engine.model import CASE, CaseStatus, TaskId
from engine.store import Database
from engine.store.incidents import open_incidents
from engine.variants import Variant
from tests.casework.builders import SETTINGS, Play, chain_of, echo, flow, job, process, timer, user, variant_of

GUARD = """
[guards.three]
before = {before}
{when}
unless = "floor != true"
sentence = "Three reports bind."
clause = "L104.4"
"""
FLOOR = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="floor" name="The Act's own threshold"><variable id="v" name="floor" typeRef="boolean"/>
<informationRequirement id="r"><requiredInput href="#reports"/></informationRequirement>
<literalExpression id="e"><text>count(reports[item.wrong != true]) &gt;= 3</text></literalExpression></decision>
<inputData id="reports" name="reports"><variable id="rv" name="reports"/></inputData></definitions>"""
THREE = {"reports": [{"what": "a"}, {"what": "b"}, {"what": "c"}]}
TWO = {"reports": [{"what": "a"}, {"what": "b"}]}
NOT_MET = 'when = "met = false"'
BODY = (
    '<bpmn:startEvent id="begin"/>' + user("decide") + user("other") + '<bpmn:endEvent id="done" name="Done"/>'
    + chain_of("begin", "decide", "other", "done")
)  # fmt: skip


def guarded(
    before: str, *processes: str, when: str = "", definitions: str = "", files: dict[str, bytes] | None = None
) -> Variant:
    settings = SETTINGS + GUARD.format(before=before, when=when)
    more = {"floor.dmn": FLOOR, "variant.toml": settings.encode(), **(files or {})}
    return variant_of(*(processes or (process(BODY),)), definitions=definitions, files=more)


def held(play: Play) -> dict:
    return next(content for kind, content in reversed(play.record()) if kind == "guard held")


def incidents(play: Play) -> list[tuple[int, str]]:
    with play.office.database.read() as connection:
        rows = open_incidents(connection, case_id=play.case().case_id)
    return [(row.number, row.message) for row in rows]


def test_whoever_tells_a_guarded_fact_is_held_back_with_the_sentence_and_nothing_has_happened(
    database: Database,
) -> None:
    play = Play(database, guarded('{ facts = ["met"] }', when=NOT_MET), answers=THREE)
    before = play.record()
    with pytest.raises(GuardError, match=r"Three reports bind \(L104\.4\)\.\n“The Act's own threshold” is true"):
        play.complete("decide", {"met": False})
    assert play.open() == ["decide"]
    assert play.record()[: len(before)] == before
    assert [kind for kind, _ in play.record()[len(before) :]] == ["guard held"]
    said = held(play)
    assert (said["by"], said["at"], said["guards"]) == ("Officer 1", "“decide”", ["three"])
    assert said["sentence"] == "Three reports bind (L104.4)."
    play.complete("decide", {"met": True})
    assert play.open() == ["other"]


def test_where_the_guard_does_not_ask_or_is_satisfied_the_case_goes_on(database: Database) -> None:
    play = Play(database, guarded('{ facts = ["met"] }', when=NOT_MET), answers=TWO)
    play.complete("decide", {"met": False})
    assert play.open() == ["other"]


def test_a_fact_of_an_item_is_guarded_too(database: Database) -> None:
    play = Play(database, guarded('{ facts = ["wrong"] }', when='when = "wrong = true"'), answers=THREE)
    with pytest.raises(GuardError):  # one more, of which it is said that it is wrong, leaves three
        play.complete("decide", {"reports": [{"what": "d", "wrong": True}]})
    play.complete("decide", {"reports": [{"id": "reports-1", "wrong": True}]})  # two are left
    assert play.open() == ["other"]


def test_a_correction_does_not_slip_past(database: Database) -> None:
    play = Play(database, guarded('{ facts = ["met"] }', when=NOT_MET), answers=THREE)
    play.complete("decide", {"met": True})
    with pytest.raises(GuardError):
        correct_fact(play.office, play.reference, "met", False, reason="mistaken", by="Officer 1")
    assert held(play)["at"] == "correcting “met”"


def test_what_was_known_before_is_typed_over_with_a_reason_only(database: Database) -> None:
    guard = """
[guards.days]
before = { facts = ["reported_on"] }
when = "was.reported_on != null and was.reported_on != reported_on"
unless = "correction_reason != null or because != null"
sentence = "Say why the day is another."
clause = "L104.4c"
"""
    files = {"variant.toml": (SETTINGS + guard).encode()}
    first, other = "2026-02-01", "2026-01-01"
    play = Play(database, variant_of(process(BODY), files=files), answers={"reports": [{"reported_on": first}]})
    with pytest.raises(GuardError, match="Say why the day is another"):
        play.complete("decide", {"reports": [{"id": "reports-1", "reported_on": other}]})
    play.complete("decide", {"reports": [{"id": "reports-1", "reported_on": first}, {"reported_on": other}]})
    play.complete("other", {"reports": [{"id": "reports-1", "reported_on": other, "because": "the call of January"}]})
    correct_fact(
        play.office, play.reference, "reported_on", first, reason="Misread", by="Officer 1", item_id="reports-2"
    )


def test_only_who_decided_it_can_decide_otherwise(database: Database) -> None:
    guard = """
[guards.decider]
before = { facts = ["met"] }
unless = 'was.met = null or told_by.name = "Officer 2"'
sentence = "Officer 2 decides it."
clause = "H5.3b"
"""
    play = Play(database, variant_of(process(BODY), files={"variant.toml": (SETTINGS + guard).encode()}))
    play.complete("decide", {"met": True})
    with pytest.raises(GuardError, match="Officer 2 decides it"):
        correct_fact(play.office, play.reference, "met", False, reason="mistaken", by="Officer 1")
    correct_fact(play.office, play.reference, "met", False, reason="mistaken", by="Officer 2")


def test_a_message_is_held_back_and_so_is_one_that_starts_a_process(database: Database) -> None:
    starts = (
        '<bpmn:startEvent id="told" name="Withdrawn">'
        '<bpmn:messageEventDefinition id="m" messageRef="message_withdraw"/></bpmn:startEvent>'
        '<bpmn:endEvent id="noted"/>' + chain_of("told", "noted")
    )
    message = '<bpmn:message id="message_withdraw" name="withdraw"/>'
    variant = guarded(
        '{ messages = ["withdraw"] }', process(BODY), process(starts, id="withdrawn"), definitions=message
    )
    play = Play(database, variant, answers=THREE)
    with pytest.raises(GuardError):
        send_message(play.office, play.reference, "withdraw", {}, by="Officer 1")
    assert held(play)["at"] == "telling “Withdrawn”"


def test_an_end_is_not_reached_by_a_person_while_a_guard_stands_before_it(database: Database) -> None:
    play = Play(database, guarded('{ ends = ["done"] }'), answers=THREE)
    play.complete("decide")
    with pytest.raises(GuardError):
        play.complete("other")
    assert (play.open(), held(play)["at"]) == (["other"], "“Done”")
    play.complete("other", {"reports": [{"id": "reports-1", "wrong": True}]})
    assert play.case().status == CaseStatus.CLOSED


LATE = (
    '<bpmn:startEvent id="begin"/>'
    + user("decide", boundary=timer("late", on="decide", after="P21D", interrupting=True))
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="given_up" name="Given up"/>'
    + chain_of("begin", "decide", "done")
    + flow("late", "given_up")
)


@pytest.mark.parametrize("before", ['{ ends = ["given_up"] }', '{ ends = ["*"] }'])
def test_a_timer_that_would_pass_a_guard_leaves_an_incident_that_nobody_can_pass_by(
    database: Database, before: str
) -> None:
    play = Play(database, guarded(before, process(LATE)), answers=THREE)
    play.wait(days=22)
    [(number, message)] = incidents(play)
    assert message.startswith("Three reports bind (L104.4).")
    assert (play.open(), play.case().status) == ([], CaseStatus.OPEN)
    incident = TaskId(reference=play.reference, number=number)
    with pytest.raises(GuardError):
        resolve_incident(play.office, incident, reason="closed by hand", by="Officer 1")
    with pytest.raises(GuardError):
        retry_incident(play.office, incident, by="Officer 1")
    tell(play, {"reports": [{"id": "reports-1", "wrong": True}]})
    retry_incident(play.office, incident, by="Officer 1")
    assert play.case().status == CaseStatus.CLOSED
    assert incidents(play) == []


def test_what_an_end_throws_keeps_the_case_open_before_it_is_asked_whether_it_may_close(database: Database) -> None:
    throwing = (
        '<bpmn:startEvent id="begin"/>' + user("decide") + '<bpmn:endEvent id="passed_on"><bpmn:messageEventDefinition '
        'id="m" messageRef="message_again"/></bpmn:endEvent>' + chain_of("begin", "decide", "passed_on")
    )
    again = (
        '<bpmn:startEvent id="told"><bpmn:messageEventDefinition id="n" messageRef="message_again"/></bpmn:startEvent>'
        + user("review") + '<bpmn:endEvent id="reviewed"/>' + chain_of("told", "review", "reviewed")
    )  # fmt: skip
    message = '<bpmn:message id="message_again" name="again"/>'
    variant = guarded('{ ends = ["*"] }', process(throwing), process(again, id="further"), definitions=message)
    play = Play(database, variant, answers=THREE)
    play.complete("decide")
    assert play.open() == ["review"]
    with pytest.raises(GuardError):
        play.complete("review")
    assert held(play)["at"] == "closing the case"


SENDING = (
    '<bpmn:startEvent id="begin"/>' + user("decide") + job("send", inputs="letter=CT3") + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "decide", "send", "done")
)  # fmt: skip
WORK = Handler(
    name="work", title="Work", summary="Work.", function=echo, inputs=(), faults=(), ports=(), takes_more_inputs=True,
    outputs=(Output(name="given", label="Given"),),
)  # fmt: skip


def test_a_letter_is_not_written_while_a_guard_stands_before_it(database: Database) -> None:
    play = Play(database, guarded('{ letters = ["CT3"] }', process(SENDING)), handlers=(WORK,), answers=THREE)
    with pytest.raises(GuardError):
        play.complete("decide")
    assert (play.open(), held(play)["at"]) == (["decide"], "the letter CT3")


def test_what_a_job_brings_is_held_back_as_an_incident_and_is_not_told(database: Database) -> None:
    body = SENDING.replace(job("send", inputs="letter=CT3"), job("send", inputs="letter=CT3", outputs="met==false"))
    variant = guarded('{ facts = ["met"] }', process(body), when=NOT_MET)
    play = Play(database, variant, handlers=(WORK,), answers=THREE)
    play.complete("decide")
    [(_, message)] = incidents(play)
    assert message.startswith("Three reports bind (L104.4).")
    with play.office.step(play.reference, actor="Officer 1") as step:
        assert "met" not in step.facts.of(CASE)


def test_a_completion_before_somebody_was_held_back_can_still_be_undone(database: Database) -> None:
    play = Play(database, guarded('{ ends = ["done"] }'), answers=THREE)
    decided = play.task_id("decide")
    play.complete("decide")
    with pytest.raises(GuardError):
        play.complete("other")
    undo_completion(play.office, decided, reason="too soon", by="Officer 1")
    assert play.open() == ["decide"]


MET = {"type": "radio", "id": "m", "key": "met", "label": "Is it met?", "validate": {"required": True},
       "values": [{"label": "Yes", "value": "yes"}, {"label": "No", "value": "no"}]}  # fmt: skip
FORM = json.dumps({"type": "default", "id": "decide", "schemaVersion": 18, "components": [MET]}).encode()


def test_a_task_says_before_anything_is_sent_which_answer_would_be_refused(database: Database) -> None:
    body = BODY.replace(user("decide"), user("decide", more='<zeebe:formDefinition formId="decide"/>'))
    variant = guarded(
        '{ facts = ["met"] }', process(body), when="when = 'met = \"no\"'", files={"forms/decide.form": FORM}
    )
    play = Play(database, variant, answers=THREE)
    task = play.task_id("decide")
    view = read_task(play.office, task, by="Officer 1", council_id="test_council")
    assert [guard.words for guard in view.guards] == ["Three reports bind (L104.4)."]
    refused = {way.options: way.refused_because for way in alternatives(play.office, task, {}, by="Officer 1")}
    assert refused[("Yes",)] is None
    assert (refused[("No",)] or "").startswith("Three reports bind (L104.4).")
    tell(play, {"reports": [{"id": "reports-1", "wrong": True}]})
    assert read_task(play.office, task, by="Officer 1", council_id="test_council").guards == ()


def tell(play: Play, facts: dict) -> None:
    """Tell the case something that no form asks for."""
    with play.office.step(play.reference, actor="Officer 1") as step:
        write_facts(step, CASE, facts, Source(by="Officer 1", words="told"))
