"""A change of a deadline that could not be heard waits for a person; tried again, it is told as it would have been."""

from __future__ import annotations

from datetime import date

import pytest

from engine.casework.background.incidents import resolve_incident, retry_incident
from engine.casework.cases.corrections import correct_fact
from engine.casework.overview import stuck_now
from engine.casework.tasks.deadlines import extend_deadline
from engine.model import IncidentKind, Subject
from engine.store import Database, schema
from tests.casework.builders import Play
from tests.casework.cases.test_corrections import incident
from tests.casework.tasks.test_deadline_changed import begun_by_it, extend, hears, main, part, told, variant
from tests.casework.tasks.test_frames import DUE_ON, LATER

#: Works once the fact `wanted` names a limit that is there.
ASKS = '<zeebe:property name="allowed_when" value="=due(wanted) != null and {more}"/>'
TOLD = {
    "of": "The part", "limit": "decide", "was": DUE_ON, "is": LATER, "reason": "an agency is late",
    "changed_by": "Officer 1", "told_as": None,
}  # fmt: skip


def asks(more: str = "true") -> str:
    return ASKS.format(more=more)


def outputs() -> str:
    """The process that begins with it, with an output that works once `wanted` does."""
    output = '<zeebe:ioMapping><zeebe:output source="=due(wanted)" target="counted"/></zeebe:ioMapping>'
    return begun_by_it().replace("<bpmn:extensionElements><zeebe:properties>", f"<bpmn:extensionElements>{output}"
                                 "<zeebe:properties>", 1)  # fmt: skip


def put_right(play: Play) -> None:
    correct_fact(play.office, play.reference, "wanted", "decide", reason="a slip", by="Officer 2")


def retry(play: Play) -> None:
    retry_incident(play.office, incident(play), by="Officer 2")


def messages(play: Play) -> list[str]:
    return [content["message"] for kind, content in play.record() if kind == "incident"]


def test_tried_again_it_begins_its_process_with_all_that_it_tells(database: Database) -> None:
    play = Play(database, variant(main(part()), begun_by_it(asks())), answers={"wanted": "nothing"})
    extend(play)
    assert play.open() == ["first"]
    retry(play)  # nothing is put right, so it waits on
    assert (play.open(), len(messages(play))) == (["first"], 2)
    put_right(play)
    retry(play)
    assert play.open() == ["first", "word:changes-1"]
    assert told(play, Subject.of_item("changes-1")) == TOLD


def test_tried_again_it_is_heard_on_the_edge_of_what_changed(database: Database) -> None:
    body = main(part(), hears("changed", on="part", properties=asks()))
    play = Play(database, variant(body), answers={"wanted": "nothing"})
    extend(play)
    put_right(play)
    retry(play)
    assert play.open() == ["changed_told", "first"]
    assert told(play) == TOLD


def test_tried_again_it_is_still_passed_over_where_the_diagram_says_so(database: Database) -> None:
    only_told = begun_by_it(asks("deadline_told_as != null"))
    play = Play(database, variant(main(part()), only_told), answers={"wanted": "nothing"})
    extend(play)
    put_right(play)
    retry(play)
    assert (play.open(), len(messages(play))) == (["first"], 1)


def test_a_process_that_could_not_begin_leaves_nothing_that_runs_and_its_item_is_made_once(database: Database) -> None:
    play = Play(database, variant(main(part()), outputs()), answers={"wanted": "nothing"})
    extend(play)
    retry(play)
    with database.read() as connection:
        told_of_items = schema.facts.select().where(schema.facts.c.item_id != "")
        assert (play.open(), connection.execute(told_of_items).all()) == (["first"], [])
    put_right(play)
    retry(play)
    assert play.open() == ["first", "word:changes-1"]
    assert told(play, Subject.of_item("changes-1")) == TOLD


def test_what_was_said_first_is_told_though_the_day_has_changed_again(database: Database) -> None:
    play = Play(database, variant(main(part()), begun_by_it(asks())), answers={"wanted": "nothing"})
    extend(play)
    stuck = incident(play)
    put_right(play)
    extend(play, date(2026, 4, 20))
    retry_incident(play.office, stuck, by="Officer 2")
    assert play.open() == ["first", "word:changes-1", "word:changes-2"]
    assert told(play, Subject.of_item("changes-1"))["was"] == LATER
    assert told(play, Subject.of_item("changes-2")) == TOLD


@pytest.mark.parametrize("is_task_s", [False, True])
def test_what_is_over_by_then_is_told_no_more(database: Database, is_task_s: bool) -> None:
    play = Play(database, variant(main(part()), begun_by_it(asks())), answers={"wanted": "nothing"})
    if is_task_s:
        extend_deadline(play.office, play.task_id("first"), until=LATER, reason="illness", by="Officer 1")
    else:
        extend(play)
    put_right(play)
    play.complete("first")
    retry(play)
    assert play.open() == []


def test_seen_to_by_hand_it_is_told_no_more(database: Database) -> None:
    play = Play(database, variant(main(part()), begun_by_it(asks())), answers={"wanted": "nothing"})
    extend(play)
    resolve_incident(play.office, incident(play), reason="the applicant was rung up", by="Officer 2")
    put_right(play)
    assert play.open() == ["first"]


def test_what_is_stuck_is_shown_by_the_name_of_the_event_that_could_not_hear(database: Database) -> None:
    policy = variant(main(part()), begun_by_it(asks()))
    play = Play(database, policy, answers={"wanted": "nothing"})
    extend(play)
    (stuck,) = stuck_now(play.office, policy, limit=5).incidents
    assert (stuck.process, stuck.element, stuck.kind) == ("timescale", "Begun", IncidentKind.DEADLINE)
