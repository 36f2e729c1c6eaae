"""The record: what verifying finds, what erasing leaves, and decisions computed again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from engine.casework.background.verification import anchor_today, verify_records
from engine.casework.cases.corrections import correct_fact, erase_contents
from engine.casework.tasks.completion import claim_task, hand_back_task
from engine.errors import BadInputError, CaseNotFoundError, NotAllowedError
from engine.store import Connection, Database, schema
from engine.store.record import Break, digest_of, hash_of
from tests.casework.builders import Play, chain_of, flow, process, user, variant_of
from tests.casework.tasks.test_two_people import at_once

#: A script, a gateway and a decision table, so that there is something to compute again.
BODY = (
    '<bpmn:startEvent id="begin"/>'
    + user("confirm")
    + '<bpmn:scriptTask id="count" name="count"><bpmn:extensionElements>'
    '<zeebe:script expression="=reported + 1" resultVariable="counted"/></bpmn:extensionElements></bpmn:scriptTask>'
    '<bpmn:businessRuleTask id="decide" name="decide"><bpmn:extensionElements>'
    '<zeebe:calledDecision decisionId="threshold" resultVariable="is_met"/></bpmn:extensionElements>'
    "</bpmn:businessRuleTask>"
    '<bpmn:exclusiveGateway id="met" name="met?" default="met_to_close"/>'
    + user("invite")
    + user("close")
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="done_too"/>'
    + chain_of("begin", "confirm", "count", "decide", "met")
    + flow("met", "invite", "=is_met")
    + flow("met", "close")
    + chain_of("invite", "done")
    + chain_of("close", "done_too")
)
TABLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="threshold_file" name="threshold"
  namespace="http://camunda.org/schema/1.0/dmn">
  <decision id="threshold" name="Threshold"><decisionTable id="table" hitPolicy="UNIQUE">
    <input id="input"><inputExpression id="expression" typeRef="number"><text>reported</text></inputExpression></input>
    <output id="output" name="is_met" typeRef="boolean"/>
    <rule id="enough"><inputEntry id="i1"><text>&gt;= 3</text></inputEntry>
      <outputEntry id="o1"><text>true</text></outputEntry></rule>
    <rule id="few"><inputEntry id="i2"><text>&lt; 3</text></inputEntry>
      <outputEntry id="o2"><text>false</text></outputEntry></rule>
  </decisionTable></decision>
</definitions>"""
VARIANT = variant_of(process(BODY), files={"threshold.dmn": TABLE})
record, contents, anchors = schema.record, schema.record_contents, schema.anchors


@pytest.fixture
def play(database: Database) -> Play:
    played = Play(database, VARIANT)
    played.complete("confirm", {"reported": 3})
    assert played.open() == ["invite"]
    return played


def found(play: Play, *, replay: bool = False) -> list[tuple[int | None, str]]:
    count, breaks = verify_records(play.office, replay=replay)
    assert count >= 1
    assert {b.reference for b in breaks} <= {play.reference}
    return [(b.seq, b.sentence) for b in breaks]


def alter(play: Play, act: Callable[[Connection], object]) -> None:
    with play.office.database.begin() as connection:
        act(connection)


def seq_of(play: Play, kind: str) -> int:
    return [k for k, _ in play.record()].index(kind) + 1


def last_seq(play: Play) -> int:
    return len(play.record())


def test_a_record_as_it_was_written_is_whole(play: Play) -> None:
    assert found(play, replay=True) == []
    anchor_today(play.office)
    play.complete("invite")
    assert found(play, replay=True) == []


def test_one_changed_byte_of_what_an_entry_says_is_found_and_named(play: Play) -> None:
    seq = seq_of(play, "task completed")
    with play.office.database.begin() as connection:
        said = connection.execute(select(contents.c.content).where(contents.c.seq == seq)).scalar_one()
    assert "3" in said
    alter(
        play,
        lambda c: c.execute(update(contents).where(contents.c.seq == seq).values(content=said.replace("3", "4", 1))),
    )
    assert found(play) == [(seq, f"what entry {seq} says has been altered")]


@pytest.mark.parametrize("column", ["kind", "at", "digest", "hash", "previous"])
def test_a_changed_time_kind_or_link_is_found_and_named(play: Play, column: str) -> None:
    seq = seq_of(play, "task completed")
    with play.office.database.begin() as connection:
        row = connection.execute(select(record).where(record.c.seq == seq)).one()
    changed = {
        "kind": "task cancelled",
        "at": row.at + timedelta(microseconds=1),
        "digest": row.digest[::-1],
        "hash": row.hash[::-1],
        "previous": row.previous[::-1],
    }
    assert changed[column] != getattr(row, column)
    alter(play, lambda c: c.execute(update(record).where(record.c.seq == seq).values({column: changed[column]})))
    assert seq in [place for place, _ in found(play)]
    assert any(f"entry {seq}" in sentence for _, sentence in found(play))


def test_a_missing_entry_is_found_and_named(play: Play) -> None:
    seq = seq_of(play, "task completed")
    alter(play, lambda c: c.execute(delete(record).where(record.c.seq == seq)))
    assert (seq, f"entry {seq} is missing") in found(play)


def test_contents_that_are_gone_without_a_record_of_it_are_found(play: Play) -> None:
    seq = seq_of(play, "task completed")
    alter(play, lambda c: c.execute(delete(contents).where(contents.c.seq == seq)))
    assert [place for place, _ in found(play)] == [seq]


def test_a_tail_that_is_cut_off_is_seen_against_the_case(play: Play) -> None:
    last = last_seq(play)
    alter(play, lambda c: c.execute(delete(record).where(record.c.seq == last)))
    assert [place for place, _ in found(play)] == [last]


def cut_to(play: Play, seq: int) -> None:
    """Whoever may write everywhere takes entries off the end and lets the case agree."""
    with play.office.database.begin() as connection:
        head = connection.execute(select(record.c.hash).where(record.c.seq == seq)).scalar_one()
        connection.execute(delete(record).where(record.c.seq > seq))
        connection.execute(delete(contents).where(contents.c.seq > seq))
        connection.execute(update(schema.cases).values(record_seq=seq, record_head=head))


def test_a_tail_that_is_cut_off_with_the_case_altered_to_agree_is_seen_against_the_anchor(play: Play) -> None:
    anchored = last_seq(play)
    assert anchor_today(play.office) == 1
    cut_to(play, anchored - 1)
    ((seq, sentence),) = found(play)
    assert seq == anchored
    assert "2 March 2026" in sentence
    assert "cut off" in sentence


def test_an_end_that_is_written_anew_is_seen_against_the_anchor(play: Play) -> None:
    anchored = last_seq(play)
    anchor_today(play.office)
    with play.office.database.begin() as connection:
        row = connection.execute(select(record).where(record.c.seq == anchored)).one()
        digest = digest_of("salt", "{}")
        link = hash_of(row.previous, anchored, row.at, row.kind, digest)
        connection.execute(update(record).where(record.c.seq == anchored).values(digest=digest, hash=link))
        connection.execute(update(contents).where(contents.c.seq == anchored).values(salt="salt", content="{}"))
        connection.execute(update(schema.cases).values(record_head=link))
    assert [place for place, _ in found(play)] == [anchored]


def test_a_day_is_anchored_once_and_only_what_grew(play: Play) -> None:
    assert anchor_today(play.office) == 1
    assert anchor_today(play.office) == 0
    play.complete("invite")
    assert anchor_today(play.office) == 0  # today has its anchor
    play.wait(days=1)
    assert anchor_today(play.office) == 1
    play.wait(days=1)
    assert anchor_today(play.office) == 0  # nothing grew
    assert found(play) == []


def test_two_sweeps_that_lay_the_day_s_anchor_at_once_lay_one(play: Play) -> None:
    assert at_once(*[lambda: anchor_today(play.office)] * 4) == [None] * 4
    with play.office.database.begin() as connection:
        assert len(connection.execute(select(anchors)).all()) == 1


def test_a_case_that_moves_while_it_is_verified_is_whole(play: Play) -> None:
    task = play.task_id("invite")
    verified: list[list[Break]] = []

    def move() -> None:
        for _ in range(20):
            claim_task(play.office, task, by="Officer 1")
            hand_back_task(play.office, task, by="Officer 1")

    def verify() -> None:
        for _ in range(40):
            verified.append(verify_records(play.office)[1])

    assert at_once(move, verify) == [None, None]
    assert verified == [[]] * 40


def test_erased_content_leaves_the_chain_whole_and_says_who_erased_it_and_why(play: Play) -> None:
    seq = seq_of(play, "application received")
    erase_contents(play.office, play.reference, [seq], reason="six years have passed", by="Officer 1")
    assert found(play, replay=True) == []
    kind, content = play.record()[seq - 1]
    assert (kind, content) == ("application received", {})
    kind, content = play.record()[-1]
    assert (kind, content["by"], content["reason"], content["entries"]) == (
        "contents erased",
        "Officer 1",
        "six years have passed",
        [seq],
    )


def test_the_entry_that_says_what_was_erased_stays(play: Play) -> None:
    erase_contents(play.office, play.reference, [1], reason="six years have passed", by="Officer 1")
    with pytest.raises(BadInputError, match="leave it"):
        erase_contents(play.office, play.reference, [last_seq(play)], reason="and this", by="Officer 1")
    assert found(play) == []


def test_erasing_needs_a_reason_a_person_and_an_entry_that_exists(play: Play) -> None:
    with pytest.raises(BadInputError, match="why"):
        erase_contents(play.office, play.reference, [1], reason="", by="Officer 1")
    with pytest.raises(NotAllowedError):
        erase_contents(play.office, play.reference, [1], reason="a right", by="Somebody")
    with pytest.raises(BadInputError, match="no entry 99"):
        erase_contents(play.office, play.reference, [99], reason="a right", by="Officer 1")
    assert found(play) == []


@pytest.mark.parametrize(
    ("kind", "was", "now"),
    [
        ("decision made", '"value":true', '"value":false'),
        ("decision made", "3", "2"),
        ("decision made", "enough", "few"),
        ("decision made", '"inputs":', '"inputs_were":'),
        ("way chosen", r"{\"is_met\":true", r"{\"is_met\":false"),
        ("way chosen", '"value":true', '"value":false'),
        ("way chosen", "is_met", "not(is_met)"),
        ("script run", "4", "5"),
        ("script run", "reported + 1", "reported + 2"),
    ],
)
def test_a_decision_that_was_altered_together_with_its_digests_is_found_by_replay(
    play: Play, kind: str, was: str, now: str
) -> None:
    seq = seq_of(play, kind)
    with play.office.database.begin() as connection:
        rows = connection.execute(select(record).where(record.c.seq >= seq).order_by(record.c.seq)).all()
        said = connection.execute(select(contents).where(contents.c.seq == seq)).one()
        assert was in said.content
        altered = said.content.replace(was, now)
        connection.execute(update(contents).where(contents.c.seq == seq).values(content=altered))
        head = rows[0].previous
        for row in rows:  # the whole chain from there on is written anew
            digest = digest_of(said.salt, altered) if row.seq == seq else row.digest
            link = hash_of(head, row.seq, row.at, row.kind, digest)
            connection.execute(
                update(record).where(record.c.seq == row.seq).values(previous=head, digest=digest, hash=link)
            )
            head = link
        connection.execute(update(schema.cases).values(record_head=head))
    assert found(play) == []
    assert [place for place, _ in found(play, replay=True)] == [seq]


def test_verifying_one_case_looks_at_that_case_only(play: Play) -> None:
    other = Play(play.office.database, VARIANT)
    alter(
        play,
        lambda c: c.execute(update(contents).where(contents.c.case_id == 1, contents.c.seq == 1).values(content="x")),
    )
    assert verify_records(play.office, other.reference) == (1, [])
    count, breaks = verify_records(play.office)
    assert (count, [b.reference for b in breaks]) == (2, [play.reference])
    with pytest.raises(CaseNotFoundError):
        verify_records(play.office, "T-1999-0001")


def test_a_correction_supersedes_and_the_old_fact_stays(play: Play) -> None:
    correct_fact(play.office, play.reference, "reported", 4, reason="one came late", by="Officer 2")
    with play.office.database.begin() as connection:
        told = connection.execute(
            select(schema.facts).where(schema.facts.c.name == "reported").order_by(schema.facts.c.number)
        ).all()
    assert [(row.value, row.is_current) for row in told] == [("3", False), ("4", True)]
    assert told[1].supersedes == told[0].number
    (content,) = [content for kind, content in play.record() if kind == "fact corrected"]
    assert (content["by"], content["was"], content["now"], content["reason"]) == ("Officer 2", 3, 4, "one came late")
    assert play.open() == ["invite"]  # nothing that followed from it is undone
    with pytest.raises(BadInputError, match="nothing to correct"):
        correct_fact(play.office, play.reference, "unheard_of", 4, reason="why", by="Officer 2")
    with pytest.raises(BadInputError, match="why"):
        correct_fact(play.office, play.reference, "reported", 5, reason="", by="Officer 2")


def test_what_came_out_as_nothing_is_computed_again_as_nothing(database: Database) -> None:
    nothing = (
        '<bpmn:scriptTask id="look"><bpmn:extensionElements><zeebe:script expression="=null" resultVariable="seen"/>'
        "</bpmn:extensionElements></bpmn:scriptTask>"
    )
    body = '<bpmn:startEvent id="begin"/>' + nothing + user("a") + '<bpmn:endEvent id="done"/>'
    play = Play(database, variant_of(process(body + chain_of("begin", "look", "a", "done"))))
    assert found(play, replay=True) == []
