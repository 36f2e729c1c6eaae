"""Messages: addressed to a case or an item in it, delivered once, and refused where nobody waits."""

from __future__ import annotations

import pytest

from engine.casework.cases.messages import send_message, what_can_be_told
from engine.errors import BadInputError, NobodyWaitsError, NotAllowedError
from engine.model import CaseStatus
from engine.store import Database, schema
from tests.casework.builders import Play, chain_of, process, user, variant_of


def listener(id: str, message: str, *, properties: str = "", kind: str = "intermediateCatchEvent") -> str:
    more = "".join(
        f'<zeebe:property name="{name}" value="{value}"/>'
        for name, _, value in (pair.partition("=") for pair in properties.split("; ") if pair)
    )
    return (
        f'<bpmn:{kind} id="{id}" name="{id}"><bpmn:extensionElements><zeebe:properties>{more}</zeebe:properties>'
        f'</bpmn:extensionElements><bpmn:messageEventDefinition id="{id}_message" messageRef="message_{message}"/>'
        f"</bpmn:{kind}>"
    )


ROUNDS = 3
BODY = (
    '<bpmn:startEvent id="begin"/>'
    + "".join(listener(f"heard_{n}", "news", properties="told_by=team") for n in range(ROUNDS))
    + user("read")
    + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", *(f"heard_{n}" for n in range(ROUNDS)), "read", "done")
)
APPEAL = (
    listener(
        "appealed",
        "appeal",
        kind="startEvent",
        properties="allowed_when=case.status = &quot;closed&quot;; refused_because=Wait until it is closed.",
    )
    + user("hear")
    + '<bpmn:endEvent id="heard"/>'
    + chain_of("appealed", "hear", "heard")
)
MESSAGES = "".join(f'<bpmn:message id="message_{name}" name="{name}"/>' for name in ("news", "appeal", "unheard"))


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, variant_of(process(BODY), process(APPEAL, id="appeal"), definitions=MESSAGES))


def facts(play: Play) -> dict[str, str]:
    with play.office.database.begin() as connection:
        told = connection.execute(schema.facts.select())
        return {row.name: row.value for row in told if row.name != "access_code"}


def test_a_message_with_an_id_is_delivered_once(play: Play) -> None:
    assert send_message(play.office, play.reference, "news", {"first": 1}, by="Officer 1", message_id="m-1")
    before = play.case()
    assert not send_message(play.office, play.reference, "news", {"again": 1}, by="Officer 1", message_id="m-1")
    assert play.case() == before
    assert set(facts(play)) == {"first"}
    assert send_message(play.office, play.reference, "news", {"second": 2}, by="Officer 1", message_id="m-2")
    assert send_message(play.office, play.reference, "news", {"third": 3}, by="Officer 1")
    assert play.open() == ["read"]
    assert set(facts(play)) == {"first", "second", "third"}


def test_the_same_id_in_another_case_is_another_message(play: Play) -> None:
    other = Play(play.office.database, variant_of(process(BODY), process(APPEAL, id="appeal"), definitions=MESSAGES))
    for reference in (play.reference, other.reference):
        assert send_message(play.office, reference, "news", {}, by="Officer 1", message_id="m-1")


@pytest.mark.parametrize("message_id", ["", "m" * 121, "a\x00b", "a\nb"])
def test_an_id_that_no_database_can_keep_is_refused(play: Play, message_id: str) -> None:
    with pytest.raises(BadInputError, match="1 to 120 printable"):
        send_message(play.office, play.reference, "news", {}, by="Officer 1", message_id=message_id)
    assert send_message(play.office, play.reference, "news", {}, by="Officer 1", message_id="m" * 120)


def test_where_nobody_waits_the_refusal_says_what_the_case_can_be_told(play: Play) -> None:
    with pytest.raises(NobodyWaitsError, match="It can be told: news"):
        send_message(play.office, play.reference, "unheard", {}, by="Officer 1")
    assert facts(play) == {}


def test_who_may_not_tell_it_is_refused(play: Play) -> None:
    with pytest.raises(NotAllowedError, match="The Team"):
        send_message(play.office, play.reference, "news", {}, by="Other 1")
    with pytest.raises(NotAllowedError, match="not among the people"):
        send_message(play.office, play.reference, "news", {}, by="Somebody")


def test_a_message_that_may_not_be_told_yet_is_refused_with_the_policy_s_sentence(play: Play) -> None:
    with pytest.raises(NobodyWaitsError, match=r"Wait until it is closed\."):
        send_message(play.office, play.reference, "appeal", {}, by="Officer 1")
    assert [telling.message for telling in what_can_be_told(play.office, play.reference)] == ["news"]
    for _ in range(ROUNDS):
        send_message(play.office, play.reference, "news", {}, by="Officer 1")
    play.complete("read")
    assert play.case().status == "closed"
    assert [telling.message for telling in what_can_be_told(play.office, play.reference)] == ["appeal"]
    send_message(play.office, play.reference, "appeal", {}, by="Other 1")
    assert (play.case().status, play.open()) == ("open", ["hear"])


def kinds(play: Play) -> list[str]:
    return [kind for kind, _ in play.record()]


def test_a_closed_case_that_is_told_an_appeal_opens_again_and_says_so_before_anything_follows(play: Play) -> None:
    for _ in range(ROUNDS):
        send_message(play.office, play.reference, "news", {}, by="Officer 1")
    play.complete("read")
    assert play.case().status == CaseStatus.CLOSED
    entries = len(kinds(play))
    send_message(play.office, play.reference, "appeal", {"grounds": "unheard"}, by="Officer 1")
    assert kinds(play)[entries:] == ["told", "case reopened", "task created"]
    case = play.case()
    assert (case.status, case.closed_at, case.closed_as) == (CaseStatus.OPEN, None, None)
    play.wait(days=1)
    play.complete("hear")
    assert kinds(play)[-2:] == ["process ended", "case closed"]
    assert play.case().status == CaseStatus.CLOSED


def test_a_closed_case_refuses_what_nobody_waits_for_and_stays_closed(play: Play) -> None:
    for _ in range(ROUNDS):
        send_message(play.office, play.reference, "news", {}, by="Officer 1")
    play.complete("read")
    before = play.case()
    for message in ("news", "unheard"):
        with pytest.raises(NobodyWaitsError, match="is closed"):
            send_message(play.office, play.reference, message, {"late": 1}, by="Officer 1")
    assert play.case() == before
